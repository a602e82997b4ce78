"""What links an account with a person, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from motoolkit.ad import mo
from motoolkit.ad.kinds import kind_of
from motoolkit.ad.matching import STRONG, evidence, itsystem
from motoolkit.ad.records import guid_of
from motoolkit.ad.rules._rule import CRITICAL, ERROR, INFO, WARNING, Found, rule
from motoolkit.ad.rules._telling import called, name_of, told_day, where
from motoolkit.language import N_, tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.ad.records import Account
    from motoolkit.ad.world import World
    from motoolkit.profile.ad import AdSettings


@rule(
    "ACC-CPR-GUID-CONFLICT",
    "account",
    CRITICAL,
    title=N_("Account linked to two persons"),
    explanation=N_(
        "The CPR number in AD is one person's, and the IT user in MO with the account's GUID is another's."
    ),
    remedy=N_("Decide whose account it is, then correct the CPR number in AD or end the IT user in MO."),
)
def cpr_guid_conflict(world: World, key: tuple[str, str]) -> Iterator[Found]:
    """The integration takes the CPR number and never tells (domain facts, section 3.2)."""
    strong = {e.how: e.person for e in reversed(world.ask(evidence, key)) if e.now and e.how in STRONG}
    linked = strong.get("external_id") or strong.get("user_key_guid")
    if linked and strong.get("cpr") not in {None, linked} and world.ask(kind_of, key):
        names = [name_of(world, uuid) for uuid in (strong["cpr"], linked)]
        yield Found(source=names[0], mo=names[1], detail=tr("CPR number and GUID disagree."))


class Link(NamedTuple):
    """What an IT user of today says of a GUID, in the field where a directory's convention has it.

    Attributes:
        ad: the directory in whose system it is.
        written: the text as it stands in MO.
        guid: what it means, "" where it means none.
    """

    ad: str
    written: str
    guid: str


def links_of(world: World, ituser: str) -> tuple[Link, ...]:
    """Return what an IT user links: its external_id, or its user_key where that is the convention."""
    found = []
    for row in mo.current(world.itusers.of(ituser), world.as_of):
        for ad, settings in world.settings.items():
            text = _written(world, settings, row)
            if text:
                found.append(Link(ad, text, guid_of(text.strip())))
    return tuple(dict.fromkeys(found))


def _written(world: World, settings: AdSettings, row: mo.ItUser) -> str:
    link = world.ask(itsystem, settings.link_itsystem) if settings.link_itsystem else ""
    if link and row.itsystem == link:
        return row.user_key
    if row.itsystem != world.ask(itsystem, settings.itsystem):
        return ""
    # Where one system has both, the integration writes the GUID as user_key and leaves external_id empty.
    return row.external_id or (row.user_key if guid_of(row.user_key) else "")


def _in(world: World, ad: str, guid: str) -> bool:
    """Tell whether a directory has an object of any sort: units have IT users too."""
    return any(world.table(name).of((ad, guid)) for name in ("accounts", "ous", "groups"))


def swapped(guid: str) -> str:
    """Return a GUID with the bytes of its first three fields the other way round."""
    return str(UUID(bytes=UUID(guid).bytes_le))


@rule(
    "GUID-STALE",
    "ituser",
    ERROR,
    title=N_("GUID of no account"),
    explanation=N_("The IT user in MO has the GUID of an account that is not in the directory."),
    remedy=N_(
        "End the IT user (the integration's /fixup/delete_non_existing endpoints list them), or link the "
        "account that was made anew."
    ),
    absence=True,
)
def stale(world: World, ituser: str) -> Iterator[Found]:
    """An account that was deleted and made again has the same name and another GUID."""
    for link in world.ask(links_of, ituser):
        if not link.guid or _in(world, link.ad, link.guid) or _elsewhere(world, link):
            continue
        if _in(world, link.ad, swapped(link.guid)):
            continue
        stone = world.tombstones.one((link.ad, link.guid))
        names = {row.user_key for row in world.itusers.of(ituser) if not guid_of(row.user_key)}
        names |= {stone.sam} if stone else set()
        anew = [a for name in sorted(names) for a in world.accounts.by("sam", (link.ad, name.casefold()))]
        header = world.headers.one(link.ad)
        if stone is not None:
            told = told_day(stone.deleted.astimezone(world.now.tzinfo).date()) if stone.deleted else ""
            detail = tr("It was deleted {day}.", day=told) if told else tr("It was deleted.")
        else:
            known = header is not None and header.tombstones
            detail = tr("It is not among the deleted ones either.") if known else ""
        facts = {"guid": link.guid}
        if anew:
            detail += " " + tr("An account of the same name is there: {account}.", account=called(anew[0]))
            facts |= {"account of the same name": anew[0].guid}
        yield Found(mo=link.written, ad=link.ad, detail=detail.strip(), facts=facts)


def _elsewhere(world: World, link: Link) -> list[Account]:
    return [account for account in world.accounts.by("guid", link.guid) if account.ad != link.ad]


@rule(
    "GUID-SWAPPED",
    "ituser",
    WARNING,
    title=N_("GUID with swapped bytes"),
    explanation=N_("The GUID in MO is that of an account once its bytes are put in the other order."),
    remedy=N_("Correct the GUID in MO: AD sends its first three fields with the lowest byte first."),
)
def byte_order(world: World, ituser: str) -> Iterator[Found]:
    """A program that read the sixteen bytes as they came writes a GUID that looks like any other."""
    for link in world.ask(links_of, ituser):
        if link.guid and not _in(world, link.ad, link.guid):
            right = swapped(link.guid)
            if right != link.guid and _in(world, link.ad, right):
                yield Found(source=right, mo=link.written, ad=link.ad)


@rule(
    "GUID-BAD-FORMAT",
    "ituser",
    WARNING,
    title=N_("GUID written wrongly"),
    explanation=N_(
        "Where MO should have the account's GUID, in lower case without braces, is something else."
    ),
    remedy=N_("Write the GUID as MO writes UUIDs: the integration stops at anything else."),
)
def bad_format(world: World, ituser: str) -> Iterator[Found]:
    """Braces and capitals are what tools for Windows show."""
    for link in world.ask(links_of, ituser):
        if link.written != link.guid:
            detail = "" if link.guid else tr("It is no GUID at all.")
            yield Found(source=link.guid or None, mo=link.written, ad=link.ad, detail=detail)


@rule(
    "GUID-CONVENTION",
    "person",
    INFO,
    title=N_("GUID in the other field"),
    explanation=N_("The person's GUID is not in the field of the IT user where MO has those of others."),
    remedy=N_("Move it, so that every program finds it: external_id is what newer integrations read."),
)
def convention(world: World, person: str) -> Iterator[Found]:
    """Both conventions live side by side; having it in both places is right in each."""
    rows = mo.current(world.itusers.by("person", person), world.as_of)
    for ad, settings in world.settings.items():
        systems = {world.ask(itsystem, key) for key in (settings.itsystem, settings.link_itsystem) if key}
        mine = [row for row in rows if row.itsystem in systems - {""}]
        in_external = {guid for row in mine if (guid := guid_of(row.external_id))}
        in_key = {guid for row in mine if (guid := guid_of(row.user_key))}
        wrong = in_key - in_external if settings.guid_in == "external_id" else in_external - in_key
        if wrong:
            yield Found(mo=", ".join(sorted(wrong)), ad=ad, facts={"should be in": settings.guid_in})


@rule(
    "LINK-DUP-AD",
    "ituser",
    ERROR,
    title=N_("GUID of another directory"),
    explanation=N_("The IT user is in one directory's IT system and has the GUID of an account in another."),
    remedy=N_("Move the IT user to the right IT system."),
)
def other_directory(world: World, ituser: str) -> Iterator[Found]:
    """It is told with the directory that it is in."""
    for link in world.ask(links_of, ituser):
        if link.guid and not _in(world, link.ad, link.guid):
            for account in _elsewhere(world, link):
                yield Found(source=called(account), mo=link.written, ad=link.ad, facts=where(account))
