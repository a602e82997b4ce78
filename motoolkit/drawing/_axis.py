"""The axis of a drawn timeline: which days it shows, where each is, and which are written below it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from motoolkit.drawing._words import day_and_month, month

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from motoolkit.model import Validity

_MARGIN: Final = 0.15
"""How much of the axis lies beyond the last date, for the open ends to run into."""
_LEAST_DAYS: Final = 30
_MOST_TICKS: Final = 11
_ALONE: Final = date(2000, 1, 1)
"""Where a timeline without a single date is drawn; nobody sees it."""
_STEPS: Final = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200)
"""Months between the days that are written."""
_YEAR: Final = 12
_WEEK: Final = 7
_FEW_DAYS: Final = 75


@dataclass(frozen=True, slots=True)
class Axis:
    """Days from ``first`` to ``last``, drawn from ``left`` to ``right``."""

    first: date
    last: date
    left: float
    right: float

    def at(self, day: date) -> float:
        """Return where a day is."""
        share = (day - self.first).days / (self.last - self.first).days
        return self.left + share * (self.right - self.left)

    def place(self, validity: Validity) -> tuple[float, float]:
        """Return where a period begins and ends; what is open reaches the edge."""
        start = self.left if validity.start is None else self.at(validity.start)
        return start, self.right if validity.end is None else self.at(validity.end)

    def ticks(self) -> Iterator[tuple[float, str]]:
        """Yield the days that are written below: weeks, months or years."""
        days = (self.last - self.first).days
        if days <= _FEW_DAYS:
            return ((self.at(day), day_and_month(day)) for day in self._weeks())
        step = next((s for s in _STEPS if days / 30.4 / s <= _MOST_TICKS), _STEPS[-1])
        return ((self.at(day), _label(day, step)) for day in self._months(step))

    def _weeks(self) -> Iterator[date]:
        day = self.first + timedelta(days=(_WEEK - self.first.weekday()) % _WEEK)
        while day <= self.last:
            yield day
            day += timedelta(days=_WEEK)

    def _months(self, step: int) -> Iterator[date]:
        month = -(-(self.first.year * _YEAR + self.first.month - 1 + (self.first.day > 1)) // step) * step
        while month // _YEAR <= date.max.year:
            day = date(month // _YEAR, month % _YEAR + 1, 1)
            if day > self.last:
                return
            yield day
            month += step


def _label(day: date, step: int) -> str:
    return str(day.year) if step % _YEAR == 0 else f"{month(day)} {day.year}"


def axis_of(validities: Sequence[Validity], as_of: date | None, left: float, right: float) -> Axis:
    """Return the axis on which all of some periods are seen."""
    dates = [day for validity in validities for day in (validity.start, validity.end) if day]
    dates += [as_of] if as_of else []
    first, last = min(dates, default=_ALONE), max(dates, default=_ALONE)
    beyond = timedelta(days=max(_LEAST_DAYS, round((last - first).days * _MARGIN)))
    opens = any(validity.start is None for validity in validities)
    ends = any(validity.end is None for validity in validities) or last == as_of
    start = _earlier(first, beyond) if opens or last == first else first
    return Axis(start, _later(last, beyond) if ends or last == first else last, left, right)


def _earlier(day: date, by: timedelta) -> date:
    return day - by if day - date.min > by else date.min


def _later(day: date, by: timedelta) -> date:
    return day + by if date.max - day > by else date.max
