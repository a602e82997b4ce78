"""The rules of reading that a client leans on, on the sandbox and on a real MO that holds the same."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import pairwise

import httpx
import pytest

from motoolkit.catalogue import CATALOGUE, EVER, read_document
from motoolkit.model import Validity

pytestmark = pytest.mark.contract

OWN_UUIDS = ("rolebindings", "related_units", "owners")
"""Collections whose UUIDs a real MO chooses itself."""


@pytest.fixture(scope="module")
def held(mo):
    """The records by collection, each with its slices."""
    found = {name: {} for name in CATALOGUE}
    for record in mo.records:
        found[record.collection][record.uuid] = record.slices
    return found


@pytest.fixture(scope="module")
def renamed(mo, held):
    """A unit whose name has changed and that lives today: its UUID, and its slices."""
    return next(
        (uuid, slices)
        for uuid, slices in sorted(held["org_units"].items())
        if len({period.values["name"] for period in slices}) > 1
        and at(slices, mo.today)
        and at(slices, mo.today).values["name"] != slices[0].values["name"]
    )


def at(slices, day):
    """Return the slice that holds a day."""
    return next((s for s in slices if (s.start or day) <= day and (s.end is None or day < s.end)), None)


def living(held, collection, day):
    """Return the objects that live on a day, by UUID."""
    return {
        uuid: period
        for uuid, slices in sorted(held[collection].items())
        if (period := at(slices, day)) is not None
    }


def select(mo, collection, given="", version=30, arguments=""):
    """Return the UUIDs that a filter selects."""
    query = f"{{ found: {collection}({arguments} filter: {{{given}}}) {{ objects {{ uuid }} }} }}"
    return [each["uuid"] for each in mo.data(query, version)["found"]["objects"]]


def names(validities):
    """Return the names of slices, equal neighbours once: MO may cut one in two."""
    found = [each["name"] for each in validities]
    return found[:1] + [after for before, after in pairwise(found) if before != after]


@pytest.mark.parametrize("collection", [name for name in CATALOGUE if name not in OWN_UUIDS])
def test_a_filter_that_says_nothing_means_now(mo, held, collection):
    """In the order of the UUIDs."""
    assert select(mo, collection) == list(living(held, collection, mo.today))


def test_a_start_alone_is_an_instant(mo, held):
    """Trap: not "from then on"."""
    day = mo.today - timedelta(days=700)
    assert select(mo, "engagements", f'from_date: "{day}"') == list(living(held, "engagements", day))


def test_an_open_end_means_from_then_on(mo, held):
    """Everything that lives then or later."""
    day = mo.today + timedelta(days=1)
    later = [
        u for u, s in sorted(held["engagements"].items()) if any(p.end is None or p.end > day for p in s)
    ]
    assert select(mo, "engagements", f'from_date: "{day}", to_date: null') == later


def test_both_open_means_ever(mo, held):
    """All objects."""
    assert select(mo, "engagements", "from_date: null, to_date: null") == sorted(held["engagements"])


@pytest.mark.parametrize(
    "given",
    ["from_date: null", 'to_date: "2020-01-01"', 'from_date: "2025-01-01", to_date: "2020-01-01"'],
)
def test_windows_that_are_refused(mo, given):
    """An open start without an end, and an end before the start."""
    answer = mo.query(f"{{ org_units(filter: {{{given}}}) {{ objects {{ uuid }} }} }}")
    assert answer["data"] is None
    assert answer["errors"][0]["path"] == ["org_units"]


def test_no_time_holds_nothing(mo):
    """A window that ends where it begins is empty."""
    assert select(mo, "org_units", f'from_date: "{mo.today}", to_date: "{mo.today}"') == []


def test_current_only_sees_the_filters_window(mo, renamed):
    """Trap: null for a unit that lives; ``at:`` is right."""
    uuid, slices = renamed
    before = slices[0].start
    query = (
        "query ($u: [UUID!], $then: DateTime, $now: DateTime) {"
        " org_units(filter: {uuids: $u, from_date: $then})"
        " { objects { current { name } at: current(at: $now) { name } validities { name } } } }"
    )
    found = mo.data(query, u=[uuid], then=str(before), now=str(mo.today))["org_units"]["objects"][0]
    assert found == {
        "current": None,
        "at": {"name": at(slices, mo.today).values["name"]},
        "validities": [{"name": slices[0].values["name"]}],
    }


def test_validities_with_arguments_do_their_own_load(mo, renamed):
    """All of them, whatever the filter's window."""
    uuid, slices = renamed
    query = (
        "query ($u: [UUID!]) { org_units(filter: {uuids: $u})"
        " { objects { validities(start: null, end: null) { name } } } }"
    )
    found = mo.data(query, u=[uuid])["org_units"]["objects"][0]["validities"]
    assert names(found) == names([period.values for period in slices])


