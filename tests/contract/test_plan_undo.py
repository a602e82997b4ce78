"""Undoing what a plan did, from the registrations before it (sandbox and real MO)."""

from __future__ import annotations

import pytest

from motoolkit.plan import Journal, Plan, read_state, undo

pytestmark = pytest.mark.contract


def undone(town, *, force: bool = False):
    """Undo the last run, by way of a file as people do; return the plan that did."""
    found = undo(Journal().find("last"), town.client, force=force)
    copy = Plan.from_json(found.to_json(), client=town.client)
    assert copy.operations == found.operations
    result = copy.apply()
    assert result.ok, result
    return found


def state(town, *objects: tuple[str, str]):
    """Return what MO holds of some objects, by collection and UUID."""
    return read_state(town.client, objects)


def test_what_was_made_is_gone(town):
    """Also what MO gave UUIDs of its own, and what hangs on each other."""
    plan = town.plan()
    unit = plan.create("org_unit", start="2020-01-01", **town.least("org_unit"))
    below = plan.create("org_unit", start="2020-01-01", **town.least("org_unit") | {"parent": unit})
    person = plan.create("person", **town.least("person"))
    seat = {"person": person, "org_unit": below}
    engagement = plan.create("engagement", start="2020-01-01", **town.least("engagement") | seat)
    plan.create("owner", start="2020-01-01", org_unit=below, owner=person)
    result = town.apply(plan)
    found = undone(town)
    assert {o.action for o in found} == {"delete"}
    (owner,) = result.uuids.values()
    keys = ("org_units", unit), ("org_units", below), ("persons", person), ("engagements", engagement)
    assert state(town, *keys, ("owners", owner)) == {}


def test_a_change_is_taken_back_in_its_own_period_and_fields(town):
    """Slices before, between and after stay; the object is not prolonged."""
    engagement = town.make("engagement", start="2020-01-01", end="2026-01-01", user_key="A")
    town.update("engagement", engagement, start="2021-01-01", end="2022-01-01", fraction=500_000)
    before = state(town, ("engagements", engagement))
    plan = town.plan()
    plan.update("engagement", engagement, start="2020-06-01", end="2023-01-01", extension_1="X")
    town.apply(plan)
    found = undone(town)
    assert [dict(o.values) for o in found] == [{"extension_1": None}]
    assert state(town, ("engagements", engagement)) == before


def test_an_end_is_taken_back(town):
    """What was ended lives on as long as before, with the values that it had in each period."""
    unit = town.make("org_unit", start="2020-01-01", end="2028-01-01", name="A")
    town.update("org_unit", unit, start="2024-01-01", name="B")
    before = state(town, ("org_units", unit))
    plan = town.plan()
    plan.terminate("org_unit", unit, end="2022-01-01")
    town.apply(plan)
    undone(town)
    assert state(town, ("org_units", unit)) == before


def test_a_hole_and_a_longer_life_are_taken_back(town):
    """In both directions of time."""
    holed = town.make("engagement", start="2020-01-01")
    longer = town.make("engagement", start="2020-01-01", end="2022-01-01")
    before = state(town, ("engagements", holed), ("engagements", longer))
    plan = town.plan()
    plan.terminate("engagement", holed, start="2021-01-01", end="2022-01-01")
    plan.update("engagement", longer, start="2019-01-01", end="2024-01-01", prolong=True)
    town.apply(plan)
    undone(town)
    assert state(town, ("engagements", holed), ("engagements", longer)) == before


def test_the_end_of_a_person_is_taken_back(town):
    """All that the person has lives again, role bindings too, and the seat is taken again."""
    person = town.make("person")
    engagement = town.make("engagement", start="2020-01-01", person=person)
    manager = town.make("manager", start="2020-01-01", person=person)
    account = town.make("ituser", start="2020-01-01", person=person)
    binding = town.make("rolebinding", start="2020-01-01", ituser=account)
    keys = [
        ("engagements", engagement),
        ("managers", manager),
        ("itusers", account),
        ("rolebindings", binding),
    ]
    before = state(town, *keys)
    plan = town.plan()
    plan.terminate("person", person, end="2025-01-01", vacate=True)
    town.apply(plan)
    assert state(town, *keys) != before
    undone(town)
    assert state(town, *keys) == before


def test_what_was_deleted_is_made_again(town):
    """With every slice that it had."""
    engagement = town.make("engagement", start="2020-01-01", user_key="A")
    town.update("engagement", engagement, start="2021-01-01", end="2022-01-01", user_key="B")
    before = state(town, ("engagements", engagement))
    plan = town.plan()
    plan.delete("engagement", engagement)
    town.apply(plan)
    undone(town)
    assert state(town, ("engagements", engagement)) == before


def test_undoing_can_be_undone(town):
    """It is a plan like any other."""
    engagement = town.make("engagement", start="2020-01-01", user_key="A")
    plan = town.plan()
    plan.update("engagement", engagement, start="2021-01-01", user_key="B")
    town.apply(plan)
    after = state(town, ("engagements", engagement))
    undone(town)
    undone(town)
    assert state(town, ("engagements", engagement)) == after


def test_what_was_changed_since_stays_as_it_is(town):
    """Unless it is forced; what nobody has touched is brought back in any case."""
    touched, untouched = (town.make("engagement", start="2020-01-01", user_key="A") for _ in range(2))
    plan = town.plan()
    for engagement in (touched, untouched):
        plan.update("engagement", engagement, start="2021-01-01", user_key="B")
    town.apply(plan)
    later = town.plan()
    later.update("engagement", touched, start="2022-01-01", user_key="C")
    assert later.apply(journal=False).ok
    found = undo(Journal().find("last"), town.client)
    assert [problem.code for problem in found.left] == ["changed-since"]
    assert touched in found.left[0].text
    assert [operation.uuid for operation in found] == [untouched]
    assert not undone(town, force=True).left
    assert town.life("engagement", touched, "user_key") == [("2020-01-01", None, "A")]


def test_what_can_not_be_emptied_is_said_and_left(town):
    """MO has no way to take a primary away again."""
    engagement = town.make("engagement", start="2020-01-01")
    plan = town.plan()
    plan.update("engagement", engagement, start="2021-01-01", primary=town.a("primary_type"))
    town.apply(plan)
    found = undo(Journal().find("last"), town.client)
    assert [problem.code for problem in found.left] == ["cannot-clear"]
    assert found.operations == ()


def test_a_plan_that_was_rolled_back_leaves_nothing_to_undo(town):
    """MO refused it, so all is as it was."""
    plan = town.plan()
    plan.create("engagement", start="2010-01-01", **town.least("engagement"))
    assert not plan.apply().ok
    found = undo(Journal().find("last"), town.client)
    assert (found.operations, found.left) == ((), ())


def test_two_runs_in_a_row_are_told_apart(town):
    """By MO's own clock: one begins microseconds after the other ended."""
    engagement = town.make("engagement", start="2020-01-01", user_key="A")
    for user_key in ("B", "C", "D"):
        plan = town.plan()
        plan.update("engagement", engagement, start="2021-01-01", user_key=user_key)
        town.apply(plan)
    undone(town)
    assert town.life("engagement", engagement, "user_key") == [
        ("2020-01-01", "2021-01-01", "A"),
        ("2021-01-01", None, "C"),
    ]
