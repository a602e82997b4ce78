"""Events over HTTP: the timer, the training doors, and what a GET does."""

from __future__ import annotations

import time

import httpx
import pytest
from unit.sandbox.worlds import ANNA, BO, person

FETCH = '{ event_fetch(filter: {listener: "%s"}) { subject token } }'


@pytest.fixture
def listener(small):
    """A fresh listener to persons."""
    declare = 'mutation { event_listener_declare(input: {user_key: "p", routing_key: "person"}) { uuid } }'
    made = small.data(declare)["event_listener_declare"]["uuid"]
    yield made
    delete = 'mutation { event_listener_delete(input: {uuid: "%s", delete_pending_events: true}) }'
    small.data(delete % made)


def fetch(small, listener):
    """Fetch a subject, or None."""
    event = small.data(FETCH % listener)["event_fetch"]
    return event and event["subject"]


def test_events_come_by_themselves(small, listener):
    """Within moments, so that training and tests are lively."""
    small.put(person(ANNA, f"Anna {time.monotonic()}"))
    until = time.monotonic() + 10
    found = None
    while found is None and time.monotonic() < until:
        found = fetch(small, listener)
        time.sleep(0.05)
    assert found == ANNA


def test_events_come_now(small, listener):
    """Through the training door, for those who do not wait."""
    small.put(person(BO, f"Bo {time.monotonic()}"))
    small.running.post("/sandbox/events/emit", {})
    assert fetch(small, listener) == BO


def test_what_was_fetched_comes_again_now(small, listener):
    """MO has such a door too, for tests."""
    small.put(person(BO, f"Bo {time.monotonic()}"))
    small.running.post("/sandbox/events/emit", {})
    assert [fetch(small, listener), fetch(small, listener)] == [BO, None]
    small.running.post("/sandbox/events/reset-last-tried", {})
    assert fetch(small, listener) == BO


def test_a_get_consumes_an_event(small, listener):
    """Trap: ``event_fetch`` is a query with an effect; whoever prefetches it hides the event."""
    small.put(person(BO, f"Bo {time.monotonic()}"))
    small.running.post("/sandbox/events/emit", {})
    got = small.http.get("/graphql/v30", params={"query": FETCH % listener}).json()
    assert got["data"]["event_fetch"]["subject"] == BO
    assert fetch(small, listener) is None


def test_a_spurious_null_on_demand(small, listener):
    """As many as were asked for, and only while something waits."""
    small.running.post("/sandbox/faults", ["spurious-null=2"])
    assert fetch(small, listener) is None
    small.put(person(BO, f"Bo {time.monotonic()}"))
    small.running.post("/sandbox/events/emit", {})
    assert [fetch(small, listener) for _ in range(3)] == [None, None, BO]


def test_events_wait_for_a_slow_generator(start_sandbox):
    """With MO's own delays there is none before five seconds have passed."""
    session = "5e551011-0000-4000-8000-000000000001"
    running = start_sandbox("--empty", "--session", session, "--event-delay", "real")
    with httpx.Client(base_url=running.url, headers={"session": session}) as http:
        ask = lambda query: http.post("/graphql/v30", json={"query": query}).json()["data"]  # noqa: E731
        declare = (
            'mutation { event_listener_declare(input: {user_key: "p", routing_key: "person"}) { uuid } }'
        )
        listener = ask(declare)["event_listener_declare"]["uuid"]
        running.post("/sandbox/records", {"put": [person(ANNA, "Anna")]})
        assert ask(FETCH % listener) == {"event_fetch": None}
        running.post("/sandbox/events/emit", {})
        assert ask(FETCH % listener)["event_fetch"]["subject"] == ANNA
