"""Sending, refreshing and the directory of listeners (sandbox and real MO)."""

from __future__ import annotations

import asyncio
import os

import pytest

from motoolkit import events
from motoolkit.client import connect
from motoolkit.errors import EventError, InputError
from motoolkit.events import Listener, Outgoing, Sender

pytestmark = pytest.mark.contract

NAMESPACE = f"contract-{os.getpid()}"
DELETE = "mutation ($i: NamespaceDeleteInput!) { event_namespace_delete(input: $i) }"
LISTENER = f"prøve-{os.getpid()}"


@pytest.fixture
def client(mo, tmp_path, monkeypatch):
    """Log in, and remember failures in the test's folder."""
    monkeypatch.setenv("MOTOOLKIT_EVENTS", str(tmp_path / "events.sqlite3"))
    with connect(mo.url, session=mo.session) as client:
        yield client


@pytest.fixture
def listener(client):
    """Declare a listener of a namespace of its own, and delete both afterwards."""
    Sender(client, NAMESPACE, public=True)
    listener = Listener(client, LISTENER, namespace=NAMESPACE)
    listener.seen = []
    listener.add(listener.seen.append, "ting")
    asyncio.run(listener.drain())
    yield listener
    for entry in events.listeners(client, LISTENER):
        events.forget(client, entry.user_key)
    client.execute(DELETE, {"i": {"name": NAMESPACE}})


def test_what_is_sent_is_drained_by_urgency(client, listener):
    """One event a subject, with the more urgent of its priorities, the most urgent first."""
    sender = Sender(client, NAMESPACE, public=True)
    sender.send_many([Outgoing("ting", "b", 2), Outgoing("ting", "a", 1), Outgoing("ting", "a", 9)])
    asyncio.run(listener.drain())
    assert [(event.subject, event.priority) for event in listener.seen] == [("a", 1), ("b", 2)]


@pytest.mark.usefixtures("listener")
def test_a_namespace_that_was_declared_otherwise_is_refused(client):
    """MO's sentence is put into a plain one."""
    with pytest.raises(EventError, match="was declared with public=True"):
        Sender(client, NAMESPACE)
    with pytest.raises(EventError, match="MO has no namespace 'findes ikke'"):
        asyncio.run(_listening(client, "findes ikke").run())


def _listening(client, namespace):
    listener = Listener(client, LISTENER, namespace=namespace)
    listener.add(print, "ting")
    return listener


@pytest.mark.usefixtures("listener")
def test_a_user_key_listens_for_one_routing_key(client):
    """Trap: MO refuses the same user_key for another one (domain 13)."""
    query = "mutation ($i: ListenerCreateInput!) { event_listener_declare(input: $i) { uuid } }"
    given = {"namespace": NAMESPACE, "user_key": f"{LISTENER}-andet", "routing_key": "ting"}
    client.execute(query, {"i": given})
    other = Listener(client, LISTENER, namespace=NAMESPACE)
    other.add(print, "andet")
    with pytest.raises(EventError, match="is in MO already, for another routing key"):
        asyncio.run(other.run())
    events.forget(client, f"{LISTENER}-andet")


def test_what_failed_waits_and_can_be_replayed(client, listener):
    """MO holds it back for three minutes otherwise."""
    fails = ["a"]

    def handle(event):
        if event.subject in fails:
            raise ValueError("nej")

    listener.add(handle, "ting")
    Sender(client, NAMESPACE, public=True).send_many([Outgoing("ting", "a"), Outgoing("ting", "b")])
    stats = asyncio.run(listener.drain())
    assert (stats.handled, stats.failed) == (1, 1)
    [waits] = events.waiting(client, LISTENER)
    assert (waits.subject, waits.failures, waits.error) == ("a", 1, "ValueError: nej")
    assert events.replay(client, LISTENER) == 1
    fails.clear()
    asyncio.run(listener.drain())
    assert events.waiting(client, LISTENER) == []


@pytest.mark.usefixtures("listener")
def test_a_malformed_token_is_named(client):
    """Trap: MO fails the whole request for it (measured)."""
    from motoolkit.client import aconnect
    from motoolkit.events._queue import Queue
    from motoolkit.events._stats import Tally

    Sender(client, NAMESPACE, public=True).send_many([Outgoing("ting", "a"), Outgoing("ting", "b")])

    async def main():
        async with await aconnect(client.profile) as own:
            queue = Queue(own, NAMESPACE, Tally())
            source = await queue.declare(f"{LISTENER}-ting", "ting")
            found = await queue.fetch([source.uuid] * 3)
            with pytest.raises(InputError, match="is no event token"):
                await queue.acknowledge([found[0].token, "ikke et token", found[1].token])
            return await queue.pending([source.uuid])

    assert asyncio.run(main()) == set()


def test_a_refresh_tells_our_listeners_of_every_object_of_all_time(client):
    """Paged, with an open window, and for us alone (domain 13)."""
    told = Listener(client, LISTENER)
    seen = set()
    told.add(lambda event: seen.add(event.subject), "itsystem")
    asyncio.run(told.drain())
    pages = list(client.read("itsystems", fields=["user_key"]))
    expected = {found["uuid"] for page in pages for found in page.objects}
    assert set(events.refresh(client, "itsystem", page_size=3)) == expected
    asyncio.run(told.drain())
    events.forget(client, f"{LISTENER}-itsystem")
    assert seen >= expected
