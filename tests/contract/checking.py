"""Checks of plans, held against what MO then does with them."""

from __future__ import annotations

NOBODY = "dead0000-0000-4000-8000-000000000000"
EARLY = "1990-01-01"


def held(plan, *codes):
    """Check a plan, and hold what it says against what MO says to a dry run."""
    check = plan.check()
    assert sorted(p.code for p in check.problems if p.severity != "info") == sorted(codes), check
    result = plan.apply(dry_run=True)
    assert check.ok == result.ok, (check, result)
    return check


def create(town, kind, *, start="2020-01-01", end=None, **values):
    """Return a plan that creates an object with the least that MO wants."""
    plan = town.plan()
    plan.create(kind, start=None if kind == "person" else start, end=end, **(town.least(kind) | values))
    return plan


def facet(town, user_key):
    """Return the UUID of a facet."""
    found = town.client.execute(
        "query ($f: FacetFilter) { facets(filter: $f) { objects { uuid } } }",
        {"f": {"user_keys": [user_key]}},
    )
    return found["facets"]["objects"][0]["uuid"]
