"""Usernames that break the rules, were somebody else's, or are another in MO."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from ad_stage import TODAY, Stage, uid

from motoolkit.findings import Severity
from motoolkit.profile.ad import AdSettings, KindRule, UsernameRules

AGO = date(2022, 1, 1)
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def _english(monkeypatch):
    monkeypatch.setenv("MOTOOLKIT_LANG", "en")


def _stage(**settings):
    stage = Stage(AdSettings(name="admin", link_itsystem="ADGUID", **settings))
    stage.mo("itsystems", "ADGUID", user_key="ADGUID", name="GUID")
    stage.mo("itsystems", "LOEN", user_key="LOEN", name="Løn")
    for name, cpr in (("hans", "0101901233"), ("bo", "0202801233")):
        stage.mo("persons", name, cpr=cpr, given_name=name.title(), surname="Holm")
    return stage


def _ituser(stage, name, person, user_key, start=date(2020, 1, 1), end=None, guid="", system="AD"):
    values = {"user_key": user_key, "external_id": guid, "itsystem": uid(system)}
    stage.mo("itusers", name, start, end, person=uid(person), **values)


# SAM-REUSED


def test_a_username_that_was_somebody_elses_by_mos_history():
    """Whatever the case in which MO has it."""
    stage = _stage()
    stage.account("hh01", cpr="0202801233")
    _ituser(stage, "old", "hans", "HH01", end=AGO)
    (found,) = stage.found("SAM-REUSED")
    assert (found.subject.key, found.source, found.mo) == ("admin/hh01", "Bo Holm", "Hans Holm")
    assert "01-01-2022" in found.detail


@pytest.mark.parametrize(
    "held",
    [
        {"person": "bo"},
        {"system": "LOEN"},
        {"end": TOMORROW},
    ],
)
def test_a_username_that_was_nobody_elses(held):
    """One's own of before, of another system, or at the same time (which is a double)."""
    stage = _stage()
    stage.account("hh01", cpr="0202801233")
    _ituser(stage, "old", **({"person": "hans", "user_key": "hh01", "end": AGO} | held))
    assert not stage.found("SAM-REUSED")


def test_a_username_of_a_deleted_account_that_mo_knows():
    """The GUID tells whose it was."""
    stage = _stage()
    stage.account("hh01", cpr="0202801233")
    gone = stage.tombstone("HH01")
    _ituser(stage, "old", "hans", "other", end=AGO, guid=gone.guid)
    (found,) = stage.found("SAM-REUSED")
    assert (found.mo, found.severity) == ("Hans Holm", Severity.CRITICAL)


def test_a_deleted_account_of_another_name_leaves_a_doubt():
    """Nobody knows whose it was; the same name, or half of it, was the same person's."""
    stage = _stage()
    stage.account("hh01", cpr="0202801233", display_name="Bo Holm")
    stage.tombstone("hh01", name="Bo Winther")
    assert not stage.found("SAM-REUSED")
    stage.tombstone("hh01", name="Hanne Hansen", guid=uid("other"))
    (found,) = stage.found("SAM-REUSED")
    assert (found.undecided, found.severity) == (True, Severity.WARNING)


# SAM-OWN-NOT-REUSED


def _came_back(reuse=True, worked_until=AGO, **rules):
    stage = _stage(usernames=UsernameRules(reuse_own=reuse, **rules))
    stage.mo("engagements", "old", end=worked_until, person=uid("hans"))
    stage.mo("engagements", "new", date(2026, 1, 1), person=uid("hans"))
    _ituser(stage, "old", "hans", "hh01", end=AGO)
    _ituser(stage, "new", "hans", "hh02", date(2026, 1, 1), guid=uid("admin/hh02"))
    stage.account("hh02")
    return stage


def test_somebody_who_came_back_got_a_new_name():
    """The old one was free."""
    (found,) = _came_back().found("SAM-OWN-NOT-REUSED")
    assert (found.source, found.mo, found.subject.key) == ("admin: hh02", "hh01", f"admin/{uid('hans')}")


def test_a_name_of_before_that_is_not_free_any_more():
    """Somebody else has it, or had it too, or it is forbidden by now."""
    taken, shared = _came_back(), _came_back()
    taken.account("hh01")
    _ituser(shared, "shared", "bo", "hh01", end=date(2021, 1, 1))
    forbidden = _came_back(forbidden=("hh01",))
    assert not any(stage.found("SAM-OWN-NOT-REUSED") for stage in (taken, shared, forbidden))


