"""What a comparison of a unit asks SD-Løn for: who is in its departments, and those persons' timelines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motoolkit.sd._department_reading import all_departments
from motoolkit.sd._reading import Read, joined, read_population
from motoolkit.sd.mo import persons_in

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from motoolkit.mirror import Mirror
    from motoolkit.sd._facts import Facts
    from motoolkit.sd._shapes import Departments
    from motoolkit.sd._whom import Whom
    from motoolkit.sd.client import SdClient
    from motoolkit.sd.mapping import Mapping


def read_unit(
    sd: SdClient,
    mirror: Mirror,
    wanted: Whom,
    mapping: Mapping,
    *,
    facts: Facts,
    units: Collection[str],
    as_of: date,
) -> Read:
    """Read those who ever are in one of some units: by MO, or by SD alone.

    Where that would be more to ask than everybody, and in the unit for the unknown, which anybody may be put
    in, everybody is read.
    """
    # Who is put in a unit from below is told by the parents of all departments, not of its own.
    above = None if _climbs(mapping) else units
    departments = all_departments(sd, wanted.institutions, mapping, as_of, above)
    codes = _codes_leading_to(departments, facts, mapping, units)
    ours = persons_in(mirror, mapping, units) | _leaders(facts, units)
    everybody = next(mirror.rows("SELECT count(DISTINCT person_uuid) FROM engagements"))[0]
    asked = (len(ours) + 2 * len(codes)) * len(wanted.institutions) + len(ours)
    if facts.unknown_unit in units or asked > everybody:
        return read_population(sd, wanted.institutions, mapping, as_of)
    # An institution may employ somebody in another's department.
    inside = (
        sd.employed_in(institution, code, as_of) for code in codes for institution in wanted.institutions
    )
    cprs = sorted(ours.union(*inside))
    found = [sd.population_of(institution, cprs, as_of) for institution in wanted.institutions]
    return joined(found, departments)


def _climbs(mapping: Mapping) -> bool:
    return mapping.placement == "parent" or mapping.climb


def _leaders(facts: Facts, units: Collection[str]) -> set[str]:
    """Return who is put in one of the units because they lead it."""
    led = facts.managers["pair"][facts.managers["unit"].isin(units)]
    return {str(pair).partition("/")[0] for pair in led}


def _codes_leading_to(
    departments: Departments, facts: Facts, mapping: Mapping, units: Collection[str]
) -> list[str]:
    """Return all codes that departments ever had whose employments may be put in one of the units."""
    related = facts.related
    found = {*units, *related["unit"][related["other"].isin(units)]}
    parents = departments.parents
    while _climbs(mapping):
        below = set(parents["uuid"][parents["parent"].isin(found)])
        if below <= found:
            break
        found |= below
    rows = departments.departments
    return sorted(rows["code"][rows["uuid"].isin(found)].dropna().unique())
