"""Loads: everything is there, twice the same, and a cut one goes on where it stopped."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest
from integration.mirror.changing import gone, make, new_unit, renamed
from integration.mirror.expected import everything, held, rows_of

from motoolkit.catalogue import CATALOGUE
from motoolkit.client import connect
from motoolkit.errors import InputError, MirrorError, TransportError
from motoolkit.mirror import Mirror

SOME = ["org_units", "persons", "engagements"]
CRASH = """
import os, sys
from motoolkit.client import connect
from motoolkit.mirror import Mirror
client, mirror = connect(sys.argv[1]), Mirror.open(sys.argv[2], key="k")
read = client.read
pages = 0
def dying(*args, **kwargs):
    global pages
    for page in read(*args, **kwargs, page_size=50):
        yield page
        pages += 1
        if pages == 12:
            os._exit(9)
client.read = dying
mirror.load(client, ["org_units", "persons", "engagements"])
"""


@pytest.mark.parametrize("collection", CATALOGUE)
def test_the_mirror_holds_what_mo_holds(town, records, collection):
    """Every object, every validity, equal neighbours merged: worked out from the municipality itself."""
    expected = rows_of(records, collection)
    assert expected
    assert held(town, collection) == expected


@pytest.mark.parametrize("version", [22, 25, 28, 29])
def test_every_version_gives_the_same_mirror(sandbox, town, version):
    """The last day or the first after, the root organisation as a parent or not: the rows are the same."""
    with connect(sandbox.url, graphql_version=version) as client, Mirror.open() as mirror:
        mirror.load(client, SOME)
        assert mirror.info().graphql_version == version
        assert {name: held(mirror, name) for name in SOME} == {name: held(town, name) for name in SOME}


def test_two_loads_are_equal(sandbox, town):
    """To the last row, without sorting."""
    with connect(sandbox.url) as client, Mirror.open() as mirror:
        mirror.load(client)
        assert everything(mirror) == everything(town)


def test_info_tells_where_and_when(sandbox, town, records):
    """From which MO, with which version, how much."""
    info = town.info()
    assert (info.complete, info.mo_url, info.under_way) == (True, sandbox.url, "")
    assert info.loaded_at == info.refreshed_at
    assert info.objects["persons"] == sum(r.collection == "persons" for r in records)
    assert list(info.objects) == list(CATALOGUE)


def test_only_chosen_collections_are_read(sandbox):
    """The others say that they are not there."""
    with connect(sandbox.url) as client, Mirror.open() as mirror:
        mirror.load(client, ["facets", "classes"])
        assert list(mirror.info().objects) == ["facets", "classes"]
        with pytest.raises(MirrorError, match="does not hold persons"):
            mirror.frame("persons")
        assert "facet" in mirror.frame("classes", labels=True).columns
        assert "owner" not in mirror.frame("classes", labels=True).columns


def test_another_choice_replaces_the_first(sandbox):
    """A mirror holds what was loaded last; nothing old lingers."""
    with connect(sandbox.url) as client, Mirror.open() as mirror:
        mirror.load(client, ["facets", "classes"])
        mirror.load(client, ["itsystems"])
        assert list(mirror.info().objects) == ["itsystems"]
        with pytest.raises(MirrorError, match="facets"):
            mirror.sql("SELECT * FROM facets")


def test_an_unknown_collection_is_refused(sandbox):
    """Before anything is read."""
    with connect(sandbox.url) as client, Mirror.open() as mirror:
        with pytest.raises(InputError, match="Did you mean persons"):
            mirror.load(client, ["person"])
        assert not mirror.info().under_way


def test_an_empty_mo_gives_an_empty_mirror(start_sandbox):
    """A MO on its first day: all tables are there, without rows."""
    with connect(start_sandbox("--empty").url) as client, Mirror.open() as mirror:
        info = mirror.load(client)
        assert info.complete
        assert set(info.objects.values()) == {0}
        assert mirror.frame("engagements", as_of="2026-11-23", labels=True).empty
        assert list(mirror.tree(date(2026, 11, 23))) == []
        mirror.refresh(client)


def test_a_cut_load_goes_on_where_it_stopped(sandbox, town, line, tmp_path):
    """The mirror says that it is unfinished; the next load reads only the rest, and nothing is missing."""
    cable = line(sandbox.url)
    path = tmp_path / "nordby.duckdb"
    with connect(cable.url, page_size=50) as client, Mirror.open(path, key="k") as mirror:
        cable.cut(after=20)
        with pytest.raises(TransportError):
            mirror.load(client)
        with pytest.raises(MirrorError, match=r"The load of this mirror was cut: \d+ of 15 collections"):
            mirror.frame("persons")
    before = {body for body in cable.requests if b"Read_" in body}
    cable.mend()
    cable.requests.clear()
    with connect(cable.url, page_size=50) as client, Mirror.open(path, key="k") as mirror:
        mirror.load(client)
        assert everything(mirror) == everything(town)
    again = before.intersection(cable.requests)
    assert len(before) > 10
    assert len(again) <= 2  # what was under way when the line was cut


def test_a_complete_mirror_answers_while_a_new_load_is_cut(sandbox, town, line):
    """Readers see what was there before, whole, until the new load is."""
    cable = line(sandbox.url)
    with connect(cable.url) as client, Mirror.open() as mirror:
        mirror.load(client)
        cable.cut(after=8)
        with pytest.raises(TransportError):
            mirror.load(client)
        assert mirror.info().complete
        assert mirror.info().under_way
        assert everything(mirror) == everything(town)


def test_what_changes_during_a_load_is_in_it(start_sandbox, line):
    """An object that changes, one that is new, and one that goes, while the last collection is read."""
    running = start_sandbox("--persons", "50")
    cable = line(running.url)
    with connect(cable.url) as client, Mirror.open() as mirror, Mirror.open() as fresh:
        fresh.load(client)
        units = list(fresh.frame("org_units", as_of="2026-11-23")["uuid"])
        changes = [renamed(fresh, units[0], "Ny Nordby"), new_unit(), gone("org_units", units[1])]
        cable.when(b"Read_owners", lambda: make(running, changes))
        mirror.load(client)
        fresh.load(client)
        assert everything(mirror) == everything(fresh)
        names = mirror.frame("org_units").groupby("uuid")["name"].last()
        assert names[units[0]] == "Ny Nordby"
        assert names[changes[1]["uuid"]] == "Helt ny"
        assert units[1] not in names


def test_a_crashed_process_leaves_a_file_that_goes_on(sandbox, town, tmp_path):
    """Killed between two pages, without a chance to tidy up."""
    path = tmp_path / "nordby.duckdb"
    crashed = subprocess.run([sys.executable, "-c", CRASH, sandbox.url, str(path)], check=False)
    assert crashed.returncode == 9
    with connect(sandbox.url) as client, Mirror.open(path, key="k") as mirror:
        with pytest.raises(MirrorError, match="was cut"):
            mirror.frame("persons")
        mirror.load(client, SOME)
        assert {name: held(mirror, name) for name in SOME} == {name: held(town, name) for name in SOME}
