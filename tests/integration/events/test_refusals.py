"""What can not be listened to is refused in plain words."""

from __future__ import annotations

import asyncio

import pytest

from motoolkit.errors import AuthorisationError, EventError, InputError, TransportError
from motoolkit.events import Listener


def test_another_owners_private_namespace_is_refused_in_plain_words(start_sandbox, log_in, name):
    """And not with silence."""
    roles = "create_event_namespace,read_event_namespace"
    box = start_sandbox("--persons", "0", "--client", f"other:secret:{roles}")
    with log_in(box, "other", "secret") as other:
        other.execute('mutation { event_namespace_declare(input: {name: "privat"}) { name } }')
    refused = Listener(box.url, name, namespace="privat")
    refused.add(print, "ting")
    with pytest.raises(EventError, match="'privat' is another owner's, and not public"):
        asyncio.run(refused.run())
    missing = Listener(box.url, name, namespace="findes ikke")
    missing.add(print, "ting")
    with pytest.raises(EventError, match="MO has no namespace 'findes ikke'"):
        asyncio.run(missing.run())


NAMESPACE = 'mutation { event_namespace_declare(input: {name: "fattig"}) { name } }'
LISTENER = "mutation ($i: ListenerCreateInput!) { event_listener_declare(input: $i) { uuid } }"
EVENT = 'mutation { event_send(input: {namespace: "fattig", routing_key: "a", subject: "b"}) }'


@pytest.mark.parametrize(
    ("roles", "missing"),
    [
        ("fetch_event,acknowledge_event", "create_event_listener"),
        ("create_event_listener,acknowledge_event", "fetch_event"),
        ("create_event_listener,fetch_event,send_event,create_event_namespace", "acknowledge_event"),
    ],
)
def test_a_missing_role_is_named(start_sandbox, log_in, name, roles, missing):
    """Whichever of the three a listener lacks, it ends and says so."""
    box = start_sandbox("--persons", "0", "--client", f"poor:secret:{roles}")
    with log_in(box, "poor", "secret") as poor:
        if "send_event" in roles:
            poor.execute(NAMESPACE)
            poor.execute(
                LISTENER, {"i": {"namespace": "fattig", "user_key": f"{name}-a", "routing_key": "a"}}
            )
            poor.execute(EVENT)
        listener = Listener(poor, name, namespace="fattig" if "send_event" in roles else "mo")
        listener.add(lambda _event: None, "a" if "send_event" in roles else "person")
        with pytest.raises(AuthorisationError, match=f"the role {missing} is missing"):
            asyncio.run(asyncio.wait_for(listener.run(), 20))


def test_a_mo_that_can_not_be_reached_to_begin_with_is_an_error():
    """Later on the listener waits; at the start somebody is there to read it."""
    with pytest.raises(TransportError):
        asyncio.run(_of_nowhere().run())


def _of_nowhere():
    listener = Listener("http://127.0.0.1:9", "x")
    listener.add(print, "person")
    return listener


def test_a_listener_without_handlers_or_a_name_is_refused(mo):
    """Before anything is declared in MO."""
    with pytest.raises(InputError, match="handles nothing"):
        asyncio.run(Listener(mo, "x").run())
    with pytest.raises(InputError, match="needs a name"):
        Listener(mo, " ")
    with pytest.raises(InputError, match="parallel=0 can not be"):
        Listener(mo, "x", parallel=0)


def test_a_running_listener_can_not_be_started_again(listen):
    """Two of one name in one process would hand each other's events back and forth."""
    listener = listen(lambda _event: None)
    with listener, pytest.raises(EventError, match="runs already"):
        listener.start()


def test_a_malformed_token_is_named_and_the_others_are_acknowledged(mo, send):
    """Trap: MO fails the whole request for one bad token (measured)."""
    from motoolkit.client import aconnect
    from motoolkit.events._queue import Queue
    from motoolkit.events._stats import Tally

    async def main():
        async with await aconnect(mo.profile) as client:
            queue = Queue(client, "prøve", Tally())
            source = await queue.declare("tokens", "ting")
            await asyncio.to_thread(send, "a", "b")
            found = await queue.fetch([source.uuid] * 2)
            with pytest.raises(InputError, match="'ikke et toke'… is no event token"):
                await queue.acknowledge([found[0].token, "ikke et token", found[1].token])
            left = await queue.pending([source.uuid])
            await queue.delete(source.uuid)
            return left

    assert asyncio.run(main()) == set()
