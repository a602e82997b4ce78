"""Two hundred plans, every tenth with a bad operation: a MO stays healthy (sandbox and real MO)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import count
from uuid import uuid4

import pytest
from contract.random_plans import add, plans
from hypothesis import HealthCheck, Phase, given, settings

from motoolkit.plan import desired, read_for, read_state

pytestmark = pytest.mark.contract

PLANS = 200
CONNECTIONS = 15
"""A MO's pool: 5 and 10 more (measured); one that is lost is missed by as many requests at once."""


def spoiled(town, plan):
    """Add one of the operations that MO itself refuses, after the others."""
    nobody = str(uuid4())
    plan.create("ituser", start="2020-01-01", itsystem=nobody, user_key="x", person=town.person)
    return plan


def healthy(mo):
    """Tell whether MO answers as many requests at once as it has connections, and one more."""
    with ThreadPoolExecutor(CONNECTIONS + 1) as pool:
        queries = ["{ persons: employees(limit: 20) { objects { uuid } } }"] * (CONNECTIONS + 1)
        return all(len(answer["persons"]["objects"]) == 20 for answer in pool.map(mo.data, queries))


def test_200_plans_with_every_tenth_bad_leave_mo_healthy_and_as_wanted(mo, town):
    """Each good plan holds to the end, and nothing is left of the bad ones."""
    wanted, bad, numbers = {}, [], count(1)

    @settings(
        max_examples=PLANS,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(drawn=plans(most=5))
    def one(drawn):
        plan = town.plan()
        add(plan, town, drawn)
        refused = {p.operation for p in plan.apply(dry_run=True).problems if p.severity == "error"}
        plan = town.plan().add(o for index, o in enumerate(plan.operations) if index not in refused)
        if next(numbers) % 10 == 0:
            result = spoiled(town, plan).apply()
            assert not result.ok
            bad.extend(plan.operations)
        else:
            wanted.update(desired(plan.operations, read_for(town.client, plan.operations)))
            town.apply(plan)

    one()
    assert next(numbers) > PLANS
    assert healthy(mo)
    kept = {key: spans for key, spans in wanted.items() if spans}
    keys = {operation.key for operation in bad} | wanted.keys()
    assert read_state(town.client, keys) == kept
