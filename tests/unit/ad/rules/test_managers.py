"""The manager in AD against who leads somebody in MO."""

from __future__ import annotations

import pytest
from ad_stage import Stage, uid

from motoolkit.model import MISSING
from motoolkit.profile.ad import AdSettings, FieldRule

_FIELDS = (FieldRule(attribute="manager", mo="manager"),)


def _stage(*, fields=_FIELDS):
    """A school below a centre: Hans teaches there, Bo leads the school, Ib the centre, Eva nothing."""
    stage = Stage(
        AdSettings(name="admin", itsystem="AD", fields=fields), AdSettings(name="skole", itsystem="SKOLE")
    )
    stage.mo("itsystems", "SKOLE", user_key="SKOLE")
    stage.mo("org_units", "centre", name="Centeret")
    stage.mo("org_units", "school", name="Skolen", parent=uid("centre"))
    for name, unit in (("hans", "school"), ("bo", "school"), ("ib", "centre"), ("eva", "centre")):
        stage.mo("persons", name, given_name=name.title())
        stage.mo("engagements", f"{name}-e", person=uid(name), org_unit=uid(unit), user_key=name)
    return stage


def _post(stage, unit, person):
    stage.mo("managers", f"{unit}-{person}", org_unit=uid(unit), person=uid(person) if person else "")


def _account(stage, name, manager="", ad="admin", **values):
    system = uid("AD" if ad == "admin" else "SKOLE")
    made = {"user_key": name, "external_id": uid(f"{ad}/{name}"), "itsystem": system, "person": uid(name)}
    stage.mo("itusers", f"{name}-{ad}", **made)
    stage.account(name, ad, manager=uid(f"{ad}/{manager}") if manager else "", **values)


def test_another_manager_and_the_right_one():
    """Ib led the school before Bo; Bo, who leads it, is led by Ib."""
    stage = _stage()
    _post(stage, "school", "bo")
    _post(stage, "centre", "ib")
    _account(stage, "hans", "ib")
    _account(stage, "bo", "ib")
    _account(stage, "ib")
    (found,) = stage.found("MGR-DIFF")
    assert (found.subject.label, found.source, found.mo) == ("hans", "ib", "Bo")


def test_each_of_several_managers_is_right():
    """A school with two heads."""
    stage = _stage()
    _post(stage, "school", "bo")
    _post(stage, "school", "eva")
    _account(stage, "hans", "eva")
    _account(stage, "bo")
    _account(stage, "eva")
    assert not stage.found("MGR-DIFF")


def test_no_manager_and_why_there_need_be_none():
    """Bo has an account here, so he can be named; Ib has one in the other directory only."""
    stage = _stage()
    _post(stage, "school", "bo")
    _post(stage, "centre", "ib")
    _account(stage, "hans")
    _account(stage, "bo")
    _account(stage, "ib", ad="skole")
    assert [found.subject.label for found in stage.found("MGR-MISSING")] == ["hans"]


@pytest.mark.parametrize("manager", ["", "ib"])
def test_a_vacant_post_names_nobody_or_who_is_above(manager):
    """The integration writes nobody there; who is named by hand is the next one up."""
    stage = _stage()
    _post(stage, "school", "")
    _post(stage, "centre", "ib")
    _account(stage, "hans", manager)
    _account(stage, "ib")
    assert not stage.found("MGR-MISSING")
    assert not stage.found("MGR-DIFF")


def test_the_one_who_had_the_post_that_is_vacant():
    """It is told that it is."""
    stage = _stage()
    _post(stage, "school", "")
    _account(stage, "hans", "bo")
    _account(stage, "bo")
    (found,) = stage.found("MGR-DIFF")
    assert found.mo is MISSING
    assert found.detail


def test_managers_are_compared_where_the_settings_name_them():
    """Many directories have none."""
    stage = _stage(fields=())
    _post(stage, "school", "bo")
    _account(stage, "hans", "ib")
    _account(stage, "bo")
    _account(stage, "ib")
    assert not stage.found("MGR-DIFF")
    assert not stage.found("MGR-MISSING")


def test_a_manager_whose_account_is_shut():
    """Of one who is in use; whose own account is shut has no use for a manager."""
    stage = _stage()
    _account(stage, "hans", "ib")
    _account(stage, "eva", "bo")
    _account(stage, "ib", uac=514)
    _account(stage, "bo", "ib", uac=514)
    (first, second) = stage.found("MGR-DISABLED")
    assert {(f.subject.label, f.source) for f in (first, second)} == {("hans", "ib"), ("eva", "bo")}


def test_ones_own_manager():
    """The older integration writes that at the top; it is no ring of several."""
    stage = _stage()
    _post(stage, "school", "bo")
    _post(stage, "centre", "ib")
    _account(stage, "bo", "bo")
    _account(stage, "ib", "bo")
    (found,) = stage.found("MGR-SELF")
    assert (found.subject.label, found.mo) == ("bo", "Ib")
    assert not stage.found("MGR-CYCLE")


def test_a_ring_of_managers():
    """Hans is below it, Eva and Bo are in it."""
    stage = _stage()
    _account(stage, "hans", "bo")
    _account(stage, "bo", "eva")
    _account(stage, "eva", "bo")
    found = {f.subject.label: f.source for f in stage.found("MGR-CYCLE")}
    assert found == {"bo": "bo → eva → bo", "eva": "eva → bo → eva"}
