"""What rules judge: each sort of subject, where its subjects are listed, and what people call one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from motoolkit.ad import mo
from motoolkit.findings import Subject

if TYPE_CHECKING:
    from collections.abc import Callable

    from motoolkit.ad.world import World


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of subject: all keys of a table or, with ``index``, all values of an index.

    Attributes:
        table: the name of a table of the world.
        index: the name of one of its indexes, "" for the keys of its objects.
        describe: returns the subject as findings tell it.
    """

    table: str
    index: str
    describe: Callable[[World, Any], Subject]


def _account(world: World, key: tuple[str, str]) -> Subject:
    from motoolkit.ad.matching import person_of, unit_of

    account = world.accounts.one(key)
    label = key[1] if account is None else account.sam or account.cn
    name = "" if account is None else account.display_name or account.cn
    if name and name != label:
        label = f"{label} ({name})"
    person = world.ask(person_of, key)
    return Subject("account", "/".join(key), label, person, world.ask(unit_of, person) if person else "")


def _person(world: World, uuid: str) -> Subject:
    from motoolkit.ad.matching import unit_of

    row = mo.at(world.persons.of(uuid), world.as_of)
    return Subject("person", uuid, row.name if row else uuid, uuid, world.ask(unit_of, uuid))


def _engagement(world: World, uuid: str) -> Subject:
    row = mo.at(world.engagements.of(uuid), world.as_of)
    if row is None:
        return Subject("engagement", uuid, uuid, uuid)
    person = mo.at(world.persons.of(row.person), world.as_of)
    label = f"{person.name if person else row.person} ({row.user_key})"
    return Subject("engagement", uuid, label, uuid, unit_name(world, row.org_unit))


def _ituser(world: World, uuid: str) -> Subject:
    from motoolkit.ad.matching import unit_of

    row = mo.at(world.itusers.of(uuid), world.as_of)
    if row is None:
        return Subject("ituser", uuid, uuid, uuid)
    person = mo.at(world.persons.of(row.person), world.as_of)
    label = f"{row.user_key} ({person.name})" if person else row.user_key
    unit = world.ask(unit_of, row.person) if row.person else unit_name(world, row.org_unit)
    return Subject("ituser", uuid, label, uuid, unit)


def _unit(world: World, uuid: str) -> Subject:
    name = unit_name(world, uuid)
    return Subject("org_unit", uuid, name, uuid, name)


def _class(world: World, uuid: str) -> Subject:
    row = mo.at(world.classes.of(uuid), world.as_of)
    return Subject("class", uuid, row.name if row else uuid, uuid)


def _group(world: World, key: tuple[str, str]) -> Subject:
    group = world.groups.one(key)
    return Subject("group", "/".join(key), (group.sam or group.name) if group else key[1])


def _ou(world: World, key: tuple[str, str]) -> Subject:
    from motoolkit.ad.placing import units_of

    ou = world.ous.one(key)
    unit = next((unit_name(world, uuid) for uuid in world.ask(units_of, key)), "")
    return Subject("ou", "/".join(key), ou.name if ou else key[1], unit=unit)


def _stuck(world: World, key: tuple[str, str]) -> Subject:
    """Tell whatever of MO events are about by what it is."""
    for sort, table in _OF_EVENTS.items():
        if world.table(table).of(key[1]):
            return replace(SORTS[sort].describe(world, key[1]), key="/".join(key))
    return Subject("event", "/".join(key), key[1], key[1])


def _directory(_world: World, ad: str) -> Subject:
    return Subject("ad", ad, ad)


def _value(sort: str) -> Callable[[World, Any], Subject]:
    """Return how a value is told that several objects may share; of a pair the first is the directory."""

    def describe(_world: World, value: Any) -> Subject:
        told = value if isinstance(value, str) else "/".join(value)
        return Subject(sort, told, told if isinstance(value, str) else value[-1])

    return describe


def _cpr(world: World, cpr: str) -> Subject:
    """Tell a CPR number by whose it is in MO, else by its first account; the key tells nothing of it."""
    persons = {row.uuid: row.name for row in mo.current(world.persons.by("cpr", cpr), world.as_of)}
    key = next(iter(sorted(persons)), "") or next(
        ("/".join(account.key) for account in world.accounts.by("cpr", cpr)), ""
    )
    return Subject("cpr", key, ", ".join(sorted(persons.values())) or f"{cpr[:6]}-xxxx")


def unit_of_member(world: World, ad: str, key: str) -> str:
    """Return the unit of whom a finding of a pair is about too: an account's GUID, or a person's UUID."""
    from motoolkit.ad.matching import person_of, unit_of

    person = world.ask(person_of, (ad, key)) if world.accounts.one((ad, key)) else key
    return world.ask(unit_of, person) if world.persons.of(person) else ""


def unit_name(world: World, uuid: str) -> str:
    """Return what a unit is called on the day, "" for no unit."""
    row = mo.at(world.org_units.of(uuid), world.as_of) if uuid else None
    return row.name if row else uuid


SORTS: Final = {
    "account": Sort("accounts", "", _account),
    "group": Sort("groups", "", _group),
    "ou": Sort("ous", "", _ou),
    "person": Sort("persons", "", _person),
    "engagement": Sort("engagements", "", _engagement),
    "ituser": Sort("itusers", "", _ituser),
    "org_unit": Sort("org_units", "", _unit),
    "class": Sort("classes", "", _class),
    "sam": Sort("accounts", "sam", _value("sam")),
    "any_sam": Sort("accounts", "any_sam", _value("any_sam")),
    "upn": Sort("accounts", "upn", _value("upn")),
    "mail": Sort("accounts", "mail", _value("mail")),
    "cpr": Sort("accounts", "cpr", _cpr),
    "external_id": Sort("itusers", "external_id", _value("external_id")),
    "username": Sort("itusers", "user_key", _value("username")),
    "ad": Sort("headers", "", _directory),
    "event": Sort("stuck", "", _stuck),
}
"""Every sort of subject."""
_OF_EVENTS: Final = {
    "person": "persons",
    "engagement": "engagements",
    "ituser": "itusers",
    "org_unit": "org_units",
    "class": "classes",
}
