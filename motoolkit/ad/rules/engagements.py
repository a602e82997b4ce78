"""Which engagement an account is linked with in MO, which it should be, and which has none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from motoolkit.ad import mo
from motoolkit.ad.kinds import employment, in_scope, is_person, needs_account
from motoolkit.ad.linking import active_accounts, linked, today
from motoolkit.ad.matching import person_of
from motoolkit.ad.pointing import points_at
from motoolkit.ad.rules._rule import ERROR, WARNING, Found, rule
from motoolkit.ad.rules._telling import where
from motoolkit.ad.subjects import unit_name
from motoolkit.language import N_, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from motoolkit.ad.records import Account
    from motoolkit.ad.world import World

Key = tuple[str, str]

_BY: Final = {
    "number": N_("the payroll number"),
    "uuid": N_("the engagement's UUID"),
    "unit": N_("the unit"),
    "title": N_("the title"),
}
"""Evidence for which engagement an account is for, as people read it."""


def _judged(world: World, key: Key) -> str:
    """Return MO's UUID of whose an account in use is, "" for an account that is not judged."""
    account = world.accounts.one(key)
    if account is None or not account.can_log_in(world.now) or not world.ask(is_person, key):
        return ""
    return world.ask(person_of, key)


@rule(
    "ENG-WRONG",
    "account",
    ERROR,
    title=N_("Account linked to the wrong engagement"),
    explanation=N_("What AD says of the account is true of another engagement than that of MO's link."),
    remedy=N_("Link the account with the other engagement in MO, or correct what AD says."),
)
def wrong_engagement(world: World, key: Key) -> Iterator[Found]:
    """The strongest evidence decides, whatever weaker evidence says."""
    account = world.accounts.one(key)
    links = world.ask(linked, key)
    pointer = world.ask(points_at, key) if links and _judged(world, key) else None
    if account and pointer and set(links).isdisjoint(pointer.engagements):
        yield Found(
            source=_labels(world, pointer.engagements),
            mo=_labels(world, links),
            attribute="engagement",
            detail=tr("AD says so by {what}: {value}.", what=tr(_BY[pointer.how]), value=pointer.said),
            facts=where(account) | {"evidence": pointer.how},
        )


@rule(
    "ENG-NOLINK-MULTI",
    "account",
    WARNING,
    title=N_("Account without engagement"),
    explanation=N_("Of several accounts or engagements of a person MO does not say which belong together."),
    remedy=N_("Link the account with its engagements in MO."),
)
def not_linked(world: World, key: Key) -> Iterator[Found]:
    """Engagements that need no account here can not be meant."""
    person = _judged(world, key)
    if not person or world.ask(linked, key):
        return
    needing = world.ask(needs_account, key[0], person)
    accounts = world.ask(active_accounts, person, key[0])
    if needing and (len(needing) > 1 or len(accounts) > 1):
        pointer = world.ask(points_at, key)
        yield Found(
            source=_labels(world, pointer.engagements) if pointer else None,
            attribute="engagement",
            detail=tr("{one} accounts, {other} engagements.", one=len(accounts), other=len(needing)),
        )


@rule(
    "ENG-LINK-ENDED",
    "account",
    ERROR,
    title=N_("Linked engagement has ended"),
    explanation=N_("Every engagement that MO links the account with is over; the person has another."),
    remedy=N_("Link the account with the other engagement, or end the account."),
)
def link_ended(world: World, key: Key) -> Iterator[Found]:
    """One of several links that has ended is in order."""
    person = _judged(world, key)
    links = world.ask(linked, key) if person else ()
    held = world.ask(employment, person) if links else None
    if held is None or not held.current or not set(links).isdisjoint((*held.current, *held.future)):
        return
    for uuid in links:
        if uuid in held.past:
            yield Found(
                mo=_labels(world, (uuid,)),
                attribute="engagement",
                member=(uuid, _labels(world, (uuid,)) or uuid),
                detail=tr("Active is: {engagements}.", engagements=_labels(world, held.current)),
            )


@rule(
    "ENG-UNCOVERED",
    "engagement",
    WARNING,
    title=N_("Engagement without account"),
    explanation=N_("The person's accounts are all linked with other engagements; this needs one too."),
    remedy=N_("Create an account for the engagement, or link one of the person's with it as well."),
    absence=True,
)
def uncovered(world: World, uuid: str) -> Iterator[Found]:
    """Who has no account at all is PER-NO-ACC's; an account without link is for all engagements."""
    persons = [row.person for row in today(world, (uuid,))]
    for ad in world.settings if persons else ():
        if not world.ask(in_scope, ad, uuid):
            continue
        accounts = world.ask(active_accounts, persons[0], ad)
        links = [world.ask(linked, account.key) for account in accounts]
        if links and all(each and uuid not in each for each in links):
            yield Found(ad=ad, source=_sams(accounts), mo=_labels(world, (uuid,)))


@rule(
    "ENG-TWO-ACCOUNTS",
    "engagement",
    WARNING,
    title=N_("Two accounts for one engagement"),
    explanation=N_("Several accounts of one directory are linked with the same engagement."),
    remedy=N_("End the one that is not used, or let it count as an administrator's account."),
)
def two_accounts(world: World, uuid: str) -> Iterator[Found]:
    """Administrators' accounts beside the ordinary one are what is wanted; they are not of that kind."""
    rows = mo.current(world.itusers.by("engagement", uuid), world.as_of)
    persons = sorted({row.person for row in rows if row.person}) if len(rows) > 1 else ()
    for ad in world.settings if persons else ():
        accounts = [
            account
            for person in persons
            for account in world.ask(active_accounts, person, ad)
            if uuid in world.ask(linked, account.key)
        ]
        if len(accounts) > 1:
            yield Found(ad=ad, source=_sams(accounts), mo=_labels(world, (uuid,)))


def _sams(accounts: Iterable[Account]) -> str:
    return ", ".join(account.sam or account.cn for account in accounts)


def _labels(world: World, engagements: Iterable[str]) -> str | None:
    """Return engagements as people know them: payroll number and unit."""
    rows = (mo.at(world.engagements.of(uuid), world.as_of) for uuid in engagements)
    told = (f"{row.user_key} ({unit_name(world, row.org_unit)})" for row in rows if row)
    return ", ".join(told) or None
