"""Usernames that break the rules, were somebody else's, or are another in MO."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from motoolkit.ad import mo
from motoolkit.ad.kinds import is_person, kind_of
from motoolkit.ad.matching import accounts_of, itsystem, person_of
from motoolkit.ad.names import plain
from motoolkit.ad.records import guid_of
from motoolkit.ad.rules._rule import CRITICAL, INFO, WARNING, Found, rule
from motoolkit.ad.rules._telling import all_called, name_of, told_day, where
from motoolkit.ad.usernames import DISALLOWED, check, fits, is_forbidden, own_names
from motoolkit.language import N_, tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.ad.mo import ItUser
    from motoolkit.ad.records import Account, Tombstone
    from motoolkit.ad.world import World


@rule(
    "SAM-REUSED",
    "sam",
    CRITICAL,
    title=N_("Username of somebody before"),
    explanation=N_(
        "The username is one person's now and was another's before, so rights and mail may be too."
    ),
    remedy=N_("Give the account a new name, and go through mail, rights and logs of the one before."),
)
def reused(world: World, key: tuple[str, str]) -> Iterator[Found]:
    """MO's whole history and the deleted accounts tell; who has it at the same time is told as a double."""
    ad, sam = key
    for account in world.accounts.by("sam", key):
        person = world.ask(person_of, account.key)
        if person and world.ask(is_person, account.key):
            before = _before(world, ad, sam, person)
            names = ", ".join(sorted({name_of(world, row.person) for row in before}))
            stones = [stone for stone in world.tombstones.by("sam", key) if stone.guid != account.guid]
            if before:
                last = max((row.end for row in before if row.end), default=None)
                detail = tr("Until {day} it was {name}.", day=told_day(last), name=names) if last else ""
                same = any(guid_of(row.external_id) == account.guid for row in before)
                detail += " " + tr("It is the very account.") if same else ""
                yield Found(source=name_of(world, person), mo=names, detail=detail, facts=where(account))
            else:
                yield from _of_deleted(world, account, person, stones)


def _before(world: World, ad: str, sam: str, person: str) -> list[ItUser]:
    """Return the periods that are over in which somebody else had a username, by MO."""
    system = world.ask(itsystem, world.settings[ad].itsystem)
    rows = world.itusers.by("user_key", sam)
    return [
        row
        for row in rows
        if row.itsystem == system and row.over(world.as_of) and row.person and row.person != person
    ]


def _of_deleted(world: World, account: Account, person: str, stones: list[Tombstone]) -> Iterator[Found]:
    for stone in stones:
        owners = {row.person for row in world.itusers.by("external_id", stone.guid)}
        owners |= {row.person for row in world.itusers.by("user_key", stone.guid)}
        others = owners - {person, ""}
        if others:
            names = ", ".join(sorted(name_of(world, each) for each in others))
            detail = tr("A deleted account had it.")
            yield Found(source=name_of(world, person), mo=names, detail=detail, facts=where(account))
        elif not owners and not _alike(stone.name, f"{account.cn} {account.display_name} {account.sam}"):
            yield Found(
                source=name_of(world, person),
                severity=WARNING,
                undecided=True,
                detail=tr(
                    "A deleted account had it: {name}. Whose that was MO does not tell.", name=stone.name
                ),
                facts=where(account),
            )


def _alike(one: str, other: str) -> bool:
    """Tell whether two names have a word in common: who marries keeps one."""
    return not one or bool(
        set(re.split(r"[\s,._-]+", plain(one))) & set(re.split(r"[\s,._-]+", plain(other)))
    )


@rule(
    "SAM-OWN-NOT-REUSED",
    "person",
    INFO,
    title=N_("Own name of before not used"),
    explanation=N_("Somebody came back and got a new username though the one of before was free."),
    remedy=N_("Check reuse_old_usernames in the integration; the old name can still be given."),
)
def own_not_reused(world: World, person: str) -> Iterator[Found]:
    """Only where names are meant to be used again; who changed names at work did not come back."""
    for ad, settings in world.settings.items():
        if not settings.usernames.reuse_own:
            continue
        accounts = [a for a in world.ask(accounts_of, person) if a.ad == ad and world.ask(is_person, a.key)]
        for name in own_names(world, ad, person) if accounts else ():
            if _came_back(world, ad, person, name) and check(world, name, person=person, ad=ad).free:
                yield Found(source=all_called(accounts), mo=name, ad=ad)
                break


def _came_back(world: World, ad: str, person: str, name: str) -> bool:
    """Tell whether somebody had no work on the day after a username ended, and has another one since."""
    system = world.ask(itsystem, world.settings[ad].itsystem)
    mine = [row for row in world.itusers.by("person", person) if row.itsystem == system]
    end = max(row.end for row in mine if row.user_key.casefold() == name.casefold() and row.end)
    later = any(row.start and row.start > end for row in mine)
    return later and not mo.current(world.engagements.by("person", person), end)


