"""What can be chosen in a field, and what a search among it finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import date

    from motoolkit.model import Validity


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be chosen.

    Attributes:
        value: its UUID.
        label: what people call it.
        hint: what tells it from its namesakes: a unit's path, a person's birthday and username.
        words: by what else it is found (a user_key, a former name); not shown.
        start: the first day of its life, None for ever since.
        end: the first day after its life, None for open.
    """

    value: str
    label: str
    hint: str = ""
    words: str = ""
    start: date | None = None
    end: date | None = None

    def lives(self, period: Validity) -> bool:
        """Tell whether it lives in all of a period."""
        from motoolkit.model import Validity

        return Validity(self.start, self.end).intersect(period) == period


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: the best first.

    Attributes:
        options: as many as were asked for.
        total: how many there are.
        capped: whether there may be more than ``total``.
    """

    options: tuple[Option, ...]
    total: int
    capped: bool = False


class Source(Protocol):
    """What can be searched."""

    def search(self, text: str, limit: int = 30) -> Found:
        """Return what fits a text, the best first."""

    def get(self, value: str) -> Option | None:
        """Return what has a UUID."""
