"""Taking back what a request did to events, and keeping them over a restart."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from motoolkit.model import COPENHAGEN
from motoolkit.sandbox.events import EventStore, Mark

ANNA, BO = "a0000000-0000-4000-8000-000000000001", "b0000000-0000-4000-8000-000000000002"
NOON = datetime(2026, 11, 23, 12, tzinfo=COPENHAGEN)


@pytest.fixture
def store():
    """An event system in use: two namespaces, two listeners, three events, one of them fetched."""
    made = EventStore(lambda: NOON)
    made.declare_namespace("lager", owner=ANNA)
    made.declare_listener("varer", "vare", owner=ANNA, namespace="lager")
    made.declare_listener("personer", "person", owner=BO)
    made.send("lager", "vare", "et", sender=ANNA, priority=1)
    made.send("lager", "vare", "to", sender=ANNA, priority=2)
    made.add("person", ANNA)
    made.fetch(listener(made, "varer"), actor=ANNA)
    made.mark = Mark(7, NOON)
    return made


def listener(store, user_key):
    """Return a listener's UUID."""
    return store.listeners({"user_keys": [user_key]})[0].uuid


CHANGES = {
    "declare_namespace": lambda store, undo: store.declare_namespace("ny", owner=BO, undo=undo),
    "delete_namespace": lambda store, undo: store.delete_namespace("ny", undo=undo),
    "declare_listener": lambda store, undo: store.declare_listener("ny", "kle", owner=BO, undo=undo),
    "delete_listener": lambda store, undo: store.delete_listener(
        listener(store, "varer"), delete_pending_events=True, undo=undo
    ),
    "send": lambda store, undo: store.send("lager", "vare", "fire", sender=ANNA, undo=undo),
    "send again": lambda store, undo: store.send("lager", "vare", "et", sender=ANNA, undo=undo),
    "fetch": lambda store, undo: store.fetch(listener(store, "varer"), actor=ANNA, undo=undo),
    "acknowledge": lambda store, undo: store.acknowledge(
        store.events({"subjects": ["et"]})[0].token, actor=ANNA, undo=undo
    ),
    "silence": lambda store, undo: store.silence({}, ["to"], undo=undo),
    "unsilence": lambda store, undo: store.unsilence({}, undo=undo),
    "rerun": lambda store, undo: store.rerun({}, undo=undo),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_every_change_can_be_taken_back(store, change):
    """A request that fails has changed nothing."""
    if change is CHANGES["delete_namespace"]:
        store.declare_namespace("ny", owner=BO)
    if change is CHANGES["unsilence"]:
        store.silence({}, ["to"])
    before, undo = store.to_json(), []
    change(store, undo)
    assert store.to_json() != before
    for step in reversed(undo):
        step()
    assert store.to_json() == before


def test_a_document_of_many_changes_can_be_taken_back(store):
    """In reverse order."""
    before, undo = store.to_json(), []
    for name in ("send", "fetch", "send again", "silence", "delete_listener", "declare_listener"):
        CHANGES[name](store, undo)
    for step in reversed(undo):
        step()
    assert store.to_json() == before


def test_what_is_read_is_what_was_written(store):
    """Through JSON, times and all."""
    kept = json.loads(json.dumps(store.to_json()))
    again = EventStore.from_json(kept, clock=lambda: NOON)
    assert again.to_json() == store.to_json()
    assert again.mark == Mark(7, NOON)
    assert again.fetch(listener(again, "varer"), actor=ANNA).subject == "to"


def test_a_deleted_namespace_stays_deleted():
    """MO's own too, which anybody may delete."""
    store = EventStore()
    store.delete_namespace("mo")
    assert EventStore.from_json(store.to_json()).namespaces({}) == []


def test_changes_tell_what_is_new(store):
    """Only what has changed since, so that a big queue is not written with each fetch."""
    store.changes()
    event = store.fetch(listener(store, "varer"), actor=ANNA)
    told = store.changes()
    assert list(told["events"]) == [event.uuid]
    assert told["events"][event.uuid]["fetched"] == 1
    assert store.changes() == {}


def test_changes_are_read_after_the_whole(store):
    """One after the other, what is gone too."""
    whole = store.to_json()
    store.changes()
    later = []
    for name in ("acknowledge", "declare_listener", "send", "delete_listener"):
        CHANGES[name](store, None)
        later.append(store.changes())
    store.mark = Mark(8, NOON)
    store.silence({}, [ANNA])
    later.append(store.changes())
    read = json.loads(json.dumps([whole, *later]))
    assert EventStore.from_json(*read).to_json() == store.to_json()
