"""The windows of time that MO's filters and arguments describe."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from motoolkit.model import COPENHAGEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from motoolkit.sandbox.records import Slice

_DAY = timedelta(days=1)
_INSTANT = timedelta(milliseconds=1)


class WindowError(Exception):
    """A window that MO refuses, in its own words."""


@dataclass(frozen=True, slots=True)
class Window:
    """The days from ``first`` until ``end``; None is no limit.

    MO compares instants, and slices begin and end at Copenhagen midnight, so whole days are enough: a slice
    overlaps when it starts before ``end`` and ends after ``first``.
    """

    first: date | None
    end: date | None
    empty: bool = False

    def overlaps(self, period: Slice) -> bool:
        """Tell whether a slice has something in the window."""
        if self.empty:
            return False
        before = self.end is None or period.start is None or period.start < self.end
        return before and (self.first is None or period.end is None or period.end > self.first)

    def of(self, slices: Iterable[Slice]) -> tuple[Slice, ...]:
        """Return the slices that overlap, whole as MO gives them."""
        return tuple([period for period in slices if self.overlaps(period)])


def window(given: Mapping[str, Any], now: datetime, first: str = "from_date", end: str = "to_date") -> Window:
    """Return the window of a filter or of ``validities(start, end)``.

    The table is MO's (measured): neither is the present millisecond; a start alone is an instant; an open
    start needs an end.

    Raises:
        WindowError: MO refuses it.
    """
    start = given.get(first, now)
    if end not in given and start is None:
        raise WindowError("Cannot infer UNSET to_date from interval starting at -infinity")
    stop = given[end] if end in given else start + _INSTANT
    if start is not None and stop is not None and start > stop:
        raise WindowError(f"{first} must be less than or equal to {end}")
    return Window(_day(start), _day_after(stop), empty=start is not None and start == stop)


def instant(moment: datetime) -> Window:
    """Return the window of one millisecond, which lies in one day."""
    return Window(_day(moment), _day_after(moment + _INSTANT))


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.astimezone(COPENHAGEN).date()


def _day_after(moment: datetime | None) -> date | None:
    """Return the first day that begins at ``moment`` or later."""
    if moment is None:
        return None
    local = moment.astimezone(COPENHAGEN)
    begins = (local.hour, local.minute, local.second, local.microsecond) == (0, 0, 0, 0)
    return local.date() if begins else local.date() + _DAY
