"""The generator: which changes become events, and when."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, timedelta

import pytest
from unit.sandbox.worlds import ANNA, BO, ENGAGEMENT, LEAF, MIDDLE, ROOT, engagement, person, record, unit

from motoolkit.model import COPENHAGEN
from motoolkit.sandbox.events import Mark, collect
from motoolkit.sandbox.events.generator import Generator
from motoolkit.sandbox.records import Record
from motoolkit.sandbox.world import World

ME = "a0000000-0000-4000-8000-000000000001"
TODAY = date(2026, 11, 23)
SLICED = record(
    "org_units",
    LEAF,
    ("2020-01-01", "2024-06-01", {"name": "Før", "user_key": "l", "parent": MIDDLE}),
    ("2024-06-01", "2030-01-01", {"name": "Efter", "user_key": "l", "parent": MIDDLE}),
)


def records(*written):
    """Read records from how tests write them."""
    return [Record.from_json(one) for one in written]


@pytest.fixture
def world():
    """A small municipality whose clock stands."""
    return World(
        records(
            unit(ROOT, "Rod"), unit(MIDDLE, "Midt", ROOT), SLICED, person(ANNA, "Anna"), person(BO, "Bo"),
            engagement(ENGAGEMENT, ANNA, MIDDLE),
        ),
        today=TODAY,
    )  # fmt: skip


def midnight(day):
    """Return the start of a day in Copenhagen."""
    return datetime.fromisoformat(day).replace(tzinfo=COPENHAGEN)


def test_what_a_municipality_starts_with_raises_no_events(world):
    """The generator begins with how the world is."""
    assert Generator(world).emit_now() == 0


def test_each_object_that_was_written_raises_one_event(world):
    """However often it was written since the last run."""
    generator = Generator(world)
    world.put(records(person(ANNA, "Ann")))
    world.put(records(person(ANNA, "Anne"), unit(ROOT, "Top")))
    since = world.events.mark
    assert collect(world, since, Mark.of(world)) == [("org_unit", ROOT), ("person", ANNA)]
    assert [generator.emit_now(), generator.emit_now()] == [2, 0]


def test_only_the_object_itself_raises_an_event(world):
    """Trap: a new engagement tells nothing to those who listen to persons or units."""
    generator = Generator(world)
    heard = {key: world.events.declare_listener(key, key, owner=ME) for key in ("person", "org_unit")}
    heard["engagement"] = world.events.declare_listener("e", "engagement", owner=ME)
    world.put(records(engagement(ENGAGEMENT, BO, ROOT)))
    generator.emit_now()
    found = {key: world.events.fetch(one.uuid, actor=ME) for key, one in heard.items()}
    assert (found["person"], found["org_unit"]) == (None, None)
    assert (found["engagement"].subject, found["engagement"].priority) == (ENGAGEMENT, 10000)


def test_a_deletion_raises_an_event(world):
    """Its subject is no more when it is handled."""
    since = Mark.of(world)
    world.delete("engagements", ENGAGEMENT)
    assert collect(world, since, Mark.of(world)) == [("engagement", ENGAGEMENT)]


def test_what_was_taken_back_raises_none(world):
    """A request with an error has not happened."""
    since = Mark.of(world)
    with world.transaction():
        world.put(records(person(ANNA, "Ann"), person(LEAF, "Ny")))
        world.rollback()
    assert collect(world, since, Mark.of(world)) == []
    world.put(records(person(BO, "Bob")))
    assert collect(world, since, Mark.of(world)) == [("person", BO)]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("2024-05-31", "2024-06-01", [LEAF]),
        ("2024-06-01", "2024-06-02", []),
        ("2029-12-31", "2030-01-01", [LEAF]),
        ("2019-12-31", "2020-01-01", [ROOT, MIDDLE, LEAF, ENGAGEMENT]),
        ("2010-01-01", "2035-01-01", [ROOT, MIDDLE, LEAF, ENGAGEMENT]),
        ("2035-01-01", "2036-01-01", []),
    ],
)
def test_what_was_planned_raises_an_event_when_its_day_comes(world, before, after, expected):
    """Each day on which something begins or ends; persons without a start or an end have none."""
    number = world.written
    found = collect(world, Mark(number, midnight(before)), Mark(number, midnight(after)))
    assert [uuid for _, uuid in found] == expected


def test_a_change_in_the_future_is_told_when_it_is_written_and_when_it_comes_true(world):
    """Trap: the first event is too early for whoever only looks at today."""
    since = Mark.of(world)
    later = record("persons", ANNA, ("2027-02-01", None, {"given_name": "Anne", "surname": "Holm"}))
    world.put(records(later))
    written = Mark.of(world)
    assert collect(world, since, written) == [("person", ANNA)]
    due = Mark(written.number, midnight("2027-02-01"))
    assert collect(world, written, due) == [("person", ANNA)]
    assert collect(world, due, Mark(due.number, midnight("2027-02-02"))) == []


def test_days_of_what_was_deleted_pass_in_silence(world):
    """Nothing is asserted of it any more."""
    world.delete("org_units", LEAF)
    number = world.written
    found = collect(world, Mark(number, midnight("2024-05-31")), Mark(number, midnight("2024-06-01")))
    assert found == []


def test_a_day_comes_at_midnight_in_copenhagen(world):
    """In UTC it is the evening before."""
    number, boundary = world.written, midnight("2024-06-01")
    just_before = Mark(number, boundary - timedelta(microseconds=1))
    assert collect(world, Mark(number, midnight("2024-05-31")), just_before) == []
    assert collect(world, just_before, Mark(number, boundary)) == [("org_unit", LEAF)]


def test_the_generator_goes_on_from_where_it_was(world):
    """What was written while none ran is told by the next."""
    Generator(world)
    world.put(records(person(ANNA, "Ann")))
    assert Generator(world).emit_now() == 1


def test_the_timer_emits_by_itself(world):
    """Every so often, and it keeps what it made."""
    kept = []

    async def wait_for_an_event():
        made = asyncio.Event()
        generator = Generator(world, 0.01, keep=lambda: (kept.append(world.events.to_json()), made.set()))
        listener = world.events.declare_listener("p", "person", owner=ME)
        running = asyncio.create_task(generator.run())
        world.put(records(person(ANNA, "Ann")))
        await asyncio.wait_for(made.wait(), timeout=5)
        running.cancel()
        return listener

    listener = asyncio.run(wait_for_an_event())
    assert world.events.fetch(listener.uuid, actor=ME).subject == ANNA
    assert len(kept) == 1


def test_what_is_written_in_one_go_is_told_in_one_go(world):
    """The timer passes over a world that is being written to, though not for ever."""
    generator = Generator(world)
    times = []
    for _ in range(12):
        world.put(records(person(ANNA, "Ann")))
        times.append(generator._is_time())
    times.append(generator._is_time())
    assert times == [False] * 8 + [True] + [False] * 3 + [True]


@pytest.mark.parametrize("delay", [5, "real"])
def test_a_slow_timer_passes_over_nothing(world, delay):
    """Who waits that long waits no longer."""
    generator = Generator(world, delay)
    world.put(records(person(ANNA, "Ann")))
    assert generator._is_time()


def test_the_timer_waits_while_the_world_is_busy(world):
    """A request is one transaction, and nothing is told of half of it."""

    async def emit_beside_a_request():
        busy = asyncio.Lock()
        running = asyncio.create_task(Generator(world, 0.0, busy=busy).run())
        async with busy:
            world.put(records(person(ANNA, "Ann")))
            await asyncio.sleep(0.05)
            before = world.events.mark.number
        await asyncio.sleep(0.05)
        running.cancel()
        return before, world.events.mark.number

    before, after = asyncio.run(emit_beside_a_request())
    assert (before, after) == (6, 7)


def test_real_delays_are_five_to_ninety_seconds(world):
    """So that nobody builds on events that come at once."""
    generator = Generator(world, "real")
    pauses = [generator._pause() for _ in range(500)]
    assert min(pauses) >= 5
    assert max(pauses) <= 90
    assert len(set(pauses)) > 40
