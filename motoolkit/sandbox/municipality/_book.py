"""The book that the municipality is written down in, object by object."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from motoolkit.catalogue import CATALOGUE, Reference
from motoolkit.sandbox.municipality._ids import uid
from motoolkit.sandbox.records import Record, Slice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Change = tuple[date, dict[str, Any]]
"""From this day on these fields have these values."""

ORDER = (
    "facets",
    "itsystems",
    "classes",
    "org_units",
    "persons",
    "engagements",
    "itusers",
    "rolebindings",
    "managers",
    "associations",
    "addresses",
    "leaves",
    "kles",
    "related_units",
    "owners",
)
"""Collections such that what is pointed at comes before what points."""

_BLANK: dict[str, dict[str, Any]] = {
    name: {
        field.name: () if isinstance(field, Reference) and field.many else None
        for field in CATALOGUE[name].stored
    }
    for name in ORDER
}


_SEVERAL: dict[str, tuple[str, ...]] = {
    name: tuple(field for field, value in blank.items() if value == ()) for name, blank in _BLANK.items()
}


class Book:
    """Collects the objects and knows the day on which the municipality is looked at.

    Each slice carries every field that the catalogue stores: None, or () for several references, where
    nothing was said.
    """

    def __init__(self, today: date) -> None:
        self.today = today
        #: When the line organisation began; nothing but persons and classes is older.
        self.founded = date(min(2007, today.year - 15), 1, 1)
        self._records: dict[str, list[Record]] = {name: [] for name in ORDER}

    def __iter__(self) -> Iterator[Record]:
        for name, records in self._records.items():
            yield from _parents_first(records) if name == "org_units" else records

    def day(self, offset: int) -> date:
        """Return the day so many days after today."""
        return self.today + timedelta(days=offset)

    def month(self, offset: int) -> date:
        """Return the first of the month so many months after this one."""
        year, month = divmod(self.today.year * 12 + self.today.month - 1 + offset, 12)
        return date(year, month + 1, 1)

    def write(
        self,
        collection: str,
        key: str,
        start: date | None,
        end: date | None = None,
        *,
        changes: Iterable[Change] = (),
        gap: tuple[date, date] | None = None,
        uuid: str | None = None,
        **values: Any,
    ) -> str:
        """Write down one object and return its UUID.

        Args:
            collection: the catalogue's name of the collection.
            key: what the municipality calls the object, the source of its UUID.
            start: its first day, None for ever.
            end: the first day without it, None for open.
            changes: what became different when, in order of time.
            gap: a period without it, inside its last slice.
            uuid: its UUID where that is given beforehand.
            values: the fields from ``start`` on; user_key is the UUID unless given.
        """
        uuid = uuid or uid(collection, key)
        current = {**_BLANK[collection], "user_key": uuid, **values}
        for field in _SEVERAL[collection]:
            current[field] = tuple(sorted(current[field]))
        slices = []
        for since, changed in changes:
            if changed.items() <= current.items():
                continue
            slices.append(Slice(start, since, current))
            start, current = since, {**current, **changed}
        if gap:
            slices.append(Slice(start, gap[0], current))
            start = gap[1]
        slices.append(Slice(start, end, current))
        self._records[collection].append(Record(collection, uuid, tuple(slices)))
        return uuid


def _parents_first(units: list[Record]) -> Iterator[Record]:
    """Yield units after all the parents that they ever have."""
    waiting = {unit.uuid: unit for unit in units}

    def visit(uuid: str) -> Iterator[Record]:
        if unit := waiting.pop(uuid, None):
            for each in unit.slices:
                yield from visit(each.values["parent"])
            yield unit

    for unit in units:
        yield from visit(unit.uuid)
