"""Changes of AD that MO should have by now."""

from __future__ import annotations

from datetime import timedelta

import pytest
from ad_stage import NOW, Stage, uid

from motoolkit.ad._judging import Judging
from motoolkit.ad.stuck import StuckEvents
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


def _stuck(*subjects):
    stage = Stage()
    stage.mo("persons", "hans", given_name="Hans", surname="Holm")
    world = stage.world(tracking=True)
    since = NOW - timedelta(hours=2)
    world.wait(StuckEvents("admin", uid(each), ("ldap-person",), since) for each in subjects)
    return world


def test_an_event_that_nobody_fetches_is_told_of_what_it_is_about():
    """The person by name, with the listener and since when."""
    (found,) = [each for each in Judging(_stuck("hans")).findings() if each.kind.code == "SYNC-STUCK"]
    assert (found.subject.sort, found.subject.label, found.mo) == ("person", "Hans Holm", "ldap-person")
    assert found.subject.key == f"admin/{uid('hans')}"
    assert "27-11-2026 10:00" in found.detail


def test_what_is_fetched_at_last_is_no_finding_any_more():
    """Events are facts as all others: judged again when they come and go."""
    world = _stuck("hans", "an address")
    judging = Judging(world)
    assert sorted(each.subject.sort for each in judging.findings()) == ["event", "person"]
    judging.update(world.wait([]))
    assert list(judging.findings()) == []
