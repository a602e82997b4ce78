"""SD's side: what SD says about employments, units and persons, as MO should have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motoolkit.sd._facts import Facts
from motoolkit.sd._side import Side
from motoolkit.sd.timelines._employments import employment_side
from motoolkit.sd.timelines._persons import person_side
from motoolkit.sd.timelines._there import in_units_of_mo
from motoolkit.sd.timelines._units import ignored_names, unit_side

if TYPE_CHECKING:
    from motoolkit.sd._shapes import Departments, Employments, Persons
    from motoolkit.sd.mapping import Mapping

__all__ = ["employment_side", "ignored_names", "person_side", "sd_side", "unit_side"]


def sd_side(
    employments: Employments,
    departments: Departments | None,
    persons: Persons | None,
    mapping: Mapping,
    *,
    facts: Facts | None = None,
) -> Side:
    """Return everything that SD says, by ``mapping``: employments, units and persons.

    ``facts`` are what of MO decides placements; see ``motoolkit.sd.mo.placement_facts``.
    """
    facts = facts or Facts.empty()
    said = employment_side(employments, mapping, departments=departments, persons=persons, facts=facts)
    sides = [in_units_of_mo(said, facts)]
    if departments is not None and mapping.units:
        sides.append(unit_side(departments, mapping, others=facts.units))
    if persons is not None:
        sides.append(person_side(persons, mapping))
    return Side.joined(sides)
