"""Who listens, what waits and since when, and handing it out again."""

from __future__ import annotations

import asyncio
import stat
from datetime import datetime, timedelta
from pathlib import Path

import pytest

import motoolkit
from motoolkit import events
from motoolkit.cli import main
from motoolkit.errors import AuthorisationError, EventError, InputError
from motoolkit.events._memory import Memory
from motoolkit.model import COPENHAGEN

DECLARE = "mutation ($i: ListenerCreateInput!) { event_listener_declare(input: $i) { uuid } }"


@pytest.fixture
def standing(mo, name, send, listen):
    """Leave an integration that has failed with one event and was stopped before another came; its name."""

    def fail(event):
        if event.subject == "dårlig":
            raise ValueError("kan ikke gemme 010190-1234")

    listener = listen(fail, temporary=False)
    asyncio.run(listener.drain())
    send("god", "dårlig")
    asyncio.run(listener.drain())
    send("ny")
    yield name
    for entry in events.listeners(mo, name):
        events.forget(mo, entry.user_key, anybodys=True)


def test_the_listeners_of_a_name_are_listed_with_what_waits(mo, standing):
    """One a routing key, and whose they are."""
    [entry] = events.listeners(mo, standing)
    assert (entry.user_key, entry.name, entry.routing_key) == (f"{standing}-ting", standing, "ting")
    assert (entry.namespace, entry.ours, entry.waiting, entry.silenced) == ("prøve", True, 2, 0)
    assert not entry.is_deaf


def test_a_listener_that_will_never_hear_anything_is_found_out(mo, name):
    """Trap: MO takes any routing key in silence (domain 13)."""
    mo.execute(DECLARE, {"i": {"user_key": name, "routing_key": "employee"}})
    [entry] = events.listeners(mo, name)
    assert entry.is_deaf
    events.forget(mo, name)


def test_what_waits_is_told_with_its_failures(mo, standing):
    """MO tells neither how often nor why; the listener remembered it, without the CPR number."""
    failed, fresh = events.waiting(mo, standing)
    assert (failed.subject, failed.failures) == ("dårlig", 1)
    assert failed.error == "ValueError: kan ikke gemme 010190-xxxx"
    assert (fresh.subject, fresh.failures, fresh.error) == ("ny", 0, None)
    assert datetime.now(COPENHAGEN) - fresh.seen_waiting < timedelta(minutes=5)
    frame = events.stuck(mo, standing)
    assert list(frame["subject"]) == ["dårlig", "ny"]


def test_since_when_something_waits_is_remembered_from_the_first_look(mo, standing):
    """And forgotten when it no longer does."""
    first = {row.subject: row.seen_waiting for row in events.waiting(mo, standing)}
    again = {row.subject: row.seen_waiting for row in events.waiting(mo, standing)}
    assert again == first
    with Memory(mo.url) as memory:
        assert memory.seen_pending(f"{standing}-ting", ["anden"]).keys() == {"anden"}


def test_replaying_hands_out_at_once_what_mo_holds_back(mo, standing):
    """Only the named subjects, or all; MO would wait three minutes."""
    fetch = "query ($f: EventFilter!) { event_fetch(filter: $f) { subject } }"
    uuid = events.listeners(mo, standing)[0].uuid

    def fetched():
        found = mo.execute(fetch, {"f": {"listener": uuid}})["event_fetch"]
        return found and found["subject"]

    assert [fetched(), fetched()] == ["ny", None]
    assert events.replay(mo, standing, ["dårlig"]) == 1
    assert [fetched(), fetched()] == ["dårlig", None]
    assert events.replay(mo, standing) == 2
    assert {fetched(), fetched()} == {"dårlig", "ny"}


def test_silenced_events_come_last_until_the_silence_ends(mo, standing):
    """They raise no alarm meanwhile."""
    events.silence(mo, standing, ["ny"])
    assert [(row.subject, row.silenced) for row in events.waiting(mo, standing)] == [
        ("dårlig", False),
        ("ny", True),
    ]
    assert events.listeners(mo, standing)[0].silenced == 1
    events.unsilence(mo, standing)
    assert events.listeners(mo, standing)[0].silenced == 0


def test_forgetting_deletes_the_listener_and_what_waits(mo, standing):
    """It says what it was."""
    assert [entry.waiting for entry in events.forget(mo, standing)] == [2]
    assert events.listeners(mo, standing) == []


@pytest.mark.parametrize("what", [events.forget, events.replay])
def test_a_listener_that_is_not_there_is_an_error_with_near_misses(mo, standing, what):
    """A slip would do nothing in silence."""
    with pytest.raises(InputError, match="There is no listener") as caught:
        what(mo, f"{standing}x")
    assert caught.value.remedy == f"Did you mean {standing}?"


