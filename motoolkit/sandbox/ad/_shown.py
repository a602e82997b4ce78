"""What a directory shows of somebody: names, addresses, job, unit, as MO has them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from motoolkit.sandbox.ad._plan import Held
    from motoolkit.sandbox.ad.facts import Facts

_KINDS: Final = {
    "mail": ("EmailEmployee", "EmailEngagement"),
    "phone": ("PhoneEmployee", "PhoneEngagement"),
    "mobile": ("MobileEmployee",),
}
_POSTAL: Final = re.compile(r"(?P<street>.*?)[\s,]*\b(?P<code>\d{4})\b[\s,]*(?P<city>\D+)")
_LONGEST: Final = 64
PATH_SEPARATOR: Final = "\\"


def names(facts: Facts, person: str) -> dict[str, str]:
    """Return what somebody is called; the common name is not longer than a directory allows."""
    values = facts.person(person)
    given, surname = str(values["given_name"] or ""), str(values["surname"] or "")
    full = f"{given} {surname}".strip()
    return {"givenName": given, "sn": surname, "displayName": full, "cn": full[:_LONGEST]}


def cpr(facts: Facts, person: str) -> str:
    """Return somebody's CPR number, "" for none."""
    return str(facts.person(person)["cpr_number"] or "")


def reached(facts: Facts, held: Held, purpose: str) -> str:
    """Return how somebody is reached by an account: by what is its own, the engagement's or the person's.

    What is secret is not shown, and what belongs to another account is not this one's.
    """
    mine = [
        each
        for each in facts.addresses.get(held.person, ())
        if each["kind"] in _KINDS[purpose] and not each["secret"]
    ]
    ituser = held.ituser.uuid if held.ituser else "none"
    engagement = held.engagement.uuid if held.engagement else "none"
    levels = (
        [each for each in mine if each["ituser"] == ituser],
        [each for each in mine if not each["ituser"] and each["engagement"] == engagement],
        [each for each in mine if not each["ituser"] and not each["engagement"]],
    )
    return min((str(each["value"]) for each in next(filter(None, levels), ())), default="")


def place_of_work(facts: Facts, unit: str) -> dict[str, Any]:
    """Return department, company, path of units and postal address of who works in a unit."""
    path = facts.names(unit)
    return {
        "department": path[-1] if path else "",
        "company": path[1] if len(path) > 1 else "",
        "info": PATH_SEPARATOR.join(path),
        **_postal(facts, facts.line(unit)),
    }


def _postal(facts: Facts, units: Iterable[str]) -> dict[str, str]:
    """Return the address of the nearest unit that has one."""
    for uuid in units:
        for each in facts.addresses.get(uuid, ()):
            if each["kind"] == "PostUnit" and (found := _POSTAL.fullmatch(str(each["value"]))):
                street, code, city = (found[name].strip(" ,") for name in ("street", "code", "city"))
                return {"streetAddress": street, "postalCode": code, "l": city}
    return {}
