"""From MO's JSON to rows: dates at the edge, references as UUIDs, equal neighbouring slices merged."""

from __future__ import annotations

from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from motoolkit.catalogue import Reference
from motoolkit.errors import InputError
from motoolkit.model import Validity, as_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from motoolkit.catalogue import Collection
    from motoolkit.catalogue._shapes import Field

Row = tuple[Any, ...]
"""UUID, first day, first day after (ISO dates, None for no limit), then the collection's columns."""


class RowReader:
    """Turns the objects of one collection, as GraphQL ``version`` answers them, into rows.

    References of ``many`` become their UUIDs in order, with blanks between: MO promises no order.
    ``organisation`` is the UUID that up to v27 stands as the parent of top units, where later versions have
    null (measured).  Slices that hold no day are left out.
    """

    def __init__(self, collection: Collection, version: int, organisation: str | None = None) -> None:
        available = collection.available(version)
        self._version = version
        self._getters = [_getter(f, organisation) if f in available else _nothing for f in collection.stored]

    def rows(self, objects: Iterable[dict[str, Any]]) -> list[Row]:
        """Return the merged slices of ``objects``, each object's in order of time."""
        return [row for found in objects for row in self._object(found)]

    def _object(self, found: dict[str, Any]) -> Iterable[Row]:
        uuid = found["uuid"]
        rows = [row for validity in found["validities"] if (row := self._slice(uuid, validity))]
        return _merged(sorted(rows, key=_start)) if len(rows) > 1 else rows

    def _slice(self, uuid: str, values: dict[str, Any]) -> Row | None:
        period = _period(values["validity"]["from"], values["validity"]["to"], self._version)
        return None if period is None else (uuid, *period, *[get(values) for get in self._getters])


def _merged(rows: Iterable[Row]) -> Iterator[Row]:
    """Merge rows that touch and say the same: MO cuts slices at any boundary of the object."""
    held: Row | None = None
    for row in rows:
        if held is None:
            held = row
        elif held[2] == row[1] and held[3:] == row[3:]:
            held = (*held[:2], *row[2:])
        else:
            yield held
            held = row
    if held is not None:
        yield held


def _start(row: Row) -> str:
    return row[1] or ""


@lru_cache(maxsize=1 << 17)
def _period(from_: str | None, to: str | None, version: int) -> tuple[str | None, str | None] | None:
    """Return the period in ISO dates, None where it holds no day; cached, as many rows share few periods."""
    try:
        validity = Validity.from_mo(from_, to, version)
    except InputError:
        for text in (from_, to):
            if text is not None:
                as_date(text)
        return None
    return _iso(validity.start), _iso(validity.end)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _getter(field: Field, organisation: str | None) -> Callable[[dict[str, Any]], Any]:
    if not isinstance(field, Reference):
        return itemgetter(field.name)
    if field.many:
        return _linked_many(field.uuids_field)
    return _linked(field.field, organisation if field.name == "parent" else None)


def _linked(name: str, nobody: str | None) -> Callable[[dict[str, Any]], str | None]:
    def get(values: dict[str, Any]) -> str | None:
        response = values[name]
        uuid = response["uuid"] if response else None
        return None if uuid == nobody else uuid

    return get


def _linked_many(name: str) -> Callable[[dict[str, Any]], str]:
    def get(values: dict[str, Any]) -> str:
        return " ".join(sorted(values[name] or ()))

    return get


def _nothing(_values: dict[str, Any]) -> None:
    return None
