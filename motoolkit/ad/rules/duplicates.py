"""What only one may have, and several do: usernames, GUIDs, mail addresses, CPR numbers."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

from motoolkit.ad import mo
from motoolkit.ad.discriminating import chosen
from motoolkit.ad.kinds import is_person, kind_of
from motoolkit.ad.matching import itsystem, person_of
from motoolkit.ad.records import guid_of
from motoolkit.ad.rules._rule import ERROR, WARNING, Found, Judge, rule
from motoolkit.ad.rules._telling import all_called, name_of
from motoolkit.ad.rules.coverage import linked_engagements
from motoolkit.language import N_, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from motoolkit.ad.mo import ItUser
    from motoolkit.ad.records import Account
    from motoolkit.ad.world import World

_WITH_MAIL: Final = frozenset({"person", "external", "mailbox"})


def _owners(world: World, rows: Sequence[ItUser]) -> str:
    return ", ".join(sorted({name_of(world, row.person) if row.person else row.org_unit for row in rows}))


@rule(
    "DUP-SAM",
    "username",
    ERROR,
    title=N_("Username twice in MO"),
    explanation=N_("Two IT users of today have the same username in one directory's IT system."),
    remedy=N_("End the one that is wrong: its person is told of the other's account."),
)
def same_username(world: World, username: str) -> Iterator[Found]:
    """MO allows it; two IT users of one person with one GUID are told by the GUID."""
    if guid_of(username):
        return
    rows = mo.current(world.itusers.by("user_key", username), world.as_of)
    for ad, settings in world.settings.items():
        mine = [
            row for row in rows if row.itsystem and row.itsystem == world.ask(itsystem, settings.itsystem)
        ]
        owners = {(row.person, row.org_unit) for row in mine}
        guids = {guid_of(row.external_id) for row in mine}
        if len({row.uuid for row in mine}) > 1 and (len(owners) > 1 or len(guids) > 1):
            yield Found(mo=_owners(world, mine), ad=ad, facts={"itusers": ", ".join(r.uuid for r in mine)})


def _guid_twice(sort: str) -> Callable[[Judge], Judge]:
    return rule(
        "DUP-GUID",
        sort,
        ERROR,
        title=N_("GUID twice in MO"),
        explanation=N_("Two IT users of today mean the same account."),
        remedy=N_("Keep one of them: the integration stops at the person otherwise."),
    )


@_guid_twice("external_id")
def same_guid(world: World, value: str) -> Iterator[Found]:
    """Pairs over two IT systems are right where one holds the name and the other links the GUID."""
    yield from _same_guid(world, guid_of(value))


@_guid_twice("username")
def same_guid_as_user_key(world: World, value: str) -> Iterator[Found]:
    """The old convention; where there is an external_id too, that tells it."""
    guid = guid_of(value)
    if guid and not world.itusers.by("external_id", guid):
        yield from _same_guid(world, guid)


def _same_guid(world: World, guid: str) -> Iterator[Found]:
    if not guid:
        return
    for ad, settings in world.settings.items():
        own = world.ask(itsystem, settings.itsystem)
        link = world.ask(itsystem, settings.link_itsystem) if settings.link_itsystem else ""
        rows = mo.current(world.itusers.by("external_id", guid), world.as_of)
        keys = mo.current(world.itusers.by("user_key", guid), world.as_of)
        held = {row.uuid: row for row in rows if row.itsystem == own}
        held |= {row.uuid: row for row in keys if row.itsystem in {own, link} - {""}}
        if any(
            one.itsystem == other.itsystem or one.person != other.person
            for one, other in combinations(held.values(), 2)
        ):
            mine = [held[uuid] for uuid in sorted(held)]
            yield Found(mo=_owners(world, mine), ad=ad, facts={"itusers": ", ".join(sorted(held))})


@rule(
    "DUP-UPN",
    "upn",
    ERROR,
    title=N_("UPN on two accounts"),
    explanation=N_("Two accounts of one directory have the same userPrincipalName."),
    remedy=N_("Rename one: which of them a logon means is a matter of chance."),
)
def same_upn(world: World, key: tuple[str, str]) -> Iterator[Found]:
    """A directory refuses it, and a forest of several domains may have it all the same."""
    accounts = world.accounts.by("upn", key)
    if len(accounts) > 1:
        yield Found(source=all_called(accounts))


@rule(
    "DUP-MAIL",
    "mail",
    WARNING,
    title=N_("Mail on two accounts"),
    explanation=N_("Accounts of different persons, or two of one directory, have the same mail address."),
    remedy=N_("Decide whose it is, and change the other's."),
)
def same_mail(world: World, address: str) -> Iterator[Found]:
    """Somebody's accounts in two directories share it rightly, and administrators' accounts carry it."""
    mine = _with_mail(world, address)
    if _clash(world, mine):
        yield Found(source=all_called(mine))


def _with_mail(world: World, address: str) -> list[Account]:
    return [
        account
        for account in world.accounts.by("mail", address)
        if account.mail.casefold() == address and world.ask(kind_of, account.key) in _WITH_MAIL
    ]


def _clash(world: World, accounts: Sequence[Account]) -> bool:
    def persons(one: Account, other: Account) -> bool:
        mine, theirs = world.ask(person_of, one.key), world.ask(person_of, other.key)
        return not mine or mine != theirs

    return any(one.ad == other.ad or persons(one, other) for one, other in combinations(accounts, 2))


@rule(
    "DUP-PROXY",
    "mail",
    WARNING,
    title=N_("Proxy address on two accounts"),
    explanation=N_("An address is among the proxy addresses of one account and belongs to another one too."),
    remedy=N_("Remove it from one: Exchange refuses it, and mail goes to whichever was first."),
)
def same_proxy(world: World, address: str) -> Iterator[Found]:
    """An account's own mail is among its proxy addresses; a directory without Exchange checks nothing."""
    accounts = [
        account
        for account in world.accounts.by("mail", address)
        if world.ask(kind_of, account.key) not in {"", "contact"}
    ]
    by_proxy = any(_has_proxy(account, address) for account in accounts)
    if by_proxy and _clash(world, accounts) and not _clash(world, _with_mail(world, address)):
        yield Found(source=all_called(accounts))


