"""What SD-Løn holds, as effective-dated facts; dates are half-open here and inclusive in its answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

Values = tuple[tuple[str, str | None], ...]
"""The elements of a section with their texts; None is an empty element."""

ACTIVE: Final = frozenset("0134")
PASSIVE: Final = frozenset("789")
DELETED: Final = "S"

SERIES: Final = ("department", "profession", "status", "working_time")
"""The four series of an employment, each with borders of its own, in the order of SD's answers."""


@dataclass(frozen=True, slots=True)
class Section:
    """What holds from ``start`` until ``end``, the first day without it; None is no limit.

    ``registered`` is when somebody wrote it.
    """

    start: date | None
    end: date | None
    values: Values
    registered: datetime

    @property
    def first(self) -> date:
        """The first day, as SD writes it."""
        return self.start or date.min

    @property
    def last(self) -> date:
        """The last day, as SD writes it."""
        return date.max if self.end is None else self.end - timedelta(days=1)

    def holds(self, day: date) -> bool:
        """Tell whether the section is in force on a day."""
        return self.first <= day <= self.last

    def text(self, name: str) -> str | None:
        """Return the text of one element, None where there is none."""
        return dict(self.values).get(name)


Sections = tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Employment:
    """One number of one person in one institution.

    ``deleted`` is when it got status S; nothing but the delta of that day tells of it since.
    """

    number: str
    employment_date: date
    anniversary_date: date
    status: Sections
    department: Sections
    profession: Sections
    working_time: Sections
    phone: str = ""
    email: str = ""
    deleted: datetime | None = None

    def code(self, day: date) -> str:
        """Return the status on a day, blank before the first."""
        return next((s.text("EmploymentStatusCode") or "" for s in self.status if s.holds(day)), "")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as one institution knows them; SD keeps no history of it."""

    cpr: str
    given_name: str
    surname: str
    registered: datetime
    protected: bool = False
    street: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """What a department is called and how it is reached for a while; blank is not set."""

    start: date | None
    end: date | None
    code: str
    level: str
    name: str
    p_number: str = ""
    phone: str = ""
    email: str = ""
    postal: str = ""

    @property
    def first(self) -> date:
        """The first day, as SD writes it."""
        return self.start or date.min

    @property
    def last(self) -> date:
        """The last day, as SD writes it."""
        return date.max if self.end is None else self.end - timedelta(days=1)

    def meets(self, first: date, last: date) -> bool:
        """Tell whether the period has a day in the window."""
        return self.first <= last and self.last >= first


@dataclass(frozen=True, slots=True)
class Parent:
    """What a department lies under for a while; None is the institution itself."""

    start: date | None
    end: date | None
    uuid: str | None

    def holds(self, day: date) -> bool:
        """Tell whether it does on a day."""
        return (self.start or date.min) <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class Department:
    """A department in all its periods, and what it lay under."""

    institution: str
    uuid: str
    periods: tuple[Period, ...]
    parents: tuple[Parent, ...]

    def at(self, day: date) -> Period | None:
        """Return the period of a day."""
        return next((period for period in self.periods if period.meets(day, day)), None)

    def parent_at(self, day: date) -> Parent | None:
        """Return what it lies under on a day."""
        return next((parent for parent in self.parents if parent.holds(day)), None)


@dataclass(frozen=True, slots=True)
class Institution:
    """A municipality's or region's part with a payroll of its own."""

    code: str
    uuid: str
    name: str


def stamp(day: date, hour: int = 7) -> datetime:
    """Return the moment on a day at which somebody registers things."""
    return datetime.combine(day, time(hour))


def written_on(start: date | None, today: date, number: str) -> datetime:
    """Return when what begins on ``start`` was registered: that day, or one of the last 30 for the future."""
    if start is not None and start <= today:
        return stamp(start)
    return stamp(today - timedelta(days=sum(map(ord, number)) % 30 + 1))
