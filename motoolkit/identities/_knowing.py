"""What checks ask of everybody before they look at anybody: which systems link, which mark, what is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from motoolkit.identities.checks import EMAIL, Circumstances

if TYPE_CHECKING:
    from datetime import date

    from motoolkit.identities._names import Names
    from motoolkit.mirror import Mirror

_LINKING: Final = """
    SELECT DISTINCT itsystem_uuid FROM itusers WHERE person_uuid IS NOT NULL AND len(engagement_uuids) > 0
"""
_ON_ACCOUNTS: Final = """
    SELECT DISTINCT a.address_type_uuid, coalesce(i.itsystem_uuid, '')
    FROM addresses a LEFT JOIN itusers i ON i.uuid = a.ituser_uuid WHERE a.ituser_uuid IS NOT NULL
"""
_MARKING: Final = "SELECT DISTINCT itsystem_uuid, primary_uuid FROM itusers WHERE person_uuid IS NOT NULL"
_PRIMARY: Final = "SELECT DISTINCT primary_uuid FROM engagements"
_ANY: Final = "SELECT 1 FROM itusers WHERE person_uuid IS NOT NULL LIMIT 1"
_DANGLING: Final = """
    SELECT
        (SELECT count(*) FROM (SELECT DISTINCT uuid, unnest(engagement_uuids) AS target FROM itusers) AS l
            WHERE target NOT IN (SELECT uuid FROM engagements))
        + (SELECT count(DISTINCT uuid) FROM addresses
            WHERE ituser_uuid IS NOT NULL AND ituser_uuid NOT IN (SELECT uuid FROM itusers)
            OR engagement_uuid IS NOT NULL AND engagement_uuid NOT IN (SELECT uuid FROM engagements))
        + (SELECT count(DISTINCT uuid) FROM rolebindings
            WHERE ituser_uuid IS NULL OR ituser_uuid NOT IN (SELECT uuid FROM itusers))
"""


def circumstances(mirror: Mirror, names: Names, as_of: date, *, level: int, grace: int) -> Circumstances:
    """Read what checks may know beside the person."""
    marking = mirror.rows(_MARKING)
    held = list(mirror.rows(_ON_ACCOUNTS))
    return Circumstances(
        names,
        as_of,
        frozenset(uuid for (uuid,) in mirror.rows(_LINKING)),
        frozenset(kind for kind, _ in held),
        frozenset(system for kind, system in held if names.one(kind).scope == EMAIL),
        frozenset(system for system, primary in marking if names.is_primary(primary or "")),
        any(names.is_primary(primary or "") for (primary,) in mirror.rows(_PRIMARY)),
        any(True for _ in mirror.rows(_ANY)),
        level,
        grace,
    )


def dangling(mirror: Mirror) -> int:
    """Return how many links of accounts, addresses and roles point at what MO does not have."""
    return int(next(iter(mirror.rows(_DANGLING)))[0])
