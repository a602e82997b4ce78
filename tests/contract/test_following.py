"""A mirror that follows a MO stays what a fresh load makes of it (sandbox and real MO).

A real MO needs its event generator beside it.
"""

from __future__ import annotations

import os
import time
from datetime import date, timedelta

import pytest
from integration.mirror.expected import everything

from motoolkit.events import Listener
from motoolkit.mirror import Mirror

pytestmark = pytest.mark.contract

PATIENCE = 200.0
"""Seconds; a real MO tells after 90 at the latest."""


def in_order(rows):
    """Return all that a mirror holds in the order of a fresh one."""
    return {name: sorted(found, key=lambda row: (row[0], row[1] or date.min)) for name, found in rows.items()}


def test_a_mirror_that_follows_equals_a_fresh_one(mo, town, tmp_path, monkeypatch):
    """New, changed, moved, terminated and deleted objects; and each event tells what changed."""
    monkeypatch.setenv("MOTOOLKIT_EVENTS", str(tmp_path / "events.sqlite3"))
    heard = {}
    with Mirror.open() as mirror, Mirror.open() as fresh:
        mirror.load(town.client)
        listener = Listener(town.client, f"følger-{os.getpid()}", temporary=True)
        mirror.follow(listener)
        listener.add(lambda event: heard.setdefault(event.subject, event), *listener.routing_keys)
        with listener:
            made = {kind: town.make(kind) for kind in ("person", "engagement", "manager", "address")}
            plan = town.plan()
            plan.update("org_unit", town.below, start=mo.today + timedelta(days=30), name="Følges")
            plan.terminate("engagement", town.engagement, end=mo.today + timedelta(days=60))
            plan.update("engagement", town.engagement2, user_key="følges")
            plan.delete("address", made["address"])
            town.apply(plan)
            wanted = {*made.values(), town.below, town.engagement, town.engagement2}
            end = time.monotonic() + PATIENCE
            while not wanted <= heard.keys():
                assert time.monotonic() < end, f"{wanted - heard.keys()} was not told of"
                time.sleep(0.1)
            while listener.stats.in_hand:
                time.sleep(0.1)
            fresh.load(town.client)
            assert in_order(everything(mirror)) == everything(fresh)
    assert [change.new for change in heard[town.below].changes if change.field == "name"] == ["Følges"]
    assert heard[made["person"]].changes
    assert all(change.new is None for change in heard[town.engagement].changes)
