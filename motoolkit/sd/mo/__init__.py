"""MO's side: engagements, units and persons as a mirror has them, in the words of the comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motoolkit.sd._side import Side
from motoolkit.sd.mo._employments import employment_side
from motoolkit.sd.mo._persons import person_side
from motoolkit.sd.mo._placing import persons_in, placement_facts, unit_names, units_below, unknown_unit
from motoolkit.sd.mo._selecting import select_units
from motoolkit.sd.mo._units import unit_side

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from motoolkit.mirror import Mirror
    from motoolkit.sd.mapping import Mapping

__all__ = [
    "COLLECTIONS",
    "NEEDED",
    "employment_side",
    "mo_side",
    "person_side",
    "persons_in",
    "placement_facts",
    "select_units",
    "unit_names",
    "unit_side",
    "units_below",
    "unknown_unit",
]

COLLECTIONS = (
    "facets",
    "classes",
    "org_units",
    "persons",
    "engagements",
    "leaves",
    "associations",
    "addresses",
    "managers",
    "related_units",
)
"""What of MO a mirror has to hold for a comparison."""

NEEDED = (*COLLECTIONS, "itusers")
"""What is best read for one: accounts, too, so that a person may be named by a username."""


def mo_side(
    mirror: Mirror,
    mapping: Mapping,
    *,
    as_of: date,
    cprs: Collection[str] | None = None,
    institutions: Collection[str] = (),
    units: Collection[str] = (),
) -> Side:
    """Return everything that MO says and SD should: employments, units and persons.

    Args:
        mirror: holds ``COLLECTIONS``, read from MO in any GraphQL version.
        mapping: how the integration writes what SD says.
        as_of: the day of names.
        cprs: only these persons and their engagements; None means all.
        institutions: leave out engagements whose numbers begin with another institution.
        units: units that SD knows; of everybody also those with a level, which are SD's anyway.
    """
    sides = [
        employment_side(mirror, mapping, as_of=as_of, cprs=cprs, institutions=institutions),
        person_side(mirror, mapping, as_of=as_of, cprs=cprs),
    ]
    if mapping.units:
        sides.append(unit_side(mirror, mapping, known=units, others=cprs is None))
    return Side.joined(sides)
