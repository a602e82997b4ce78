"""What single fields say: the tree, managers, deprecated twins, values that are worked out."""

from __future__ import annotations

import httpx
import pytest
from unit.sandbox.conftest import SESSION
from unit.sandbox.worlds import (
    ANNA,
    BO,
    CHIEF,
    DANGLING,
    ENGAGEMENT,
    GONE,
    JOB,
    KIND,
    LEAF,
    MIDDLE,
    OTHER,
    ROOT,
    SEAT,
    TREE,
    UNKNOWN,
    VACANT,
    a_class,
    engagement,
    manager,
    person,
    record,
    uuids,
)

MAIL = "ad000000-0000-4000-8000-000000000001"


@pytest.fixture(scope="module", autouse=True)
def world(small):
    """Anna leads the root and works in the leaf; the middle's seat is Bo's; one job class has ended."""
    small.put(
        *TREE,
        person(ANNA, "Anna"),
        person(BO, "Bo"),
        a_class(JOB, "job"),
        a_class(KIND, "primary", scope="EMAIL"),
        a_class(GONE, "lukket", "2000-01-01", "2024-01-01"),
        engagement(ENGAGEMENT, ANNA, LEAF, primary=KIND, fraction=0),
        engagement(DANGLING, UNKNOWN, LEAF, job_function=GONE),
        manager(CHIEF, ANNA, ROOT),
        manager(SEAT, BO, MIDDLE),
        record(
            "addresses",
            MAIL,
            (
                "2020-01-01",
                None,
                {"user_key": "m", "value": "a@x.invalid", "address_type": KIND, "person": ANNA},
            ),
        ),
    )


def current(small, collection, uuid, fields, version=30):
    """Return fields of an object as it is now."""
    query = (
        f'{{ found: {collection}(filter: {{uuids: ["{uuid}"]}}) {{ objects {{ current {{ {fields} }} }} }} }}'
    )
    return small.data(query, version)["found"]["objects"][0]["current"]


def test_ancestors_begin_with_the_parent(small):
    """Nearest first, the root last; the root itself has none."""
    found = current(small, "org_units", LEAF, "ancestors { uuid } root_response { uuid }")
    assert found == {"ancestors": [{"uuid": MIDDLE}, {"uuid": ROOT}], "root_response": {"uuid": ROOT}}
    assert current(small, "org_units", ROOT, "ancestors { uuid }") == {"ancestors": []}


def test_children_are_counted(small):
    """The deprecated list and the pages agree."""
    found = current(
        small,
        "org_units",
        ROOT,
        "child_count has_children children { uuid } children_response { objects { uuid } }",
    )
    assert found == {
        "child_count": 1,
        "has_children": True,
        "children": [{"uuid": MIDDLE}],
        "children_response": {"objects": [{"uuid": MIDDLE}]},
    }


@pytest.mark.parametrize("version", [22, 25, 27])
def test_until_v27_top_units_have_a_parent(small, version):
    """Trap: the root organisation's UUID leaks; ``parent`` was null already."""
    organisation = small.data("{ org { uuid } }")["org"]["uuid"]
    found = current(small, "org_units", ROOT, "parent_uuid parent { uuid } parent_response { uuid }", version)
    assert found == {"parent_uuid": organisation, "parent": None, "parent_response": {"uuid": organisation}}


@pytest.mark.parametrize("version", [28, 30])
def test_from_v28_top_units_have_none(small, version):
    """Null in every form."""
    found = current(small, "org_units", ROOT, "parent_uuid parent { uuid } parent_response { uuid }", version)
    assert found == {"parent_uuid": None, "parent": None, "parent_response": None}


def test_managers_are_inherited_from_the_nearest_unit(small):
    """Without ``inherit`` the leaf has none."""
    fields = "own: managers { uuid } managers(inherit: true) { uuid }"
    assert current(small, "org_units", LEAF, fields) == {"own": [], "managers": [{"uuid": SEAT}]}


def test_a_filter_takes_part_in_the_climb(small):
    """The nearest unit whose manager fits the rest of the filter."""
    query = (
        '{ managers(inherit: true, filter: {org_unit: {uuids: ["%s"]}, employee: {uuids: ["%s"]}})'
        " { objects { uuid } } }"
    )
    assert uuids(small.data(query % (LEAF, ANNA))["managers"]) == [CHIEF]


