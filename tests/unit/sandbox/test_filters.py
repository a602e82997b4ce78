"""Which objects a filter selects: nested conditions, null, empty lists, search."""

from __future__ import annotations

import pytest
from unit.sandbox.worlds import (
    ANNA,
    BO,
    CHIEF,
    DANGLING,
    ENGAGEMENT,
    JOB,
    KIND,
    LEAF,
    MIDDLE,
    OTHER,
    ROOT,
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

ACCOUNT, EXTERNAL = (f"17000000-0000-4000-8000-00000000000{n}" for n in (1, 2))


@pytest.fixture(scope="module", autouse=True)
def world(small):
    """A tree of three levels and a second root, two persons, two engagements, a manager and a vacancy."""
    names = {"user_key": "anna", "given_name": "Anna", "cpr_number": "0101901234"}
    account = {"user_key": "konto", "person": ANNA, "itsystem": UNKNOWN}
    small.put(
        *TREE,
        record(
            "persons",
            ANNA,
            (None, "2024-01-01", names | {"surname": "Gammelnavn"}),
            ("2024-01-01", None, names | {"surname": "Nytnavn"}),
        ),
        person(BO, "Bo"),
        a_class(JOB, "lærer"),
        engagement(ENGAGEMENT, ANNA, LEAF),
        engagement(DANGLING, BO, OTHER, end="2025-01-01"),
        manager(CHIEF, ANNA, ROOT),
        manager(VACANT, None, LEAF),
        record("itusers", ACCOUNT, ("2020-01-01", None, account)),
        record("itusers", EXTERNAL, ("2020-01-01", None, account | {"external_id": "x1"})),
    )


def select(small, collection, given, version=30):
    """Return the UUIDs that a filter selects."""
    query = f"{{ found: {collection}(filter: {{{given}}}) {{ objects {{ uuid }} }} }}"
    return uuids(small.data(query, version)["found"])


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("parent: null", [ROOT, OTHER]),
        ("parents: null", [ROOT, OTHER]),
        ("parent: {}", [MIDDLE, LEAF]),
        (f'parent: {{uuids: ["{ROOT}"]}}', [MIDDLE]),
        (f'parents: ["{ROOT}"]', [MIDDLE]),
        ("child: null", [LEAF, OTHER]),
        ("child: {}", [ROOT, MIDDLE]),
        (f'child: {{uuids: ["{LEAF}"]}}', [MIDDLE]),
        (f'ancestor: {{uuids: ["{MIDDLE}"]}}', [MIDDLE, LEAF]),
        (f'descendant: {{uuids: ["{MIDDLE}"]}}', [ROOT, MIDDLE]),
        (f'subtree: {{uuids: ["{MIDDLE}"]}}', [ROOT, MIDDLE]),
        ("ancestor: null", [ROOT, MIDDLE, LEAF, OTHER]),
        ('ancestor: {names: ["Rod"]}, child: null', [LEAF]),
        ('names: ["Rod", "Anden"]', [ROOT, OTHER]),
        ("engagement: {}", [LEAF]),
    ],
)
def test_where_in_the_tree_a_unit_is(small, given, expected):
    """Ancestor is the subtree, descendant the way up, both with the unit itself; null has a meaning."""
    assert select(small, "org_units", given) == expected


@pytest.mark.parametrize("nothing", ["uuids: []", "user_keys: []", "names: []", "parent: {uuids: []}"])
def test_an_empty_list_selects_nothing(small, nothing):
    """Trap: ``[]`` is nothing, while null is everything."""
    assert select(small, "org_units", nothing) == []


def test_null_restricts_nothing(small):
    """Null in a common condition is as if it were left out."""
    assert select(small, "org_units", "uuids: null, user_keys: null") == [ROOT, MIDDLE, LEAF, OTHER]


