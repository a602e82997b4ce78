"""What units, classes and systems are called: on the day, else last before it, else first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from motoolkit.model import NAMELESS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from motoolkit.mirror import Mirror

OF_THE_DAY: Final = (
    "ORDER BY (valid_from IS NULL OR valid_from <= $as_of) DESC,"
    " CASE WHEN valid_from IS NULL OR valid_from <= $as_of THEN valid_from END DESC NULLS LAST, valid_from"
)
"""The row of the day, else the one that was valid last, else the one that will be first; for ``first``."""

_CLASSES: Final = f"""
    SELECT c.uuid, first(coalesce(name, '') {OF_THE_DAY}), first(coalesce(user_key, '') {OF_THE_DAY}),
        first(coalesce(scope, '') {OF_THE_DAY}), first(coalesce(it_system_uuid, '') {OF_THE_DAY})
    FROM classes c GROUP BY c.uuid
"""
_NAMES: Final = "SELECT uuid, first(coalesce(name, '') {order}) FROM {table} GROUP BY uuid"
_PARENTS: Final = f"SELECT uuid, first(coalesce(parent_uuid, '') {OF_THE_DAY}) FROM org_units GROUP BY uuid"
_PRIMARY: Final = frozenset({"primary", "explicitly-primary"})


class Class(NamedTuple):
    """A class as the checks ask for it."""

    name: str
    user_key: str
    scope: str
    it_system: str


_NO_CLASS: Final = Class("", "", "", "")


@dataclass(frozen=True)
class Names:
    """What is called how.

    Attributes:
        classes: by UUID.
        units: names by UUID.
        systems: names of IT systems by UUID.
        parents: units above, "" for none.
    """

    classes: Mapping[str, Class]
    units: Mapping[str, str]
    systems: Mapping[str, str]
    parents: Mapping[str, str]

    @classmethod
    def read(cls, mirror: Mirror, as_of: date) -> Names:
        """Read all names."""
        day = {"as_of": as_of}
        classes = {row[0]: Class(*row[1:]) for row in mirror.rows(_CLASSES, day)}
        units, systems = (
            dict(mirror.rows(_NAMES.format(order=OF_THE_DAY, table=table), day))
            for table in ("org_units", "itsystems")
        )
        return cls(classes, units, systems, dict(mirror.rows(_PARENTS, day)))

    def of_class(self, uuid: str) -> str:
        """Return the name of a class; "" for none."""
        return self.one(uuid).name or self.one(uuid).user_key or (NAMELESS if uuid else "")

    def one(self, uuid: str) -> Class:
        """Return a class, a blank one for one that MO does not have."""
        return self.classes.get(uuid, _NO_CLASS)

    def unit(self, uuid: str) -> str:
        """Return the name of a unit."""
        return self.units.get(uuid, "") or (NAMELESS if uuid else "")

    def system(self, uuid: str) -> str:
        """Return the name of an IT system."""
        return self.systems.get(uuid, "") or NAMELESS

    def is_primary(self, uuid: str) -> bool:
        """Tell whether a class of primary_type says "primary", by MO's own keys of them."""
        return self.one(uuid).user_key in _PRIMARY

    def above(self, unit: str) -> tuple[str, ...]:
        """Return a unit and those above it, the top one last; where they go in a ring, each once."""
        found: dict[str, None] = {}
        while unit and unit not in found:
            found[unit] = None
            unit = self.parents.get(unit, "")
        return tuple(found)
