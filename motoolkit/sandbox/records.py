"""What the sandbox holds: objects with their values over time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from motoolkit.catalogue import CATALOGUE, Reference


@dataclass(frozen=True, slots=True)
class Slice:
    """The values of an object on the days from ``start`` until ``end``, which is the first day without them.

    ``values`` are keyed by the catalogue's field names: scalars hold the value, references a UUID or None,
    several references a tuple of UUIDs.
    """

    start: date | None
    end: date | None
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Record:
    """One object: its slices in order of time, without overlaps."""

    collection: str
    uuid: str
    slices: tuple[Slice, ...]

    @classmethod
    def from_json(cls, found: dict[str, Any]) -> Self:
        """Read a record as ``dataclasses.asdict`` and JSON write it; fields that are left out are None.

        Raises:
            KeyError: the collection or a part of the record is missing.
            ValueError: a date is none.
        """
        fields = CATALOGUE[found["collection"]].stored
        several = {f.name for f in fields if isinstance(f, Reference) and f.many}
        nothing: dict[str, Any] = {f.name: () if f.name in several else None for f in fields}
        slices = [
            Slice(
                _date(period["start"]),
                _date(period["end"]),
                nothing | {n: tuple(v) if n in several else v for n, v in period["values"].items()},
            )
            for period in found["slices"]
        ]
        return cls(found["collection"], found["uuid"], tuple(slices))


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
