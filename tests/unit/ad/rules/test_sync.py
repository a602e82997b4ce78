"""Changes of AD that MO should have by now."""

from __future__ import annotations

from datetime import timedelta

import pytest
from ad_stage import NOW, Stage, uid

from motoolkit.profile.ad import AdSettings, FieldRule


def _stage(minutes, *, authority="ad", shown="Pedel"):
    fields = (FieldRule(attribute="title", mo="job_function.name", authority=authority),)
    stage = Stage(AdSettings(name="admin", itsystem="AD", fields=fields))
    stage.mo("persons", "hans", given_name="Hans")
    stage.mo("classes", "teacher", name="Lærer")
    stage.mo("engagements", "e", person=uid("hans"), job_function=uid("teacher"))
    it = {"user_key": "hans01", "external_id": uid("admin/hans01"), "itsystem": uid("AD")}
    stage.mo("itusers", "it", person=uid("hans"), **it)
    changed = NOW - timedelta(minutes=minutes)
    stage.account("hans01", changed=changed, attributes={"title": (shown,)})
    return stage


def test_a_change_that_should_have_come_by_now():
    """Sixteen minutes, where fifteen are enough."""
    (found,) = _stage(16).found("SYNC-LAG")
    assert found.source == "27-11-2026 11:44"
    assert "title" in found.detail


@pytest.mark.parametrize(
    ("minutes", "values"),
    [(15, {}), (2000, {}), (60, {"authority": "mo"}), (60, {"shown": "Lærer"})],
)
def test_what_is_no_delay(minutes, values):
    """On its way; an old mistake; MO decides; the same."""
    assert not _stage(minutes, **values).found("SYNC-LAG")
