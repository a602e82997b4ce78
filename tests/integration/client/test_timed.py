"""Queries that are timed: sent once, and judged as all others."""

from __future__ import annotations

import httpx
import pytest

import motoolkit
from motoolkit.errors import BusyError, InputError, QueryError


@pytest.fixture
def client(sandbox):
    """A client of the sandbox."""
    with motoolkit.connect(sandbox.url) as found:
        yield found


def test_a_timed_query_gives_the_answer_and_what_it_took(client):
    """The first byte comes before the last; the size is that of the answer."""
    timed = client.timed("query($limit: int) { persons(limit: $limit) { objects { uuid } } }", {"limit": 3})
    assert len(timed.answer["persons"]["objects"]) == 3
    assert 0 < timed.first <= timed.whole
    assert timed.size > 3 * 36


def test_what_mo_refuses_is_raised_as_always(client):
    """With the type that execute raises."""
    with pytest.raises(QueryError):
        client.timed("{ persons(limit: 1) { objects { uuid validities(start: null) { uuid } } } }")


def test_what_changes_something_is_not_timed(client):
    """Nothing is sent."""
    with pytest.raises(InputError, match="changes something"):
        client.timed('{ event_fetch(filter: {listener: "c2c7f5e2-0000-4000-8000-000000000000"}) { token } }')


def test_a_timed_query_is_sent_once(start_sandbox):
    """A busy MO is not asked again."""
    running = start_sandbox("--persons", "5")
    with motoolkit.connect(running.url) as client:
        _ = client.schema
        running.post("/sandbox/faults", ["502=5"])
        before = httpx.get(f"{running.url}/sandbox").json()["requests"]
        with pytest.raises(BusyError):
            client.timed("{ persons { objects { uuid } } }")
        assert httpx.get(f"{running.url}/sandbox").json()["requests"] == before + 1
