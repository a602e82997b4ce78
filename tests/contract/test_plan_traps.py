"""MO's writing traps, one by one, and what a plan makes of them (sandbox and real MO)."""

from __future__ import annotations

import pytest

import motoolkit

pytestmark = pytest.mark.contract


def test_an_update_without_an_end_does_not_prolong(town):
    """MO takes an open end as forever; a plan sends the end of the object's own life."""
    engagement = town.make("engagement", start="2020-01-01", end="2024-01-01")
    town.update("engagement", engagement, start="2021-01-01", user_key="K")
    assert town.life("engagement", engagement, "user_key") == [
        ("2020-01-01", "2021-01-01", engagement),
        ("2021-01-01", "2024-01-01", "K"),
    ]


def test_an_update_over_a_rename_flattens_no_name(town):
    """MO would write one of a unit's names over the whole period of an update."""
    unit = town.make("org_unit", start="2020-01-01", name="A")
    town.update("org_unit", unit, start="2022-01-01", end="2023-01-01", name="B")
    town.update("org_unit", unit, start="2021-01-01", unit_level=town.a("org_unit_level"))
    level = town.a("org_unit_level")
    assert town.life("org_unit", unit, "name", "unit_level") == [
        ("2020-01-01", "2021-01-01", ("A", None)),
        ("2021-01-01", "2022-01-01", ("A", level)),
        ("2022-01-01", "2023-01-01", ("B", level)),
        ("2023-01-01", None, ("A", level)),
    ]


def test_a_value_that_ended_does_not_spread(town):
    """MO would stretch a fraction of 2022 to 2024 and on, when something else changes from 2024."""
    engagement = town.make("engagement", start="2020-01-01")
    town.update("engagement", engagement, start="2022-01-01", end="2023-01-01", fraction=500000)
    town.update("engagement", engagement, start="2024-01-01", user_key="K")
    assert town.life("engagement", engagement, "fraction", "user_key") == [
        ("2020-01-01", "2022-01-01", (None, engagement)),
        ("2022-01-01", "2023-01-01", (500000, engagement)),
        ("2023-01-01", "2024-01-01", (None, engagement)),
        ("2024-01-01", None, (None, "K")),
    ]


def test_what_would_spread_and_can_not_be_emptied_is_refused(town):
    """MO would stretch a level back to any earlier update, and no mutation takes it away again."""
    unit = town.make("org_unit", start="2020-01-01")
    town.update("org_unit", unit, start="2024-01-01", unit_level=town.a("org_unit_level"))
    plan = town.plan()
    plan.update("org_unit", unit, start="2021-01-01", end="2022-01-01", name="B")
    result = plan.apply()
    assert [p.code for p in result.problems] == ["would-spread"]
    assert "unit_level in [2021-01-01, 2022-01-01)" in result.outcomes[0].text
    assert town.life("org_unit", unit, "name") == [("2020-01-01", None, "Enhed")]


def test_a_hierarchy_keeps_its_period_when_other_things_change(town):
    """MO keeps one period of a unit's hierarchy: naming it in an update erases it everywhere else."""
    unit = town.make("org_unit", start="2020-01-01", unit_hierarchy=town.a("org_unit_hierarchy"))
    town.update("org_unit", unit, start="2021-01-01", end="2022-01-01", name="B")
    hierarchy = town.a("org_unit_hierarchy")
    assert town.life("org_unit", unit, "name", "unit_hierarchy") == [
        ("2020-01-01", "2021-01-01", ("Enhed", hierarchy)),
        ("2021-01-01", "2022-01-01", ("B", hierarchy)),
        ("2022-01-01", None, ("Enhed", hierarchy)),
    ]


def test_a_hierarchy_can_begin_in_the_middle_of_names(town):
    """It is written once over its whole period, and the names of that period again after it."""
    unit = town.make("org_unit", start="2020-01-01")
    town.update("org_unit", unit, start="2022-01-01", end="2023-01-01", name="B")
    town.update("org_unit", unit, start="2021-01-01", unit_hierarchy=town.a("org_unit_hierarchy"))
    hierarchy = town.a("org_unit_hierarchy")
    assert town.life("org_unit", unit, "name", "unit_hierarchy") == [
        ("2020-01-01", "2021-01-01", ("Enhed", None)),
        ("2021-01-01", "2022-01-01", ("Enhed", hierarchy)),
        ("2022-01-01", "2023-01-01", ("B", hierarchy)),
        ("2023-01-01", None, ("Enhed", hierarchy)),
    ]


def test_a_second_period_of_a_hierarchy_is_refused(town):
    """MO would erase the first."""
    one, two = town.classes["org_unit_hierarchy"][:2]
    unit = town.make("org_unit", start="2020-01-01", unit_hierarchy=one)
    plan = town.plan()
    plan.update("org_unit", unit, start="2022-01-01", unit_hierarchy=two)
    assert [p.code for p in plan.apply().problems] == ["one-period-only"]
    assert town.life("org_unit", unit, "unit_hierarchy") == [("2020-01-01", None, one)]


