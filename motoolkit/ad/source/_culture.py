"""Dates and booleans as PowerShell writes them, which is as the exporting machine's language has it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from motoolkit.model import COPENHAGEN

if TYPE_CHECKING:
    from collections.abc import Iterable

_DATE: Final = re.compile(
    r"""(?P<a>\d{1,4}) (?P<mark>[-./]) (?P<b>\d{1,2}) (?P=mark) (?P<c>\d{1,4})
        (?: [T ]+ (?P<hour>\d{1,2}) [:.] (?P<minute>\d\d) (?: [:.] (?P<second>\d\d) (?:[.,]\d+)? )?
            \s* (?P<half>[AaPp]\.?[Mm]\.?)? )?
        \s* (?P<zone>Z|[+-]\d\d:?\d\d)?""",
    re.VERBOSE,
)
_YEAR: Final = 4
_MONTHS: Final = 12
_NOON: Final = 12


class AmbiguousDatesError(ValueError):
    """Nothing tells whether the day or the month comes first."""


def day_first(texts: Iterable[str]) -> bool | None:
    """Tell whether dates with strokes name the day first; None where there are no such dates.

    Only ``27/11/2026 10:30:00`` without AM or PM is written in two ways; of a whole column one date decides.

    Raises:
        AmbiguousDatesError: there are such dates, and none decides.
    """
    open_question = False
    for text in texts:
        found = _DATE.fullmatch(text.strip())
        if found is None:
            continue
        if found["mark"] != "/" or len(found["a"]) == _YEAR or found["half"]:
            return None
        if int(found["a"]) > _MONTHS:
            return True
        if int(found["b"]) > _MONTHS:
            return False
        open_question = open_question or found["a"].zfill(2) != found["b"].zfill(2)
    if open_question:
        raise AmbiguousDatesError
    return None


def moment(text: str, *, days_first: bool | None) -> datetime | None:
    """Return a date and time in UTC, None where the text is none; without a zone it is Copenhagen's."""
    found = _DATE.fullmatch(text.strip())
    if found is None:
        return None
    try:
        local = datetime(*_day(found, days_first=days_first), *_time(found), tzinfo=COPENHAGEN)
    except ValueError:
        return None
    if zone := found["zone"]:
        local = local.replace(tzinfo=datetime.fromisoformat(f"2000-01-01T00:00{zone}").tzinfo)
    return local.astimezone(UTC)


def _day(found: re.Match[str], *, days_first: bool | None) -> tuple[int, int, int]:
    first, second, third = int(found["a"]), int(found["b"]), int(found["c"])
    if len(found["a"]) == _YEAR:
        return first, second, third
    months_first = found["mark"] == "/" and (bool(found["half"]) or not days_first)
    return (third, first, second) if months_first else (third, second, first)


def _time(found: re.Match[str]) -> tuple[int, int, int]:
    hour = int(found["hour"] or 0)
    if half := found["half"]:
        hour = hour % _NOON + (_NOON if half[0] in "Pp" else 0)
    return hour, int(found["minute"] or 0), int(found["second"] or 0)
