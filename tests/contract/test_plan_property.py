"""Random plans against a MO (sandbox and real MO): what is read is what was wanted, or nothing happened."""

from __future__ import annotations

from uuid import uuid4

import pytest
from contract.random_plans import add, plans
from hypothesis import HealthCheck, given, settings

from motoolkit.mirror import Mirror
from motoolkit.plan import read_for, read_state, state_of_mirror

pytestmark = pytest.mark.contract

slowly = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    database=None,
)


def kept(town, drawn):
    """Return a plan of what was drawn, without the operations that are refused."""
    plan = town.plan()
    add(plan, town, drawn)
    while refused := {p.operation for p in plan.apply(dry_run=True).problems if p.severity == "error"}:
        operations = [o for index, o in enumerate(plan.operations) if index not in refused]
        plan = town.plan().add(operations)
    return plan


@pytest.fixture(scope="module")
def mirror(town):
    """A mirror of the MO under test, as it was when the town was founded."""
    with Mirror.open() as opened:
        opened.load(town.client)
        yield opened


@slowly
@given(drawn=plans())
def test_afterwards_a_mirror_holds_what_the_preview_said(town, mirror, drawn):
    """Slice by slice and field by field, as MO does; and the second time there is nothing left to do."""
    plan = kept(town, drawn)
    shown = plan.preview()
    assert shown.ok
    result = plan.apply()
    town.remember(plan, result)
    assert result.ok, result
    mirror.refresh(town.client)
    wanted = {key: spans for key, spans in shown.wanted.items() if spans}
    assert state_of_mirror(mirror, shown.wanted) == read_state(town.client, shown.wanted) == wanted
    assert {o.became for o in plan.apply().outcomes} <= {"already so"}
    assert not plan.preview().rows


@slowly
@given(drawn=plans(most=10))
def test_one_bad_operation_leaves_nothing_behind(town, drawn):
    """Here one that MO itself refuses: an account in an itsystem that is not there."""
    plan = kept(town, drawn)
    plan.create("ituser", start="2020-01-01", itsystem=str(uuid4()), user_key="x", person=town.person)
    result = plan.apply()
    assert not result.ok
    assert {o.became for o in result.outcomes[:-1]} <= {"rolled back", "already so"}
    assert result.outcomes[-1].became == "refused"
    assert read_for(town.client, plan.operations) == {}
