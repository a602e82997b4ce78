"""What of MO decides placements, and the units that things are put in or below."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from motoolkit.errors import InputError
from motoolkit.model import Cpr
from motoolkit.sd._facts import Facts
from motoolkit.sd._keys import bare_pairs
from motoolkit.sd.mo._engagements import DIGITS, read_engagements
from motoolkit.sd.mo._reading import ask, period

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from motoolkit.mirror import Mirror
    from motoolkit.sd.mapping import Mapping

_UNKNOWN: Final = """
    SELECT uuid FROM org_units
    WHERE uuid = lower($unit) OR lower(user_key) = lower($unit) OR lower(name) = lower($unit)
    GROUP BY uuid ORDER BY min(CASE WHEN uuid = lower($unit) THEN 0 WHEN lower(user_key) = lower($unit)
        THEN 1 ELSE 2 END), uuid LIMIT 1
"""
_RELATED: Final = f"""
    WITH pair AS (SELECT {period("r")}, r.org_unit_uuids AS units FROM related_units r),
         one AS (SELECT *, unnest(units) AS unit FROM pair),
         two AS (SELECT *, unnest(units) AS other FROM one)
    SELECT unit, start, "end", other FROM two WHERE unit <> other
"""
_MANAGERS: Final = f"""
    SELECT m.engagement_uuid, {period("m")}, m.uuid AS manager, m.org_unit_uuid AS unit,
        u.unit_code
    FROM managers m LEFT JOIN (
        SELECT uuid, last(user_key ORDER BY valid_from NULLS FIRST) AS unit_code FROM org_units GROUP BY uuid
    ) AS u ON u.uuid = m.org_unit_uuid
    WHERE m.engagement_uuid IS NOT NULL
"""


def placement_facts(
    mirror: Mirror, mapping: Mapping, *, as_of: date, cprs: Collection[str] | None = None
) -> Facts:
    """Return what the mapping's placement rule asks of MO about persons (None: all), and all units of MO."""
    rule, unknown = mapping.placement, unknown_unit(mirror, mapping)
    living = ask(mirror, f"SELECT uuid AS unit, {period('u')} FROM org_units u")
    facts = replace(
        Facts.empty(),
        unknown_unit=unknown,
        units=frozenset(living["unit"]),
        living=living if unknown else None,
    )
    if rule not in {"manager", "region"}:
        return facts
    slices = read_engagements(mirror, mapping, as_of=as_of, cprs=cprs)
    kept = slices[slices["ignored"] == ""]
    if not mapping.prefix:
        kept = kept.assign(pair=bare_pairs(kept["cpr"], kept["plain"]))
    if rule == "region":
        here = kept[["pair", "start", "end", "unit", "sd_unit"]]
        return replace(facts, related=ask(mirror, _RELATED), kept=here)
    owners = kept[["uuid", "pair"]].drop_duplicates("uuid", keep="last")
    led = ask(mirror, _MANAGERS).merge(
        owners.rename(columns={"uuid": "engagement_uuid"}), on="engagement_uuid"
    )
    columns = ["pair", "start", "end", "manager", "unit", "unit_code"]
    return replace(facts, managers=led[columns])


def unknown_unit(mirror: Mirror, mapping: Mapping) -> str:
    """Return the UUID of the mapping's unit for what can not be placed, "" where MO has none."""
    if not mapping.unknown_unit:
        return ""
    found = mirror.sql(_UNKNOWN, {"unit": mapping.unknown_unit})
    return str(found["uuid"][0]) if len(found) else ""


def units_below(mirror: Mirror, unit: str, as_of: date) -> frozenset[str]:
    """Return a unit and everything below it on a day.

    Raises:
        InputError: there is no such unit on that day.
    """
    tree, wanted = mirror.tree(as_of), unit.strip().lower()
    if wanted not in tree:
        raise InputError(
            f"There is no unit {unit!r} in MO on {as_of}.", remedy="Give the UUID of a unit of that day."
        )
    return frozenset(tree.subtree(wanted))


def persons_in(mirror: Mirror, mapping: Mapping, units: Collection[str]) -> set[str]:
    """Return the CPR numbers of those whom MO ever has in one of some units, or in SD's department there."""
    here = ["e.org_unit_uuid IN (SELECT unnest($units))"]
    if mapping.raw_unit == "extension_5":
        here.append("lower(trim(e.extension_5)) IN (SELECT unnest($units))")
    elif mapping.raw_unit:
        here.append(
            "e.person_uuid IN (SELECT person_uuid FROM associations"
            " WHERE org_unit_uuid IN (SELECT unnest($units)))"
        )
    query = f"""
        SELECT DISTINCT {DIGITS} AS cpr FROM persons
        WHERE uuid IN (SELECT e.person_uuid FROM engagements e WHERE {" OR ".join(here)})
    """
    found = ask(mirror, query, {"units": sorted(units)})["cpr"]
    return {str(cpr) for cpr in found if _is_number(cpr)}


def _is_number(text: str) -> bool:
    with suppress(InputError):
        return bool(Cpr.parse(text))
    return False


def unit_names(mirror: Mirror, as_of: date) -> dict[str, str]:
    """Return what each unit is called on a day, else what it was or will be called."""
    query = """
        SELECT uuid, last(name ORDER BY
            ((valid_from IS NULL OR valid_from <= $as_of) AND (valid_to IS NULL OR $as_of < valid_to)),
            valid_from NULLS FIRST) AS name
        FROM org_units GROUP BY uuid
    """
    found = mirror.sql(query, {"as_of": as_of})
    return dict(zip(found["uuid"], found["name"], strict=True))
