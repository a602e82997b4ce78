"""Several directories beside each other."""

from __future__ import annotations

from ad_stage import Stage, uid

from motoolkit.findings import Severity
from motoolkit.profile.ad import AdSettings, FieldRule


def _stage(first=(), second=()):
    """Two directories; the schools' holds who works in the school."""
    stage = Stage(
        AdSettings(name="admin", itsystem="AD", **dict(first)),
        AdSettings(name="skole", itsystem="SKOLE", **dict(second)),
    )
    stage.mo("itsystems", "SKOLE", user_key="SKOLE")
    stage.mo("persons", "hans", given_name="Hans")
    for unit in ("school", "hall"):
        stage.mo("org_units", unit, name=unit, user_key=unit)
    return stage


def _work(stage, unit):
    stage.mo("engagements", f"e-{unit}", person=uid("hans"), org_unit=uid(unit))


def _account(stage, ad, **values):
    system = uid("AD" if ad == "admin" else "SKOLE")
    made = {
        "user_key": "hans01",
        "external_id": uid(f"{ad}/hans01"),
        "itsystem": system,
        "person": uid("hans"),
    }
    stage.mo("itusers", f"hans-{ad}", **made)
    stage.account("hans01", ad, **values)


def test_accounts_in_two_directories_against_the_policy():
    """It is told of the directory whose settings do not want it."""
    stage = _stage(second={"others_too": False})
    _work(stage, "school")
    _account(stage, "admin")
    _account(stage, "skole")
    (found,) = stage.found("XAD-TWO")
    assert (found.subject.key, found.severity) == (f"skole/{uid('hans')}", Severity.WARNING)
    assert "admin: hans01" in found.detail


def test_accounts_in_two_directories_that_are_wanted():
    """Both need somebody who works in both; of two accounts only one can be used."""
    stage = _stage(second={"scope_units": ("school",)})
    _work(stage, "school")
    _account(stage, "admin")
    _account(stage, "skole")
    assert not stage.found("XAD-TWO")
    stage = _stage(second={"others_too": False})
    _work(stage, "school")
    _account(stage, "admin")
    _account(stage, "skole", uac=514)
    assert not stage.found("XAD-TWO")


def test_an_account_that_is_allowed_and_not_needed():
    """Hans has left the school for the hall."""
    stage = _stage(second={"scope_units": ("school",)})
    _work(stage, "hall")
    _account(stage, "admin")
    _account(stage, "skole")
    (found,) = stage.found("XAD-TWO")
    assert (found.subject.key, found.severity) == (f"skole/{uid('hans')}", Severity.INFO)


def test_an_account_in_the_wrong_directory():
    """Hans works in the school, and his account is in the other directory."""
    stage = _stage({"scope_units": ("hall",)}, {"scope_units": ("school",)})
    _work(stage, "school")
    _account(stage, "admin")
    (found,) = stage.found("XAD-WRONG")
    assert found.subject.key == f"skole/{uid('hans')}"
    assert "admin: hans01" in found.detail


def test_an_account_that_is_in_no_wrong_directory():
    """He works in both; the other directory holds everybody; the right one has a disabled account."""
    stage = _stage({"scope_units": ("hall",)}, {"scope_units": ("school",)})
    _work(stage, "school")
    _work(stage, "hall")
    _account(stage, "admin")
    assert not stage.found("XAD-WRONG")
    stage = _stage(second={"scope_units": ("school",)})
    _work(stage, "school")
    _account(stage, "admin")
    assert not stage.found("XAD-WRONG")
    stage = _stage({"scope_units": ("hall",)}, {"scope_units": ("school",)})
    _work(stage, "school")
    _account(stage, "admin")
    _account(stage, "skole", uac=514)
    assert not stage.found("XAD-WRONG")


def test_two_directories_that_write_the_same_field():
    """The later one overwrites the former; a class of its own, or MO's authority, is no clash."""
    theirs = (
        FieldRule(attribute="mail", mo="mail", authority="ad"),
        FieldRule(attribute="title", mo="job_function.name"),
        FieldRule(attribute="mobile", mo="address.MobileAdmin", authority="ad"),
    )
    mine = (
        FieldRule(attribute="extensionAttribute1", mo="mail", authority="ad"),
        FieldRule(attribute="title", mo="job_function.name", authority="ad"),
        FieldRule(attribute="mobile", mo="address.MobileSkole", authority="ad"),
    )
    (found,) = _stage({"fields": theirs}, {"fields": mine}).found("XAD-FIELD-CLASH")
    assert (found.subject.key, found.source, found.mo) == ("skole/admin", "extensionAttribute1", "mail")
