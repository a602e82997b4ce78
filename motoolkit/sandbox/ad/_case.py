"""What a planted case is, and the words in which the lists of them are written."""

from __future__ import annotations

from dataclasses import dataclass

from motoolkit.sandbox.ad.expected import Expected
from motoolkit.sandbox.ad.places import ADMIN, Place
from motoolkit.sandbox.municipality import uid


@dataclass(frozen=True, slots=True)
class AdCase:
    """A planted case.

    Attributes:
        sentence: what it is.
        directory: ``admin`` or ``skole``.
        subject: whom it is about, as people find it: a person, an account's name, a group, a unit.
        findings: what an audit finds, exactly.
        needs_mo: whether MO has to be odd as well.
        always: whether it is found in every mode, as MO itself has it so.
    """

    sentence: str
    directory: str
    subject: str
    findings: tuple[Expected, ...] = ()
    needs_mo: bool = False
    always: bool = False


def person_guid(place: Place, person: str) -> str:
    """Return the GUID of the account of somebody of whom MO has no IT user there."""
    return place.key(f"person/{uid('persons', person)}")


def account(guid: str, *codes: str, place: Place = ADMIN, attribute: str = "") -> tuple[Expected, ...]:
    """Return what is found of an account by its GUID."""
    return tuple(Expected(code, "account", f"{place.name}/{guid}", attribute) for code in codes)


def of(person: str, code: str, attribute: str = "", severity: str = "") -> Expected:
    """Return what is found of the account that MO's IT user of a person in admin is."""
    return Expected(code, "account", f"admin/{own(person)}", attribute, severity)


def own(person: str) -> str:
    """Return the GUID of the account that MO's first IT user of a person in admin is."""
    return uid("ad", f"{person}/1")


def person(code: str, person: str, place: Place = ADMIN, severity: str = "") -> Expected:
    """Return what is found of a person in a directory."""
    return Expected(code, "person", f"{place.name}/{uid('persons', person)}", severity=severity)


def ituser(code: str, ituser: str, attribute: str = "", severity: str = "") -> Expected:
    """Return what is found of an IT user in admin."""
    return Expected(code, "ituser", f"admin/{uid('itusers', ituser)}", attribute, severity)


def group(code: str, name: str, attribute: str = "", member: str = "", place: Place = ADMIN) -> Expected:
    """Return what is found of a group, or of one of its members."""
    key = f"{place.name}/{place.key(f'group/{name}')}"
    return Expected(code, "group", f"{key}/{member}" if member else key, attribute)


def made(code: str, key: str, attribute: str = "", severity: str = "", place: Place = ADMIN) -> Expected:
    """Return what is found of an account that is there for the case."""
    return Expected(code, "account", f"{place.name}/{place.key(f'account/{key}')}", attribute, severity)


def in_admin(subject: str, sentence: str, *findings: Expected, needs_mo: bool = False) -> AdCase:
    """Return a case of admin."""
    return AdCase(sentence, "admin", subject, findings, needs_mo)


def in_school(subject: str, sentence: str, *findings: Expected) -> AdCase:
    """Return a case of skole."""
    return AdCase(sentence, "skole", subject, findings)


def ended_group(group: str) -> Expected:
    """Return what is found of who left yesterday and is still in a group."""
    member = ADMIN.key(f"group/{group}")
    return Expected("ENG-ENDED-IN-GROUPS", "account", f"admin/{own('ended-yesterday')}/{member}")


def odd(subject: str, sentence: str, *findings: Expected) -> AdCase:
    """Return a case of admin for which MO has to be odd too."""
    return in_admin(subject, sentence, *findings, needs_mo=True)
