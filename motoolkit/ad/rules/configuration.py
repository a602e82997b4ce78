"""Whether the settings of a directory can be right; what is wrong here makes other findings wrong."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from motoolkit.ad import mo
from motoolkit.ad.dn import below, parts, same
from motoolkit.ad.matching import itsystem
from motoolkit.ad.placing import place_of
from motoolkit.ad.rules._rule import ERROR, Found, rule
from motoolkit.language import N_, tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.ad.world import World
    from motoolkit.profile.ad import AdSettings

_REFERRAL: Final = re.compile(r"referr?al|referenc|henvis", re.IGNORECASE)
_WORD: Final = re.compile(r"[\w-]+")


@rule(
    "CFG-IT-SYSTEM",
    "ad",
    ERROR,
    title=N_("IT system that MO does not have"),
    explanation=N_(
        "The settings name an IT system that is not in MO today, so no account can be linked by it."
    ),
    remedy=N_("Correct the user_key in the settings, or create the IT system in MO."),
)
def it_system(world: World, ad: str) -> Iterator[Found]:
    """The key is compared as MO compares it: upper and lower case matter."""
    settings = world.settings[ad]
    for name in ("itsystem", "link_itsystem"):
        wanted = getattr(settings, name)
        if wanted and not world.ask(itsystem, wanted):
            near = [row.user_key for row in world.itsystems.by("folded", wanted.casefold())]
            detail = tr("MO has {near}.", near=", ".join(sorted(set(near)))) if near else ""
            yield Found(source=wanted, attribute=name, detail=detail)


@rule(
    "CFG-TRUNCATED",
    "ad",
    ERROR,
    title=N_("Directory not read to its end"),
    explanation=N_("The read was cut off; what is missing in the directory is not told, as it may be there."),
    remedy=N_("Read it again; see the size limit, the time limit and the rights of who reads."),
)
def truncated(world: World, ad: str) -> Iterator[Found]:
    """A server that stops at a limit gives half of it without a word (domain facts, section 2.1)."""
    header = world.headers.one(ad)
    if header is not None and not header.complete:
        yield Found(source=header.server or None, detail="; ".join(header.notices))


@rule(
    "CFG-OUS",
    "ad",
    ERROR,
    title=N_("DN in the settings where nothing is"),
    explanation=N_(
        "Nothing that was read lies at or below the DN: it is misspelt, was moved, or may not be read."
    ),
    remedy=N_("Correct the DN in the settings, and in the integration's."),
    absence=True,
)
def places(world: World, ad: str) -> Iterator[Found]:
    """An OU that holds nothing where accounts are looked for is as good as none."""
    settings = world.settings[ad]
    for name, dn in _places(settings):
        accounts = name in {"search_bases", "base_dn"} and not _may_be_empty(settings, dn)
        if dn and not _is_used(world, ad, dn, accounts=accounts):
            yield Found(source=dn, attribute=name, member=(dn.casefold(), dn))


def _may_be_empty(settings: AdSettings, dn: str) -> bool:
    """Tell whether accounts are looked for where none need be: parked ones, and people from outside."""
    return any(
        same(dn, each) for each in (settings.ou_parking, *(base for base, _ in settings.externals.units))
    )


def _places(settings: AdSettings) -> Iterator[tuple[str, str]]:
    """Yield the DNs of the settings by the setting's name; excluded ones may be gone for good."""
    yield "base_dn", settings.base_dn
    yield "ou_root", settings.ou_root
    yield "ou_parking", settings.ou_parking
    for name, dns in (
        ("search_bases", settings.search_bases),
        ("groups.below", settings.groups.below),
        ("groups.distribution_below", settings.groups.distribution_below),
        ("externals.units", tuple(dn for dn, _unit in settings.externals.units)),
        # An empty container can not be told from none: it is not read.
        ("kinds", tuple(each.below for each in settings.kinds if not each.below.lower().startswith("cn="))),
    ):
        yield from ((name, dn) for dn in dict.fromkeys(dns))


