"""The state file: what is read equals what was written, and what can not be read is left alone."""

from __future__ import annotations

import json
import stat
from datetime import date

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motoolkit.catalogue import CATALOGUE
from motoolkit.errors import InputError
from motoolkit.sandbox.codec import held_from_json, held_to_json
from motoolkit.sandbox.files import File
from motoolkit.sandbox.groups import nothing_of, rows_of
from motoolkit.sandbox.municipality import municipality
from motoolkit.sandbox.records import Record, Slice
from motoolkit.sandbox.state import StateFile
from motoolkit.sandbox.world import World

TODAY = date(2026, 11, 23)
ANNA, BO = (f"be000000-0000-4000-8000-00000000000{n}" for n in (1, 2))


def person(uuid, given_name, **values):
    """Write a person of one slice."""
    named = {**nothing_of("persons"), "given_name": given_name, "surname": "Holm", "user_key": given_name}
    return Record("persons", uuid, (Slice(None, None, named | values),))


def held(world):
    """Return all that a world holds."""
    objects = {(one.collection, one.uuid): one for one in world.everything()}
    return objects, world.files.to_json(), world.events.to_json(), world.written, world.municipality_code


def read(path, **given):
    """Read a world and let go of its file."""
    file = StateFile(path)
    world = file.read(**given)
    file.release()
    return world


@pytest.fixture
def path(tmp_path):
    """Where the state is kept."""
    return tmp_path / "state"


@pytest.fixture
def started(path):
    """A world of one person that is being kept in ``path``."""
    world = World([person(ANNA, "Anna")], today=TODAY, substitute_roles=[BO])
    file = StateFile(path)
    file.start(world)
    yield world, file
    file.close()


def test_a_municipality_is_read_back_equal(path):
    """Every object with its registrations, the clock and the options."""
    world = World(municipality(1, 100, today=TODAY), today=TODAY)
    file = StateFile(path)
    file.start(world)
    file.close()
    found = read(path)
    assert held(found) == held(world)
    assert (found.today, found.now()) == (TODAY, world.now())


def test_what_was_committed_is_there_without_an_orderly_end(path, started):
    """The file is not closed: the process might have been killed."""
    world, file = started
    with world.transaction():
        world.put([person(ANNA, "Anne"), person(BO, "Bo", seniority=date(2020, 2, 29))])
        world.files.upload(File("EXPORTS", "a.txt", b"a", ANNA), undo=world.undo)
        world.municipality_code = 370
    world.events.declare_namespace("løn", owner=ANNA)
    file.save()
    file.release()
    found = read(path)
    assert held(found) == held(world)
    assert found.substitute_roles == {BO}
    assert found.get("persons", BO).slices()[0].values["seniority"] == date(2020, 2, 29)


def test_what_was_rolled_back_is_not_kept(path, started):
    """Nor is anything written to the file for it."""
    world, file = started
    size = path.stat().st_size
    with world.transaction():
        world.put([person(BO, "Bo")])
        world.rollback()
    file.save()
    assert path.stat().st_size == size


def test_a_municipality_code_alone_is_kept(path, started):
    """``org_create`` writes no registration."""
    world, file = started
    world.municipality_code = 101
    file.save()
    file.release()
    assert read(path).municipality_code == 101


def test_an_orderly_end_makes_the_file_short_again(path, started):
    """The appended lines become part of the objects."""
    world, file = started
    for name in ("Anne", "Anni"):
        with world.transaction():
            world.put([person(ANNA, name)])
        file.save()
    assert len(path.read_bytes().splitlines()) == 5
    file.close()
    assert len(path.read_bytes().splitlines()) == 3
    assert held(read(path)) == held(world)


@pytest.mark.usefixtures("started")
def test_only_the_owner_may_read_it(path):
    """Mode 0600, and no other file beside it."""
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["state"]


def test_a_last_line_that_a_kill_has_torn_is_left_out(path, started):
    """Nobody was answered yet."""
    world, file = started
    before = held(world)
    file.close()
    with path.open("ab") as torn:
        torn.write(b'{"committed":[["persons","be0')
    assert held(read(path)) == before


def header(**changed):
    """Write the first line of a file."""
    told = {
        "format": "motoolkit sandbox state",
        "version": 1,
        "today": None,
        "substitute_roles": [],
        "objects": 0,
    }
    return json.dumps(told | changed) + "\n"


END = json.dumps({"files": {}, "events": {}, "municipality_code": None, "written": 0}) + "\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "holds no state of a sandbox"),
        ("navn;antal\n1;2\n", "holds no state of a sandbox"),
        ("[1, 2]\n", "holds no state of a sandbox"),
        (header(version=2) + END, "has version 2, and this is 1"),
        (header(), "is broken: its lines do not fit together"),
        (header(objects=3) + END, "is broken: its lines do not fit together"),
        (header() + "{\n" + END, "is broken: line 2 is no JSON"),
        (header(today="i går") + END, "is broken: its lines do not fit together"),
    ],
)  # fmt: skip
def test_a_file_that_can_not_be_read_is_left_alone(path, content, said):
    """One sentence that names it, and not a byte of it changed."""
    path.write_text(content)
    with pytest.raises(InputError) as raised:
        StateFile(path).read()
    assert raised.value.message.startswith(("The state file", "The file"))
    assert said in raised.value.message
    assert path.read_text() == content


@pytest.mark.usefixtures("started")
def test_a_file_is_in_use_by_one_sandbox_only(path):
    """Two would overwrite each other."""
    with pytest.raises(InputError, match="is in use by another sandbox"):
        StateFile(path).read()


def test_the_clock_does_not_go_back(path, started):
    """A later day is fine: that is how time passes in training."""
    started[1].close()
    with pytest.raises(
        InputError, match=r"can not go back to 2026-11-22: the world has lived until 2026-11-23"
    ):
        read(path, today=date(2026, 11, 22))
    assert read(path, today=date(2026, 12, 1)).now().date() == date(2026, 12, 1)


def test_a_folder_that_is_not_there(tmp_path):
    """Found out before anything is served."""
    with pytest.raises(InputError, match="can not be written: No such file or directory"):
        StateFile(tmp_path / "no" / "state").start(World())


scalars = st.none() | st.text(max_size=5) | st.integers(-9, 9) | st.booleans() | st.dates()
days = st.none() | st.dates()


@st.composite
def periods(draw, collection):
    """Draw a slice with the fields of a collection."""
    nothing = nothing_of(collection)
    values = {
        name: draw(st.lists(st.uuids().map(str), max_size=2).map(tuple) if none == () else scalars)
        for name, none in nothing.items()
    }
    return Slice(draw(days), draw(days), values)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_an_object_is_read_back_equal_whatever_it_holds(data):
    """Through JSON: dates stay dates, several references stay tuples, and rows stay beside their slices."""
    collection = data.draw(st.sampled_from(sorted(CATALOGUE)))
    world = World(today=TODAY)
    for _ in range(data.draw(st.integers(1, 3))):
        slices = tuple(data.draw(st.lists(periods(collection), max_size=2)))
        if data.draw(st.booleans()):
            world.write(collection, ANNA, rows_of(collection, slices), actor=BO, note="Æ", always=True)
        else:
            world.put([Record(collection, ANNA, slices)])
    one = world.get(collection, ANNA)
    assert held_from_json(orjson.loads(orjson.dumps(held_to_json(one)))) == one