def test_inherit_needs_a_unit(small):
    """MO says so in words, without a key."""
    answer = small.ask("{ managers(inherit: true) { objects { uuid } } }")
    assert answer["errors"][0]["message"] == "The inherit flag requires an organizational unit filter"


def test_a_vacant_seat_stops_the_climb(small):
    """Trap: it is returned with no person; ``employee: {}`` passes it by."""
    small.put(manager(VACANT, None, LEAF))
    fields = "managers(inherit: true) { uuid person { uuid } }"
    assert current(small, "org_units", LEAF, fields) == {"managers": [{"uuid": VACANT, "person": None}]}
    fields = "managers(inherit: true, filter: {employee: {}}) { uuid }"
    assert current(small, "org_units", LEAF, fields) == {"managers": [{"uuid": SEAT}]}
    small.delete(["managers", VACANT])


def test_excluding_oneself_climbs_past_oneself(small):
    """Bo, who leads the middle, is led from the root; Anna, who leads the root, by nobody."""
    own = "e6000000-0000-4000-8000-0000000000b0"
    small.put(engagement(own, BO, MIDDLE))
    fields = "managers(inherit: true, exclude_self: true) { uuid }"
    assert current(small, "engagements", own, fields) == {"managers": [{"uuid": CHIEF}]}
    small.put(engagement(own, ANNA, ROOT))
    assert current(small, "engagements", own, fields) == {"managers": []}
    small.delete(["engagements", own])


def test_an_ended_class_blows_up_the_deprecated_field(small):
    """Trap: a non-null twin looks at now, finds nothing, and takes the whole slice with it."""
    query = (
        '{ engagements(filter: {uuids: ["%s"]}) { objects { current { user_key job_function { name } } } } }'
    )
    answer = small.ask(query % DANGLING)
    assert answer["data"] == {"engagements": {"objects": [{"current": None}]}}
    assert answer["errors"][0]["path"] == ["engagements", "objects", 0, "current", "job_function"]
    fields = 'job_function_response { uuid current { name } then: current(at: "2020-01-01") { name } }'
    assert current(small, "engagements", DANGLING, fields) == {
        "job_function_response": {"uuid": GONE, "current": None, "then": {"name": "lukket"}}
    }


def test_an_unknown_person_is_a_uuid_with_nothing_behind(small):
    """Trap: MO keeps links to what is deleted; the old list is empty."""
    fields = "person { uuid } person_response { uuid current { name } }"
    assert current(small, "engagements", DANGLING, fields) == {
        "person": [],
        "person_response": {"uuid": UNKNOWN, "current": None},
    }


def test_values_that_are_worked_out(small):
    """Names are joined, a missing nickname is blank, a fraction of 0 is null, primary is of its class."""
    fields = "name nickname nickname_given_name"
    assert current(small, "persons", ANNA, fields) == {
        "name": "Anna Holm",
        "nickname": "",
        "nickname_given_name": "",
    }
    assert current(small, "engagements", ENGAGEMENT, "fraction is_primary") == {
        "fraction": None,
        "is_primary": True,
    }


def test_addresses_tell_how_to_use_them(small):
    """An e-mail address has a ``mailto:``, and resolves to itself."""
    assert current(small, "addresses", MAIL, "name href resolve { __typename value }") == {
        "name": "a@x.invalid",
        "href": "mailto:a@x.invalid",
        "resolve": {"__typename": "DefaultAddress", "value": "a@x.invalid"},
    }


@pytest.mark.parametrize(("role", "expected"), [((), None), (("--substitute-role", KIND), {"uuid": BO})])
def test_deputies_show_only_on_seats_that_may_have_one(start_sandbox, role, expected):
    """Trap: stored, and yet null, unless MO's settings list the association type."""
    seat = {"user_key": "t", "association_type": KIND, "person": ANNA, "org_unit": OTHER, "substitute": BO}
    running = start_sandbox("--empty", "--session", SESSION, *role)
    running.post("/sandbox/records", {"put": [record("associations", SEAT, ("2020-01-01", None, seat))]})
    query = "{ associations { objects { current { substitute_response { uuid } } } } }"
    body = httpx.post(
        f"{running.url}/graphql/v30", json={"query": query}, headers={"session": SESSION}
    ).json()
    assert body["data"]["associations"]["objects"][0]["current"] == {"substitute_response": expected}
