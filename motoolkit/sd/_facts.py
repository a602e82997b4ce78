"""What of MO decides where an engagement is put, beside SD's department."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

_MANAGERS: Final = ("pair", "start", "end", "manager", "unit", "unit_code")
_RELATED: Final = ("unit", "start", "end", "other")
_KEPT: Final = ("pair", "start", "end", "unit", "sd_unit")


@dataclass(frozen=True, slots=True, repr=False)
class Facts:
    """Managers, related units and where engagements are now: ``mo.placement_facts`` reads them.

    Attributes:
        managers: pair, start, end, manager (UUID), unit (which is led), unit_code.
        related: unit, start, end, other; both ways.
        kept: pair, start, end, unit, sd_unit (as MO has them).
        unknown_unit: the UUID of the unit for what can not be placed, or "".
        units: the UUIDs of all units of MO, which tell departments of other institutions from institutions.
        living: unit, start, end of all units of MO; None where it does not matter which are there.
    """

    managers: pd.DataFrame
    related: pd.DataFrame
    kept: pd.DataFrame
    unknown_unit: str = ""
    units: frozenset[str] = frozenset()
    living: pd.DataFrame | None = None

    def __repr__(self) -> str:
        return f"<Facts {len(self.managers)} managers, {len(self.related)} relations, {len(self.kept)} kept>"

    @classmethod
    def empty(cls) -> Facts:
        """Return none."""
        return cls(_none(_MANAGERS), _none(_RELATED), _none(_KEPT))

    def explained(self) -> dict[str, frozenset[str]]:
        """Return the MO units that a rule allows, by the pair of an employment or by SD's unit."""
        found: dict[str, set[str]] = {}
        for frame, key, unit in ((self.managers, "pair", "unit"), (self.related, "unit", "other")):
            for each, allowed in zip(frame[key], frame[unit], strict=True):
                found.setdefault(each, set()).add(allowed)
        return {each: frozenset(allowed) for each, allowed in found.items()}


def _none(columns: Sequence[str]) -> pd.DataFrame:
    import pandas as pd

    dates = {"start": "datetime64[s]", "end": "datetime64[s]"}
    return pd.DataFrame({name: pd.Series(dtype=dates.get(name, "object")) for name in columns})