def test_who_changed_names_at_work_did_not_come_back():
    """And where names are not used again nobody is told."""
    assert not _came_back(worked_until=date(2022, 6, 1)).found("SAM-OWN-NOT-REUSED")
    assert not _came_back(reuse=False).found("SAM-OWN-NOT-REUSED")


# SAM-PATTERN, SAM-FORBIDDEN, SAM-TOO-LONG


def test_a_username_that_does_not_fit_the_pattern():
    """The whole name must fit, in any case; administrators' need not."""
    rules = UsernameRules(pattern="[a-z]{2}[0-9]{2}")
    stage = _stage(usernames=rules, kinds=(KindRule(kind="admin", sam="adm-.*"),))
    for sam in ("HH01", "hh01x", "adm-hh01"):
        stage.account(sam)
    assert [f.source for f in stage.found("SAM-PATTERN")] == ["hh01x"]


def test_a_username_that_no_rule_makes_of_the_name():
    """A former name counts too; of nobody known nothing can be said."""
    stage = _stage(usernames=UsernameRules(method="combinations", combinations=("FFLL", "FLLX")))
    stage.mo("persons", "ea", end=AGO, given_name="Ea", surname="Lund", cpr="0303701234")
    stage.mo("persons", "ea", AGO, given_name="Ea", surname="Skov", cpr="0303701234")
    for sam in ("hahoo", "haho", "hho3"):
        stage.account(sam, cpr="0101901233")
    stage.account("ealu", cpr="0303701234")
    stage.account("whatever")
    assert [f.source for f in stage.found("SAM-PATTERN")] == ["hahoo"]


def test_characters_that_ad_does_not_allow():
    """Samba lets some pass."""
    stage = _stage()
    stage.account("hans+holm")
    stage.account("hans.holm")
    assert [f.source for f in stage.found("SAM-PATTERN")] == ["hans+holm"]


def test_forbidden_stems_and_what_only_begins_like_them():
    """Combinations are looked up without their number."""
    stage = _stage(usernames=UsernameRules(method="combinations", forbidden=("Fy",)))
    for sam in ("fy", "FY2", "fyn2"):
        stage.account(sam)
    assert {f.source for f in stage.found("SAM-FORBIDDEN")} == {"fy", "FY2"}


def test_twenty_characters_are_not_too_many():
    """Twenty-one are."""
    stage = _stage()
    stage.account("a" * 20)
    stage.account("b" * 21)
    assert [f.source for f in stage.found("SAM-TOO-LONG")] == ["b" * 21]


# SAM-MO-DIFF


@pytest.mark.parametrize(
    ("user_key", "severity"), [("hh99", Severity.WARNING), ("HH01", Severity.INFO), ("hh01", None)]
)
def test_mo_has_another_username_for_the_guid(user_key, severity):
    """Case alone is an information."""
    stage = _stage()
    stage.account("hh01")
    _ituser(stage, "1", "hans", user_key, guid=uid("admin/hh01"))
    assert [f.severity for f in stage.found("SAM-MO-DIFF")] == ([severity] if severity else [])


def test_mo_has_another_username_in_the_old_convention():
    """There the GUID is another IT user's; a user_key that is a GUID is no name."""
    stage = _stage()
    stage.account("hh01")
    _ituser(stage, "guid", "hans", uid("admin/hh01"), system="ADGUID")
    _ituser(stage, "in-one", "hans", uid("admin/hh01"))
    assert not stage.found("SAM-MO-DIFF")
    _ituser(stage, "name", "hans", "hh99")
    (found,) = stage.found("SAM-MO-DIFF")
    assert (found.source, found.mo) == ("hh01", "hh99")


# UPN-MAIL-DIFF


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"mail": "bo@nordby.example"}, True),
        ({"mail": "Hans@Nordby.example"}, False),
        ({"mail": ""}, False),
        ({"mail": "x@nordby.example", "proxy_addresses": ("smtp:x@b.c", "SMTP:hans@nordby.example")}, False),
        ({"mail": "hans@nordby.example", "proxy_addresses": ("SMTP:bo@nordby.example",)}, True),
        ({"mail": "bo@nordby.example", "recipient_type": 4}, False),
    ],
)
def test_the_upn_is_not_the_primary_address(values, found):
    """The proxy address in capitals is the primary one."""
    stage = _stage()
    stage.account("hh01", upn="hans@nordby.example", **values)
    assert bool(stage.found("UPN-MAIL-DIFF")) is found
