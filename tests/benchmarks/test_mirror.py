"""What the mirror costs beside the reading itself: ratios within one run."""

from __future__ import annotations

import time

import httpx
import orjson
import pytest
from integration.mirror.changing import asserted, make
from integration.mirror.expected import everything

from motoolkit.client import connect
from motoolkit.mirror import Mirror

ROUNDS = 2
CHANGES = 50


@pytest.fixture
def town(start_sandbox):
    """Serve a municipality of some 5,000 objects at a real MO's pace.

    At its own pace, fifteen times a real MO's, it would measure how two processes share two cores. On a real
    MO of 500 persons a load took 1.02 times the bare loop, and a refresh a fifteenth of a load.
    """
    return start_sandbox("--persons", "760", "--pace", "4")


def seconds(job):
    """Return how long a job takes."""
    began = time.perf_counter()
    job()
    return time.perf_counter() - began


def recorded(monkeypatch, job):
    """Return the GraphQL requests that a job makes."""
    requests, send = [], httpx.Client.send

    def record(self, request, **kwargs):
        if request.method == "POST" and "/graphql/" in str(request.url):
            requests.append(request)
        return send(self, request, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(httpx.Client, "send", record)
        job()
    return requests


def bare_loop(requests):
    """Send the requests again, one after another, and decode the answers."""
    with httpx.Client(timeout=120) as http:
        for request in requests:
            answer = http.post(request.url, content=request.content, headers=request.headers)
            assert "errors" not in orjson.loads(answer.content)


def load(client):
    """Load a fresh mirror in memory."""
    with Mirror.open() as mirror:
        mirror.load(client)


def report(capsys, line):
    """Print a line of the table, also where pytest keeps output to itself."""
    with capsys.disabled():
        print(f"\n  {line}", end="")


def test_a_load_costs_no_more_than_its_pages(town, monkeypatch, capsys):
    """Merging and writing hide behind the waiting: at most 1.1 times a bare loop over the same pages."""
    with connect(town.url) as client:
        requests = recorded(monkeypatch, lambda: load(client))
        loads, loops = [], []
        for _ in range(ROUNDS):
            loads.append(seconds(lambda: load(client)))
            loops.append(seconds(lambda: bare_loop(requests)))
    ratio = min(loads) / min(loops)
    told = f"load {min(loads):.2f} s, bare loop over its {len(requests)} pages {min(loops):.2f} s"
    report(capsys, f"{told}: {ratio:.2f} (limit 1.10)")
    assert ratio <= 1.1


def test_a_refresh_is_a_fraction_of_a_load(town, capsys):
    """After 50 changes among 5,000 objects: at least 6 times faster, and equal to a fresh load."""
    with connect(town.url) as client, Mirror.open() as mirror, Mirror.open() as fresh:
        objects = sum(mirror.load(client).objects.values())
        uuids = list(mirror.frame("engagements")["uuid"].unique())
        loads, refreshes = [], []
        for round_ in range(ROUNDS):
            chosen = uuids[CHANGES * round_ : CHANGES * (round_ + 1)]
            changes = [asserted(mirror, "engagements", uuid) for uuid in chosen]
            for change in changes:
                change["slices"][-1]["values"]["user_key"] = f"changed {round_}"
            make(town, changes)
            refreshes.append(seconds(lambda: mirror.refresh(client)))
            loads.append(seconds(lambda: fresh.load(client)))
        assert everything(mirror) == everything(fresh)
    ratio = min(loads) / min(refreshes)
    told = f"{objects:,} objects: load {min(loads):.2f} s, refresh of {CHANGES} {min(refreshes):.2f} s"
    report(capsys, f"{told}: {ratio:.1f} times faster (limit 6)")
    assert ratio >= 6
