"""Externals of MO who are gone from the OUs that were agreed: deleted, or moved out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from motoolkit.ad import mo
from motoolkit.ad._guards import doubts
from motoolkit.ad.dn import below, parts
from motoolkit.ad.external_users._one import agreed_unit, alive, end_of
from motoolkit.ad.external_users._whose import derived, works_here
from motoolkit.ad.kinds import kind_of
from motoolkit.ad.records import guid_of
from motoolkit.ad.subjects import unit_name
from motoolkit.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from motoolkit.ad.external_users._terms import Terms
    from motoolkit.ad.mo import Engagement
    from motoolkit.ad.records import Header
    from motoolkit.ad.world import World
    from motoolkit.plan import Plan

    Key = tuple[str, str]

_FEW: Final = 20
"""So many may always be gone: of few externals they are many per cent."""
_ALL_OF_THEM: Final = 3
"""From so many on it is not believed that all are gone."""
_HUNDRED: Final = 100


@dataclass(frozen=True, slots=True)
class Known:
    """An external whom MO has from a directory.

    Attributes:
        key: the account's.
        engagement: MO's UUID of the engagement, which is not over.
        person: MO's UUID.
        ours: whether the import made the engagement.
    """

    key: Key
    engagement: str
    person: str
    ours: bool


def known(world: World, terms: Terms) -> list[Known]:
    """Return the externals that MO has from a directory: what the import made, or what is in agreed units.

    IT users that are over count too: the AD integration ends them where it does not find the account.  Of
    several that were for one engagement the one with an account counts, then the one of today.
    """
    found: dict[str, tuple[bool, bool, Known]] = {}
    for row in (row for system in sorted(terms.systems) for row in world.itusers.by("itsystem", system)):
        key = (terms.ad, guid_of(row.external_id) or guid_of(row.user_key))
        for held in _engagements(world, terms, key, row.engagements) if key[1] else ():
            ours = held.uuid == derived(key, "engagement")
            each = Known(key, held.uuid, held.person, ours)
            rank = (bool(world.accounts.of(key)), not row.over(world.as_of))
            if held.uuid not in found or found[held.uuid][:2] < rank:
                found[held.uuid] = (*rank, each)
    return sorted((each for *_, each in found.values()), key=lambda each: (each.key, each.engagement))


def _engagements(world: World, terms: Terms, key: Key, linked: tuple[str, ...]) -> Iterator[Engagement]:
    ours = derived(key, "engagement")
    for uuid in dict.fromkeys((ours, *linked)):
        for row in alive(world, uuid)[:1]:
            outside = row.engagement_type == terms.engagement_type
            if uuid == ours or (outside and agreed_unit(world, terms, row.org_unit)):
                yield row


def gone(world: World, terms: Terms) -> list[Known]:
    """Return those of whom the directory has no account in the agreed OUs any more.

    An account that was moved ends only what the import made: others may be externals without an OU of their
    own.
    """
    found = []
    for each in known(world, terms):
        account = world.accounts.one(each.key)
        if account is None:
            if each.ours or not world.accounts.by("guid", each.key[1]):
                found.append(each)
        elif each.ours and world.ask(kind_of, each.key) and not terms.unit_of(account.dn):
            found.append(each)
    return found


def expired(world: World, terms: Terms) -> list[Known]:
    """Return those whose account has expired, though MO has them still."""
    found = []
    for each in known(world, terms):
        account = world.accounts.one(each.key)
        if account and account.enabled and world.ask(kind_of, each.key) == "external":
            until = end_of(account)
            if until is not None and until <= world.as_of:
                found.append(each)
    return found


def end(plan: Plan, world: World, terms: Terms, each: Known) -> str:
    """End today what an external has; return why, in words.

    Who was moved and works here otherwise keeps the IT user: it is the employee's now.
    """
    account = world.accounts.one(each.key)
    moved = account is not None and not terms.unit_of(account.dn)
    inside = works_here(world, each.person, (terms,)) if moved else ""
    for uuid in _itusers(world, terms, each):
        if inside:
            _unlink(plan, world, uuid, each.engagement)
        else:
            _end_ituser(plan, world, uuid)
    plan.terminate("engagement", each.engagement, end=world.as_of)
    if account is None:
        return tr("Its account is not in AD any more.")
    if terms.unit_of(account.dn):
        return tr("Its account has expired.")
    told = tr("Its account was moved out of the OUs of externals.")
    kept = tr("The person is employed and keeps the IT user: {jobs}.", jobs=inside) if inside else ""
    return f"{told} {kept}".strip()


def _itusers(world: World, terms: Terms, each: Known) -> list[str]:
    """Return the IT users of the directory's that are the account, or are there for the engagement alone."""
    rows = (row for row in world.itusers.by("person", each.person) if not row.over(world.as_of))
    theirs = [row for row in rows if row.itsystem in terms.systems]
    return sorted(
        {
            row.uuid
            for row in theirs
            if each.key[1] in (guid_of(row.external_id), guid_of(row.user_key))
            or row.engagements == (each.engagement,)
        }
    )


def _unlink(plan: Plan, world: World, uuid: str, engagement: str) -> None:
    row = mo.at(world.itusers.of(uuid), world.as_of)
    if row is not None and engagement in row.engagements:
        left = tuple(other for other in row.engagements if other != engagement)
        plan.update("ituser", uuid, start=world.as_of, engagements=left)


def _end_ituser(plan: Plan, world: World, uuid: str) -> None:
    """End an IT user after what MO does not let it end before, and its addresses."""
    for kind, table in (("rolebinding", world.rolebindings), ("address", world.addresses)):
        rows = [row for row in table.by("ituser", uuid) if not row.over(world.as_of)]
        for other in sorted({row.uuid for row in rows}):
            plan.terminate(kind, other, end=world.as_of)
    plan.terminate("ituser", uuid, end=world.as_of)


def doubted(world: World, terms: tuple[Terms, ...], previous: Mapping[str, Header]) -> dict[str, str]:
    """Return why nobody is ended because of what a directory lacks, by its name."""
    of_reads = doubts(world, previous)
    found = {
        each.ad: of_reads.get(each.ad) or _no_such_place(world, each) or _too_many(world, each)
        for each in terms
    }
    return {ad: why for ad, why in found.items() if why}


def _no_such_place(world: World, terms: Terms) -> str:
    """Tell of an OU that was renamed, or mistyped: then everybody in it would be gone."""
    for base, unit in terms.units:
        there = world.ous.by("dn", (terms.ad, parts(base))) or any(
            below(account.dn, base) for account in world.accounts.by("ad", terms.ad)
        )
        if not there:
            return tr(
                "{ad} has no {base}, which is agreed for {unit}: nobody is ended. Correct units in the "
                "profile.",
                ad=terms.ad,
                base=base,
                unit=unit_name(world, unit),
            )
    return ""


def _too_many(world: World, terms: Terms) -> str:
    had, less = len(known(world, terms)), len(gone(world, terms))
    most = terms.settings.deny_vanish
    many = less > _FEW and less * _HUNDRED > most * had
    every = less == had >= _ALL_OF_THEM and most < _HUNDRED
    if not (many or every):
        return ""
    return tr(
        "{less} of {had} externals of {ad} in MO are gone from their OUs: nobody is ended. Look why; "
        "deny_vanish in the profile says how many per cent may go.",
        less=less,
        had=had,
        ad=terms.ad,
    )
