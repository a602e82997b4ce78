"""CPR numbers in a directory; none of them is shown."""

from __future__ import annotations

from datetime import date

import pytest
from ad_stage import Stage, uid

from motoolkit.ad._judging import Judging
from motoolkit.profile.ad import AdSettings

HANS = "0101901233"


@pytest.fixture(autouse=True)
def _english(monkeypatch):
    monkeypatch.setenv("MOTOOLKIT_LANG", "en")


def _stage(**settings):
    stage = Stage(AdSettings(**({"name": "admin", "cpr_attribute": "employeeID"} | settings)))
    stage.mo("persons", "hans", cpr=HANS, given_name="Hans", surname="Holm")
    values = {"user_key": "hh01", "external_id": uid("admin/hh01"), "itsystem": uid("AD")}
    stage.mo("itusers", "hans-ad", person=uid("hans"), **values)
    return stage


# CPR-DIFF


def test_an_account_with_another_number_than_its_persons():
    """Both are masked, so it is said where they differ."""
    stage = _stage()
    stage.account("hh01", cpr="0101904321")
    (found,) = stage.found("CPR-DIFF")
    assert (found.source, found.mo) == ("010190-xxxx", "010190-xxxx")
    assert "last four" in found.detail
    assert HANS not in repr(found)
    assert "0101904321" not in repr(found)


def test_a_number_of_another_person_in_mo_is_a_conflict_instead():
    """One finding is enough."""
    stage = _stage()
    stage.mo("persons", "bo", cpr="0202801233", given_name="Bo", surname="Holm")
    stage.account("hh01", cpr="0202801233")
    assert not stage.found("CPR-DIFF")
    assert stage.found("ACC-CPR-GUID-CONFLICT")


def test_the_same_number_and_none_in_mo():
    """The near misses."""
    stage = _stage()
    stage.account("hh01", cpr=HANS)
    assert not stage.found("CPR-DIFF")
    stage = _stage()
    stage.rows["persons"].clear()
    stage.mo("persons", "hans", given_name="Hans", surname="Holm")
    stage.account("hh01", cpr=HANS)
    assert not stage.found("CPR-DIFF")


def test_a_number_that_the_person_had_before():
    """CPR numbers are changed, and directories keep the old one."""
    stage = _stage()
    stage.rows["persons"].clear()
    stage.mo("persons", "hans", end=date(2024, 1, 1), cpr="0101901111", given_name="Hans")
    stage.mo("persons", "hans", date(2024, 1, 1), cpr=HANS, given_name="Hans")
    stage.account("hh01", cpr="0101901111")
    (found,) = stage.found("CPR-DIFF")
    assert "number of before" in found.detail


# CPR-MISSING, CPR-INVALID, CPR-FICTIVE


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"cpr": ""}, "CPR-MISSING"),
        ({"cpr": HANS}, None),
        ({"cpr_wrong": True}, "CPR-INVALID"),
        ({"cpr": "3111901233"}, "CPR-INVALID"),
        ({"cpr": "2902040000"}, "CPR-FICTIVE"),
        ({"cpr": "6101901233"}, "CPR-FICTIVE"),
        ({"cpr": "0001901233"}, "CPR-FICTIVE"),
        ({"cpr": "010190AB12"}, "CPR-FICTIVE"),
        ({"cpr": "2902041233"}, None),
        ({"cpr": "", "recipient_type": 4}, None),
    ],
)
def test_what_the_attribute_holds(values, code):
    """29 February 2004 was a day, 31 November never is; mailboxes have no number."""
    stage = _stage()
    stage.account("xx", **values)
    told = {"CPR-MISSING", "CPR-INVALID", "CPR-FICTIVE"}
    found = [f for f in Judging(stage.world()).findings() if f.kind.code in told]
    assert [f.kind.code for f in found] == ([code] if code else [])
    assert not any(digits in repr(found) for digits in ("3111901233", "6101901233", "010190AB12"))


def test_without_an_attribute_nothing_is_missing():
    """Not every directory has CPR numbers."""
    stage = _stage(cpr_attribute="")
    stage.account("xx")
    assert not stage.found("CPR-MISSING")


# CPR-ATTR-UNREADABLE


@pytest.mark.parametrize(
    ("told", "untold", "unreadable"), [(0, 5, True), (1, 5, True), (0, 4, False), (2, 5, False)]
)
def test_hardly_any_account_shows_a_number(told, untold, unreadable):
    """Then that is told once, and not of each account; computers do not count."""
    stage = _stage()
    for number in range(told):
        stage.account(f"told{number}", cpr=f"010190123{number}")
    for number in range(untold):
        stage.account(f"untold{number}")
        stage.account(f"PC{number}$")
    assert bool(stage.found("CPR-ATTR-UNREADABLE")) is unreadable
    assert len(stage.found("CPR-MISSING")) == (0 if unreadable else untold)


def test_a_change_that_makes_the_attribute_readable_is_followed():
    """Event mode counts with batch mode."""
    from dataclasses import replace

    from ad_stage import NOW

    from motoolkit.ad.records import Delta

    stage = _stage()
    accounts = [stage.account(f"untold{number}") for number in range(5)]
    world = stage.world(tracking=True)
    judging = Judging(world)
    before = [f.kind.code for f in judging.findings() if f.kind.code.startswith("CPR")]
    changed = tuple(replace(account, cpr=HANS) for account in accounts[:2])
    judging.update(world.change_ad(Delta(ad="admin", cookie="", read_at=NOW, accounts=changed)))
    after = [f.kind.code for f in judging.findings() if f.kind.code.startswith("CPR")]
    assert before == ["CPR-ATTR-UNREADABLE"]
    assert after == ["CPR-MISSING"] * 3