@rule(
    "SAM-PATTERN",
    "account",
    INFO,
    title=N_("Username against the rules"),
    explanation=N_("The username does not fit the pattern, or can not be made of the person's name."),
    remedy=N_("Rename the account if that is worth it, or correct the rules in the profile."),
)
def against_pattern(world: World, key: tuple[str, str]) -> Iterator[Found]:
    """Whoever was called otherwise once may have the name that was made then."""
    account = world.accounts.one(key)
    if account is None or world.ask(kind_of, key) != "person" or not account.sam:
        return
    rules = world.settings[account.ad].usernames
    bad = sorted(set(account.sam) & DISALLOWED)
    if bad:
        detail = tr("AD does not allow {characters} in it.", characters=" ".join(bad))
    elif rules.pattern and not re.fullmatch(rules.pattern, account.sam, re.IGNORECASE):
        detail = tr("The pattern is {pattern}.", pattern=rules.pattern)
    elif not rules.pattern and rules.method and not _can_be_made(world, account):
        detail = tr("No rule makes it of the person's name.")
    else:
        return
    yield Found(source=account.sam, detail=detail, facts=where(account))


def _can_be_made(world: World, account: Account) -> bool:
    rules = world.settings[account.ad].usernames
    rows = world.persons.of(world.ask(person_of, account.key))
    names = {(row.given_name, row.surname) for row in rows}
    names |= {(row.nickname_given_name, row.nickname_surname) for row in rows if row.nickname_given_name}
    return not names or any(fits(rules, *name, account.sam) for name in sorted(names))


@rule(
    "SAM-FORBIDDEN",
    "account",
    WARNING,
    title=N_("Forbidden username"),
    explanation=N_("The username, or what stands before its number, is on the list of forbidden names."),
    remedy=N_("Rename the account."),
)
def forbidden(world: World, key: tuple[str, str]) -> Iterator[Found]:
    """A forbidden stem forbids its numbers too, where combinations are made."""
    account = world.accounts.one(key)
    if account is None or not is_forbidden(world.settings[account.ad].usernames, account.sam):
        return
    if world.ask(is_person, key):
        yield Found(source=account.sam, facts=where(account))


@rule(
    "SAM-TOO-LONG",
    "account",
    WARNING,
    title=N_("Username too long"),
    explanation=N_("The username has more characters than a real AD allows."),
    remedy=N_("Rename the account: older programs cut the name off."),
)
def too_long(world: World, key: tuple[str, str]) -> Iterator[Found]:
    """Samba lets more than 20 pass."""
    account = world.accounts.one(key)
    if account is None or len(account.sam) <= world.settings[account.ad].usernames.longest:
        return
    if world.ask(is_person, key):
        yield Found(source=account.sam, facts={"length": str(len(account.sam))} | where(account))


@rule(
    "SAM-MO-DIFF",
    "ituser",
    WARNING,
    title=N_("Another username in MO"),
    explanation=N_("MO's IT user has another username than the account that it means."),
    remedy=N_("Correct the IT user in MO, so that other systems get the right name."),
)
def differs_in_mo(world: World, uuid: str) -> Iterator[Found]:
    """Case alone is an information; a user_key that is a GUID is no username, one may log on by UPN too."""
    for row in mo.current(world.itusers.of(uuid), world.as_of):
        for ad, settings in world.settings.items():
            if row.itsystem != world.ask(itsystem, settings.itsystem) or guid_of(row.user_key):
                continue
            meant = _meant(world, ad, row)
            names = {account.sam for account in meant}
            if names and row.user_key not in names | {account.upn for account in meant}:
                by_case = row.user_key.casefold() in {name.casefold() for name in names}
                yield Found(
                    source=", ".join(sorted(names)),
                    mo=row.user_key,
                    ad=ad,
                    severity=INFO if by_case else None,
                )


def _meant(world: World, ad: str, row: ItUser) -> list[Account]:
    """Return the account that an IT user means by its GUID; without one all that the person has."""
    guid = guid_of(row.external_id)
    if guid:
        return [account for account in world.accounts.by("guid", guid) if account.ad == ad and account.sam]
    mine = world.ask(accounts_of, row.person) if row.person else ()
    return [a for a in mine if a.ad == ad and a.sam and world.ask(is_person, a.key)]


@rule(
    "UPN-MAIL-DIFF",
    "account",
    INFO,
    title=N_("UPN is not the mail address"),
    explanation=N_(
        "The userPrincipalName is another than the primary mail address; in the cloud one logs on by it."
    ),
    remedy=N_("Make both the same."),
)
def upn_differs(world: World, key: tuple[str, str]) -> Iterator[Found]:
    """The primary address is the one with SMTP in capitals, else the attribute mail."""
    account = world.accounts.one(key)
    if account is None or not account.upn or not world.ask(is_person, key):
        return
    primary = next((p[5:] for p in account.proxy_addresses if p.startswith("SMTP:")), account.mail)
    if primary and primary.casefold() != account.upn.casefold():
        yield Found(source=account.upn, facts={"primary mail": primary} | where(account))
