"""How the facts of an employment or a department are made to differ: written over, cut out, ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from motoolkit.sandbox.sd.facts import Department, Employment, Parent, Section, Sections, stamp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.sandbox.sd.facts import Period, Values
    from motoolkit.sandbox.sd.when import When

Edit = Callable[[Employment], Employment]
UnitEdit = Callable[[Department], Department]


class Edits:
    """Makes edits whose days lie around ``today``."""

    def __init__(self, today: date) -> None:
        self.today = today

    def day(self, when: When | None) -> date | None:
        """Return a day, None for no limit."""
        return None if when is None else when.on(self.today)

    def put(
        self,
        series: str,
        values: Values,
        start: When | None,
        end: When | None = None,
        *,
        registered: When | None = None,
    ) -> Edit:
        """Write values over a period of a series; registered on its first day unless said."""
        first, until = self.day(start), self.day(end)
        moment = stamp(self.day(registered) or first or self.today)
        return _of(series, lambda old: overlay(old, Section(first, until, values, moment)))

    def cut(self, series: str, start: When | None, end: When | None = None) -> Edit:
        """Leave a hole in a series."""
        return _of(series, lambda old: without(old, self.day(start), self.day(end)))

    def without_element(self, series: str, name: str) -> Edit:
        """Leave an element out of all sections of a series."""

        def bare(section: Section) -> Section:
            return replace(section, values=tuple(pair for pair in section.values if pair[0] != name))

        return _of(series, lambda old: tuple(map(bare, old)))

    def earlier(self, start: When) -> Edit:
        """Let all series begin earlier."""
        first = self.day(start)

        def moved(employment: Employment) -> Employment:
            series: dict[str, Any] = {
                name: (replace(old[0], start=first), *old[1:])
                for name in ("status", "department", "profession", "working_time")
                if (old := getattr(employment, name))
            }
            return replace(employment, **series)

        return moved

    def long_in_place(self, start: When) -> Edit:
        """Let all but status and working time begin long before, as does the date that SD calls the first."""
        first = start.on(self.today)

        def moved(employment: Employment) -> Employment:
            department, profession = employment.department, employment.profession
            return replace(
                employment,
                employment_date=first,
                department=(replace(department[0], start=first), *department[1:]),
                profession=(replace(profession[0], start=first), *profession[1:]),
            )

        return moved

    def delete(self, when: When) -> Edit:
        """Give the employment status S, so that nothing is told of it any more."""
        moment = stamp(when.on(self.today), hour=9)
        return lambda employment: replace(employment, deleted=moment)

    def unit(self, start: When, **values: str) -> UnitEdit:
        """Let a department be called or reached otherwise from a day on."""
        first = start.on(self.today)
        return lambda department: replace(
            department, periods=tuple(p for old in department.periods for p in _changed(old, first, values))
        )

    def unit_since(self, start: When) -> UnitEdit:
        """Let a department begin earlier."""
        first = self.day(start)

        def moved(department: Department) -> Department:
            period, *periods = department.periods
            parent, *parents = department.parents
            return replace(
                department,
                periods=(replace(period, start=first), *periods),
                parents=(replace(parent, start=first), *parents),
            )

        return moved

    def parent(self, uuid: str, start: When, end: When | None = None, *, beside: bool = False) -> UnitEdit:
        """Let a department lie under another for a while; ``beside`` the one that it has anyway."""
        fresh = Parent(self.day(start), self.day(end), uuid)

        def moved(department: Department) -> Department:
            kept = department.parents if beside else tuple(_before(department.parents, fresh))
            return replace(department, parents=(*kept, fresh))

        return moved


def overlay(sections: Sections, fresh: Section) -> Sections:
    """Return the sections with a fresh one written over what was there."""
    kept = without(sections, fresh.start, fresh.end)
    return tuple(sorted((*kept, fresh), key=lambda section: section.first))


def without(sections: Sections, start: date | None, end: date | None) -> Sections:
    """Return the sections with nothing left in a period."""
    return tuple(part for section in sections for part in _parts(section, start, end))


def _of(series: str, change: Callable[[Sections], Sections]) -> Edit:
    def edit(employment: Employment) -> Employment:
        changed: dict[str, Any] = {series: change(getattr(employment, series))}
        return replace(employment, **changed)

    return edit


def _parts(section: Section, start: date | None, end: date | None) -> Iterator[Section]:
    first, until = start or date.min, end or date.max
    begins, ends = section.start or date.min, section.end or date.max
    if until <= begins or first >= ends:
        yield section
        return
    if begins < first:
        yield replace(section, end=start)
    if ends > until:
        yield replace(section, start=end)


def _changed(period: Period, first: date, values: dict[str, Any]) -> Iterator[Period]:
    if period.end is not None and period.end <= first:
        yield period
        return
    if period.start is None or period.start < first:
        yield replace(period, end=first)
        yield replace(period, start=first, **values)
        return
    yield replace(period, **values)


def _before(parents: tuple[Parent, ...], fresh: Parent) -> Iterator[Parent]:
    for parent in parents:
        if parent.start is None or fresh.start is None or parent.start < fresh.start:
            yield replace(parent, end=fresh.start)
