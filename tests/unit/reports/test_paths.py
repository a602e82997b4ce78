"""The path of a unit in level columns."""

from __future__ import annotations

from datetime import date

import pytest


def levels(table):
    """Return the level cells of every row."""
    count = sum(heading.startswith("Niveau ") for heading in table.headings)
    return [row[:count] for row in table.rows]


@pytest.fixture
def chain(world):
    """Nine units, each below the one before."""
    parent = None
    for number in range(1, 10):
        parent = world.unit(f"E{number}", parent)
    return world


def test_there_are_as_many_levels_as_the_deepest_unit_has(chain):
    """Every unit's path is root first, ends with itself, and is padded with blanks."""
    rows = levels(chain.report())
    assert rows[0] == ("E1", *[""] * 8)
    assert rows[2] == ("E1", "E2", "E3", *[""] * 6)
    assert rows[8] == ("E1", "E2", "E3", "E4", "E5", "E6", "E7", "E8", "E9")


def test_what_is_deeper_than_the_cap_is_joined_into_the_last_level(chain):
    """Nothing is lost: max_levels with overflow="join"."""
    assert levels(chain.report(max_levels=7))[8] == ("E1", "E2", "E3", "E4", "E5", "E6", "E7 / E8 / E9")


def test_what_is_deeper_than_the_cap_can_be_cut(chain):
    """Upstream's way: overflow="cut"."""
    assert levels(chain.report(max_levels=7, overflow="cut"))[8] == ("E1", "E2", "E3", "E4", "E5", "E6", "E7")


def test_the_root_level_can_be_dropped(chain):
    """The root's own rows then have an empty path."""
    rows = levels(chain.report(drop_root=True))
    assert rows[0] == ("",) * 8
    assert rows[1] == ("E2", *[""] * 7)


def test_the_unit_itself_can_be_left_out_of_its_path(chain):
    """include_self=False leaves the ancestors."""
    assert levels(chain.report(include_self=False))[1] == ("E1", *[""] * 7)


def test_the_number_of_levels_can_be_kept_for_a_consumer(world):
    """min_levels pads a flat organisation."""
    world.unit("E1")
    assert levels(world.report(min_levels=3)) == [("E1", "", "")]


def test_a_unit_whose_parent_ended_starts_with_a_mark_and_a_warning(world):
    """Terminated parent: the child lives on."""
    parent = world.unit("Lukket", end=date(2026, 1, 1))
    world.unit("Barn", parent)
    world.unit("Nordby")
    table = world.report()
    assert levels(table)[0] == ("(ukendt overenhed)", "Barn")
    assert any(warning.startswith("Organisationstræet har fejl: 1") for warning in table.warnings)


def test_a_cycle_of_units_is_shown_and_warned_about(world):
    """Two units that are each other's parents do not hang the report."""
    one, two = world.uuid(), world.uuid()
    world.unit("En", two, uuid=one)
    world.unit("To", one, uuid=two)
    table = world.report()
    assert levels(table) == [("(overenheder i ring)", "En", ""), ("(overenheder i ring)", "En", "To")]
    assert any(warning.startswith("Organisationstræet har fejl") for warning in table.warnings)


def test_a_backslash_in_a_name_splits_nothing(world):
    """The path is made of units, not of a joined text."""
    world.unit("Drift\\Vagt", world.unit("Nordby"))
    assert levels(world.report())[1] == ("Nordby", "Drift\\Vagt")


def test_up_to_v27_the_organisation_as_parent_is_no_missing_parent(world):
    """Before v28 a top unit's parent is the root organisation's UUID."""
    world.unit("Nordby", world.uuid())
    table = world.report()
    assert levels(table) == [("Nordby",)]
    assert table.warnings == ()
