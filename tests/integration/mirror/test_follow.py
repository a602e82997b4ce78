"""Following: the mirror stays what a fresh load would make it, event by event, and tells what changed."""

from __future__ import annotations

import time
from datetime import date

import pytest
from integration.mirror.changing import asserted, gone, make, new_unit, random_changes, renamed
from integration.mirror.expected import everything
from support import TODAY, launch

from motoolkit.client import connect
from motoolkit.errors import InputError, MirrorError
from motoolkit.events import Change, Listener
from motoolkit.mirror import Mirror
from motoolkit.model import Validity

DAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """Serve a small municipality that these tests change; it tells at once."""
    log = tmp_path_factory.mktemp("sandbox") / "log"
    started = launch("--persons", "60", "--today", TODAY, "--event-delay", "0.05", log=log)
    yield started
    started.stop()


@pytest.fixture(autouse=True)
def failures_of_its_own(tmp_path, monkeypatch):
    """Remember what fails in this test's folder."""
    monkeypatch.setenv("MOTOOLKIT_EVENTS", str(tmp_path / "events.sqlite3"))


@pytest.fixture
def client(running):
    """Log in."""
    with connect(running.url) as client:
        yield client


@pytest.fixture
def mirror(client):
    """Load a mirror in memory."""
    with Mirror.open() as mirror:
        mirror.load(client)
        yield mirror


@pytest.fixture
def follow(client, request):
    """Let a mirror follow by a listener of the test's own."""

    def follow(mirror, handler=None, *, temporary=True):
        listener = Listener(client, request.node.name, temporary=temporary)
        if handler:
            listener.add(handler, "org_unit", "person")
        mirror.follow(listener)
        return listener

    return follow


def settle(running, client, listener):
    """Wait until all that was told is handled and acknowledged."""
    running.post("/sandbox/events/emit", None)
    keys = [f"{listener.name}-{key}" for key in listener.routing_keys]
    query = "query ($f: FullEventFilter) { events(filter: $f, limit: 1) { objects { subject } } }"
    end = time.monotonic() + 30
    while client.execute(query, {"f": {"listeners": {"user_keys": keys}}})["events"]["objects"]:
        assert time.monotonic() < end
        time.sleep(0.05)


def all_rows(mirror):
    """Return all that a mirror holds, in the order of a fresh one."""
    found = everything(mirror)
    return {name: sorted(rows, key=lambda row: (row[0], row[1] or date.min)) for name, rows in found.items()}


def fresh_rows(client):
    """Return what a fresh load makes of MO."""
    with Mirror.open() as fresh:
        fresh.load(client)
        return everything(fresh)


@pytest.mark.parametrize("seed", range(3))
def test_a_mirror_that_follows_equals_a_fresh_one(running, client, mirror, follow, seed):
    """After any changes: new, changed, ended, revived, deleted and merely touched objects of all kinds."""
    with follow(mirror) as listener:
        for round_ in range(3):
            make(running, random_changes(mirror, 25, seed=1000 * seed + round_))
            settle(running, client, listener)
            assert all_rows(mirror) == fresh_rows(client)
    mirror.refresh(client)
    assert everything(mirror) == fresh_rows(client)


def test_what_changed_between_the_load_and_the_listener_is_taken_in(running, client, mirror, follow):
    """Trap: MO keeps no events from before a listener was declared (domain 13)."""
    unit = mirror.frame("org_units", as_of=DAY)["uuid"][0]
    make(running, [renamed(mirror, unit, "Før"), new_unit(5)])
    with follow(mirror):
        assert all_rows(mirror) == fresh_rows(client)


def test_an_event_tells_what_changed(running, client, mirror, follow):
    """Field, period, old and new; and nothing about what stayed."""
    seen = []
    unit = mirror.frame("org_units", as_of=DAY)["uuid"][0]
    slices = asserted(mirror, "org_units", unit)["slices"]
    with follow(mirror, seen.append) as listener:
        make(running, [renamed(mirror, unit, "Helt nyt")])
        settle(running, client, listener)
    [event] = seen
    last = slices[-1]
    period = Validity(last["start"] and date.fromisoformat(last["start"]), None)
    assert event.changes == (Change("name", period, last["values"]["name"], "Helt nyt"),)
    assert event.before.at(DAY)["name"] == last["values"]["name"]
    assert event.after.at(DAY)["name"] == "Helt nyt"
    assert not event.deleted


def test_new_and_deleted_objects_tell_so(running, client, mirror, follow):
    """All of a new object is new, and all of a deleted one is gone."""
    seen = []
    with follow(mirror, seen.append) as listener:
        make(running, [new_unit(7)])
        settle(running, client, listener)
        make(running, [gone("org_units", new_unit(7)["uuid"])])
        settle(running, client, listener)
    made, ended = seen
    period = Validity(date(2026, 1, 1))
    assert Change("name", period, None, "Helt ny") in made.changes
    assert Change("name", period, "Helt ny", None) in ended.changes
    assert (made.deleted, ended.deleted, len(made.before), len(ended.after)) == (False, True, 0, 0)


