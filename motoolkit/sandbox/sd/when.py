"""Days that lie around the day on which the municipality is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

_SUNDAY = 6


@dataclass(frozen=True, slots=True)
class When:
    """A day told from today: so many ``days`` after it, after the first of the month so many ``months`` on.

    ``clocks`` is the last Sunday of March (3) or October (10) of last year, when the clocks change.
    ``fixed`` is a day whatever today is.
    """

    days: int = 0
    months: int | None = None
    clocks: int | None = None
    fixed: date | None = None

    def on(self, today: date) -> date:
        """Return the day."""
        if self.fixed is not None:
            return self.fixed
        if self.clocks is not None:
            latest = date(today.year - 1, self.clocks, 31)
            return latest - timedelta(days=(latest.weekday() - _SUNDAY) % 7)
        if self.months is None:
            return today + timedelta(days=self.days)
        year, month = divmod(today.year * 12 + today.month - 1 + self.months, 12)
        return date(year, month + 1, 1) + timedelta(days=self.days)

    def __str__(self) -> str:
        if self.fixed is not None:
            return self.fixed.isoformat()
        if self.clocks is not None:
            return f"the last Sunday of {'March' if self.clocks == 3 else 'October'} last year"  # noqa: PLR2004
        if self.months is None:
            return f"day {self.days:+}" if self.days else "today"
        return f"month {self.months:+}" + (f", day {self.days:+}" if self.days else "")


def month(months: int) -> When:
    """Return the first of the month so many months after this one."""
    return When(months=months)


def day(days: int) -> When:
    """Return the day so many days after today."""
    return When(days=days)
