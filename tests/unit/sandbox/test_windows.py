"""Which slices a filter finds, and what ``current`` and ``validities`` make of them."""

from __future__ import annotations

import pytest
from unit.sandbox.worlds import ENGAGEMENT, LEAF, MIDDLE, OTHER, ROOT, record, unit

N1 = "0a000000-0000-4000-8000-0000000000a1"


@pytest.fixture(scope="module", autouse=True)
def world(small):
    """N1 [2020,2022) N2 [2022,2027) N3 [2027,2029), and a parent and a child around a change of 2022."""
    names = [("2020-01-01", "2022-01-01", "N1"), ("2022-01-01", "2027-01-01", "N2")]
    names.append(("2027-01-01", "2029-01-01", "N3"))
    small.put(
        record("org_units", N1, *((s, e, {"name": n, "user_key": "n", "parent": None}) for s, e, n in names)),
        record(
            "org_units",
            ROOT,
            ("2020-01-01", "2022-01-01", {"name": "Før", "user_key": "r", "parent": None}),
            ("2022-01-01", None, {"name": "Nu", "user_key": "r", "parent": None}),
        ),
        unit(MIDDLE, "Barn", ROOT),
        unit(LEAF, "Slut i dag", start="2020-01-01", end="2026-11-23"),
    )


def names_of(small, given, uuid=N1):
    """Return the names of the slices that a filter finds of one unit."""
    query = (
        f'{{ org_units(filter: {{uuids: ["{uuid}"], {given}}}) {{ objects {{ validities {{ name }} }} }} }}'
    )
    found = small.data(query)["org_units"]["objects"]
    return [each["name"] for each in found[0]["validities"]] if found else None


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("", ["N2"]),
        ('from_date: "2021-01-01"', ["N1"]),
        ('from_date: "2021-06-01", to_date: "2022-06-01"', ["N1", "N2"]),
        ("to_date: null", ["N2", "N3"]),
        ("from_date: null, to_date: null", ["N1", "N2", "N3"]),
        ('from_date: null, to_date: "2022-01-01"', ["N1"]),
        ('from_date: "2029-01-01"', None),
        ('from_date: "2021-12-31", to_date: "2021-12-31"', None),
        ('from_date: "2021"', ["N1"]),
        ('from_date: "2022-01-01T00:00:00+02:00"', ["N1"]),
        ('from_date: "2022-01-01T00:00:00+01:00"', ["N2"]),
    ],
)
def test_a_filters_window(small, given, expected):
    """Trap: ``from_date`` alone is an instant, not "from then on"; windows are half-open, slices whole."""
    assert names_of(small, given) == expected


@pytest.mark.parametrize(
    "given",
    ["from_date: null", 'to_date: "2020-01-01"', 'from_date: "2025-01-01", to_date: "2020-01-01"'],
)
def test_windows_that_mo_refuses(small, given):
    """An open start needs an end, and no window ends before it starts; HTTP 200 with ``data: null``."""
    answer = small.ask(f"{{ org_units(filter: {{{given}}}) {{ objects {{ uuid }} }} }}")
    assert answer["data"] is None
    assert answer["errors"][0]["path"] == ["org_units"]


def test_current_only_sees_what_the_filter_loaded(small):
    """Trap: a window in the past makes ``current`` null for a unit that lives."""
    query = (
        '{ org_units(filter: {uuids: ["%s"], from_date: "2021-01-01"})'
        ' { objects { current { name } at: current(at: "2026-11-23") { name } } } }'
    )
    assert small.data(query % N1)["org_units"]["objects"] == [{"current": None, "at": {"name": "N2"}}]


def test_current_counts_both_days_of_a_slice(small):
    """Trap: what ended today is ``current`` in a wide window, and not found in the default one."""
    query = '{ org_units(filter: {uuids: ["%s"], %s}) { objects { current { name } } } }'
    wide = small.data(query % (LEAF, "from_date: null, to_date: null"))["org_units"]["objects"]
    assert wide == [{"current": {"name": "Slut i dag"}}]
    assert small.data(query % (LEAF, ""))["org_units"]["objects"] == []


