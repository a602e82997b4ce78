"""MO's windows of time, as days: slices begin and end at midnight in Denmark, so days are enough."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from motoolkit.language import tr
from motoolkit.model import COPENHAGEN
from motoolkit.probes.flat._refused import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from motoolkit.probes.flat._rows import Row

_DAY: Final = timedelta(days=1)
_DATE: Final = len("2026-11-23")


@dataclass(frozen=True, slots=True)
class Window:
    """The days from ``first`` until ``end``; None is no limit."""

    first: date | None
    end: date | None
    empty: bool = False

    def of(self, slices: Iterable[Row]) -> list[Row]:
        """Return the slices that overlap it, whole as MO gives them."""
        if self.empty:
            return []
        first, end = self.first, self.end
        return [
            row
            for row in slices
            if (end is None or row[1] is None or row[1] < end)
            and (first is None or row[2] is None or row[2] > first)
        ]

    @property
    def day(self) -> date | None:
        """The day, where it is one."""
        single = self.first is not None and not self.empty and self.end == self.first + _DAY
        return self.first if single else None

    def __str__(self) -> str:
        if self.day is not None:
            return str(self.day)
        return f"[{self.first or '…'}, {self.end or '…'})"


def day_window(day: date) -> Window:
    """Return the window of one day."""
    return Window(day, day + _DAY)


def window(given: Mapping[str, Any], today: date, first: str = "from_date", end: str = "to_date") -> Window:
    """Return the window of a filter, or of ``validities(start, end)`` (the table is measured: domain 4).

    Raises:
        Refused: MO would refuse it, or what it holds depends on the time of the day.
    """
    if first not in given and end not in given:
        return day_window(today)
    if first not in given:
        return _from_now(given[end], today, end)
    start = _moment(given[first], first)
    if end not in given:
        if start is None:
            raise Refused(tr("MO refuses {name}: null without an end", name=first))
        return day_window(start.date())
    stop = _moment(given[end], end)
    if start is not None and stop is not None and start > stop:
        raise Refused(tr("MO refuses a window that ends before it begins"))
    return Window(_floor(start), _ceiling(stop), empty=start is not None and start == stop)


def moment_window(given: Any, name: str) -> Window:
    """Return the window of ``current(at:)``.

    Raises:
        Refused: it is no date that is certain to be read as MO does.
    """
    found = _moment(given, name)
    if found is None:
        raise Refused(tr("{name} is empty", name=name))
    return day_window(found.date())


def _from_now(given: Any, today: date, name: str) -> Window:
    """Return the window from now on; an end of today lies before or after now."""
    stop = _moment(given, name)
    if stop is not None and stop.date() <= today:
        raise Refused(tr("{name} without a start is not after today", name=name))
    return Window(today, _ceiling(stop))


def _moment(given: Any, name: str) -> datetime | None:
    """Read a date as MO does; without an offset it is Danish."""
    if given is None:
        return None
    try:
        found = datetime.fromisoformat(given if len(given) >= _DATE else "")
        return found.replace(tzinfo=COPENHAGEN) if found.tzinfo is None else found.astimezone(COPENHAGEN)
    except (TypeError, ValueError, OverflowError):
        raise Refused(tr("{name}: {value} is no date like 2026-11-23", name=name, value=given)) from None


def _floor(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()


def _ceiling(moment: datetime | None) -> date | None:
    """Return the first day that begins at ``moment`` or later."""
    if moment is None:
        return None
    begins = (moment.hour, moment.minute, moment.second, moment.microsecond) == (0, 0, 0, 0)
    return moment.date() if begins else moment.date() + _DAY
