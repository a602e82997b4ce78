"""Related units: MO keeps pairs, and replaces all those of one unit at once, from a day on.

To a plan they are one object a unit, under the unit's UUID: the set of units that it is related to, in every
period of all time, and nothing in most.
"""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Final, TypeAlias

from motoolkit.model import Validity
from motoolkit.plan._predict import Write
from motoolkit.plan._problems import Problem
from motoolkit.plan._refusals import Refusal
from motoolkit.plan._state import Span, blank, changes, merged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from motoolkit.plan._state import Key, State

RELATED_UNITS: Final = "related_units"
"""The kind, and the collection."""

Pairs: TypeAlias = "Mapping[Key, tuple[Span, ...]]"
"""What MO or a mirror holds: pairs of units under UUIDs of their own."""


def sets_of(pairs: Pairs, units: Iterable[str]) -> dict[Key, tuple[Span, ...]]:
    """Return the sets that units are related to, by unit, from the pairs in which they are."""
    found: dict[str, list[tuple[Validity, str]]] = {unit: [] for unit in units}
    for spans in pairs.values():
        for span in spans:
            both = span.values["org_units"]
            for unit in found.keys() & set(both):
                found[unit] += [(span.validity, other) for other in both if other != unit]
    return {(RELATED_UNITS, unit): merged(_sets(periods)) for unit, periods in found.items()}


def _sets(periods: Sequence[tuple[Validity, str]]) -> Iterator[Span]:
    """Yield for each stretch of time the units whose periods cover it."""
    cuts = {day for period, _ in periods for day in (period.start, period.end) if day is not None}
    for start, end in pairwise([None, *sorted(cuts), None]):
        stretch = Validity(start, end)
        yield _set(stretch, {unit for period, unit in periods if period.overlaps(stretch)})


def _set(period: Validity, units: Iterable[str]) -> Span:
    return Span(period.start, period.end, blank(RELATED_UNITS) | {"org_units": tuple(sorted(units))})


def relations(held: tuple[Span, ...], wanted: tuple[Span, ...]) -> list[Write] | Refusal:
    """Return the writes that turn what a unit is related to into what it shall be.

    Each sets the right units on the first day that is wrong, and MO carries them on for ever, so that the
    first wrong day of the next comes later.
    """
    sent: list[Write] = []
    while held != wanted:
        first = changes(held, wanted)[0]
        if first.period.start is None or first.after is None:
            return _NO_START
        write = Write("update", first.period.start, None, {"org_units": first.after["org_units"]})
        sent.append(write)
        held = _written(held, write)
    return sent


def _written(held: tuple[Span, ...], write: Write) -> tuple[Span, ...]:
    """Return the sets after a write: who leaves never comes back, who is new stays for ever."""
    after = Validity(write.start)
    units = set(write.values["org_units"])
    there = next(set(span.values["org_units"]) for span in held if span.validity.overlaps(after))
    spans: list[Span] = []
    for span in held:
        if (before := span.validity.intersect(Validity(None, write.start))) is not None:
            spans.append(_set(before, span.values["org_units"]))
        if (later := span.validity.intersect(after)) is not None:
            kept = set(span.values["org_units"]) - (there - units)
            spans.append(_set(later, kept | (units - there)))
    return merged(spans)


def contradictions(wanted: State, touched: Mapping[Key, Sequence[int]]) -> Iterator[Problem]:
    """Yield the units of a plan of which one shall be related to the other, and not the other to it."""
    keys = sorted(key for key in touched if key[0] == RELATED_UNITS)
    for one, other in combinations(keys, 2):
        if _periods(wanted[one], other[1]) != _periods(wanted[other], one[1]):
            yield Problem(
                "error",
                max(touched[one][-1], touched[other][-1]),
                "unsettled",
                f"The plan relates the units {one[1]} and {other[1]} to each other, and not.",
                "Say the same of both, or speak of one of them only.",
            )


def _periods(sets: Iterable[Span], unit: str) -> tuple[Span, ...]:
    return merged(_set(span.validity, ()) for span in sets if unit in span.values["org_units"])


_NO_START: Final = Refusal(
    "outside-life", "MO relates units from a day on, and not since ever", "Give start: the first day."
)
