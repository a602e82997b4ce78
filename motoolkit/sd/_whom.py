"""Whom a comparison is about: persons by whatever one has of them, or a unit and all below it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from motoolkit.errors import InputError, SdFaultError
from motoolkit.model import Cpr, mask_all
from motoolkit.sd._keys import UUID

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from motoolkit.mirror import Mirror
    from motoolkit.sd.client import SdClient

_NUMBER: Final = re.compile(r"(?:([A-Za-zÆØÅæøå0-9]{2})-)?([A-Za-z]?[0-9]{2,7})")
_DASH: Final = "-\u2010\u2011\u2013"
"""As people paste them from letters."""
_CPR: Final = re.compile(rf"([0-9]{{6}})\s?[{_DASH}]?\s?([0-9]{{4}})")
_ALMOST_CPR: Final = re.compile(rf"([0-9]{{6}})\s?[{_DASH}]?\s?[0-9]{{2,}}")
_MOST_NAMED: Final = 5

_IN_MO: Final = """
    SELECT DISTINCT replace(p.cpr_number, '-', '') FROM persons p WHERE p.cpr_number IS NOT NULL AND (
        p.uuid = lower($text)
        OR p.uuid IN (SELECT person_uuid FROM engagements WHERE upper(user_key) = upper($text))
        {accounts})
"""
_ACCOUNTS: Final = "OR p.uuid IN (SELECT person_uuid FROM itusers WHERE lower(user_key) = lower($text))"
_UNIT: Final = """
    SELECT DISTINCT uuid, CASE WHEN uuid = lower($text) THEN 0 WHEN lower(user_key) = lower($text) THEN 1
        ELSE 2 END AS rank
    FROM org_units_at($as_of)
    WHERE uuid = lower($text) OR lower(user_key) = lower($text) OR lower(name) = lower($text)
    ORDER BY rank, uuid
"""


@dataclass(frozen=True, slots=True, repr=False)
class Whom:
    """Whose timelines are compared.

    Attributes:
        institutions: SD's institutions.
        cprs: the CPR numbers of the persons; none means everybody.
        unit: the UUID of a unit; blank means all.
        partial: whether the profile has more institutions than these.
    """

    institutions: tuple[str, ...]
    cprs: tuple[str, ...] = ()
    unit: str = ""
    partial: bool = False


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
        sd: asked who has a number: somebody new may be there only.
        mirror: MO.
        persons: MO's UUIDs, numbers (``NS-04711``), usernames or CPR numbers.  A number with its institution
            means everybody who has or had it; SD gives numbers to others in time.
        unit: UUID, user_key or name of a unit.
        institutions: SD's institutions; those of the profile unless given.
        as_of: the day on which a unit is called so.

    Raises:
        InputError: nobody, or several, are called so, or no institution is named anywhere.
    """
    asked = tuple(dict.fromkeys(each.upper() for each in _texts(institutions))) or sd.settings.institutions
    if not asked:
        raise InputError(
            "Nothing says which of SD's institutions are meant.",
            remedy="Give institutions, or set sd_institutions in the profile.",
        )
    texts, unit = _texts(persons), unit.strip()
    if texts and unit:
        raise InputError("Persons and a unit were given.", remedy="Give one of the two.")
    cprs = dict.fromkeys(cpr for text in texts for cpr in _person(sd, mirror, text, asked))
    partial = not set(sd.settings.institutions) <= set(asked)
    return Whom(asked, tuple(cprs), _unit(mirror, unit, as_of) if unit else "", partial)


def _texts(given: Iterable[str]) -> list[str]:
    """Return what was given, without blanks; one text alone is one thing."""
    return [text.strip() for text in ([given] if isinstance(given, str) else given) if text.strip()]


def _person(sd: SdClient, mirror: Mirror, text: str, institutions: tuple[str, ...]) -> list[str]:
    if digits := _CPR.fullmatch(text):
        return [Cpr.parse(f"{digits[1]}{digits[2]}").digits]
    query = _IN_MO.format(accounts=_ACCOUNTS if mirror.holds("itusers") else "")
    found = {str(cpr) for (cpr,) in mirror.rows(query, {"text": text}, show_cpr=True)}
    number = _NUMBER.fullmatch(text)
    if number and (number[1] or not found):
        found |= _in_sd(sd, number[2].upper(), [number[1].upper()] if number[1] else institutions)
    if len(found) == 1 or (found and number and number[1]):
        return sorted(found)
    many = f"{len(found)} persons are" if found else "Nobody with a CPR number is"
    raise InputError(
        f"{many} called {_masked(text)!r} in MO or SD-Løn.",
        remedy="Give MO's UUID of the person, a number as NS-04711, a username, or the CPR number.",
    )


def _in_sd(sd: SdClient, number: str, institutions: Iterable[str]) -> set[str]:
    """Return who has a number in SD."""
    found: set[str] = set()
    for institution in institutions:
        try:
            found |= set(sd.timeline(institution, None, number).employments["cpr"])
        except SdFaultError:  # nobody has it, or there is no such institution: it may be no number at all
            continue
    return found


def _masked(text: str) -> str:
    """Return what was asked for as it may be shown: a CPR number with a slip is one all the same."""
    return text if re.fullmatch(UUID, text) else _ALMOST_CPR.sub(r"\1-xxxx", mask_all(text))


def _unit(mirror: Mirror, text: str, as_of: date) -> str:
    rows = list(mirror.rows(_UNIT, {"text": text, "as_of": as_of}))
    found = [str(uuid) for uuid, rank in rows if rank == rows[0][1]]
    if len(found) == 1:
        return found[0]
    if not found:
        raise InputError(
            f"No unit is called {_masked(text)!r} in MO on {as_of}.",
            remedy="Give the name, user_key or UUID of a unit of that day.",
        )
    named = ", ".join(found[:_MOST_NAMED]) + (" …" if len(found) > _MOST_NAMED else "")
    raise InputError(
        f"{len(found)} units are called {_masked(text)!r} in MO on {as_of}.",
        remedy=f"Give the UUID of the one that is meant: {named}.",
    )
