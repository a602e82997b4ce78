"""The days on which a picture changes: those that the slider stops at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from motoolkit.language import N_, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from motoolkit.identities.graph import Identity

MOST: Final = 60
_MONTHS: Final = 12
_QUARTER: Final = 3
_COARSER: Final[tuple[tuple[str, Callable[[date], tuple[int, int]]], ...]] = (
    (N_("each month"), lambda day: (day.year, day.month)),
    (N_("each quarter"), lambda day: (day.year, (day.month - 1) // _QUARTER)),
    (N_("each year"), lambda day: (day.year, 0)),
    (N_("each decade"), lambda day: (day.year // 10, 0)),
)


@dataclass(frozen=True, slots=True)
class Days:
    """Where the slider stops.

    Attributes:
        shown: in order; the day of the picture is among them.
        note: how days were merged, if they were.
    """

    shown: tuple[date, ...]
    note: str = ""


def days_of(identity: Identity, most: int = MOST) -> Days:
    """Return the days on which something begins or ends, and the day of the picture.

    Where there are too many, the last of each month stands for the month, of each quarter, year or decade;
    what was shown in between is left out, and the note says so.
    """
    every = sorted({*identity.days, identity.as_of})
    every = _changing(identity, every)
    if len(every) <= most:
        return Days(tuple(every))
    name, shown = next(
        ((name, days) for name, days in _coarser(every, identity.as_of) if len(days) <= most),
        (_COARSER[-1][0], every[-most:]),
    )
    note = tr(
        "{shown} of {all} days with changes are shown: the last of {period}.",
        shown=len(shown),
        all=len(every),
        period=tr(name),
    )
    return Days(tuple(shown), note)


def _changing(identity: Identity, days: Sequence[date]) -> list[date]:
    """Return those on which the picture is another than the day before; the picture's own stays."""
    found: list[date] = []
    before: object = None
    for day in days:
        there = identity.on(day)
        held = (
            {(node.uuid, node.label, node.detail) for node in there.nodes},
            {(link.one, link.other) for link in there.links},
        )
        if held != before or day == identity.as_of:
            found.append(day)
        before = held
    return found


def _coarser(days: Sequence[date], kept: date) -> Iterator[tuple[str, list[date]]]:
    """Yield the last day of each month, then of each quarter and so on, and ``kept``."""
    for name, period in _COARSER:
        last = {period(day): day for day in days}
        yield name, sorted({*last.values(), kept})
