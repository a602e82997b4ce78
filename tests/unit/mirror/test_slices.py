"""Rows from MO's answers: dates, references, merged slices."""

from __future__ import annotations

import pytest

from motoolkit.catalogue import CATALOGUE
from motoolkit.errors import InputError
from motoolkit.mirror._slices import RowReader

UNIT, PARENT, ORGANISATION = (f"{n}0000000-0000-4000-8000-000000000000" for n in "abc")


def facet(uuid, *slices):
    """Return a facet as MO answers it; a slice is (from, to, user_key)."""
    validities = [
        {
            "validity": {"from": from_, "to": to},
            "user_key": key,
            "published": "Publiceret",
            "parent_response": None,
        }
        for from_, to, key in slices
    ]
    return {"uuid": uuid, "validities": validities}


def facets(*slices, version=30):
    """Return (first day, first day after, user_key) of each row that the slices give."""
    rows = RowReader(CATALOGUE["facets"], version).rows([facet(UNIT, *slices)])
    return [row[1:4] for row in rows]


def unit(parent):
    """Return an organisation unit as MO answers it, with ``parent`` in parent_response."""
    values = dict.fromkeys(
        (
            "unit_type_response",
            "unit_level_response",
            "unit_hierarchy_response",
            "time_planning_response",
        )
    )
    period = {"from": "2020-01-01T00:00:00+01:00", "to": None}
    validity = {"validity": period, "user_key": "u", "name": "Nordby", "parent_response": parent, **values}
    return {"uuid": UNIT, "validities": [validity]}


def test_an_end_is_the_first_day_after_in_every_version():
    """Up to v28 MO's ``to`` is the last day, from v29 the first day after: the row is the same."""
    march = "2026-03-01T00:00:00+01:00"
    april = ("2026-03-01", "2026-04-01", "a")
    assert facets((march, "2026-04-01T00:00:00+02:00", "a"), version=29) == [april]
    assert facets((march, "2026-03-31T00:00:00+02:00", "a"), version=28) == [april]


def test_open_ends_stay_open():
    """Null is ever since, or for good; so is MO's year 9999 at the end."""
    assert facets((None, None, "a")) == [(None, None, "a")]
    assert facets((None, "9999-12-31T00:00:00+01:00", "a")) == [(None, None, "a")]


def test_equal_neighbours_are_one_row():
    """MO cuts slices where any part of an object changes, so neighbours can be equal in what is read."""
    assert facets(
        ("2020-01-01T00:00:00+01:00", "2021-01-01T00:00:00+01:00", "a"),
        ("2021-01-01T00:00:00+01:00", "2022-01-01T00:00:00+01:00", "a"),
        ("2022-01-01T00:00:00+01:00", None, "b"),
    ) == [("2020-01-01", "2022-01-01", "a"), ("2022-01-01", None, "b")]


def test_equal_slices_with_a_gap_between_stay_two_rows():
    """A break in an engagement is a fact, even when everything is the same afterwards."""
    assert facets(
        ("2020-01-01T00:00:00+01:00", "2021-01-01T00:00:00+01:00", "a"),
        ("2021-01-02T00:00:00+01:00", None, "a"),
    ) == [("2020-01-01", "2021-01-01", "a"), ("2021-01-02", None, "a")]


def test_slices_are_put_in_order_of_time_before_they_are_merged():
    """MO promises no order of validities."""
    assert facets(
        ("2021-01-01T00:00:00+01:00", None, "a"),
        (None, "2021-01-01T00:00:00+01:00", "a"),
    ) == [(None, None, "a")]


def test_a_slice_that_holds_no_day_is_left_out():
    """Real MOs hold slices from a day to the same day."""
    same = "2021-01-01T00:00:00+01:00"
    assert facets((same, same, "nothing"), (same, None, "a")) == [("2021-01-01", None, "a")]


def test_what_is_no_date_is_refused():
    """A broken date is not quietly dropped."""
    with pytest.raises(InputError, match="soon"):
        facets(("soon", None, "a"))


def test_a_top_unit_has_no_parent_in_any_version():
    """Up to v27 MO gives the root organisation as its parent (measured); later it is null."""
    units = CATALOGUE["org_units"]
    old = RowReader(units, 27, ORGANISATION).rows([unit({"uuid": ORGANISATION})])
    new = RowReader(units, 28).rows([unit(None)])
    below = RowReader(units, 27, ORGANISATION).rows([unit({"uuid": PARENT})])
    parent = 3 + units.columns.index("parent_uuid")
    assert (old[0][parent], new[0][parent], below[0][parent]) == (None, None, PARENT)


def test_several_links_are_in_order():
    """MO promises no order of responsibilities, and two loads are to be equal."""
    related = {
        "uuid": UNIT,
        "validities": [
            {"validity": {"from": None, "to": None}, "user_key": "r", "org_unit_uuids": [PARENT, UNIT]}
        ],
    }
    assert RowReader(CATALOGUE["related_units"], 30).rows([related]) == [
        (UNIT, None, None, "r", f"{UNIT} {PARENT}")
    ]