def test_a_change_of_cpr_number_is_seen_and_masked(running, client, mirror, follow):
    """Numbers are compared in full, and shown masked unless the listener was told otherwise."""
    seen = []
    query = "SELECT uuid FROM persons WHERE cpr_number IS NOT NULL ORDER BY uuid"
    person = next(uuid for (uuid,) in mirror.rows(query))
    change = asserted(mirror, "persons", person)
    change["slices"][-1]["values"]["cpr_number"] = "0101901234"
    with follow(mirror, seen.append) as listener:
        make(running, [change])
        settle(running, client, listener)
    [told] = [change for change in seen[0].changes if change.field == "cpr_number"]
    assert told.new == "010190-xxxx"
    assert told.old.endswith("-xxxx")
    assert "0101901234" not in f"{seen[0]!r} {seen[0].changes} {seen[0].after}"
    assert mirror.sql("SELECT cpr_number FROM persons WHERE uuid = ?", [person])["cpr_number"][0] == told.new


def test_a_failed_handler_is_told_the_same_again(running, client, mirror, follow):
    """The mirror has gone on, and still knows what the handler has not taken in."""
    seen, unit = [], mirror.frame("org_units", as_of=DAY)["uuid"][0]

    def handle(event):
        seen.append(event.changes)
        if len(seen) == 1:
            raise ValueError("ikke nu")

    with follow(mirror, handle) as listener:
        before = mirror.frame("org_units", as_of=DAY)["name"][0]
        make(running, [renamed(mirror, unit, "Første")])
        running.post("/sandbox/events/emit", None)
        while not listener.stats.failed:
            time.sleep(0.02)
        assert mirror.frame("org_units", as_of=DAY)["name"][0] == "Første"
        make(running, [renamed(mirror, unit, "Anden")])
        settle(running, client, listener)
    assert [(changes[0].old, changes[0].new) for changes in seen] == [(before, "Første"), (before, "Anden")]


def test_what_changed_while_nobody_listened_is_told_afterwards(running, client, mirror, follow):
    """Also when the mirror was refreshed meanwhile: it knows what was not told."""
    seen, unit = [], mirror.frame("org_units", as_of=DAY)["uuid"][0]
    before = mirror.frame("org_units", as_of=DAY)["name"][0]
    with follow(mirror, seen.append, temporary=False):
        pass
    make(running, [renamed(mirror, unit, "Imens")])
    running.post("/sandbox/events/emit", None)
    mirror.refresh(client)
    with follow(mirror, seen.append) as listener:
        settle(running, client, listener)
    assert [(event.changes[0].old, event.changes[0].new) for event in seen] == [(before, "Imens")]


def test_a_kill_loses_no_change(running, client, tmp_path):
    """What was taken and not settled is told again from the file, with the rows from before."""
    unit = ""
    with Mirror.open(tmp_path / "m.duckdb", key="nøgle") as mirror:
        mirror.load(client)
        unit = mirror.frame("org_units", as_of=DAY)["uuid"][0]
        make(running, [renamed(mirror, unit, "Dræbt")])
        first = mirror.follower(client).take({"org_units": [unit]})["org_units", unit]
    with Mirror.open(tmp_path / "m.duckdb", key="nøgle") as mirror:
        follower = mirror.follower(client)
        assert follower.take({"org_units": [unit]})["org_units", unit] == first
        follower.settle([("org_units", unit, first[1])])
        assert follower.take({"org_units": [unit]})["org_units", unit] == (first[1], first[1])


def test_settling_what_is_outdated_keeps_what_was_handled(running, client, mirror):
    """The next event's changes are told from there."""
    unit = mirror.frame("org_units", as_of=DAY)["uuid"][0]
    follower, name = mirror.follower(client), ("org_units", unit)
    states = []
    for text in ("Et", "To", "Tre"):
        make(running, [renamed(mirror, unit, text)])
        states.append(follower.take({"org_units": [unit]})[name])
    assert {before for before, _ in states} == {states[0][0]}
    follower.settle([(*name, states[0][1])])
    assert follower.take({"org_units": [unit]})[name] == (states[0][1], states[2][1])


def test_what_is_not_settled_shows_no_cpr_numbers(client, mirror):
    """The rows from before are as well guarded as those of now."""
    person = mirror.frame("persons")["uuid"][0]
    mirror.follower(client).take({"persons": [person]})
    with pytest.raises(MirrorError, match="reads CPR numbers"):
        mirror.sql("SELECT * FROM unhandled.cpr_persons")


def test_a_mirror_of_another_mo_or_of_nothing_can_not_follow(client, mirror, follow, start_sandbox):
    """Nothing is declared in MO."""
    other = start_sandbox("--persons", "0")
    with pytest.raises(MirrorError, match="can not be refreshed from"):
        mirror.follow(Listener(other.url, "anden"))
    with Mirror.open() as empty, pytest.raises(MirrorError, match="The mirror is empty"):
        follow(empty)
    with pytest.raises(InputError, match="can not follow events of the namespace 'sd'"):
        mirror.follow(Listener(client, "sd", namespace="sd"))
