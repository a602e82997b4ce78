"""What MO holds of some objects: their slices in order of time, equal neighbours merged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias
from uuid import UUID

from motoolkit.catalogue import CATALOGUE, Reference
from motoolkit.model import MISSING, Timeline, Validity, mask_all

if TYPE_CHECKING:
    from collections.abc import Iterable

Key: TypeAlias = tuple[str, str]
"""A collection's name and an object's UUID."""

EMPTY: Final = (None, ())
"""The values of an empty field: of one value, of several references."""


@dataclass(frozen=True, slots=True, repr=False)
class Span:
    """What is true of an object in ``[start, end)``; None reaches without limit.

    ``values`` has every field that the catalogue stores, under its name: None where it is empty, several
    references as a sorted tuple of UUIDs.
    """

    start: date | None
    end: date | None
    values: dict[str, Any]

    @property
    def validity(self) -> Validity:
        """The period."""
        return Validity(self.start, self.end)

    def __repr__(self) -> str:
        held = {name: value for name, value in self.values.items() if value not in (None, ())}
        return f"<Span {self.validity} {mask_all(repr(held))}>"


State: TypeAlias = Mapping[Key, tuple[Span, ...]]
"""Objects by key; a missing key, or no spans, is an object that MO does not have."""


def blank(collection: str) -> dict[str, Any]:
    """Return the values of an object of which nothing is known."""
    return {
        each.name: () if isinstance(each, Reference) and each.many else None
        for each in CATALOGUE[collection].stored
    }


def clean(value: Any) -> Any:
    """Return a value as a ``Span`` has it, so that equal things are equal.

    An empty text is nothing, and so is a fraction of 0, because MO answers it with null; a date is its ISO
    text, a UUID its lower-case text, several UUIDs a sorted tuple without doubles.
    """
    if isinstance(value, list | tuple | set | frozenset):
        return tuple(sorted({clean(each) for each in value}))
    if isinstance(value, UUID | date):
        return str(value)
    return value or None


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return slices in order of time, those that touch and are equal as one."""
    return tuple(Span(period.start, period.end, values) for period, values in timeline(spans).coalesce())


class Change(NamedTuple):
    """A period in which two lives of an object differ; a side in which it is dead is None."""

    period: Validity
    before: dict[str, Any] | None
    after: dict[str, Any] | None


def changes(before: Iterable[Span], after: Iterable[Span]) -> list[Change]:
    """List the longest periods in which two lives of an object differ, in order of time."""
    return [
        Change(period, None if left is MISSING else left, None if right is MISSING else right)
        for period, left, right in timeline(before).diff(timeline(after))
    ]


def timeline(spans: Iterable[Span]) -> Timeline[dict[str, Any]]:
    """Return slices as a timeline."""
    return Timeline((span.validity, span.values) for span in spans)
