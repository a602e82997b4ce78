"""Parallel requests: polite, stopped at the first sign of a full pool, and held against serial ones."""

from __future__ import annotations

import httpx
import pytest

import motoolkit
from motoolkit.probes import concurrency, probe_concurrency


def test_the_profiles_limit_is_never_exceeded(client):
    """Whatever is asked for; the sandbox answers one at a time, so nothing is gained."""
    found = probe_concurrency(client, most=16, pages=3, page_size=8, rounds=2)
    assert (found.limit, [level.parallel for level in found.levels]) == (2, [1, 2])
    assert found.wrong == 0
    assert not found.partial


def test_fewer_than_the_limit_can_be_asked_for(client):
    """One at a time compares with nothing."""
    found = probe_concurrency(client, most=1, pages=2, page_size=5, rounds=1)
    assert found.verdict == "The profile allows one request at a time: nothing to compare."


@pytest.fixture
def pooled(start_sandbox):
    """Return a sandbox whose connection pool can be full; it then answers after a moment, and refuses."""
    return start_sandbox("--persons", "60", "--fault", "leak@0.05")


def fill(pooled):
    """Let fifteen requests fail within an object: each keeps a connection."""
    told = httpx.get(f"{pooled.url}/sandbox").json()
    token = httpx.post(
        f"{told['auth_server']}/realms/{told['realm']}/protocol/openid-connect/token",
        data={
            "grant_type": "client_credentials",
            "client_id": told["client_id"],
            "client_secret": told["client_secret"],
        },
    ).json()["access_token"]
    failing = {"query": "{ engagements(limit: 2) { objects { uuid validities(start: null) { uuid } } } }"}
    for _ in range(15):
        headers = {"Authorization": f"Bearer {token}"}
        answer = httpx.post(f"{pooled.url}/graphql/v30", json=failing, headers=headers).json()
        assert answer["errors"]


def test_the_first_sign_of_a_full_pool_ends_it(pooled, monkeypatch):
    """The pool fills while four are under way: no request follows those that are."""
    ask, asked = concurrency._ask, []

    def filling(*args):
        asked.append(args)
        if len(asked) == 12:
            fill(pooled)
        return ask(*args)

    monkeypatch.setattr(concurrency, "_ask", filling)
    with motoolkit.connect(pooled.url, concurrency=4) as client:
        found = probe_concurrency(client, pages=4, page_size=10, rounds=3)
    assert found.stopped.startswith("MO has no room for more: ")
    assert found.partial
    assert len(asked) <= 12 + 4
    assert "can not be told" in found.verdict or found.levels[1].walls


@pytest.mark.parametrize(("fault", "told"), [("502", "HTTP 502"), ("queuepool", "no database connection")])
def test_a_mo_that_fails_under_load_is_left_alone(start_sandbox, fault, told):
    """One in five requests fails: the probe ends with the reason, and keeps what it has."""
    running = start_sandbox("--persons", "60")
    with motoolkit.connect(running.url, concurrency=2) as client:
        _ = client.schema
        cursors = concurrency._cursors(client, 4, 10)
        running.post("/sandbox/faults", [f"{fault}=0.2"])
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(concurrency, "_cursors", lambda *_: cursors)
            found = probe_concurrency(client, pages=4, page_size=10, rounds=20)
    assert told in found.stopped


def test_a_wrong_answer_under_load_is_counted(client, monkeypatch):
    """Two at a time get each other's pages; alone each gets its own."""
    ask, running = concurrency._ask, []

    def mixed_up(mo, cursor, size):
        running.append(cursor)
        seconds, page = ask(mo, cursor, size)
        together = len(running) > 1
        running.remove(cursor)
        return seconds, ({**page, "objects": page["objects"][:-1]} if together else page)

    monkeypatch.setattr(concurrency, "_ask", mixed_up)
    found = probe_concurrency(client, pages=4, page_size=8, rounds=2)
    assert found.wrong > 0
    assert "wrong under load" in found.rightness
