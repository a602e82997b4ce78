"""Random plans on objects of a town: what hypothesis draws, told as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

if TYPE_CHECKING:
    from contract.town import Town

    from motoolkit.plan import Plan

MONTHS = [f"{year}-{month:02}-01" for year in range(2018, 2027) for month in (1, 4, 7, 10)]

# By kind: the fields that are changed, each with the town's facet, or the values, that it is changed to.
FIELDS: dict[str, dict[str, Any]] = {
    "org_unit": {
        "name": ["A", "B", "C"],
        "user_key": ["a", "b"],
        "unit_type": "org_unit_type",
        "unit_level": "org_unit_level",
        "time_planning": "time_planning",
        "unit_hierarchy": "org_unit_hierarchy",
        "parent": ["unit", "below", None],
    },
    "engagement": {
        "user_key": ["a", "b"],
        "fraction": [100_000, 500_000, None],
        "extension_1": ["x", "y", None],
        "extension_2": ["z", None],
        "primary": "primary_type",
        "job_function": "engagement_job_function",
        "engagement_type": "engagement_type",
        "org_unit": ["unit", "below"],
    },
    "manager": {
        "person": ["person", "other", None],
        "manager_level": "manager_level",
        "manager_type": "manager_type",
        "engagement": ["engagement", "engagement2", None],
        "org_unit": ["unit", "below"],
    },
    "association": {
        "user_key": ["a", "b"],
        "substitute": ["other", None],
        "trade_union": "trade_union",
        "org_unit": ["unit", "below"],
        "primary": "primary_type",
    },
    "ituser": {
        "external_id": ["x", None],
        "binding_type": ["y", None],
        "engagements": [("engagement",), ("engagement", "engagement2"), ()],
        "primary": "primary_type",
    },
    "address": {
        "value": ["a@example.org", "b@example.org"],
        "visibility": "visibility",
        "user_key": ["a", "b"],
        "engagement": ["engagement", "engagement2"],
    },
    "kle": {"user_key": ["a", "b"], "kle_number": "kle_number", "org_unit": ["unit", "below"]},
    "class": {
        "name": ["A", "B"],
        "scope": ["TEXT", None],
        "description": ["d", None],
        "owner": ["unit", None],
    },
}


@dataclass(frozen=True)
class Drawn:
    """One operation on the object of a number."""

    action: str
    number: int
    kind: str
    start: str | None
    end: str | None
    prolong: bool
    picks: tuple[tuple[str, int], ...]


@st.composite
def plans(draw: st.DrawFn, most: int = 30) -> list[Drawn]:
    """Draw the operations of a plan: objects are made, then changed, ended and prolonged."""
    size = draw(st.integers(1, most))
    kinds = draw(st.lists(st.sampled_from(sorted(FIELDS)), min_size=1, max_size=max(1, size // 3)))
    drawn = [
        Drawn("create", number, kind, *draw(_period(open_start=False)), False, draw(_picks(kind)))
        for number, kind in enumerate(kinds)
    ]
    while len(drawn) < size:
        number = draw(st.integers(0, len(kinds) - 1))
        action = draw(st.sampled_from(["update", "update", "update", "terminate"]))
        start, end = draw(_period(open_start=True))
        prolong = action == "update" and draw(st.integers(0, 4)) == 0
        drawn.append(Drawn(action, number, kinds[number], start, end, prolong, draw(_picks(kinds[number]))))
    return drawn


def _period(*, open_start: bool) -> st.SearchStrategy[tuple[str | None, str | None]]:
    first = st.sampled_from(MONTHS[:-4])
    return st.tuples(st.none() | first if open_start else first, st.none() | st.sampled_from(MONTHS)).filter(
        lambda period: period[0] is None or period[1] is None or period[0] < period[1]
    )


def _picks(kind: str) -> st.SearchStrategy[tuple[tuple[str, int], ...]]:
    names = st.lists(st.sampled_from(sorted(FIELDS[kind])), min_size=1, max_size=3, unique=True)
    return names.flatmap(
        lambda chosen: st.tuples(*(st.tuples(st.just(n), st.integers(0, 2)) for n in chosen))
    )


def add(plan: Plan, town: Town, drawn: list[Drawn]) -> dict[int, str]:
    """Add what was drawn to a plan, and return the UUIDs of its objects by number."""
    uuids: dict[int, str] = {}
    for each in drawn:
        said = {name: _value(town, each.kind, name, pick) for name, pick in each.picks}
        dates = {"start": each.start, "end": each.end}
        if each.action == "create":
            given = {name: value for name, value in said.items() if value is not None}
            uuids[each.number] = plan.create(each.kind, **dates, **(town.least(each.kind) | given))
        elif each.action == "update":
            plan.update(each.kind, uuids[each.number], **dates, prolong=each.prolong, **said)
        elif each.end is not None:
            plan.terminate(each.kind, uuids[each.number], **dates)
    return uuids


def _value(town: Town, kind: str, name: str, pick: int) -> Any:
    among = FIELDS[kind][name]
    if isinstance(among, str):
        return town.a(among, pick % min(3, len(town.classes[among])))
    value = among[pick % len(among)]
    if isinstance(value, tuple):
        return [getattr(town, each) for each in value]
    return (
        getattr(town, value)
        if value in ("unit", "below", "person", "other", "engagement", "engagement2")
        else value
    )
