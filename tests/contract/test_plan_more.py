"""Plans at the edges of what MO takes (sandbox and real MO)."""

from __future__ import annotations

import pytest

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