def test_a_manager_is_not_vacated_by_another_change(town):
    """MO empties the seat, and mixes up responsibilities and levels, of an update that leaves them out."""
    one, two = town.classes["responsibility"][:2]
    low, high = town.classes["manager_level"][:2]
    manager = town.make("manager", start="2020-01-01", responsibilities=[one, two], manager_level=low)
    town.update("manager", manager, start="2021-01-01", end="2022-01-01", manager_level=high)
    both = tuple(sorted((one, two)))
    assert town.life("manager", manager, "person", "responsibilities", "manager_level") == [
        ("2020-01-01", "2021-01-01", (town.person, both, low)),
        ("2021-01-01", "2022-01-01", (town.person, both, high)),
        ("2022-01-01", None, (town.person, both, low)),
    ]


def test_a_manager_is_vacated_and_given_back(town):
    """A vacant seat is a manager with person None, for as long as it is said."""
    manager = town.make("manager", start="2020-01-01")
    town.update("manager", manager, start="2021-01-01", end="2022-01-01", person=None)
    assert town.life("manager", manager, "person") == [
        ("2020-01-01", "2021-01-01", town.person),
        ("2021-01-01", "2022-01-01", None),
        ("2022-01-01", None, town.person),
    ]
    town.update("manager", manager, start="2021-01-01", end="2022-01-01", person=town.other)
    assert town.life("manager", manager, "person") == [
        ("2020-01-01", "2021-01-01", town.person),
        ("2021-01-01", "2022-01-01", town.other),
        ("2022-01-01", None, town.person),
    ]


def test_a_vacant_seat_stays_vacant(town):
    """An update of a seat that has no person does not give it one."""
    manager = town.make("manager", start="2020-01-01", person=None)
    town.update("manager", manager, start="2021-01-01", user_key="K")
    assert town.life("manager", manager, "person") == [("2020-01-01", None, None)]


def test_responsibilities_can_not_be_emptied(town):
    """MO takes an empty list as all that the manager ever had."""
    manager = town.make("manager", start="2020-01-01")
    plan = town.plan()
    plan.update("manager", manager, start="2021-01-01", responsibilities=[])
    assert [p.code for p in plan.apply().problems] == ["cannot-clear"]


def test_a_deputy_is_kept_by_another_change(town):
    """MO removes the deputy of an update that leaves it out."""
    association = town.make("association", start="2020-01-01", substitute=town.other)
    town.update("association", association, start="2021-01-01", user_key="K")
    assert town.life("association", association, "substitute") == [("2020-01-01", None, town.other)]


def test_a_deputy_is_removed_for_a_while(town):
    """The deputy is back afterwards, and the association is not prolonged."""
    association = town.make("association", start="2020-01-01", end="2025-01-01", substitute=town.other)
    town.update("association", association, start="2021-01-01", end="2022-01-01", substitute=None)
    assert town.life("association", association, "substitute") == [
        ("2020-01-01", "2021-01-01", town.other),
        ("2021-01-01", "2022-01-01", None),
        ("2022-01-01", "2025-01-01", town.other),
    ]


def test_an_association_can_not_be_vacated(town):
    """MO ignores person null in its update."""
    association = town.make("association", start="2020-01-01")
    plan = town.plan()
    plan.update("association", association, start="2021-01-01", person=None)
    assert [p.code for p in plan.apply().problems] == ["cannot-clear"]


def test_null_does_not_clear_but_an_empty_text_does(town):
    """MO ignores null for an extension; a plan sends the empty text, and 0 for a fraction."""
    engagement = town.make("engagement", start="2020-01-01", extension_3="X", fraction=500000)
    town.update("engagement", engagement, start="2021-01-01", extension_3=None, fraction=None)
    assert town.life("engagement", engagement, "extension_3", "fraction") == [
        ("2020-01-01", "2021-01-01", ("X", 500000)),
        ("2021-01-01", None, (None, None)),
    ]


def test_a_primary_can_not_be_cleared(town):
    """Only another value replaces it."""
    engagement = town.make("engagement", start="2020-01-01", primary=town.a("primary_type"))
    plan = town.plan()
    plan.update("engagement", engagement, start="2021-01-01", primary=None)
    assert [p.code for p in plan.apply().problems] == ["cannot-clear"]


def test_the_person_of_an_engagement_can_not_be_changed(town):
    """MO's update ignores it."""
    engagement = town.make("engagement", start="2020-01-01")
    plan = town.plan()
    plan.update("engagement", engagement, person=town.other)
    assert [p.code for p in plan.apply().problems] == ["fixed-field"]


def test_visibility_is_changed_although_mo_ignores_it_alone(town):
    """MO ignores a visibility that comes without value and address_type."""
    secret, public = town.classes["visibility"][:2]
    address = town.make("address", start="2020-01-01", visibility=secret)
    town.update("address", address, start="2021-01-01", visibility=public)
    assert town.life("address", address, "visibility") == [
        ("2020-01-01", "2021-01-01", secret),
        ("2021-01-01", None, public),
    ]


