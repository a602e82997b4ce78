"""Accounts and the engagements that they are for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from ad_stage import TODAY, Stage, uid

from motoolkit.profile.ad import AdSettings, FieldRule, KindRule

_FIELDS = (
    FieldRule(attribute="department", mo="unit.name"),
    FieldRule(attribute="title", mo="job_function.name"),
)


def _stage(**settings):
    """Hans has two engagements: 0001 in the school as a teacher, 0002 in the library as a librarian."""
    made = {"name": "admin", "itsystem": "AD", "engagement_attribute": "employeeType", "fields": _FIELDS}
    kinds = (KindRule(kind="admin", sam="adm-.*"),)
    stage = Stage(AdSettings(**(made | {"kinds": kinds} | settings)))
    stage.mo("persons", "hans", given_name="Hans", surname="Holm")
    stage.mo("classes", "volunteer", user_key="frivillig")
    for unit, title in (("Skolen", "Lærer"), ("Biblioteket", "Bibliotekar")):
        stage.mo("org_units", unit, name=unit)
        stage.mo("classes", title, name=title)
    return stage


def _engagement(stage, number, unit="Skolen", title="Lærer", **values):
    made = {"person": uid("hans"), "org_unit": uid(unit), "job_function": uid(title), "user_key": number}
    return stage.mo("engagements", number, **(made | values))


def _account(stage, sam, *engagements, person="hans", **values):
    made = {"user_key": sam, "external_id": uid(f"admin/{sam}"), "itsystem": uid("AD"), "person": uid(person)}
    stage.mo("itusers", sam, engagements=tuple(uid(each) for each in engagements), **made)
    stage.account(sam, **values)


@pytest.mark.parametrize(
    ("values", "evidence"),
    [
        ({"engagement": "0002"}, "number"),
        ({"engagement": uid("0002")}, "uuid"),
        ({"attributes": {"department": ("biblioteket",)}}, "unit"),
        ({"attributes": {"title": ("Bibliotekar",)}}, "title"),
        ({"engagement": "0002", "attributes": {"department": ("Skolen",)}}, "number"),
    ],
)
def test_a_link_with_the_wrong_engagement(values, evidence):
    """The strongest evidence is told, and weaker evidence does not save the link."""
    stage = _stage()
    _engagement(stage, "0001")
    _engagement(stage, "0002", "Biblioteket", "Bibliotekar")
    _account(stage, "hans01", "0001", **values)
    (found,) = stage.found("ENG-WRONG")
    assert (found.source, found.mo) == ("0002 (Biblioteket)", "0001 (Skolen)")
    assert found.facts["evidence"] == evidence


@pytest.mark.parametrize(
    "values",
    [
        {"engagement": "0001", "attributes": {"department": ("Biblioteket",)}},
        {"engagement": "0099", "attributes": {"department": ("Skolen",)}},
        {"attributes": {"department": ("Rådhuset",)}},
        {},
    ],
)
def test_a_link_that_nothing_stronger_speaks_against(values):
    """The number agrees; a number of nobody tells nothing; another unit is ATTR-DEPT's; nothing is said."""
    stage = _stage()
    _engagement(stage, "0001")
    _engagement(stage, "0002", "Biblioteket", "Bibliotekar")
    _account(stage, "hans01", "0001", **values)
    assert not stage.found("ENG-WRONG")


def test_the_number_of_another_persons_engagement():
    """But not one that Hans once had: that is only out of date."""
    stage = _stage()
    _engagement(stage, "0001")
    _engagement(stage, "0003", person=uid("bo"))
    _account(stage, "hans01", "0001", engagement="0003")
    assert [found.source for found in stage.found("ENG-WRONG")] == ["0003 (Skolen)"]
    stage.mo("engagements", "old", end=date(2021, 1, 1), person=uid("hans"), user_key="0003")
    assert not stage.found("ENG-WRONG")


def test_a_cpr_number_as_employee_number_is_no_payroll_number():
    """Some directories have it there."""
    stage = _stage(engagement_attribute="", cpr_attribute="employeeNumber")
    _engagement(stage, "0001")
    _engagement(stage, "0101901233", "Biblioteket")
    _account(stage, "hans01", "0001", employee_number="0101901233")
    assert not stage.found("ENG-WRONG")


