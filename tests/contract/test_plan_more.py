"""Plans at the edges of what MO takes (sandbox and real MO)."""

from __future__ import annotations

import pytest

from motoolkit.errors import InputError
from motoolkit.mirror import Mirror
from motoolkit.plan import read_state

pytestmark = pytest.mark.contract


def test_a_key_that_is_said_to_be_empty_is_the_uuid(town):
    """MO gives each object a user_key; a create without one is already so the second time."""
    plan = town.plan()
    unit = plan.create("org_unit", start="2020-01-01", **town.least("org_unit") | {"user_key": None})
    town.apply(plan)
    assert town.life("org_unit", unit, "user_key") == [("2020-01-01", None, unit)]
    assert [o.became for o in plan.apply().outcomes] == ["already so"]


def test_what_a_new_object_must_have_can_not_be_emptied_in_its_own_plan(town):
    """Else MO would fill the key with the UUID, which is not what was said."""
    plan = town.plan()
    unit = plan.create("org_unit", start="2020-01-01", user_key="a", **town.least("org_unit"))
    plan.update("org_unit", unit, start="2021-01-01", user_key=None)
    assert [(problem.operation, problem.code) for problem in plan.check().errors] == [(1, "cannot-clear")]
    assert not plan.apply().ok
    assert read_state(town.client, [("org_units", unit)]) == {}


def test_a_change_after_an_end_that_the_same_plan_moves_can_be_checked(town):
    """MO holds an end before the update's start, until the plan has prolonged the life."""
    engagement = town.make("engagement", end="2020-01-01")
    plan = town.plan()
    plan.update("engagement", engagement, start="2021-01-01", fraction=500_000, prolong=True)
    plan.update("engagement", engagement, start="2021-01-01", fraction=400_000)
    assert plan.check().ok
    town.apply(plan)
    assert town.life("engagement", engagement, "fraction")[-1] == ("2021-01-01", None, 400_000)


def became(result):
    """Return what became of each operation."""
    return [outcome.became for outcome in result.outcomes]


@pytest.mark.parametrize(
    ("start", "end"),
    [(None, "2024-01-01"), ("2022-01-01", "2023-01-01"), (None, "2021-01-01")],
    ids=["end", "hole", "before it"],
)
def test_a_plan_that_changes_and_then_ends_an_object_can_be_applied_again(town, start, end):
    """The change then lies in part where the object is dead, because the plan wants it so."""
    engagement = town.make("engagement", start="2020-01-01")
    plan = town.plan()
    plan.update("engagement", engagement, start="2021-06-01", end="2025-01-01", user_key="K")
    plan.terminate("engagement", engagement, start=start, end=end)
    town.apply(plan)
    assert became(plan.apply()) == ["already so", "already so"]
    assert plan.check().ok


def test_a_change_where_an_object_is_dead_for_another_reason_is_still_an_error(town):
    """Only what the plan itself ends later is no error."""
    engagement = town.make("engagement", start="2020-01-01", end="2023-01-01")
    plan = town.plan()
    plan.update("engagement", engagement, start="2021-01-01", end="2025-01-01", user_key="K")
    plan.terminate("engagement", engagement, end="2024-01-01")
    assert [(problem.operation, problem.code) for problem in plan.check().errors] == [(0, "outside-life")]


def test_a_person_is_deleted_also_where_the_plan_terminates_what_the_person_has(town):
    """A person that is terminated stays in MO; one that is deleted does not."""
    person = town.make("person")
    plan = town.plan()
    plan.delete("person", person)
    plan.terminate("person", person, end="2022-01-01")
    assert plan.check().ok
    town.apply(plan)
    assert town.life("person", person, "user_key") == []


def test_a_role_binding_that_its_plan_also_ends_is_not_made_twice(town):
    """MO chooses its UUID, so the plan knows it again by what it shall be in the end, too."""
    ituser = town.make("ituser")
    plan = town.plan()
    role = plan.create("rolebinding", start="2020-01-01", ituser=ituser, role=town.a("role"))
    plan.terminate("rolebinding", role, end="2021-01-01")
    town.apply(plan)
    assert became(plan.apply()) == ["already so", "already so"]
    with Mirror.open() as mirror:
        mirror.load(town.client)
        assert became_of_check(plan, mirror) == []


def became_of_check(plan, source):
    """Return what a check finds that is not already so."""
    return [problem.code for problem in plan.check(source).problems if problem.code != "no-op"]


def related(town, unit, other, start):
    """Plan that a unit is related to another, from a day on."""
    plan = town.plan()
    plan.update("related_units", unit, start=start, org_units=[other])
    return plan


@pytest.mark.parametrize("turned", [False, True], ids=["to", "from"])
def test_units_that_end_or_pause_can_not_be_related(town, turned):
    """MO wants all of them to live on from that day for ever, and refuses the request otherwise."""
    ended, paused = town.make("org_unit", end="2024-01-01"), town.make("org_unit")
    town.apply(hole(town, paused))
    later = town.make("org_unit", start="2021-01-01")
    for unit, start in [(ended, "2020-01-01"), (paused, "2020-01-01"), (later, "2020-01-01")]:
        pair = (unit, town.unit) if turned else (town.unit, unit)
        plan = related(town, *pair, start)
        assert [problem.code for problem in plan.check().errors] == ["outside-life"]
        assert became(plan.apply(dry_run=True)) == ["refused"]
    assert related(town, later, town.unit, "2021-01-01").check().ok
    assert related(town, paused, town.unit, "2023-01-01").check().ok


def hole(town, unit):
    """Plan that a unit is dead in 2022."""
    plan = town.plan()
    plan.terminate("org_unit", unit, start="2022-01-01", end="2023-01-01")
    return plan


@pytest.mark.parametrize("kind", ["facet", "class"])
def test_what_is_not_published_is_not_made(town, kind):
    """MO would hold it for dead: nobody could read or change it again."""
    with pytest.raises(InputError, match="published"):
        town.plan().create(kind, start="2020-01-01", **town.least(kind), published="IkkePubliceret")
