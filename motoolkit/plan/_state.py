"""What MO holds of some objects: their slices in order of time, equal neighbours merged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from motoolkit.model import Validity

if TYPE_CHECKING:
    from datetime import date

Key: TypeAlias = tuple[str, str]
"""A collection's name and an object's UUID."""


@dataclass(frozen=True, slots=True)
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


State: TypeAlias = Mapping[Key, tuple[Span, ...]]
"""Objects by key; a missing key, or no spans, is an object that MO does not have."""
