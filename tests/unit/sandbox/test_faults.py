"""Mishaps on demand: each befalls as many requests as it was told to, and then none."""

from __future__ import annotations

import httpx
import pytest

ASKED = "{ __typename }"
FINE = {"data": {"__typename": "Query"}}


def post(small):
    """Ask once."""
    return small.http.post("/graphql/v30", json={"query": ASKED})


@pytest.fixture(autouse=True)
def calm(small):
    """Start and end without mishaps."""
    names = ("502", "cut", "slow", "queuepool", "html", "unauthorized")
    small.running.post("/sandbox/faults", [f"{name}=0" for name in names])
    yield
    small.running.post("/sandbox/faults", [f"{name}=0" for name in names])


def test_a_request_that_fails_twice_and_then_succeeds(small):
    """As behind a proxy whose MO restarts."""
    small.running.post("/sandbox/faults", ["502=2"])
    assert [post(small).status_code for _ in range(3)] == [502, 502, 200]


def test_a_connection_that_is_cut(small):
    """In the middle of the answer."""
    small.running.post("/sandbox/faults", ["cut=1"])
    with pytest.raises(httpx.RemoteProtocolError):
        post(small)
    assert post(small).json() == FINE


def test_an_exhausted_pool(small):
    """Trap: HTTP 200 with an error that only its words tell."""
    small.running.post("/sandbox/faults", ["queuepool=1"])
    answer = post(small)
    assert answer.status_code == 200
    assert answer.json()["errors"][0]["message"].startswith("QueuePool limit of size 5 overflow 10 reached")
    assert post(small).json() == FINE


def test_a_login_page_instead_of_data(small):
    """HTTP 200 and HTML."""
    small.running.post("/sandbox/faults", ["html=1"])
    assert post(small).headers["content-type"].startswith("text/html")


def test_a_token_that_is_no_longer_accepted(small):
    """Once."""
    small.running.post("/sandbox/faults", ["unauthorized=1"])
    assert post(small).json()["errors"] == [{"message": "User is not authenticated"}]
    assert post(small).json() == FINE


def test_a_slow_answer(small):
    """Two seconds late."""
    small.running.post("/sandbox/faults", ["slow=1"])
    with pytest.raises(httpx.ReadTimeout):
        small.http.post("/graphql/v30", json={"query": ASKED}, timeout=0.5)


def test_a_rate_is_repeatable(start_sandbox):
    """The same mishaps in each run, about as many as asked for."""
    runs = []
    for _ in range(2):
        running = start_sandbox("--empty", "--fault", "502=0.5")
        answers = [httpx.post(f"{running.url}/graphql/v30", json={"query": ASKED}) for _ in range(20)]
        runs.append([answer.status_code for answer in answers])
    assert runs[0] == runs[1]
    assert 4 <= runs[0].count(502) <= 16


@pytest.mark.parametrize("fault", ["nope=1", "502=x", "cut=0.x"])
def test_unknown_faults_are_refused(small, fault):
    """400 with a sentence."""
    answer = httpx.post(f"{small.url}/sandbox/faults", json=[fault])
    assert answer.status_code == 400
    assert answer.json()["error"]