@pytest.mark.parametrize("version", [22, 28, 29, 30])
def test_periods_are_the_records_in_every_version(mo, held, version):
    """Trap: until v28 the end is the last day."""
    query = (
        "query ($f: EngagementFilter) { engagements(filter: $f)"
        " { objects { uuid validities { validity { from to } } } } }"
    )
    objects = mo.data(query, version, f=EVER)["engagements"]["objects"]
    for each in objects:
        periods = [
            Validity.from_mo(v["validity"]["from"], v["validity"]["to"], version) for v in each["validities"]
        ]
        expected = held["engagements"][each["uuid"]]
        assert (periods[0].start, periods[-1].end) == (expected[0].start, expected[-1].end)
    assert len(objects) == len(held["engagements"])


@pytest.mark.parametrize("version", [22, 25, 27, 28, 30])
def test_the_parent_of_a_top_unit(mo, version):
    """Trap: until v27 the root organisation's UUID."""
    organisation = mo.data("{ org { uuid } }")["org"]["uuid"]
    query = "{ org_units(filter: {parent: null}) { objects { current { parent_uuid parent { uuid } } } } }"
    found = mo.data(query, version)["org_units"]["objects"]
    expected = {"parent_uuid": organisation if version < 28 else None, "parent": None}
    assert found
    assert [each["current"] for each in found] == [expected] * len(found)


def test_where_in_the_tree(mo, held):
    """Roots, leaves, what is below, and what is above."""
    units = living(held, "org_units", mo.today)
    parents = {uuid: period.values["parent"] for uuid, period in units.items()}
    unit = next(u for u, above in parents.items() if above and parents[above] and u in parents.values())
    up = [unit]
    while parents[up[-1]]:
        up.append(parents[up[-1]])
    assert select(mo, "org_units", "parent: null") == [u for u in units if not parents[u]]
    assert select(mo, "org_units", "child: null") == [u for u in units if u not in parents.values()]
    assert select(mo, "org_units", f'parent: {{uuids: ["{unit}"]}}') == [
        u for u in units if parents[u] == unit
    ]
    assert select(mo, "org_units", f'descendant: {{uuids: ["{unit}"]}}') == sorted(up)
    below = select(mo, "org_units", f'ancestor: {{uuids: ["{unit}"]}}')
    assert {parents[u] for u in below if u != unit} <= set(below)
    query = (
        "query ($u: [UUID!]) { org_units(filter: {uuids: $u})"
        " { objects { current { ancestors { uuid } } } } }"
    )
    ancestors = mo.data(query, u=[unit])["org_units"]["objects"][0]["current"]["ancestors"]
    assert [each["uuid"] for each in ancestors] == up[1:]


def test_uuids_silence_the_conditions_beside_them(mo, held):
    """Trap: in a nested filter the name does not count; and ``[]`` is nothing, null everything."""
    unit = Counter(e.values["org_unit"] for e in living(held, "engagements", mo.today).values()).most_common(
        1
    )[0][0]
    there = [u for u, e in living(held, "engagements", mo.today).items() if e.values["org_unit"] == unit]
    assert select(mo, "engagements", f'org_unit: {{uuids: ["{unit}"], names: ["NOPE"]}}') == there
    assert select(mo, "engagements", 'org_unit: {names: ["NOPE"]}') == []
    assert select(mo, "engagements", "uuids: []") == []
    assert select(mo, "engagements", "employee: null") == list(living(held, "engagements", mo.today))


@pytest.mark.parametrize("version", [24, 25, 30])
def test_vacant_managers(mo, held, version):
    """Trap: null is vacant from v25, and nothing before; the deprecated condition never says it."""
    managers = living(held, "managers", mo.today)
    vacant = [uuid for uuid, period in managers.items() if period.values["person"] is None]
    assert select(mo, "managers", "employee: null", version) == (vacant if version >= 25 else list(managers))
    assert select(mo, "managers", "employees: null", version) == list(managers)
    assert select(mo, "managers", "employee: {}", version) == [u for u in managers if u not in vacant]


