"""Namespaces and listeners: who may declare what, and what declaring again means."""

from __future__ import annotations

import pytest

from motoolkit.sandbox.events import EventError, EventStore

ANNA, BO = "a0000000-0000-4000-8000-000000000001", "b0000000-0000-4000-8000-000000000002"


@pytest.fixture
def store():
    """The event system of a MO that nobody has used."""
    return EventStore()


def names(found):
    """Return the names of namespaces."""
    return [namespace.name for namespace in found]


def test_mo_has_a_public_namespace_from_the_start(store):
    """Nobody who can log in owns it, so nobody can claim it or send in it."""
    (mo,) = store.namespaces({})
    assert (mo.name, mo.public) == ("mo", True)
    with pytest.raises(EventError, match="already claimed by another owner"):
        store.declare_namespace("mo", owner=ANNA, public=True)
    with pytest.raises(EventError, match="not the owner of that namespace"):
        store.send("mo", "person", "x", sender=ANNA)


def test_a_namespace_is_declared_once(store):
    """Its owner may declare it at every start."""
    first = store.declare_namespace("lager", owner=ANNA)
    assert store.declare_namespace("lager", owner=ANNA) == first
    assert names(store.namespaces({})) == ["mo", "lager"]


def test_a_namespace_keeps_its_openness(store):
    """Declaring it otherwise is an error that says how it is."""
    store.declare_namespace("lager", owner=ANNA)
    with pytest.raises(EventError, match=r"already exists with public=false\."):
        store.declare_namespace("lager", owner=ANNA, public=True)


def test_anybody_may_delete_a_namespace_without_listeners(store):
    """MO does not ask who owns it; one that does not exist is no error."""
    store.declare_namespace("lager", owner=ANNA)
    listener = store.declare_listener("l", "vare", owner=ANNA, namespace="lager")
    with pytest.raises(EventError, match="There are still listeners"):
        store.delete_namespace("lager")
    store.delete_listener(listener.uuid)
    store.delete_namespace("lager")
    store.delete_namespace("lager")
    assert names(store.namespaces({})) == ["mo"]


def test_a_listener_is_declared_once(store):
    """The same for its user_key, owner and namespace, so that it can be declared at every start."""
    first = store.declare_listener("min", "person", owner=ANNA)
    assert store.declare_listener("min", "person", owner=ANNA) == first
    assert store.declare_listener("min", "person", owner=BO).uuid != first.uuid
    assert len(store.listeners({})) == 2


def test_a_listener_keeps_its_routing_key(store):
    """Another key under the same name is an error, and not a second listener."""
    store.declare_listener("min", "person", owner=ANNA)
    with pytest.raises(EventError, match="different routing_key"):
        store.declare_listener("min", "org_unit", owner=ANNA)


def test_a_mistyped_routing_key_is_silence(store):
    """Trap: MO takes any routing key; persons are ``person``, not ``employee``."""
    listener = store.declare_listener("min", "employee", owner=ANNA)
    store.add("person", "x")
    assert store.fetch(listener.uuid, actor=ANNA) is None


def test_an_unknown_namespace_has_no_listeners(store):
    """A listener does not make one."""
    with pytest.raises(EventError, match="Namespace does not exist"):
        store.declare_listener("min", "person", owner=ANNA, namespace="findes-ikke")


def test_only_the_owner_listens_in_a_closed_namespace(store):
    """In a public one anybody does."""
    store.declare_namespace("lukket", owner=ANNA)
    store.declare_namespace("åben", owner=ANNA, public=True)
    with pytest.raises(EventError, match="non-public and you are not the owner"):
        store.declare_listener("min", "vare", owner=BO, namespace="lukket")
    assert store.declare_listener("min", "vare", owner=BO, namespace="åben").owner == BO


def test_a_listener_with_pending_events_is_not_deleted_by_accident(store):
    """``delete_pending_events`` deletes both; anybody may, and deleting again is no error."""
    listener = store.declare_listener("min", "person", owner=ANNA)
    store.add("person", "x")
    with pytest.raises(EventError, match="pending events for this listener"):
        store.delete_listener(listener.uuid)
    store.delete_listener(listener.uuid, delete_pending_events=True)
    store.delete_listener(listener.uuid)
    assert store.listeners({}) == store.events({}) == []


def test_nothing_is_told_of_what_was_before(store):
    """Trap: a listener starts empty; the initial load needs a refresh."""
    store.declare_listener("før", "person", owner=ANNA)
    store.add("person", "x")
    late = store.declare_listener("efter", "person", owner=ANNA)
    assert store.events({"listeners": {"uuids": [late.uuid]}}) == []


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, ["et", "to", "tre"]),
        ({"user_keys": ["et", "tre"]}, ["et", "tre"]),
        ({"owners": [BO]}, ["tre"]),
        ({"routing_keys": ["vare"]}, ["to"]),
        ({"namespaces": {"names": ["mo"]}}, ["et", "tre"]),
        ({"namespaces": {"public": False}}, ["to"]),
        ({"namespaces": {"owners": [ANNA]}, "routing_keys": ["person"]}, []),
        ({"user_keys": []}, []),
        ({"user_keys": None}, ["et", "to", "tre"]),
    ],
)
def test_listeners_are_filtered(store, given, expected):
    """All conditions must hold; null says nothing, and an empty list selects nothing."""
    store.declare_namespace("lager", owner=ANNA)
    store.declare_listener("et", "person", owner=ANNA)
    store.declare_listener("to", "vare", owner=ANNA, namespace="lager")
    store.declare_listener("tre", "org_unit", owner=BO)
    assert sorted(listener.user_key for listener in store.listeners(given)) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [({"names": ["lager"]}, ["lager"]), ({"public": True}, ["mo"]), ({"owners": [ANNA]}, ["lager"])],
)
def test_namespaces_are_filtered(store, given, expected):
    """By name, by owner and by openness."""
    store.declare_namespace("lager", owner=ANNA)
    assert names(store.namespaces(given)) == expected
