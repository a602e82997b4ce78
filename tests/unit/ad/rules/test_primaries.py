"""The primary engagement, which the integration waits for."""

from __future__ import annotations

import pytest
from ad_stage import TODAY, Stage, uid

from motoolkit.profile.ad import AdSettings


def _stage(*primaries, **settings):
    stage = Stage(AdSettings(name="admin", itsystem="AD", **settings))
    for key in ("primary", "explicitly-primary", "non-primary"):
        stage.mo("classes", key, user_key=key)
    stage.mo("classes", "external", user_key="ekstern")
    stage.mo("persons", "hans", given_name="Hans")
    for number, primary in enumerate(primaries):
        values = {"user_key": f"000{number}", "primary": uid(primary) if primary else ""}
        stage.mo("engagements", f"e{number}", person=uid("hans"), **values)
    return stage


@pytest.mark.parametrize("primaries", [("",), ("non-primary",), ("non-primary", "non-primary")])
def test_nothing_is_primary(primaries):
    """One engagement that is not marked is none either."""
    (found,) = _stage(*primaries).found("PRIM-NONE")
    assert found.subject.key == f"admin/{uid('hans')}"


@pytest.mark.parametrize("primaries", [("primary",), ("non-primary", "explicitly-primary"), ()])
def test_one_is_primary(primaries):
    """By calculation or by hand; and somebody without work has none."""
    stage = _stage(*primaries)
    assert not stage.found("PRIM-NONE")
    assert not stage.found("PRIM-MULTI")


def test_two_are_primary():
    """One by calculation and one by hand."""
    (found,) = _stage("primary", "explicitly-primary", "non-primary").found("PRIM-MULTI")
    assert found.mo == "0000 (), 0001 ()"


def test_a_primary_engagement_that_has_ended():
    """It leaves nothing that is primary, and makes no second one."""
    stage = _stage("primary")
    stage.mo("engagements", "old", end=TODAY, person=uid("hans"), primary=uid("primary"), user_key="9")
    assert not stage.found("PRIM-MULTI")
    stage = _stage("non-primary")
    stage.mo("engagements", "old", end=TODAY, person=uid("hans"), primary=uid("primary"), user_key="9")
    assert stage.found("PRIM-NONE")


def test_who_needs_no_account_is_not_synchronised():
    """An external's engagement is outside of what the directory must hold."""
    stage = _stage()
    stage.mo("engagements", "e", person=uid("hans"), engagement_type=uid("external"), user_key="1")
    assert not stage.found("PRIM-NONE")