@pytest.mark.parametrize("version", [29, 30])
def test_accounts_without_an_external_id(mo, held, version):
    """Trap: null is none from v30, and nothing before."""
    accounts = living(held, "itusers", mo.today)
    without = [uuid for uuid, period in accounts.items() if period.values["external_id"] is None]
    expected = without if version >= 30 else list(accounts)
    assert select(mo, "itusers", "external_ids: null", version) == expected


def test_inheriting_climbs_to_the_nearest_manager(mo, held):
    """A vacant seat stops the climb; ``employee: {}`` passes it by."""
    units = {u: p.values["parent"] for u, p in living(held, "org_units", mo.today).items()}
    managers = living(held, "managers", mo.today)
    for rest, counts in (("", lambda _: True), ("employee: {}", lambda m: m.values["person"] is not None)):
        for unit in list(units)[::17]:
            step = unit
            while step and not (
                near := [u for u, m in managers.items() if m.values["org_unit"] == step and counts(m)]
            ):
                step = units[step]
            given = f'org_unit: {{uuids: ["{unit}"]}} {rest}'
            assert select(mo, "managers", given, arguments="inherit: true,") == (near if step else [])


def test_inheriting_needs_a_unit(mo):
    """In words, without a key."""
    answer = mo.query("{ managers(inherit: true) { objects { uuid } } }")
    assert answer["data"] is None
    assert answer["errors"][0]["message"] == "The inherit flag requires an organizational unit filter"


def test_pages_follow_each_other(mo, held):
    """By UUID; the cursor is null exactly on the last page."""
    query = (
        "query ($limit: int, $cursor: Cursor) { page: org_units(limit: $limit, cursor: $cursor)"
        " { objects { uuid } page_info { next_cursor } } }"
    )
    units = list(living(held, "org_units", mo.today))
    found, cursor = [], None
    while True:
        page = mo.data(query, limit=40, cursor=cursor)["page"]
        found += [each["uuid"] for each in page["objects"]]
        if (cursor := page["page_info"]["next_cursor"]) is None:
            break
    assert found == units
    assert mo.data(query, limit=len(units))["page"]["page_info"]["next_cursor"] is None
    assert mo.data(query, limit=0)["page"] == {"objects": [], "page_info": {"next_cursor": None}}
    assert len(mo.data(query, limit="3")["page"]["objects"]) == 3


@pytest.mark.parametrize(
    "query",
    [
        "query ($l: Int) { org_units(limit: $l) { objects { uuid } } }",
        '{ org_units(limit: 2, cursor: "MA==") { objects { uuid } } }',
        '{ persons(filter: {uuids: ["x"]}) { objects { uuid } } }',
        '{ persons(filter: {cpr_numbers: ["010190-1234"]}) { objects { uuid } } }',
        '{ org_units(filter: {from_date: "i går"}) { objects { uuid } } }',
        "{ nope }",
        "{",
    ],
)
def test_what_does_not_fit_is_refused_before_it_runs(mo, query):
    """HTTP 200, no data, and errors without a path."""
    answer = mo.query(query)
    assert answer["data"] is None
    assert "path" not in answer["errors"][0]


def test_searching_persons(mo, held):
    """Trap: the order of the words counts, and a dash in a CPR number finds nobody."""
    uuid, period = next(
        (u, p)
        for u, p in living(held, "persons", mo.today).items()
        if p.values["cpr_number"] and p.values["surname"]
    )
    given, surname, cpr = (period.values[name] for name in ("given_name", "surname", "cpr_number"))
    assert uuid in select(mo, "persons", f'query: "{given.upper()} {surname[:3]}"')
    assert uuid not in select(mo, "persons", f'query: "{surname} {given}"')
    assert select(mo, "persons", f'query: "{cpr}"') == [uuid]
    assert select(mo, "persons", f'query: "{cpr[:6]}-{cpr[6:]}"') == []
    assert select(mo, "persons", 'query: ""') == list(living(held, "persons", mo.today))


