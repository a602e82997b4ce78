"""Refreshing: only what changed is read, and the result is that of a fresh load."""

from __future__ import annotations

import pytest
from integration.mirror.changing import gone, make, new_unit, random_changes, renamed
from integration.mirror.expected import everything
from support import TODAY, launch

from motoolkit.client import connect
from motoolkit.errors import MirrorError, TransportError
from motoolkit.mirror import Mirror


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """Serve a small municipality that these tests change."""
    started = launch("--persons", "60", "--today", TODAY, log=tmp_path_factory.mktemp("sandbox") / "log")
    yield started
    started.stop()


@pytest.mark.parametrize("seed", range(3))
def test_a_refreshed_mirror_equals_a_fresh_one(running, seed):
    """After any changes: new, changed, ended, revived, deleted and merely touched objects of all kinds."""
    with connect(running.url) as client, Mirror.open() as mirror:
        mirror.load(client)
        for round_ in range(2):
            changes = random_changes(mirror, 25, seed=100 * seed + round_)
            make(running, changes)
            mirror.refresh(client)
            with Mirror.open() as fresh:
                fresh.load(client)
                assert everything(mirror) == everything(fresh)


def test_only_what_changed_is_read(running, line):
    """Three changes are one request for their collection, beside the registrations."""
    cable = line(running.url)
    with connect(cable.url) as client, Mirror.open() as mirror:
        mirror.load(client)
        units = list(mirror.frame("org_units", as_of="2026-11-23")["uuid"])
        make(
            running,
            [renamed(mirror, units[0], "Ny Nordby"), new_unit(), gone("org_units", units[1])],
        )
        cable.requests.clear()
        mirror.refresh(client)
    reads = [body for body in cable.requests if b"Read_" in body]
    assert len(reads) == 1
    assert all(uuid.encode() in reads[0] for uuid in (units[0], units[1], new_unit()["uuid"]))


def test_nothing_changed_is_nothing_read(running, line):
    """A second refresh asks for registrations only."""
    cable = line(running.url)
    with connect(cable.url) as client, Mirror.open() as mirror:
        loaded = mirror.load(client)
        cable.requests.clear()
        refreshed = mirror.refresh(client)
    assert not [body for body in cable.requests if b"Read_" in body]
    assert refreshed.objects == loaded.objects


def test_deleted_objects_vanish(running):
    """With their history: MO shows it no more either."""
    with connect(running.url) as client, Mirror.open() as mirror:
        mirror.load(client)
        uuid = mirror.frame("persons")["uuid"][0]
        make(running, [gone("persons", uuid)])
        mirror.refresh(client)
        assert uuid not in set(mirror.frame("persons")["uuid"])


def test_a_file_is_refreshed_later(running, tmp_path):
    """Loaded by one run, refreshed by the next."""
    path = tmp_path / "nordby.duckdb"
    with connect(running.url) as client:
        with Mirror.open(path, key="k") as mirror:
            mirror.load(client)
            unit = mirror.frame("org_units", as_of="2026-11-23")["uuid"][0]
            make(running, [renamed(mirror, unit, "Ny Nordby")])
        with Mirror.open(path, key="k") as mirror:
            mirror.refresh(client)
            assert "Ny Nordby" in set(mirror.frame("org_units")["name"])


def test_a_cut_refresh_changes_nothing(running, line):
    """All of it or what was before; the next one finds the same changes."""
    cable = line(running.url)
    with connect(cable.url) as client, Mirror.open() as mirror:
        mirror.load(client)
        before = everything(mirror)
        make(running, random_changes(mirror, 20, seed=1))
        cable.when(b"Read_", lambda: cable.cut(after=0))
        with pytest.raises(TransportError):
            mirror.refresh(client)
        assert everything(mirror) == before
        cable.mend()
        mirror.refresh(client)
        with Mirror.open() as fresh:
            fresh.load(client)
            assert everything(mirror) == everything(fresh)


def test_another_mo_is_refused(running, sandbox):
    """A mirror of one MO is not refreshed from another."""
    with connect(running.url) as client, connect(sandbox.url) as other, Mirror.open() as mirror:
        mirror.load(client, ["facets"])
        with pytest.raises(MirrorError, match=f"The mirror is of {running.url}"):
            mirror.refresh(other)


def test_an_empty_mirror_can_not_be_refreshed(sandbox):
    """It was never loaded."""
    with (
        connect(sandbox.url) as client,
        Mirror.open() as mirror,
        pytest.raises(MirrorError, match="The mirror is empty"),
    ):
        mirror.refresh(client)