def test_uuids_in_a_nested_filter_silence_its_other_conditions(small):
    """Trap: the unit is not called NOPE, and its engagement is found all the same."""
    assert select(small, "engagements", f'org_unit: {{uuids: ["{LEAF}"], names: ["NOPE"]}}') == [ENGAGEMENT]
    assert select(small, "engagements", 'org_unit: {names: ["NOPE"]}') == []


def test_a_deprecated_condition_silences_the_nested_one(small):
    """Trap: ``employees`` becomes ``uuids`` of ``employee``, so the search counts no more."""
    assert select(small, "engagements", f'employee: {{query: "Bo"}}, employees: ["{ANNA}"]') == [ENGAGEMENT]


def test_nested_filters_have_a_window_of_their_own(small):
    """Trap: a past engagement is found by its unit only when both windows reach back."""
    wide = "from_date: null, to_date: null"
    assert select(small, "org_units", 'engagement: {}, names: ["Anden"]') == []
    assert select(small, "org_units", f'engagement: {{}}, names: ["Anden"], {wide}') == []
    assert select(small, "org_units", f'engagement: {{{wide}}}, names: ["Anden"]') == [OTHER]


@pytest.mark.parametrize(("version", "expected"), [(30, [VACANT]), (25, [VACANT]), (24, [CHIEF, VACANT])])
def test_no_person_means_vacant_from_v25(small, version, expected):
    """Trap: the same filter gives every manager before."""
    assert select(small, "managers", "employee: null", version) == expected


def test_only_the_new_condition_can_ask_for_vacancies(small):
    """Trap: ``employees: null`` says nothing, in every version (measured)."""
    assert select(small, "managers", "employees: null") == [CHIEF, VACANT]
    assert select(small, "managers", "employee: {}") == [CHIEF]


@pytest.mark.parametrize(("version", "expected"), [(30, [ACCOUNT]), (29, [ACCOUNT, EXTERNAL])])
def test_no_external_id_means_none_from_v30(small, version, expected):
    """Trap: the same filter gives every account before."""
    assert select(small, "itusers", "external_ids: null", version) == expected


def test_no_person_means_nothing_for_engagements(small):
    """Null restricts nothing there, in every version."""
    assert select(small, "engagements", "employee: null") == [ENGAGEMENT]


def test_persons_without_accounts(small):
    """Null means points at nothing."""
    assert select(small, "persons", "ituser: null") == [BO]
    assert select(small, "persons", "ituser: {}") == [ANNA]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("anna nyt", [ANNA]),
        ("nyt anna", []),
        ("GAMMELNAVN", [ANNA]),
        ("0101901234", [ANNA]),
        ("019012", [ANNA]),
        ("010190-1234", []),
        ("konto", [ANNA]),
        ("a_na", [ANNA]),
        (BO[-6:], [BO]),
        (BO[-5:], []),
        ("", [ANNA, BO]),
    ],
)
def test_searching_persons(small, query, expected):
    """Trap: the order of the words counts, former names hit, a dash in a CPR number finds nobody."""
    assert select(small, "persons", f'query: "{query}"') == expected


def test_a_cpr_number_with_a_dash_is_refused(small):
    """The scalar takes ten digits; the whole request fails before it is executed."""
    answer = small.ask('{ persons(filter: {cpr_numbers: ["010190-1234"]}) { objects { uuid } } }')
    assert answer["data"] is None
    assert "path" not in answer["errors"][0]
    assert select(small, "persons", 'cpr_numbers: ["0101901234"]') == [ANNA]


def test_uuids_are_read_generously(small):
    """Upper case, no dashes, and one value where a list is expected."""
    assert select(small, "persons", f'uuids: "{ANNA.upper().replace("-", "")}"') == [ANNA]
    assert small.ask('{ persons(filter: {uuids: ["x"]}) { objects { uuid } } }')["data"] is None


def test_conditions_on_classes(small):
    """By user key, and deprecated twins of the same."""
    assert select(small, "engagements", 'job_function: {user_keys: ["lærer"]}') == [ENGAGEMENT]
    assert select(small, "engagements", f'job_function: {{uuids: ["{KIND}"]}}') == []
