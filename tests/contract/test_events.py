"""What happens in MO comes as events, of every kind of object (sandbox and real MO).

A real MO needs its event generator beside it, a process of its own that wakes every 5 to 90 seconds.
"""

from __future__ import annotations

import os
import time
from datetime import timedelta

import pytest
from support import cannot_run

from motoolkit.catalogue import CATALOGUE, WRITINGS
from motoolkit.events import Listener

pytestmark = pytest.mark.contract

CHANGES = {
    "org_unit": {"name": "Nyt navn"},
    "person": {"surname": "Nyt"},
    "engagement": {"user_key": "ny"},
    "manager": {"user_key": "ny"},
    "association": {"user_key": "ny"},
    "ituser": {"user_key": "ny"},
    "address": {"value": "ny@example.org"},
    "leave": {"user_key": "ny"},
    "kle": {"user_key": "ny"},
    "facet": {"user_key": "ny"},
    "itsystem": {"name": "Nyt"},
    "class": {"name": "Ny"},
}
LIVING = [kind for kind in CHANGES if kind != "person"]
PATIENCE = 200.0
"""Seconds; a real MO tells after 90 at the latest, and one busy with the rest of the suite later."""


class Witness:
    """Who hears everything, and is asked afterwards."""

    def __init__(self, listener):
        self.listener = listener
        self.events = []
        listener.add(self.events.append, *(c.routing_key for c in CATALOGUE.values() if c.routing_key))

    def hear(self, expected):
        """Wait until each (routing key, subject) has been heard, and forget what was."""
        end = time.monotonic() + PATIENCE
        while missing := expected - {(event.routing_key, event.subject) for event in self.events}:
            if time.monotonic() > end:
                return missing
            time.sleep(0.05)
        while self.listener.stats.acknowledged < self.listener.stats.handled:
            time.sleep(0.05)
        self.events.clear()
        return set()


def heard_as(kind, uuid):
    """Return what the event about an object of a kind says."""
    return CATALOGUE[WRITINGS[kind].collection].routing_key, uuid


@pytest.fixture(scope="module")
def failures_of_their_own(tmp_path_factory):
    """Remember what fails in a folder of the module's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTOOLKIT_EVENTS", str(tmp_path_factory.mktemp("events") / "events.sqlite3"))
        yield


@pytest.fixture(scope="module")
def witness(town, failures_of_their_own):  # noqa: ARG001 - it is in the environment
    """Listen to all that MO tells, and leave nothing behind."""
    listener = Listener(town.client, f"contract-{os.getpid()}", temporary=True)
    found = Witness(listener)
    with listener:
        unit = town.make("org_unit")
        if found.hear({("org_unit", unit)}):
            cannot_run("no event generator runs beside this MO")
        yield found


@pytest.fixture(scope="module")
def objects(town, witness):  # noqa: ARG001 - it has to listen before anything is made
    """Make one object of each kind."""
    return {kind: town.make(kind) for kind in [*CHANGES, "rolebinding", "owner"]}


def test_what_is_created_is_heard(witness, objects):
    """One event an object, under the routing key of its kind."""
    assert witness.hear({heard_as(kind, uuid) for kind, uuid in objects.items()}) == set()


def test_what_is_changed_is_heard(mo, witness, town, objects):
    """Also what takes effect in the future: MO tells when it is registered."""
    plan = town.plan()
    for kind, values in CHANGES.items():
        start = mo.today + timedelta(days=30) if kind == "org_unit" else None
        plan.update(kind, objects[kind], start=start, **values)
    town.apply(plan)
    assert witness.hear({heard_as(kind, objects[kind]) for kind in CHANGES}) == set()


def test_what_is_terminated_is_heard(mo, witness, town, objects):
    """From tomorrow on."""
    plan = town.plan()
    for kind in LIVING:
        plan.terminate(kind, objects[kind], end=mo.today + timedelta(days=60))
    town.apply(plan)
    assert witness.hear({heard_as(kind, objects[kind]) for kind in LIVING}) == set()


def test_what_is_deleted_is_heard(witness, town, objects):
    """The subject is gone when its event comes."""
    plan = town.plan()
    for kind in ("address", "leave", "kle", "association"):
        plan.delete(kind, objects[kind])
    town.apply(plan)
    gone = {heard_as(kind, objects[kind]) for kind in ("address", "leave", "kle", "association")}
    assert witness.hear(gone) == set()


def test_all_that_was_heard_is_acknowledged(witness, town):
    """Nothing waits any more, and nothing failed."""
    stats = witness.listener.stats
    assert (stats.failed, stats.acknowledged) == (0, stats.handled)
    query = "query ($f: FullEventFilter) { events(filter: $f) { objects { subject } } }"
    keys = [f"{witness.listener.name}-{key}" for key in witness.listener.routing_keys]
    found = town.client.execute(query, {"f": {"listeners": {"user_keys": keys}}})
    assert found["events"]["objects"] == []
