"""What the sandbox holds: objects with their values over time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date


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