def test_another_owners_listeners_are_left_alone_unless_it_is_meant(start_sandbox, log_in):
    """Trap: MO lets anybody delete and replay anybody's (domain 13)."""
    box = start_sandbox("--persons", "0", "--client", "other:secret:create_event_listener")
    with log_in(box, "other", "secret") as other, motoolkit.connect(box.url) as ours:
        other.execute(DECLARE, {"i": {"user_key": "deres-person", "routing_key": "person"}})
        assert not events.listeners(ours, "deres")[0].ours
        for what in (events.forget, events.replay):
            with pytest.raises(EventError, match="deres-person is another owner's"):
                what(ours, "deres")
        assert events.replay(ours, "deres", anybodys=True) == 0
        assert events.forget(ours, "deres", anybodys=True)[0].user_key == "deres-person"


def test_what_mo_does_not_tell_is_no_all_clear(start_sandbox, log_in, capsys):
    """Trap: without read_event_all MO lists no event of another owner's, and does not say so (measured)."""
    seeing = "read_event,read_event_all,read_event_listener,read_event_namespace"
    sending = "create_event_listener,create_event_namespace,send_event"
    words = ("--client", f"other:secret:{sending}", "--client", f"watcher:secret:{seeing}")
    box = start_sandbox("--persons", "0", *words)
    with log_in(box, "other", "secret") as other:
        other.execute('mutation { event_namespace_declare(input: {name: "deres", public: true}) { name } }')
        other.execute(DECLARE, {"i": {"user_key": "deres", "namespace": "deres", "routing_key": "ting"}})
        send = 'mutation { event_send(input: {namespace: "deres", routing_key: "ting", subject: "s"}) }'
        other.execute(send)
    with motoolkit.connect(box.url) as ours:
        [entry] = events.listeners(ours)
        assert (entry.user_key, entry.waiting, entry.silenced) == ("deres", None, None)
        with pytest.raises(EventError, match="does not tell us what waits for deres"):
            events.stuck(ours, "deres")
        assert events.waiting(ours) == []
    assert main(["events", "stuck", "--profile", box.url]) == 0
    assert "MO does not tell us what waits for deres" in capsys.readouterr().err
    with log_in(box, "watcher", "secret") as watcher:
        assert events.listeners(watcher)[0].waiting == 1


def test_who_we_are_and_what_we_may_not_do_is_told_in_plain_words(start_sandbox, log_in):
    """Newsletter 3.1: ``me`` makes the event system easier to use."""
    roles = "create_event_listener,fetch_event"
    clients = [f"poor:secret:{roles}", f"nobody:secret:{roles},acknowledge_event,-uuid"]
    box = start_sandbox("--persons", "0", *(word for client in clients for word in ("--client", client)))
    with log_in(box, "poor", "secret") as poor:
        told = events.explain(poor)
        assert told[0].startswith("MO knows us as service-account-poor; our listeners belong to ")
        assert "We can not listen: the role acknowledge_event is missing." in told[1]
        with pytest.raises(AuthorisationError, match="the role read_event_listener is missing"):
            events.listeners(poor)
    with log_in(box, "nobody", "secret") as nobody:
        told = events.explain(nobody)
        assert "the token holds no uuid claim" in told[0]
        assert "everybody like that shares them" in told[0]
    with motoolkit.connect(box.url) as mo:
        assert len(events.explain(mo)) == 1


def test_the_file_of_failures_is_private_and_says_so_when_it_can_not_be_used(mo, tmp_path, monkeypatch):
    """Mode 0600, in a folder of our own; and one clear error."""
    with Memory(mo.url, tmp_path / "own" / "events.sqlite3") as memory:
        memory.failed("a", "k", "s", "nej")
        assert stat.S_IMODE(memory.path.stat().st_mode) == 0o600
        assert stat.S_IMODE(memory.path.parent.stat().st_mode) == 0o700
        assert memory.failing("a") == {"s"}
        assert memory.failing("b") == frozenset()
        memory.failed("a", "k", "s", "nej igen")
        [stuck] = memory.stuck(["a"])
        assert (stuck.failures, stuck.error) == (2, "nej igen")
        memory.settled("a", ["s"])
        assert memory.stuck(["a"]) == []
    broken = tmp_path / "broken.sqlite3"
    broken.write_text("this is no database, and it is long enough to be seen as one" * 20)
    with pytest.raises(EventError, match=r"broken\.sqlite3 can not be used"):
        Memory(mo.url, broken)
    monkeypatch.setenv("MOTOOLKIT_EVENTS", str(Path("/proc/nowhere/events.sqlite3")))
    with pytest.raises(EventError, match="can not be used"):
        Memory(mo.url)
