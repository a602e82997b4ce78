"""The windows in which SD is asked who has changed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from motoolkit.errors import InputError
from motoolkit.model import COPENHAGEN
from motoolkit.sd.client import _services as services

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIRST_SECOND: Final = time(0, 0, 0)
_LAST_SECOND: Final = time(23, 59, 59)


def windows(start: date | datetime, end: date | datetime) -> Iterator[dict[str, Any]]:
    """Yield the parameters of one window a day: SD's deltas are cut at midnight.

    Raises:
        InputError: the time ends before it starts.
    """
    first, last = _moment(start, _FIRST_SECOND), _moment(end, _LAST_SECOND)
    if last < first:
        raise InputError(f"The time from {start} to {end} ends before it starts.", remedy="Swap the two.")
    day = first.date()
    while day <= last.date():
        yield {
            services.FIRST: day,
            "ActivationTime": first.time() if day == first.date() else _FIRST_SECOND,
            services.LAST: day,
            "DeactivationTime": last.time() if day == last.date() else _LAST_SECOND,
        }
        day += timedelta(days=1)


def _moment(when: date | datetime, clock: time) -> datetime:
    """Return a moment by Danish clocks, which SD goes by."""
    if not isinstance(when, datetime):
        return datetime.combine(when, clock)
    return when.astimezone(COPENHAGEN).replace(tzinfo=None) if when.tzinfo else when