def _is_used(world: World, ad: str, dn: str, *, accounts: bool) -> bool:
    """Tell whether a DN is an OU's or has something below it; of a base for accounts, an account."""
    waiting: list[tuple[str, object]] = [(ad, parts(dn))]
    if not accounts and world.ous.by("dn", waiting[0]):
        return True
    for place in waiting:
        if world.accounts.by("parent", place) or (not accounts and world.groups.by("parent", place)):
            return True
        waiting.extend(place_of(ou) for ou in world.ous.by("parent", place))
    # Containers are no OUs, and are not read: what is below one is found only by looking at everything.
    tables = (world.accounts,) if accounts else (world.accounts, world.groups)
    return any(row.ad == ad and below(row.dn, dn) for table in tables for row in table.everything())


@rule(
    "CFG-ATTRIBUTE",
    "ad",
    ERROR,
    title=N_("Attribute that the directory does not have"),
    explanation=N_(
        "The settings name an attribute that came on no account: misspelt, or hidden from who reads."
    ),
    remedy=N_("Correct the name in the settings, or give who reads the right to see it."),
)
def attributes(world: World, ad: str) -> Iterator[Found]:
    """The read tells which; the CPR attribute has a rule of its own."""
    header = world.headers.one(ad)
    for name, attribute in _attributes(world.settings[ad]) if header else ():
        for notice in header.notices if header else ():
            if attribute.casefold() in {word.casefold() for word in _WORD.findall(notice)}:
                yield Found(source=attribute, attribute=attribute, detail=notice, facts={"setting": name})
                break


def _attributes(settings: AdSettings) -> list[tuple[str, str]]:
    named = [
        ("engagement_attribute", settings.engagement_attribute),
        ("mo_uuid_attribute", settings.mo_uuid_attribute),
        *(("fields", each.attribute) for each in settings.fields),
        *(("discriminator", each) for each in settings.discriminator.fields),
    ]
    first = {attribute.casefold(): (name, attribute) for name, attribute in reversed(named) if attribute}
    return sorted(first.values())


@rule(
    "CFG-REFERRAL",
    "ad",
    ERROR,
    title=N_("Parts of the directory are on another server"),
    explanation=N_("The server refers to others for a part of what was asked for; that part was not read."),
    remedy=N_(
        "Make a directory of its own in the settings for each domain, and narrow base_dn to this one's."
    ),
)
def referral(world: World, ad: str) -> Iterator[Found]:
    """A child domain is the usual case (domain facts, section 2.2)."""
    header = world.headers.one(ad)
    told = [notice for notice in header.notices if _REFERRAL.search(notice)] if header else []
    if told:
        yield Found(detail="; ".join(told), attribute="base_dn")


@rule(
    "CFG-NAMESPACE",
    "ad",
    ERROR,
    title=N_("Two directories share what must be one's own"),
    explanation=N_(
        "Two integrations that share an IT system, or a base, take each other's accounts for their own."
    ),
    remedy=N_("Give each directory its own IT system in MO, and its own event namespace and base DN."),
)
def namespace(world: World, ad: str) -> Iterator[Found]:
    """Told once for a pair, at the first of both."""
    mine = world.settings[ad]
    for other, theirs in world.settings.items():
        if other <= ad:
            continue
        if mine.itsystem and mine.itsystem == theirs.itsystem:
            yield Found(source=mine.itsystem, attribute="itsystem", member=(other, other))
        if mine.url and mine.url == theirs.url and same(mine.base_dn, theirs.base_dn):
            yield Found(source=mine.base_dn or mine.url, attribute="base_dn", member=(other, other))


@rule(
    "CFG-SCOPE",
    "ad",
    ERROR,
    title=N_("Unit or class in the settings that MO does not have"),
    explanation=N_("Who needs an account is decided by a unit or class that is not in MO today."),
    remedy=N_("Correct the user_key in the settings, or create it in MO."),
)
def scope(world: World, ad: str) -> Iterator[Found]:
    """A misspelt unit leaves everybody out, and nothing is found: it looks as if all were well."""
    settings = world.settings[ad]
    units = [("scope_units", each) for each in settings.scope_units]
    units += [("externals.units", unit) for _dn, unit in settings.externals.units]
    for name, wanted in units:
        rows = (*world.org_units.of(wanted.lower()), *world.org_units.by("user_key", wanted))
        if not mo.current(rows, world.as_of):
            yield Found(source=wanted, attribute=name, member=(wanted, wanted))
    for wanted in settings.scope_engagement_types:
        if not mo.current(world.classes.by("user_key", wanted), world.as_of):
            yield Found(source=wanted, attribute="scope_engagement_types", member=(wanted, wanted))