def _has_proxy(account: Account, address: str) -> bool:
    return any(each.casefold() == f"smtp:{address}" for each in account.proxy_addresses)


@rule(
    "DUP-CPR",
    "cpr",
    WARNING,
    title=N_("CPR number on several accounts"),
    explanation=N_(
        "One person has several accounts in a directory, and neither a rule nor links to engagements tell "
        "which is for what."
    ),
    remedy=N_("Link each account to its engagement in MO, or give the integration a rule that decides."),
)
def same_cpr(world: World, cpr: str) -> Iterator[Found]:
    """Several accounts are a feature (domain facts, section 4.3), as long as each has its purpose."""
    for ad in world.settings:
        mine = [a for a in world.accounts.by("cpr", cpr) if a.ad == ad and world.ask(is_person, a.key)]
        if len(mine) > 1 and not _decided(world, ad, mine):
            unlinked = [a for a in mine if not world.ask(linked_engagements, a.key)]
            detail = (
                tr("Without an engagement: {accounts}.", accounts=all_called(unlinked)) if unlinked else ""
            )
            yield Found(source=all_called(mine), ad=ad, detail=detail)


def _decided(world: World, ad: str, accounts: Sequence[Account]) -> bool:
    links = [world.ask(linked_engagements, account.key) for account in accounts]
    if all(links) and sum(map(len, links)) == len(frozenset().union(*links)):
        return True
    person = world.ask(person_of, accounts[0].key)
    rule_of_ad = world.settings[ad].discriminator
    return bool(person and rule_of_ad.values) and len(world.ask(chosen, ad, person).fitting) == 1


@rule(
    "SAM-CROSS-AD",
    "any_sam",
    WARNING,
    title=N_("Username of two persons"),
    explanation=N_("Two directories have the same username for different persons."),
    remedy=N_("Rename one, or accept it: systems that know both directories take them for one person."),
)
def across_directories(world: World, sam: str) -> Iterator[Found]:
    """Whose one of them is must be known: the same name for one person is as it should be."""
    accounts = [a for a in world.accounts.by("any_sam", sam) if world.ask(is_person, a.key)]
    persons = {a.ad: person for a in accounts if (person := world.ask(person_of, a.key))}
    if len(set(persons.values())) > 1:
        told = "; ".join(f"{ad}: {name_of(world, person)}" for ad, person in sorted(persons.items()))
        yield Found(source=sam, mo=told)
