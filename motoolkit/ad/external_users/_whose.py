"""Whose an external account is: somebody whom MO has, by evidence that holds, or somebody new."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID, uuid5

from motoolkit.ad import mo
from motoolkit.ad.kinds import employment, user_key_of
from motoolkit.ad.linking import today
from motoolkit.ad.matching import STRONG, evidence
from motoolkit.ad.names import plain
from motoolkit.ad.records import guid_of
from motoolkit.ad.subjects import unit_name
from motoolkit.errors import InputError
from motoolkit.language import tr
from motoolkit.model import Cpr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from motoolkit.ad.external_users._terms import Terms
    from motoolkit.ad.records import Account
    from motoolkit.ad.world import World

    Key = tuple[str, str]

_OURS: Final = UUID("5f1f6d6c-2f0b-4b53-9a3e-6a0b7d1c4e92")


class LeftError(Exception):
    """The account is left out; the message says why."""


def derived(key: tuple[str, str], what: str) -> str:
    """Return the UUID of what an account becomes in MO: the same every time, whoever asks."""
    ad, guid = key
    return str(uuid5(_OURS, f"{ad}/{guid}/{what}"))


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose an account is.

    Attributes:
        person: MO's UUID, or that which somebody new gets.
        new: MO does not have the person yet.
    """

    person: str
    new: bool = False


def whose(world: World, terms: Terms, account: Account) -> Whose:
    """Return whose an account is.

    Raises:
        LeftError: it may be several persons', or that of somebody who is called otherwise.
    """
    found = world.ask(evidence, account.key)
    for now in (True, False):
        strong = {e.person for e in found if e.how in STRONG and (e.now or not now)}
        if strong:
            return Whose(_the_only(world, strong))
    made = derived(account.key, "person")
    if world.persons.of(made):
        return Whose(made)
    weak = {e.person for e in found if e.now}
    if weak:
        return _alike(world, account, _the_only(world, weak))
    if before := _before(world, terms, account):
        return Whose(_the_only(world, before))
    _no_namesake(world, terms, account)
    return Whose(_newcomer(world, account), new=True)


def known_person(world: World, key: tuple[str, str]) -> str:
    """Return whose an account certainly is today, "" where nothing certain tells."""
    held = {e.person for e in world.ask(evidence, key) if e.now and e.how in (*STRONG, "username")}
    return held.pop() if len(held) == 1 else ""


def _the_only(world: World, persons: set[str]) -> str:
    if len(persons) > 1:
        names = ", ".join(sorted(_called(world, person) for person in persons))
        raise LeftError(
            tr("It points at several persons in MO: {names}. Somebody has to decide.", names=names)
        )
    return next(iter(persons))


def _alike(world: World, account: Account, person: str) -> Whose:
    """Believe in a username or a mail address only where the name is the same."""
    if plain(_called(world, person)) not in _names(account):
        told = tr(
            "{name} in MO has the same username or e-mail, but another name. If it is the same person, "
            "let an IT user of the person have the GUID.",
            name=_called(world, person),
        )
        raise LeftError(told)
    return Whose(person)


def _before(world: World, terms: Terms, account: Account) -> set[str]:
    """Return who of the same name had the username in an account that is gone: it was made anew."""
    return {
        row.person
        for row in world.itusers.by("user_key", account.sam.casefold())
        if row.itsystem == terms.itsystem
        and row.person
        and not world.accounts.of((account.ad, guid_of(row.external_id)))
        and plain(_called(world, row.person)) in _names(account)
    }


def _no_namesake(world: World, terms: Terms, account: Account) -> None:
    """Refuse to make somebody whom somebody else seems to have entered by hand already."""
    unit = terms.unit_of(account.dn)
    for row in (row for name in _names(account) for row in world.persons.by("name", name)):
        current = today(world, world.ask(employment, row.uuid).current)
        if any(each.org_unit == unit for each in current):
            told = tr(
                "{unit} in MO already has somebody called {name}. If it is the same person, let an IT user "
                "of the person have the GUID.",
                unit=unit_name(world, unit),
                name=row.name,
            )
            raise LeftError(told)


def _newcomer(world: World, account: Account) -> str:
    """Return the UUID of somebody new; several accounts with one CPR number are one person's."""
    keys = [row.key for row in world.accounts.by("cpr", account.cpr)] if account.cpr else []
    return derived(min([account.key, *keys]), "person")


def _called(world: World, person: str) -> str:
    row = mo.at(world.persons.of(person), world.as_of)
    return row.name if row else person


def _names(account: Account) -> set[str]:
    given, surname = name_of(account)
    return {plain(f"{given} {surname}")}


def name_of(account: Account) -> tuple[str, str]:
    """Return given name and surname; of an account without, what it is called, parted at the last blank.

    Raises:
        LeftError: it is called nothing.
    """
    given, surname = _clean(account.given_name), _clean(account.surname)
    if not (given or surname):
        given, _, surname = _clean(account.display_name or account.cn).rpartition(" ")
    if not (given or surname):
        raise LeftError(tr("It has no name in AD."))
    return given, surname


def _clean(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split())


def cpr_of(account: Account) -> str | None:
    """Return the CPR number that somebody new gets: a real one, that tells a birthday."""
    try:
        cpr = Cpr.parse(account.cpr)
    except InputError:
        return None
    return None if cpr.birth_date is None or cpr.is_replacement or cpr.is_fictive else account.cpr


def works_here(world: World, person: str, terms: Iterable[Terms]) -> str:
    """Return what somebody is employed as beside being an external, in words; "" for nothing."""
    outside = {each.settings.externals.engagement_type for each in terms}
    rows = today(world, world.ask(employment, person).current)
    inside = [row for row in rows if world.ask(user_key_of, row.engagement_type) not in outside]
    return ", ".join(sorted(f"{row.user_key} ({unit_name(world, row.org_unit)})" for row in inside))


def owner_of(world: World, account: Account, people: Mapping[Key, Whose]) -> tuple[str, str]:
    """Return the person who answers for an external, else "" and why nobody does."""
    if not account.manager:
        return "", tr("It has no manager in AD.")
    key = (account.ad, account.manager)
    manager = world.accounts.one(key)
    if manager is None:
        return "", tr("The account of its manager is not in what was read.")
    if not manager.can_log_in(world.now):
        return "", tr("The account of its manager {sam} is shut.", sam=manager.sam)
    person = people[key].person if key in people else known_person(world, key)
    if not person:
        return "", tr("MO does not know whose its manager's account {sam} is.", sam=manager.sam)
    if account.key in people and person == people[account.key].person:
        return "", tr("It is its own manager.")
    return person, ""
