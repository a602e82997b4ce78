"""Whom to phone: findings by unit, with the manager of each and how they are reached."""

from __future__ import annotations

from dataclasses import replace

import pytest
from ad_stage import TODAY, Stage, uid

from motoolkit.ad._audit import kinds
from motoolkit.ad._judging import Judging
from motoolkit.ad.notebook import phone_list, sheets, whom_to_phone
from motoolkit.findings import Findings
from motoolkit.profile.ad import AdSettings, GroupRules


@pytest.fixture(autouse=True)
def english(monkeypatch):
    """Read the texts as they stand in the code."""
    monkeypatch.setenv("MOTOOLKIT_LANG", "en")


@pytest.fixture
def stage():
    """A school below a centre that Mia leads; Bo works at the school, without an account."""
    stage = Stage(AdSettings(name="admin", groups=GroupRules(below=("OU=Grupper,DC=ad1",))))
    for name, user_key, scope in (("phone", "Telefon", "PHONE"), ("mail", "Email", "EMAIL")):
        stage.mo("classes", name, user_key=user_key, name=user_key, scope=scope)
    stage.mo("org_units", "centre", name="Center for Skole")
    stage.mo("org_units", "school", name="Vig Skole", parent=uid("centre"))
    stage.mo("persons", "mia", given_name="Mia", surname="Holm")
    stage.mo("managers", "post", person=uid("mia"), org_unit=uid("centre"))
    _employed(stage, "bo", "school")
    return stage


def _employed(stage, name, unit):
    stage.mo("persons", name, given_name=name.title(), surname="Holm")
    stage.mo("engagements", f"{name}/1", person=uid(name), org_unit=uid(unit), user_key=name, primary="")


def _address(stage, sort, value, **whose):
    stage.mo("addresses", value, address_type=uid(sort), value=value, **whose)


def _audited(stage):
    world = stage.world()
    found = Findings("ad", "AD", Judging(world).findings(), kinds=kinds(), as_of=TODAY, by_unit=True)
    return world, found.only(kind=["PER-NO-ACC", "ACC-NO-PERSON", "GRP-EXTRA"])


def _rows(stage):
    return whom_to_phone(*_audited(stage)).to_dict("records")


def test_the_nearest_manager_is_told_with_telephone_and_mail(stage):
    """From further up with the unit that they lead; the numbers are those of the findings that count."""
    _address(stage, "phone", "+4511223344", person=uid("mia"))
    _address(stage, "mail", "mia@nordby.example", person=uid("mia"))
    (row,) = _rows(stage)
    assert row == {
        "Unit": "Vig Skole",
        "Critical": 0,
        "Error": 1,
        "Warning": 0,
        "Information": 0,
        "Found": 1,
        "Manager": "Mia Holm (Center for Skole)",
        "Telephone": "+4511223344",
        "E-mail": "mia@nordby.example",
        "Placed below": "Center for Skole",
    }


def test_without_a_number_of_the_managers_own_the_unit_is_phoned(stage):
    """And nothing that MO keeps secret is told."""
    stage.mo("classes", "secret", user_key="Secret", scope="SECRET")
    _address(stage, "phone", "+4511223344", person=uid("mia"), visibility=uid("secret"))
    _address(stage, "phone", "+4555667788", org_unit=uid("school"))
    (row,) = _rows(stage)
    assert (row["Telephone"], row["E-mail"]) == ("+4555667788", "")


def test_the_worst_unit_comes_first_and_those_of_no_unit_last(stage):
    """A stranger's account belongs to no unit; there is nobody to phone."""
    for name in ("ida", "eva"):
        _employed(stage, name, "centre")
    stage.account("stranger")
    stage.account("stranger2")
    stage.account("stranger3")
    assert [(row["Unit"], row["Error"]) for row in _rows(stage)] == [
        ("Center for Skole", 2),
        ("Vig Skole", 1),
        ("No unit", 3),
    ]
    assert _rows(stage)[-1]["Manager"] == ""


def test_a_member_of_a_group_belongs_to_their_own_unit(stage):
    """The group itself is nobody's; the sheet of the findings tells the unit too."""
    stage.mo("facets", "role", user_key="role")
    stage.mo("classes", "Løn", user_key=uid("admin/group/G"), name="Løn", facet=uid("role"))
    account = {"user_key": "bo", "external_id": uid("admin/bo"), "itsystem": uid("AD")}
    stage.mo("itusers", "bo-ad", person=uid("bo"), **account)
    stage.group("G", members=(stage.account("bo").guid,))
    world, findings = _audited(stage)
    (extra,) = findings.only(kind="GRP-EXTRA")
    assert extra.subject.unit == "Vig Skole"
    told = whom_to_phone(world, findings.only(kind="GRP-EXTRA")).to_dict("records")
    assert [row["Unit"] for row in told] == ["Vig Skole"]


def test_what_is_accepted_or_undecided_is_no_reason_to_phone(stage):
    """Only what counts."""
    world, findings = _audited(stage)
    undecided = findings.holding(replace(each, undecided=True) for each in findings)
    assert len(whom_to_phone(world, undecided)) == 0


def test_the_list_on_the_page_is_cut_with_a_count(stage):
    """The workbook has all."""
    _employed(stage, "ida", "centre")
    world, findings = _audited(stage)
    shown = phone_list(world, findings, most=1)
    assert repr(shown).splitlines()[-1] == "… and 1 more"
    assert "Mia Holm" in shown._repr_html_()
    assert [len(frame) for frame in sheets(world, findings).values()] == [2]