def test_an_account_without_link_where_there_are_several_engagements():
    """AD's number tells which it is for."""
    stage = _stage()
    _engagement(stage, "0001")
    _engagement(stage, "0002", "Biblioteket")
    _account(stage, "hans01", engagement="0002")
    (found,) = stage.found("ENG-NOLINK-MULTI")
    assert found.source == "0002 (Biblioteket)"


def test_an_account_without_link_beside_another():
    """The administrator's account needs no link, and does not make the other one need it."""
    stage = _stage()
    _engagement(stage, "0001")
    _account(stage, "hans01")
    _account(stage, "adm-hans")
    assert not stage.found("ENG-NOLINK-MULTI")
    _account(stage, "hans02")
    assert sorted(found.subject.label for found in stage.found("ENG-NOLINK-MULTI")) == ["hans01", "hans02"]


def test_engagements_that_need_no_account_do_not_count():
    """A volunteer's beside an ordinary one, by the scope of the settings."""
    stage = _stage(scope_engagement_types=("maanedsloen",))
    stage.mo("classes", "monthly", user_key="maanedsloen")
    _engagement(stage, "0001", engagement_type=uid("monthly"))
    _engagement(stage, "0002", engagement_type=uid("volunteer"))
    _account(stage, "hans01")
    assert not stage.found("ENG-NOLINK-MULTI")


def test_a_link_with_an_engagement_that_has_ended():
    """The last day is over today, and another engagement goes on."""
    stage = _stage()
    _engagement(stage, "0001", end=TODAY)
    _engagement(stage, "0002", "Biblioteket")
    _account(stage, "hans01", "0001")
    (found,) = stage.found("ENG-LINK-ENDED")
    assert found.mo == "0001 (Skolen)"
    assert "0002 (Biblioteket)" in found.detail
    assert found.subject.key == f"admin/{uid('admin/hans01')}/{uid('0001')}"


@pytest.mark.parametrize(
    ("end", "links", "uac"),
    [
        (TODAY + timedelta(days=1), ("0001",), 512),
        (TODAY, ("0001", "0002"), 512),
        (TODAY, ("0001",), 514),
    ],
)
def test_links_that_are_in_order(end, links, uac):
    """The last day is today; another link holds; the account was ended with the engagement."""
    stage = _stage()
    _engagement(stage, "0001", end=end)
    _engagement(stage, "0002", "Biblioteket")
    _account(stage, "hans01", *links, uac=uac)
    assert not stage.found("ENG-LINK-ENDED")


def test_somebody_who_has_no_work_at_all():
    """That is ENG-ENDED-ENABLED's."""
    stage = _stage()
    _engagement(stage, "0001", end=TODAY)
    _account(stage, "hans01", "0001")
    assert not stage.found("ENG-LINK-ENDED")
    assert stage.found("ENG-ENDED-ENABLED")


def test_an_engagement_that_no_account_covers():
    """Both accounts are linked with the other one."""
    stage = _stage()
    _engagement(stage, "0001")
    _engagement(stage, "0002", "Biblioteket")
    _account(stage, "hans01", "0001")
    (found,) = stage.found("ENG-UNCOVERED")
    assert (found.subject.key, found.mo) == (f"admin/{uid('0002')}", "0002 (Biblioteket)")


@pytest.mark.parametrize("links", [(), ("0001", "0002")])
def test_an_account_that_covers_all_engagements(links):
    """One without link is for all of them."""
    stage = _stage()
    _engagement(stage, "0001")
    _engagement(stage, "0002", "Biblioteket")
    _account(stage, "hans01", *links)
    assert not stage.found("ENG-UNCOVERED")


def test_an_engagement_of_somebody_without_account():
    """That is PER-NO-ACC's, as a disabled account is ENG-ACTIVE-DISABLED's."""
    stage = _stage()
    _engagement(stage, "0001")
    assert not stage.found("ENG-UNCOVERED")


def test_two_accounts_for_one_engagement():
    """The administrator's account and one that is shut do not count."""
    stage = _stage()
    _engagement(stage, "0001")
    _account(stage, "hans01", "0001")
    _account(stage, "adm-hans", "0001")
    _account(stage, "hans00", "0001", uac=514)
    assert not stage.found("ENG-TWO-ACCOUNTS")
    _account(stage, "hans02", "0001")
    (found,) = stage.found("ENG-TWO-ACCOUNTS")
    assert found.subject.key == f"admin/{uid('0001')}"
    assert sorted(found.source.split(", ")) == ["hans01", "hans02"]
