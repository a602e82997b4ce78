"""What a check was asked for: whose identities, and how that is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from motoolkit.identities._reading import owners_of
from motoolkit.identities._whom import unit_of
from motoolkit.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from motoolkit.identities.checks import Circumstances
    from motoolkit.mirror import Mirror


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose identities are checked.

    Attributes:
        owners: UUIDs of persons; None for everybody.
        named: those of them that were named one by one.
        unit: the UUID of a unit, "" for all.
        past: whether what is over is told, too.
    """

    owners: frozenset[str] | None
    named: tuple[str, ...]
    unit: str
    past: bool

    @classmethod
    def of(cls, mirror: Mirror, as_of: date, *, persons: Iterable[str] | None, unit: str, past: bool) -> Self:
        """Look up who is meant.

        Raises:
            InputError: a person or the unit is unknown, or several are called so.
        """
        texts = [persons] if isinstance(persons, str) else list(persons or ())
        place = unit_of(mirror, unit, as_of) if unit else ""
        owners = owners_of(mirror, as_of, persons=texts, unit=place)
        named = any(text.strip() for text in texts)
        return cls(owners, tuple(sorted(owners or ())) if named else (), place, past)

    @property
    def scope(self) -> str:
        """What was checked: one text for one question."""
        return " ".join(filter(None, [self.unit, *self.named, "+" if self.past else ""]))

    def parameters(self, known: Circumstances) -> list[tuple[str, str]]:
        """Return what was asked for, label by label, as reports show it."""
        told = {
            tr("Unit"): known.names.unit(self.unit),
            tr("Persons"): str(len(self.named) or ""),
            tr("What is over, too"): tr("Yes") if self.past else "",
            tr("Level of the parts of the organisation"): str(known.level),
            tr("Days of grace"): str(known.grace or ""),
        }
        return [(label, text) for label, text in told.items() if text]