def test_validities_with_arguments_do_their_own_load(small):
    """They follow the same table, whatever the filter's window was."""
    query = (
        '{ org_units(filter: {uuids: ["%s"]}) { objects {'
        ' both: validities(start: "2021-12-31", end: "2022-01-01") { name }'
        ' none: validities(start: "2021-01-01", end: "2021-01-01") { name }'
        " ever: validities(start: null, end: null) { name } onwards: validities(end: null) { name } } } }"
    )
    assert small.data(query % N1)["org_units"]["objects"] == [
        {
            "both": [{"name": "N1"}],
            "none": [],
            "ever": [{"name": "N1"}, {"name": "N2"}, {"name": "N3"}],
            "onwards": [{"name": "N2"}, {"name": "N3"}],
        }
    ]


@pytest.mark.parametrize(("first", "expected"), [("wide", ["N1", "N2", "N3"]), ("narrow", ["N2"])])
def test_the_first_list_of_a_request_primes_the_rest(small, first, expected):
    """Trap: the slices that a list loaded are what every later ``validities`` of the request shows."""
    lists = {
        "wide": f'wide: org_units(filter: {{uuids: ["{N1}"], from_date: null, to_date: null}})',
        "narrow": f'narrow: org_units(filter: {{uuids: ["{N1}"]}})',
    }
    order = sorted(lists, key=lambda name: name != first)
    data = small.data(
        "{" + " ".join(f"{lists[name]} {{ objects {{ validities {{ name }} }} }}" for name in order) + "}"
    )
    for name in lists:
        assert [each["name"] for each in data[name]["objects"][0]["validities"]] == expected


def test_deprecated_lists_know_nothing_of_what_is_loaded(small):
    """They show their own window, whatever other lists of the request loaded (measured on a real MO)."""
    query = (
        '{ wide: org_units(filter: {uuids: ["%s"], from_date: null, to_date: null}) { objects { uuid } }'
        ' up: org_units(filter: {uuids: ["%s"]}) { objects { current { children { name } } } } }'
    )
    small.put(
        record(
            "org_units",
            OTHER,
            ("2020-01-01", "2022-01-01", {"name": "Førhen", "user_key": "o", "parent": MIDDLE}),
            ("2022-01-01", None, {"name": "Nu til dags", "user_key": "o", "parent": MIDDLE}),
        )
    )
    found = small.data(query % (OTHER, MIDDLE))["up"]["objects"]
    assert found == [{"current": {"children": [{"name": "Nu til dags"}]}}]


def test_a_relation_of_the_past_shows_today(small):
    """Trap: only ``at:`` tells what the parent was called then."""
    query = (
        '{ org_units(filter: {uuids: ["%s"], from_date: "2021-01-01"}) { objects { validities {'
        ' parent_response { current { name } then: current(at: "2021-01-01") { name } } } } } }'
    )
    found = small.data(query % MIDDLE)["org_units"]["objects"][0]["validities"][0]["parent_response"]
    assert found == {"current": {"name": "Nu"}, "then": {"name": "Før"}}


def test_a_relation_primed_by_the_past_is_null(small):
    """Trap: with parent and child in one list of the past, the parent's ``current`` is gone."""
    query = (
        '{ org_units(filter: {uuids: ["%s", "%s"], from_date: "2021-01-01"})'
        " { objects { uuid validities { parent_response { current { name } } } } } }"
    )
    found = {
        e["uuid"]: e["validities"][0] for e in small.data(query % (ROOT, MIDDLE))["org_units"]["objects"]
    }
    assert found[MIDDLE]["parent_response"] == {"current": None}


@pytest.mark.parametrize(
    ("version", "to"),
    [(30, "2022-01-01T00:00:00+01:00"), (29, "2022-01-01T00:00:00+01:00"), (28, "2021-12-31T00:00:00+01:00")],
)
def test_until_v28_the_end_is_the_last_day(small, version, to):
    """Trap: the same slice ends a day earlier in v28."""
    query = (
        '{ org_units(filter: {uuids: ["%s"], from_date: "2021-01-01"})'
        " { objects { validities { validity { from to } } } } }"
    )
    found = small.data(query % N1, version)["org_units"]["objects"][0]["validities"]
    assert found == [{"validity": {"from": "2020-01-01T00:00:00+01:00", "to": to}}]


def test_summer_begins_with_two_hours(small):
    """Every time is Copenhagen's, with its offset of that day."""
    small.put(unit(ENGAGEMENT, "Sommer", start="2020-06-01", end="2030-01-01"))
    query = '{ org_units(filter: {uuids: ["%s"]}) { objects { current { validity { from } } } } }'
    found = small.data(query % ENGAGEMENT)["org_units"]["objects"][0]["current"]["validity"]
    assert found == {"from": "2020-06-01T00:00:00+02:00"}
