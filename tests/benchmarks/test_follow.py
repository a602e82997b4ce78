"""What it costs a large mirror to follow one event: a ratio within one run."""

from __future__ import annotations

import time

import pytest

from motoolkit.client import connect
from motoolkit.mirror import Mirror, _changes, _layout

ROWS = 50_000
ROUNDS = 5


@pytest.fixture
def large(sandbox, tmp_path):
    """Load a mirror file, and make ever more persons of those that are there."""
    with connect(sandbox.url) as client, Mirror.open(tmp_path / "m.duckdb", key="nøgle") as mirror:
        mirror.load(client, ["persons"])
        store = mirror._store
        table = f"base.{_layout.CPR_TABLE}"
        other = "* EXCLUDE (range) REPLACE (CAST(uuid() AS VARCHAR) AS uuid)"
        copies = f"SELECT {other} FROM {table} CROSS JOIN range({ROWS} // 400)"
        store.execute(f"INSERT INTO {table} {copies}", *_layout.publish("persons"))
        store.settle()
        yield mirror, client


def best(job):
    """Return the shortest time that a job takes."""
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        job()
        times.append(time.perf_counter() - began)
    return min(times)


def test_following_one_object_costs_a_fraction_of_publishing(large, capsys):
    """Its rows are put in their place, CPR numbers apart; the tables are not written anew."""
    mirror, client = large
    store, follower = mirror._store, mirror.follower(client)
    uuid = client.execute("{ employees(limit: 1) { objects { uuid } } }")["employees"]["objects"][0]["uuid"]

    def take():
        after = follower.take({"persons": [uuid]})["persons", uuid][1]
        follower.settle([("persons", uuid, after)])

    def publish():
        with store.transaction():
            _changes.publish(store, "base", ["persons"], {})

    taken, published = best(take), best(publish)
    [(rows,)] = mirror.rows("SELECT count(*) FROM persons")
    with capsys.disabled():
        told = f"{rows:,} persons: take {1000 * taken:.1f} ms, publish {1000 * published:.0f} ms"
        print(f"\n  {told}: {published / taken:.1f} times faster (limit 3)", end="")
    assert rows >= ROWS
    assert published / taken >= 3