def test_an_address_keeps_its_engagement_beside_its_account(town):
    """MO drops the one of the two links that an update leaves out."""
    account = town.make("ituser", start="2016-01-01")
    address = town.make("address", start="2020-01-01", engagement=town.engagement)
    town.update("address", address, start="2021-01-01", ituser=account)
    town.update("address", address, start="2022-01-01", engagement=None)
    assert town.life("address", address, "engagement", "ituser") == [
        ("2020-01-01", "2021-01-01", (town.engagement, None)),
        ("2021-01-01", "2022-01-01", (town.engagement, account)),
        ("2022-01-01", None, (None, account)),
    ]


def test_a_person_ends_by_what_the_person_has(town):
    """MO never ends a person; accounts end after their role bindings, managers can stay as vacant seats."""
    person = town.make("person")
    engagement = town.make("engagement", start="2020-01-01", person=person)
    later = town.make("engagement", start="2026-01-01", person=person)
    manager = town.make("manager", start="2020-01-01", person=person)
    account = town.make("ituser", start="2020-01-01", person=person)
    binding = town.make("rolebinding", start="2020-01-01", ituser=account)
    plan = town.plan()
    plan.terminate("person", person, end="2025-01-01", vacate=True)
    town.apply(plan)
    assert [o.became for o in plan.apply().outcomes] == ["already so"]
    assert town.life("engagement", engagement, "person") == [("2020-01-01", "2025-01-01", person)]
    assert town.life("engagement", later, "person") == []
    assert town.life("manager", manager, "person") == [
        ("2020-01-01", "2025-01-01", person),
        ("2025-01-01", None, None),
    ]
    assert town.life("ituser", account, "person") == [("2020-01-01", "2025-01-01", person)]
    assert town.life("rolebinding", binding, "ituser") == [("2020-01-01", "2025-01-01", account)]
    assert town.life("person", person, "surname") == [("1895-01-01", None, "Prøvesen")]


def test_a_seat_that_has_passed_on_is_left_alone(town):
    """MO's own termination of a person would also end what belongs to somebody else by then."""
    person = town.make("person")
    manager = town.make("manager", start="2020-01-01", person=person)
    town.update("manager", manager, start="2024-01-01", person=town.other)
    plan = town.plan()
    plan.terminate("person", person, end="2023-01-01")
    town.apply(plan)
    assert town.life("manager", manager, "person") == [
        ("2020-01-01", "2023-01-01", person),
        ("2024-01-01", None, town.other),
    ]


def test_creating_what_is_there_is_refused(town):
    """MO would replace the object and its whole history."""
    engagement = town.make("engagement", start="2020-01-01")
    plan = town.plan()
    plan.create("engagement", uuid=engagement, start="2021-01-01", **town.least("engagement"))
    result = plan.apply()
    assert [p.code for p in result.problems] == ["already-there"]
    assert town.life("engagement", engagement, "person") == [("2020-01-01", None, town.person)]


def test_a_change_that_changes_nothing_is_not_sent(town):
    """MO would answer it well, and forget all else in the request: here a new engagement."""
    unit = town.make("org_unit", start="2020-01-01", name="A")
    plan = town.plan()
    made = plan.create("engagement", start="2020-01-01", **town.least("engagement"))
    plan.update("org_unit", unit, start="2020-01-01", name="A")
    result = town.apply(plan)
    assert [o.became for o in result.outcomes] == ["done", "already so"]
    assert town.life("engagement", made, "person") == [("2020-01-01", None, town.person)]


@pytest.mark.parametrize("version", [22, 28, 29])
def test_dates_mean_the_same_in_every_version(mo, town, version):
    """Up to v28 MO takes the last day and from v29 the first day after; a plan always means the latter."""
    with motoolkit.connect(mo.url, session=mo.session, graphql_version=version) as client:
        plan = client.plan()
        said = town.least("engagement")
        engagement = plan.create("engagement", start="2020-01-01", end="2024-01-01", **said)
        facet = plan.create("facet", start="2020-01-01", end="2024-01-01", **town.least("facet"))
        town.remember(plan, plan.apply().raise_unless_ok())
        change = client.plan()
        change.update("engagement", engagement, start="2021-01-01", end="2022-01-01", user_key="K")
        change.terminate("engagement", engagement, start="2022-06-01", end="2022-07-01")
        change.terminate("facet", facet, end="2023-01-01")
        assert change.apply().ok
    assert town.life("engagement", engagement, "user_key") == [
        ("2020-01-01", "2021-01-01", engagement),
        ("2021-01-01", "2022-01-01", "K"),
        ("2022-01-01", "2022-06-01", engagement),
        ("2022-07-01", "2024-01-01", engagement),
    ]
    assert [each[:2] for each in town.life("facet", facet, "published")] == [("2020-01-01", "2023-01-01")]
