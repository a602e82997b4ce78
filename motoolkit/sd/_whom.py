"""Whom a comparison is about: persons by whatever one has of them, or a unit and all below it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from motoolkit.errors import InputError, SdNotFoundError
from motoolkit.model import Cpr, mask_all

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from motoolkit.mirror import Mirror
    from motoolkit.sd.client import SdClient

_NUMBER: Final = re.compile(r"([A-Za-z0-9]{2})-([A-Za-z0-9]{1,8})")
_CPR: Final = re.compile(r"[0-9]{6}[- ]?[0-9]{4}")
_IN_MO: Final = """
    SELECT DISTINCT replace(p.cpr_number, '-', '') FROM persons p WHERE p.cpr_number IS NOT NULL AND (
        p.uuid = lower($text)
        OR p.uuid IN (SELECT person_uuid FROM engagements WHERE upper(user_key) = upper($text))
        {accounts})
"""
_ACCOUNTS: Final = "OR p.uuid IN (SELECT person_uuid FROM itusers WHERE lower(user_key) = lower($text))"
_UNIT: Final = """
    SELECT DISTINCT uuid FROM org_units_at($as_of)
    WHERE uuid = lower($text) OR lower(user_key) = lower($text) OR lower(name) = lower($text)
"""


@dataclass(frozen=True, slots=True)
class Whom:
    """Whose timelines are compared.

    Attributes:
        institutions: SD's institutions.
        cprs: the CPR numbers of the persons; none means everybody.
        unit: the UUID of a unit; blank means all.
    """

    institutions: tuple[str, ...]
    cprs: tuple[str, ...] = ()
    unit: str = ""


def whom(
    sd: SdClient,
    mirror: Mirror,
    *,
    persons: Iterable[str] = (),
    unit: str = "",
    institutions: Iterable[str] = (),
    as_of: date,
) -> Whom:
    """Look up who is meant.

    Args:
        sd: asked for numbers that MO does not know: somebody new may be there only.
        mirror: MO.
        persons: MO's UUIDs, numbers (``NS-04711``), usernames or CPR numbers.
        unit: UUID, user_key or name of a unit.
        institutions: SD's institutions; those of the profile unless given.
        as_of: the day on which a unit is called so.

    Raises:
        InputError: nobody, or several, are called so, or no institution is named anywhere.
    """
    asked = tuple(institutions) or sd.settings.institutions
    if not asked:
        raise InputError(
            "Nothing says which of SD's institutions are meant.",
            remedy="Give institutions, or set sd_institutions in the profile.",
        )
    texts = [text.strip() for text in persons if text.strip()]
    if texts and unit:
        raise InputError("Persons and a unit were given.", remedy="Give one of the two.")
    cprs = dict.fromkeys(_person(sd, mirror, text) for text in texts)
    return Whom(asked, tuple(cprs), _unit(mirror, unit, as_of) if unit else "")


def _person(sd: SdClient, mirror: Mirror, text: str) -> str:
    if _CPR.fullmatch(text):
        return Cpr.parse(text.replace(" ", "")).digits
    accounts = _ACCOUNTS if mirror.info().objects.get("itusers") is not None else ""
    rows = mirror.rows(_IN_MO.format(accounts=accounts), {"text": text}, show_cpr=True)
    found = [cpr for (cpr,) in rows] or _in_sd(sd, text)
    if len(found) == 1:
        return str(found[0])
    many = f"{len(found)} persons are" if found else "Nobody with a CPR number is"
    raise InputError(
        f"{many} called {mask_all(text)!r} in MO or SD-Løn.",
        remedy="Give MO's UUID of the person, a number as NS-04711, a username, or the CPR number.",
    )


def _in_sd(sd: SdClient, text: str) -> list[str]:
    """Return who has a number in SD; MO may not know of somebody who is new."""
    number = _NUMBER.fullmatch(text)
    if number is None:
        return []
    try:
        found = sd.timeline(number[1].upper(), None, number[2])
    except SdNotFoundError:
        return []
    return sorted(set(found.employments["cpr"]))


def _unit(mirror: Mirror, text: str, as_of: date) -> str:
    found = [uuid for (uuid,) in mirror.rows(_UNIT, {"text": text.strip(), "as_of": as_of})]
    if len(found) == 1:
        return str(found[0])
    many = f"{len(found)} units are" if found else "No unit is"
    raise InputError(
        f"{many} called {text!r} in MO on {as_of}.", remedy="Give the UUID or user_key of a unit of that day."
    )
