"""Rows: what MO keeps of an object, one group of fields and one period each, and the slices they make.

MO's database keeps a unit's names, its parent, its level and its state as separate rows, each with a period
of its own.  An update writes into some of them; what the rest does is where its surprises come from.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from motoolkit.sandbox.records import Slice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

STATE: Final = "state"
"""The group that tells when an object lives: its rows hold ``active``."""


@dataclass(frozen=True, slots=True)
class Row:
    """The values of one group on the days from ``start`` until ``end``; None is no limit."""

    group: str
    values: Mapping[str, Any] = field(hash=False)
    start: date | None
    end: date | None

    @property
    def first(self) -> date:
        """The start as a date that can be compared."""
        return self.start or date.min

    @property
    def until(self) -> date:
        """The end as a date that can be compared."""
        return self.end or date.max

    def overlaps(self, start: date | None, end: date | None) -> bool:
        """Tell whether the row has a day in the period."""
        return self.first < (end or date.max) and self.until > (start or date.min)


Rows = tuple[Row, ...]


def without(rows: Iterable[Row], group: str, start: date | None, end: date | None) -> list[Row]:
    """Return the rows with nothing left of ``group`` in the period."""
    kept: list[Row] = []
    for row in rows:
        if row.group != group or not row.overlaps(start, end):
            kept.append(row)
            continue
        if start is not None and row.first < start:
            kept.append(replace(row, end=start))
        if end is not None and row.until > end:
            kept.append(replace(row, start=end))
    return kept


def overlay(rows: Iterable[Row], *fresh: Row) -> list[Row]:
    """Return the rows with ``fresh`` ones of one group and period written over what was there."""
    kept = list(rows)
    for row in fresh:
        kept = without(kept, row.group, row.start, row.end)
    return [*kept, *fresh]


def merge(rows: Iterable[Row], fresh: Row, cleared: Iterable[str] = ()) -> list[Row]:
    """Return the rows with the values of ``fresh`` written in; what it does not name stays as it was.

    ``cleared`` are the fields that lose their value.

    The periods of the rows that it meets stay too, so nothing grows together (measured).
    """
    old, gone = list(rows), frozenset(cleared)
    met = [row for row in old if row.group == fresh.group and row.overlaps(fresh.start, fresh.end)]
    merged = [
        Row(
            fresh.group,
            {**{n: v for n, v in row.values.items() if n not in gone}, **fresh.values},
            fresh.start if row.first <= fresh.first else row.start,
            fresh.end if row.until >= fresh.until else row.end,
        )
        for row in met
    ]
    gaps = [fresh]
    for row in met:
        gaps = without(gaps, row.group, row.start, row.end)
    return [*without(old, fresh.group, fresh.start, fresh.end), *gaps, *merged]


def stretched(rows: Iterable[Row], group: str, start: date | None, end: date | None) -> list[Row]:
    """Return the rows with ``group`` beginning no later than ``start`` and lasting at least to ``end``.

    MO does so with everything that an update does not name, so that a value which ended long ago is back
    (domain: the stretch rule; measured).
    """
    found = list(rows)
    own = sorted((row for row in found if row.group == group), key=lambda row: row.first)
    if not own:
        return found
    if (start or date.min) < own[0].first:
        found[found.index(own[0])] = own[0] = replace(own[0], start=start)
        own = sorted(own, key=lambda row: row.first)
    last = own[-1]
    if last.until < (end or date.max):
        found[found.index(last)] = replace(last, end=end)
    return found


def consolidated(rows: Iterable[Row]) -> list[Row]:
    """Return the rows as MO reads them: equal neighbours are one.

    They come by group and value, those of the value that was written first at the front, which decides what
    MO takes for the last of them (measured).
    """
    alike: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        alike.setdefault((row.group, repr(sorted(row.values.items()))), []).append(row)
    return [row for same in alike.values() for row in _joined(same)]


def _joined(alike: Iterable[Row]) -> list[Row]:
    found: list[Row] = []
    for row in sorted(alike, key=lambda one: one.first):
        if found and found[-1].until == row.first:
            found[-1] = replace(found[-1], end=row.end)
        else:
            found.append(row)
    return found


def slices_of(rows: Iterable[Row], nothing: Mapping[str, Any]) -> tuple[Slice, ...]:
    """Return the slices of an object: its living days, cut wherever any row begins or ends.

    Args:
        rows: all that is kept of it.
        nothing: the value of each field where no row tells one.
    """
    held = consolidated(rows)
    days = sorted({row.first for row in held} | {row.until for row in held})
    found = []
    for first, until in pairwise(days):
        covering = [row for row in held if row.first <= first and row.until >= until]
        if any(row.group == STATE and row.values["active"] for row in covering):
            start, end = (None if first == date.min else first), (None if until == date.max else until)
            found.append(Slice(start, end, _values(covering, nothing)))
    return tuple(found)


def _values(covering: Iterable[Row], nothing: Mapping[str, Any]) -> dict[str, Any]:
    values = dict(nothing)
    for row in covering:
        for name, value in row.values.items():
            several = isinstance(nothing.get(name), tuple)
            if not several:
                values[name] = value
            elif value is not None:
                values[name] = (*values[name], value)
    values.pop("active", None)
    return values
