"""The rows of a report: one an engagement, one more for leaders from elsewhere, one for an empty unit."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from motoolkit.model import danish_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from motoolkit.reports.context import Context
    from motoolkit.reports.facts import Engagement, Role


class Row:
    """A person in a unit through an engagement; any but the unit may be missing."""

    __slots__ = ("context", "elsewhere", "engagement", "person", "unit")

    def __init__(
        self,
        context: Context,
        unit: str,
        person: str | None = None,
        engagement: Engagement | None = None,
        *,
        elsewhere: bool = False,
    ) -> None:
        self.context = context
        self.unit = unit
        self.person = person
        self.engagement = engagement
        self.elsewhere = elsewhere

    @property
    def name(self) -> str:
        """The person's name as shown, blank for an empty unit."""
        return "" if self.person is None else self.context.person_name(self.person)

    @property
    def own_roles(self) -> Sequence[Role]:
        """The person's own roles in the unit, the preferred first."""
        return () if self.person is None else self.context.leaders.of_person(self.unit, self.person)

    @property
    def leaders(self) -> tuple[Role, ...]:
        """The person's nearest leaders: one, or all where the parameters join them."""
        if self.person is None:
            return ()
        found = self.context.nearest_leader.roles(self.unit, self.person)
        return found if self.context.parameters.join_leaders else found[:1]


def make_rows(context: Context) -> list[Row]:
    """Return the rows of the selected units, sorted as the parameters ask."""
    staff = _staff(context)
    rows = [row for unit in context.facts.tree for row in _rows_of_unit(context, unit, staff)]
    if context.parameters.person_once:
        rows = _once_a_person(context, rows)
    return _sorted(context, rows)


def stray_rows(context: Context) -> list[Row]:
    """Return the rows of engagements whose unit does not exist on the date, sorted by name.

    Left out are those whose unit, as last known, belonged to another part of the organisation.
    """
    rows = [
        Row(context, engagement.unit, engagement.person, engagement)
        for engagement in context.facts.engagements.values()
        if engagement.unit not in context.facts.tree
        and context.filter.lets_in(engagement)
        and _may_be_selected(context, engagement.unit)
    ]
    for row in rows:
        former = context.facts.former_units.get(row.unit)
        context.notices.add("without_unit", f"{row.name}: {former.name if former else 'enhed'} ({row.unit})")
    return sorted(rows, key=_by_name)


def _may_be_selected(context: Context, unit: str) -> bool:
    facts = context.facts
    seen: set[str] = set()
    step: str | None = unit
    while step is not None and step not in facts.tree and step not in seen:
        seen.add(step)
        former = facts.former_units.get(step)
        step = former.parent if former else None
    return step is None or step not in facts.tree or step in context.selection.units


def _rows_of_unit(context: Context, unit: str, staff: dict[str, list[Engagement]]) -> Iterator[Row]:
    if unit not in context.selection.units:
        return
    rows = [Row(context, unit, e.person, e) for e in staff.get(unit, ()) if context.filter.lets_in(e)]
    present = {engagement.person for engagement in staff.get(unit, ())}
    rows += _rows_of_leaders(context, unit, present)
    if not rows and context.parameters.include_empty_units:
        rows = [Row(context, unit)]
    context.unit_roles.warn_about(unit)
    yield from rows


def _rows_of_leaders(context: Context, unit: str, present: set[str]) -> Iterator[Row]:
    """Yield a row for each person with a role in the unit and no engagement there."""
    parameters = context.parameters
    roles = {role.person: role for role in reversed(context.leaders.in_unit(unit))}
    for person, role in roles.items():
        if person is None or person in present:
            continue
        engagement = context.engagement_of_role(role, inside=parameters.leader_engagement == "selection")
        if engagement is None:
            context.notices.add(
                "leader_without_engagement",
                f"{context.person_name(person)} ({context.facts.tree.name(unit)})",
            )
            if parameters.include_leaders_without_engagement:
                yield Row(context, unit, person)
        elif parameters.include_leaders_elsewhere and context.filter.lets_in(engagement):
            yield Row(context, unit, person, engagement, elsewhere=True)


def _staff(context: Context) -> dict[str, list[Engagement]]:
    staff: dict[str, list[Engagement]] = defaultdict(list)
    for engagement in context.facts.engagements.values():
        staff[engagement.unit].append(engagement)
    return staff


def _once_a_person(context: Context, rows: list[Row]) -> list[Row]:
    """Keep each person's primary engagement; else the one of most hours, else the oldest."""

    def rank(row: Row) -> tuple[object, ...]:
        e = row.engagement
        if e is None:
            return (True,)
        return (
            False,
            not context.facts.is_primary(e.primary),
            -(e.fraction or 0),
            str(e.since or ""),
            e.uuid,
        )

    kept: dict[str, Row] = {}
    for row in sorted((r for r in rows if r.person is not None), key=rank):
        kept.setdefault(row.person or "", row)
    chosen = {id(row) for row in kept.values()}
    return [row for row in rows if row.person is None or id(row) in chosen]


def _sorted(context: Context, rows: list[Row]) -> list[Row]:
    units = sorted({row.unit for row in rows}, key=context.levels.sort_key)
    position = {unit: at for at, unit in enumerate(units)}
    if context.parameters.sort == "employee":
        return sorted(rows, key=lambda row: (*_by_name(row)[:1], position[row.unit], *_by_name(row)[1:]))
    leaders_first = context.parameters.leaders_first
    return sorted(
        rows, key=lambda row: (position[row.unit], leaders_first and not row.own_roles, *_by_name(row))
    )


def _by_name(row: Row) -> tuple[str, str, str]:
    engagement = row.engagement
    return (
        danish_key(row.name),
        engagement.user_key if engagement else "",
        engagement.uuid if engagement else "",
    )
