"""Whom a check is about: persons and units by whatever people call them."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final

from motoolkit.errors import InputError
from motoolkit.model import mask_all

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from motoolkit.mirror import Mirror

_MOST_NAMED: Final = 5
_CPR: Final = re.compile(r"[0-9]{6}-?[0-9]{4}")

_PERSONS: Final = """
    WITH found AS (
        SELECT uuid, CASE WHEN uuid = lower($text) THEN 0
            WHEN replace(cpr_number, '-', '') = replace($text, '-', '') THEN 1 ELSE 3 END AS rank
        FROM persons WHERE uuid = lower($text) OR lower(name) = lower($text)
            OR replace(cpr_number, '-', '') = replace($text, '-', '')
        UNION SELECT person_uuid, 2 FROM itusers
            WHERE person_uuid IS NOT NULL AND lower(user_key) = lower($text)
        UNION SELECT person_uuid, 2 FROM engagements
            WHERE person_uuid IS NOT NULL AND upper(user_key) = upper($text))
    SELECT DISTINCT uuid FROM found WHERE rank = (SELECT min(rank) FROM found) ORDER BY uuid
"""
_UNITS: Final = """
    WITH found AS (
        SELECT uuid, CASE WHEN uuid = lower($text) THEN 0 WHEN lower(user_key) = lower($text) THEN 1
            ELSE 2 END AS rank
        FROM org_units_at($as_of)
        WHERE uuid = lower($text) OR lower(user_key) = lower($text) OR lower(name) = lower($text))
    SELECT DISTINCT uuid FROM found WHERE rank = (SELECT min(rank) FROM found) ORDER BY uuid
"""
_CALLED: Final = """
    SELECT DISTINCT name FROM persons UNION SELECT DISTINCT user_key FROM itusers
    WHERE person_uuid IS NOT NULL
"""
_BELOW: Final = """
    WITH RECURSIVE below AS (
        SELECT $unit AS uuid
        UNION SELECT u.uuid FROM org_units_at($as_of) u JOIN below b ON u.parent_uuid = b.uuid)
    SELECT DISTINCT person_uuid FROM engagements
    WHERE person_uuid IS NOT NULL AND org_unit_uuid IN (SELECT uuid FROM below)
"""


def persons_of(mirror: Mirror, texts: Iterable[str]) -> frozenset[str]:
    """Return the UUIDs of persons.

    Args:
        mirror: holds persons, engagements and accounts.
        texts: a UUID, CPR number, username, employee number or name each; one text alone is one person.

    Raises:
        InputError: nobody is called so, or several are.
    """
    given = [texts] if isinstance(texts, str) else texts
    return frozenset(_person(mirror, text.strip()) for text in given if text.strip())


def _person(mirror: Mirror, text: str) -> str:
    found = [str(uuid) for (uuid,) in mirror.rows(_PERSONS, {"text": text}, show_cpr=True)]
    if len(found) == 1:
        return found[0]
    shown = mask_all(text)
    if found:
        raise InputError(
            f"{len(found)} persons are called {shown!r} in MO.",
            remedy=f"Give the UUID of the one that is meant: {_listed(found)}.",
        )
    raise InputError(
        f"Nobody is called {shown!r} in MO.",
        remedy=_near(mirror, text, _CALLED)
        or "Give MO's UUID of the person, a username, an employee number, the CPR number or the name.",
    )


def unit_of(mirror: Mirror, text: str, as_of: date) -> str:
    """Return the UUID of a unit.

    Raises:
        InputError: no unit of that day is called so, or several are.
    """
    wanted: dict[str, Any] = {"text": text.strip(), "as_of": as_of}
    found = [str(uuid) for (uuid,) in mirror.rows(_UNITS, wanted)]
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError(
            f"{len(found)} units are called {mask_all(text)!r} in MO on {as_of}.",
            remedy=f"Give the UUID of the one that is meant: {_listed(found)}.",
        )
    raise InputError(
        f"No unit is called {mask_all(text)!r} in MO on {as_of}.",
        remedy=_near(mirror, text, "SELECT DISTINCT name FROM org_units")
        or "Give the name, user_key or UUID of a unit of that day.",
    )


def persons_in(mirror: Mirror, unit: str, as_of: date) -> frozenset[str]:
    """Return whoever ever has an engagement in a unit or what is below it on a day; rings do not matter."""
    found = mirror.rows(_BELOW, {"unit": unit, "as_of": as_of})
    return frozenset(str(uuid) for (uuid,) in found)


def _near(mirror: Mirror, text: str, query: str) -> str:
    """Return what was perhaps meant; of a CPR number nothing is near."""
    if _CPR.fullmatch(text):
        return ""
    called = {str(name).lower(): str(name) for (name,) in mirror.rows(query) if name}
    near = get_close_matches(text.lower(), called, n=3, cutoff=0.6)
    return f"Did you mean {' or '.join(mask_all(called[each]) for each in near)}?" if near else ""


def _listed(uuids: list[str]) -> str:
    return ", ".join(uuids[:_MOST_NAMED]) + (" …" if len(uuids) > _MOST_NAMED else "")
