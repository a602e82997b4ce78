"""Whose an account is, with the evidence for it, and which accounts, engagements and unit somebody has.

The order of evidence is that of the domain facts (section 6): a GUID before a username, both before CPR.
Every function is a question to the world: ``world.ask(person_of, account.key)``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from motoolkit.ad import mo
from motoolkit.ad.records import guid_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.ad.mo import Engagement, ItUser
    from motoolkit.ad.records import Account
    from motoolkit.ad.world import World
    from motoolkit.profile.ad import AdSettings

Key = tuple[str, str]
"""Of an account: the directory's name and the GUID."""


class Evidence(NamedTuple):
    """One reason to hold an account for a person's.

    Attributes:
        how: ``external_id``, ``user_key_guid``, ``username``, ``cpr``, ``mo_uuid``, ``mail``.
        person: MO's UUID of the person.
        ituser: MO's UUID of the account that says so, "" where none does.
        now: whether it holds today; an IT user that has ended is evidence of the past.
    """

    how: str
    person: str
    ituser: str
    now: bool


HOW: Final = ("external_id", "user_key_guid", "username", "cpr", "mo_uuid", "mail")
"""Kinds of evidence, the strongest first."""
_RANK: Final = {how: place for place, how in enumerate(HOW)}
STRONG: Final = frozenset({"external_id", "user_key_guid", "cpr", "mo_uuid"})
"""What can not be true of two persons at once."""


def evidence(world: World, key: Key) -> tuple[Evidence, ...]:
    """Return all evidence for whose an account is: what holds today first, then the strongest."""
    account = world.accounts.one(key)
    if account is None:
        return ()
    settings = world.settings[account.ad]
    found = [*_of_itusers(world, account, settings), *_of_persons(world, account)]
    if len(found) > 1:
        found = sorted(dict.fromkeys(found), key=lambda e: (not e.now, _RANK[e.how], e.person, e.ituser))
    return tuple(found)


def _of_itusers(world: World, account: Account, settings: AdSettings) -> Iterator[Evidence]:
    for how, rows in (
        ("external_id", world.itusers.by("external_id", account.guid)),
        ("user_key_guid", world.itusers.by("user_key", account.guid)),
        ("username", _by_name(world, account, settings)),
    ):
        for row in rows:
            if row.person:
                yield Evidence(how, row.person, row.uuid, row.on(world.as_of))


def _by_name(world: World, account: Account, settings: AdSettings) -> list[ItUser]:
    """Return the IT users of the directory's system with the name, unless they name another GUID."""
    system = world.ask(itsystem, settings.itsystem)
    rows = world.itusers.by("user_key", account.sam.casefold()) if account.sam else ()
    return [row for row in rows if row.itsystem == system and guid_of(row.external_id) in {"", account.guid}]


def _of_persons(world: World, account: Account) -> Iterator[Evidence]:
    if account.cpr:
        for person in mo.current(world.persons.by("cpr", account.cpr), world.as_of):
            yield Evidence("cpr", person.uuid, "", now=True)
    if account.mo_uuid and world.persons.of(account.mo_uuid.lower()):
        yield Evidence("mo_uuid", account.mo_uuid.lower(), "", now=True)
    for address in world.addresses.by("value", account.mail.casefold()) if account.mail else ():
        if address.person:
            yield Evidence("mail", address.person, address.ituser, address.on(world.as_of))


def person_of(world: World, key: Key) -> str:
    """Return MO's UUID of the person whose an account most probably is, "" for nobody's."""
    return next((found.person for found in world.ask(evidence, key)), "")


def itusers_of(world: World, key: Key) -> tuple[ItUser, ...]:
    """Return the IT users of today that mean an account, those that name its GUID first."""
    uuids = dict.fromkeys(
        e.ituser for e in world.ask(evidence, key) if e.ituser and e.now and e.how != "mail"
    )
    return tuple(row for uuid in uuids for row in mo.current(world.itusers.of(uuid), world.as_of))


def accounts_of(world: World, person: str) -> tuple[Account, ...]:
    """Return somebody's accounts in all directories, in order of key."""
    candidates = {account.key for account in _candidates(world, person)}
    mine = [key for key in sorted(candidates) if world.ask(person_of, key) == person]
    return tuple(account for key in mine if (account := world.accounts.one(key)))


def _candidates(world: World, person: str) -> Iterator[Account]:
    for row in world.itusers.by("person", person):
        for guid in (guid_of(row.external_id), guid_of(row.user_key)):
            if guid:
                yield from world.accounts.by("guid", guid)
        yield from world.accounts.by("any_sam", row.user_key.casefold())
    for each in world.persons.of(person):
        yield from world.accounts.by("cpr", each.cpr)
    yield from world.accounts.by("mo_uuid", person)
    for address in world.addresses.by("person", person):
        yield from world.accounts.by("mail", address.value.casefold())


def itsystem(world: World, user_key: str) -> str:
    """Return MO's UUID of an IT system by user_key, "" where MO has none."""
    return next((row.uuid for row in mo.current(world.itsystems.by("user_key", user_key), world.as_of)), "")


def engagements_of(world: World, person: str) -> tuple[Engagement, ...]:
    """Return the periods of all of somebody's engagements, ever."""
    return world.engagements.by("person", person)


def main_engagement(world: World, person: str) -> str:
    """Return today's engagement that places somebody: the primary, then greatest fraction, then number."""
    rows = mo.current(world.ask(engagements_of, person), world.as_of)
    return min(rows, key=lambda row: _rank(world, row)).uuid if rows else ""


def _rank(world: World, row: Engagement) -> tuple[bool, int, str]:
    return not world.ask(is_primary, row.primary), -(row.fraction or 0), row.user_key


def is_primary(world: World, primary: str) -> bool:
    """Tell whether a class of the facet primary_type means that something is the primary one."""
    row = mo.at(world.classes.of(primary), world.as_of) if primary else None
    return row is not None and row.user_key in {"primary", "explicitly-primary"}


def rank(world: World, primary: str) -> int:
    """Return the number of a class of the facet primary_type, which is its scope in MO; 0 for none."""
    row = mo.at(world.classes.of(primary), world.as_of) if primary else None
    if row is None or not row.scope.isdigit():
        return int(world.ask(is_primary, primary))
    return int(row.scope)


def unit_of(world: World, person: str) -> str:
    """Return the name of the unit where somebody works today, else worked last; "" for nobody employed."""
    from motoolkit.ad.subjects import unit_name

    return unit_name(world, world.ask(workplace, person))


def workplace(world: World, person: str) -> str:
    """Return MO's UUID of the unit where somebody works today, else worked last; "" for nobody employed."""
    uuid = world.ask(main_engagement, person)
    rows = world.engagements.of(uuid) if uuid else world.ask(engagements_of, person)
    row = mo.at(sorted(rows, key=lambda each: str(each.start)), world.as_of)
    return row.org_unit if row else ""
