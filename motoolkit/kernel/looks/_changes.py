"""What is otherwise in one life of an object than in another: field by field, period by period, in words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from motoolkit.catalogue import CATALOGUE
from motoolkit.kernel.looks._parts import Row
from motoolkit.kernel.looks._rows import one_day, word
from motoolkit.model import MISSING, Timeline, Validity, mask_all
from motoolkit.plan.danish import field_label, period

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from motoolkit.plan import Span
    from motoolkit.plan.names import Names

_EMPTY: Final[tuple[Any, ...]] = (None, ())
_NONE: Final = "–"
_CREATED: Final = "oprettes"
_THERE: Final = ("nej", "ja")
_ENDED: Final = "ophører"
NO_CHANGE: Final = Row(("ingen ændring", "", "", ""))


@dataclass(frozen=True, slots=True)
class Changed:
    """A field that says something else in a period; references are names, what is empty is ``""``.

    ``field`` is the catalogue's name of it; ``""`` where the object itself begins or ends.
    """

    field: str
    validity: Validity
    old: str
    new: str


def changes_of(
    names: Names, collection: str, before: tuple[Span, ...], after: tuple[Span, ...]
) -> Iterator[Changed]:
    """Yield where a life begins or ends, then each field that is otherwise where there is life after."""
    for validity, left, _ in _alive(before).diff(_alive(after)):
        yield Changed("", validity, *(("", _CREATED) if left is MISSING else (_ENDED, "")))
    for each in CATALOGUE[collection].stored:
        for validity, left, right in _field(before, each.name).diff(_field(after, each.name)):
            old, new = (None if side is MISSING else side for side in (left, right))
            if right is MISSING or (old in _EMPTY and new in _EMPTY):
                continue
            sides = (_word(names, collection, each.name, side, validity) for side in (old, new))
            yield Changed(each.name, validity, *sides)


def _word(names: Names, collection: str, name: str, value: Any, on: Validity) -> str:
    return mask_all(word(names, collection, name, value, on))


def _alive(spans: tuple[Span, ...]) -> Timeline[bool]:
    return Timeline((span.validity, True) for span in spans).coalesce()


def _field(spans: tuple[Span, ...], name: str) -> Timeline[Any]:
    return Timeline((span.validity, span.values[name]) for span in spans).coalesce()


def in_both(changes: Iterable[Changed]) -> Iterator[Changed]:
    """Say of two objects that only one of them is there, instead of that it begins or ends."""
    for change in changes:
        if change.field:
            yield change
        else:
            yield replace(change, old=_THERE[bool(change.old)], new=_THERE[bool(change.new)])


def differing(
    names: Names, collection: str, sides: Sequence[Span | None], days: tuple[date, date]
) -> Iterator[Changed]:
    """Yield each field that is otherwise on the second of two days; ``sides`` are the slices of the days."""
    periods = [one_day(day) for day in days]
    for each in CATALOGUE[collection].stored:
        values = [None if side is None else side.values[each.name] for side in sides]
        if values[0] != values[1]:
            told = [
                _word(names, collection, each.name, value, on)
                for value, on in zip(values, periods, strict=True)
            ]
            yield Changed(each.name, periods[1], *told)


def rows_of(collection: str, changes: Iterable[Changed]) -> tuple[Row, ...]:
    """Return changes as lines: field, period, before, after."""
    return tuple(_row(collection, change) for change in changes)


def _row(collection: str, change: Changed) -> Row:
    when = period(change.validity)
    if not change.field:
        both = change.old and change.new
        return Row(
            ("Findes", when, change.old, change.new) if both else (change.old or change.new, when, "", "")
        )
    label = field_label(collection, change.field)
    return Row((label, when, change.old or _NONE, change.new or _NONE))