def test_an_ended_class_takes_the_slice_with_it(mo, held):
    """Trap: a non-null deprecated field looks at now; ``_response`` keeps the UUID."""
    classes = living(held, "classes", mo.today)
    dangling = [
        (uuid, period.values["job_function"])
        for uuid, period in living(held, "engagements", mo.today).items()
        if period.values["job_function"] not in classes
    ]
    uuid, job = dangling[0]
    query = "query ($u: [UUID!]) { engagements(filter: {uuids: $u}) { objects { current { %s } } } }"
    answer = mo.query(query % "job_function { name }", u=[uuid])
    assert answer["data"] == {"engagements": {"objects": [{"current": None}]}}
    assert answer["errors"][0]["path"] == ["engagements", "objects", 0, "current", "job_function"]
    found = mo.data(query % "job_function_response { uuid current { name } }", u=[uuid])
    expected = {"job_function_response": {"uuid": job, "current": None}}
    assert found["engagements"]["objects"] == [{"current": expected}]


def test_deprecated_lists_know_nothing_of_what_is_loaded(mo, held):
    """They show their own window, whatever another list of the request loaded."""
    engagement, period = next(
        (uuid, at(slices, mo.today))
        for uuid, slices in sorted(held["engagements"].items())
        if len(slices) > 1 and at(slices, mo.today)
    )
    query = (
        "query ($e: EngagementFilter, $p: [UUID!]) { wide: engagements(filter: $e) { objects { uuid } }"
        " persons(filter: {uuids: $p}) { objects { current { engagements { uuid validity { from } } } } } }"
    )
    data = mo.data(query, e={**EVER, "uuids": [engagement]}, p=[period.values["person"]])
    found = [e for e in data["persons"]["objects"][0]["current"]["engagements"] if e["uuid"] == engagement]
    assert [each["validity"]["from"][:10] for each in found] == [str(period.start)]


@pytest.mark.parametrize("version", [25, 30])
def test_registrations_of_the_time_since(mo, held, version):
    """Every object has one that still holds, and it overlaps every ``start``."""
    query = (
        "query ($f: RegistrationFilter) { registrations(filter: $f) { objects { uuid model start end } } }"
    )
    given = {"models": ["org_unit"], "start": f"{mo.today + timedelta(days=2)}T00:00:00+01:00"}
    # What other tests made and deleted still shows.
    found = [
        each
        for each in mo.data(query, version, f=given)["registrations"]["objects"]
        if each["uuid"] in held["org_units"]
    ]
    assert sorted(each["uuid"] for each in found) == sorted(held["org_units"])
    assert {(each["model"], each["end"]) for each in found} == {("org_unit", None)}


def test_strangers_get_one_answer(mo):
    """Trap: HTTP 200, whatever they ask."""
    for headers in ({}, {"authorization": "Bearer x"}, {"session": "00000000-0000-4000-8000-000000000000"}):
        answer = httpx.post(f"{mo.url}/graphql/v30", json={"query": "{ __typename }"}, headers=headers)
        assert (answer.status_code, answer.json()) == (
            200,
            {"data": None, "errors": [{"message": "User is not authenticated"}]},
        )


def test_paths_that_are_no_version(mo):
    """404, 405, and away from a trailing slash; four kinds of nonsense are 400 and plain text."""
    with httpx.Client(base_url=mo.url, headers={"session": mo.session}) as http:
        asked = {"query": "{ __typename }"}
        assert http.post("/graphql/v20", json=asked).status_code == 404
        assert http.post("/graphql/v31", json=asked).json() == {"detail": "Not Found"}
        assert http.post("/graphql", json=asked).status_code == 405
        assert http.post("/graphql/v30/", json=asked).status_code == 307
        assert http.post("/graphql/v30", json=[asked]).text == "Batching is not enabled"
        assert http.post("/graphql/v30", json={}).text == "No GraphQL query found in the request"
        assert http.get("/graphql/v30/schema.graphql").status_code == 200


def test_the_first_operation_runs_without_being_named(mo):
    """Trap: GraphQL would refuse."""
    assert mo.data("query A { __typename } query B { me { username } }") == {"__typename": "Query"}


@pytest.mark.parametrize("collection", CATALOGUE)
@pytest.mark.parametrize("version", [22, 25, 28, 29, 30])
def test_every_collection_can_be_read_in_every_version(mo, held, collection, version):
    """With the toolkit's own document, a page of ten."""
    document = read_document(CATALOGUE[collection], version)
    page = mo.data(document, version, filter=EVER, limit=10, cursor=None)["page"]
    assert len(page["objects"]) == min(10, len(held[collection]))
