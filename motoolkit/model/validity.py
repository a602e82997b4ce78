"""Periods of calendar dates, and the conversions at the edges: MO's date strings and what people type."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache, total_ordering
from typing import Final
from zoneinfo import ZoneInfo

from motoolkit.errors import InputError
from motoolkit.model.cpr import mask_all

COPENHAGEN: Final = ZoneInfo("Europe/Copenhagen")

#: From this GraphQL version on ``to`` is exclusive; before, it is the last day (MO's version guide).
EXCLUSIVE_TO_VERSION: Final = 29

_DAY = timedelta(days=1)
_PSEUDO_INFINITY = 9999
_MIDNIGHT = "T00:00:00"
# Time zone databases disagree about Denmark's summer time before 1980 and its local time before 1894, so a
# midnight of those years is MO's own and only its date counts.
_ZONES_AGREE_FROM = "1980"
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].+)?")
_DANISH = re.compile(r"([0-9]{1,2})([-.])([0-9]{1,2})\2([0-9]{4})")
_TODAY = frozenset({"today", "i dag"})


@total_ordering
@dataclass(frozen=True, slots=True)
class Validity:
    """A period of calendar dates, ``[start, end)``: the end is the first day that is not in it.

    ``start=None`` reaches back without limit and ``end=None`` is open. Periods sort by start, then by end.

    Raises:
        InputError: the period holds no day, or is given in datetimes.
    """

    start: date | None = None
    end: date | None = None

    def __post_init__(self) -> None:
        if isinstance(self.start, datetime) or isinstance(self.end, datetime):
            raise InputError(
                "A validity is made of calendar dates, not of datetimes.", remedy="Use as_date()."
            )
        if self.end is not None and (self.start or date.min) >= self.end:
            raise InputError(
                f"A period from {self.start} to {self.end} holds no day.",
                remedy="The end is the first day after the period and must come after the start.",
            )

    @classmethod
    def from_mo(cls, from_: str | None, to: str | None, version: int) -> Validity:
        """Read what MO writes in ``validity {from to}`` at GraphQL ``version``.

        Up to v28 ``to`` is the last day, from v29 the first day after. Ends in the year 9999, which old
        importers left behind, are open.

        Raises:
            InputError: a text is no date, or the period holds no day.
        """
        start = None if from_ is None else copenhagen_date(from_)
        if to is None or (end := copenhagen_date(to)).year == _PSEUDO_INFINITY:
            return cls(start)
        return cls(start, end if version >= EXCLUSIVE_TO_VERSION else end + _DAY)

    def to_mo(self, version: int) -> dict[str, str | None]:
        """Return ``{"from": …, "to": …}`` as MO reads and writes it at GraphQL ``version``."""
        last = self.end if version >= EXCLUSIVE_TO_VERSION else self.last_day
        return {
            "from": None if self.start is None else midnight(self.start),
            "to": None if last is None else midnight(last),
        }

    @property
    def last_day(self) -> date | None:
        """The last day of the period, None when it is open."""
        return None if self.end is None else self.end - _DAY

    def contains(self, day: date) -> bool:
        """Tell whether ``day`` is in the period."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    def overlaps(self, other: Validity) -> bool:
        """Tell whether the two periods have a day in common; periods that only touch do not."""
        return (self.start is None or other.end is None or self.start < other.end) and (
            other.start is None or self.end is None or other.start < self.end
        )

    def meets(self, later: Validity) -> bool:
        """Tell whether ``later`` begins on the very day on which this period ends."""
        return self.end is not None and self.end == later.start

    def intersect(self, other: Validity) -> Validity | None:
        """Return the days in both periods, None when there are none."""
        if not self.overlaps(other):
            return None
        return Validity(max(self, other, key=_start_key).start, min(self, other, key=_end_key).end)

    def __lt__(self, other: Validity) -> bool:
        return (_start_key(self), _end_key(self)) < (_start_key(other), _end_key(other))

    def __str__(self) -> str:
        return f"[{self.start or '…'}, {self.end or '…'})"


def _start_key(period: Validity) -> tuple[bool, date]:
    return (period.start is not None, period.start or date.min)


def _end_key(period: Validity) -> tuple[bool, date]:
    return (period.end is None, period.end or date.max)


def as_date(value: str | date, *, today: date | None = None) -> date:
    """Read a date that a person or a program gave: ISO, Danish ``dd-mm-yyyy``, a date or a datetime.

    Datetimes are read as Copenhagen time, after conversion when they carry an offset. The words "today"
    and "i dag" are dates only when the caller passes ``today``.

    Raises:
        InputError: ``value`` is no date.
    """
    if isinstance(value, datetime):
        return _local_date(value)
    if isinstance(value, date):
        return value
    text = value.strip() if isinstance(value, str) else ""
    if today is not None and text.lower() in _TODAY:
        return today
    if match := _DANISH.fullmatch(text):
        text = f"{match[4]}-{match[3]:0>2}-{match[1]:0>2}"
    if not _ISO.fullmatch(text):
        raise _no_date(value)
    return copenhagen_date(text)


@lru_cache(maxsize=1 << 16)
def copenhagen_date(text: str) -> date:
    """Return the calendar date in Denmark of an ISO date or datetime, as MO writes them.

    Cached: hundreds of thousands of rows share a few thousand dates.

    Raises:
        InputError: ``text`` is neither.
    """
    try:
        if len(text) == len("2020-12-31") or (text < _ZONES_AGREE_FROM and text[10:19] == _MIDNIGHT):
            return date.fromisoformat(text[:10])
        return _local_date(datetime.fromisoformat(text))
    except ValueError:
        raise _no_date(text) from None


def _local_date(moment: datetime) -> date:
    try:
        local = moment if moment.tzinfo is None else moment.astimezone(COPENHAGEN)
        return date(local.year, local.month, local.day)
    except (OverflowError, TypeError):
        # pandas' NaT is a datetime without a year.
        raise _no_date(moment) from None


def _no_date(value: object) -> InputError:
    return InputError(
        f"{mask_all(repr(value))[:60]} is no date.", remedy="Write a date as 2026-11-23 or 23-11-2026."
    )


def midnight(day: date) -> str:
    """Return ``day`` as MO takes it in arguments: midnight in Copenhagen, with the offset of that day."""
    return datetime.combine(day, time.min, COPENHAGEN).isoformat()


def today_in_denmark() -> date:
    """Return today's date in Copenhagen. For entry points only: everything below takes ``as_of``."""
    return datetime.now(COPENHAGEN).date()
