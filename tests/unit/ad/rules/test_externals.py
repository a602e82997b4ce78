"""People from outside."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from ad_stage import NOW, TODAY, Stage, uid

from motoolkit.findings import Severity
from motoolkit.profile.ad import AdSettings, Externals

_DN = "CN=x,OU=Eksterne,DC=ad1"


def _stage(*, owner_required=True, **settings):
    externals = Externals(units=(("OU=Eksterne,DC=ad1", "eksterne"),), owner_required=owner_required)
    stage = Stage(AdSettings(name="admin", itsystem="AD", externals=externals, **settings))
    stage.mo("classes", "external", user_key="ekstern")
    stage.mo("classes", "monthly", user_key="maanedsloen")
    return stage


def _external(stage, sam="x1", *, person=True, **values):
    if person:
        stage.mo("persons", sam, given_name="Xenia")
        made = {"user_key": sam, "external_id": uid(f"admin/{sam}"), "itsystem": uid("AD")}
        stage.mo("itusers", f"it-{sam}", person=uid(sam), **made)
    return stage.account(sam, **({"dn": _DN} | values))


def _work(stage, *, end=None, kind="external", thing="e"):
    values = {"person": uid("x1"), "engagement_type": uid(kind), "user_key": thing}
    stage.mo("engagements", thing, end=end, **values)


def test_an_external_for_whom_nobody_answers():
    """Somebody of our own needs no responsible."""
    stage = _stage()
    _external(stage)
    stage.account("hans01")
    (found,) = stage.found("EXT-NO-OWNER")
    assert (found.subject.label, found.severity) == ("x1", Severity.ERROR)


def test_a_responsible_whose_account_is_shut_answers_for_nobody():
    """The account is named."""
    stage = _stage()
    bo = stage.account("bo", uac=514)
    _external(stage, manager=bo.guid)
    (found,) = stage.found("EXT-NO-OWNER")
    assert found.source == "bo"


def test_externals_for_whom_somebody_answers():
    """A manager in AD, one who was not read, an owner in MO; or nobody is asked for."""
    stage = _stage()
    bo = stage.account("bo")
    _external(stage, manager=bo.guid)
    _external(stage, "x2", manager=uid("elsewhere"))
    _external(stage, "x3")
    stage.mo("owners", "o", person=uid("x3"), owner=uid("bo"))
    _external(stage, "x4", uac=514)
    assert not stage.found("EXT-NO-OWNER")
    stage = _stage(owner_required=False)
    _external(stage)
    assert not stage.found("EXT-NO-OWNER")


def test_an_external_without_end():
    """Neither AD nor MO knows one; one of them is enough."""
    stage = _stage()
    _external(stage)
    _work(stage)
    assert [found.attribute for found in stage.found("EXT-NO-END")] == ["accountExpires"]
    stage = _stage()
    _external(stage)
    _work(stage, end=date(2027, 3, 1))
    _external(stage, "x2", person=False, expires_at=NOW + timedelta(days=30))
    assert not stage.found("EXT-NO-END")


def test_an_external_whose_time_is_over():
    """The account can still be used."""
    stage = _stage()
    _external(stage)
    _work(stage, end=TODAY)
    (found,) = stage.found("EXT-ENDED")
    assert (found.severity, found.mo) == (Severity.CRITICAL, "27-11-2026")


@pytest.mark.parametrize(
    ("end", "values", "settings"),
    [
        (TODAY + timedelta(days=1), {}, {}),
        (TODAY, {"expires_at": NOW}, {}),
        (TODAY, {}, {"grace_days": 1}),
        (TODAY, {"dn": "CN=x,OU=Brugere,DC=ad1"}, {}),
    ],
)
def test_an_external_whose_time_is_not_over(end, values, settings):
    """The last day is today; the account has expired; days of grace; no external at all."""
    stage = _stage(**settings)
    _external(stage, **values)
    _work(stage, end=end)
    assert not stage.found("EXT-ENDED")


def test_an_external_whom_mo_does_not_know():
    """Nobody, or somebody who never had an engagement; the latter is told."""
    stage = _stage()
    _external(stage, person=False, display_name="Xenia Ydre")
    _external(stage, "x2")
    stage.mo("persons", "x2", given_name="Xenia")
    found = {f.subject.label: bool(f.detail) for f in stage.found("EXT-NOT-IN-MO")}
    assert found == {"x1 (Xenia Ydre)": False, "x2": True}
    assert not stage.found("ACC-NO-PERSON")


def test_an_external_whom_mo_knows():
    """An engagement that is over is enough: then it is EXT-ENDED's."""
    stage = _stage()
    _external(stage)
    _work(stage, end=TODAY)
    assert not stage.found("EXT-NOT-IN-MO")


def test_an_external_who_is_employed_too():
    """An engagement that has ended, and a second one from outside, are none."""
    stage = _stage()
    _external(stage)
    _work(stage)
    _work(stage, thing="e2")
    _work(stage, end=TODAY, kind="monthly", thing="e3")
    assert not stage.found("EXT-IS-INTERNAL")
    _work(stage, kind="monthly", thing="e4")
    (found,) = stage.found("EXT-IS-INTERNAL")
    assert found.mo == "e4 ()"
