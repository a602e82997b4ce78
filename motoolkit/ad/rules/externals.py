"""People from outside: who answers for them, until when, and what MO knows of them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from motoolkit.ad import mo
from motoolkit.ad.kinds import employment, kind_of, last_end, user_key_of
from motoolkit.ad.linking import today
from motoolkit.ad.matching import person_of
from motoolkit.ad.rules._rule import CRITICAL, ERROR, WARNING, Found, rule
from motoolkit.ad.rules._telling import where
from motoolkit.ad.subjects import unit_name
from motoolkit.language import N_, tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.ad.records import Account
    from motoolkit.ad.world import World

Key = tuple[str, str]


def _external(world: World, key: Key) -> Account | None:
    """Return the account of somebody from outside who can log on, None for any other."""
    account = world.accounts.one(key)
    usable = account is not None and account.can_log_in(world.now)
    return account if usable and world.ask(kind_of, key) == "external" else None


@rule(
    "EXT-NO-OWNER",
    "account",
    ERROR,
    title=N_("External without responsible"),
    explanation=N_("Nobody here answers for the external: no manager in AD, no owner in MO."),
    remedy=N_("Name somebody who answers for the external as manager in AD."),
)
def no_owner(world: World, key: Key) -> Iterator[Found]:
    """A manager who can not log on any more answers for nobody."""
    account = _external(world, key)
    if account is None or not world.settings[account.ad].externals.owner_required:
        return
    manager = world.accounts.one((account.ad, account.manager)) if account.manager else None
    if account.manager and (manager is None or manager.can_log_in(world.now)):
        return
    person = world.ask(person_of, key)
    owners = mo.current(world.owners.by("person", person), world.as_of) if person else []
    if not any(row.owner for row in owners):
        told = tr("The account of the manager is disabled.") if manager else ""
        yield Found(
            source=manager.sam if manager else None, attribute="manager", detail=told, facts=where(account)
        )


@rule(
    "EXT-NO-END",
    "account",
    WARNING,
    title=N_("External without end"),
    explanation=N_("The external's account does not expire, and MO knows no end either."),
    remedy=N_("Set the day on which the account expires."),
)
def no_end(world: World, key: Key) -> Iterator[Found]:
    """An end in MO is enough: it ends the account."""
    account = _external(world, key)
    if account and account.expires_at is None:
        person = world.ask(person_of, key)
        if not person or world.ask(last_end, person) is None:
            yield Found(attribute="accountExpires", facts=where(account))


@rule(
    "EXT-ENDED",
    "account",
    CRITICAL,
    title=N_("External who has ended can log on"),
    explanation=N_("The external's last engagement in MO is over, and the account can still be used."),
    remedy=N_("Disable the account, or prolong the engagement."),
)
def ended(world: World, key: Key) -> Iterator[Found]:
    """After the last day there are days of grace; who is to begin again may keep the account."""
    account = _external(world, key)
    person = world.ask(person_of, key) if account else ""
    held = world.ask(employment, person) if person else None
    if account is None or held is None or held.current or held.future:
        return
    end = world.ask(last_end, person)
    grace = timedelta(days=world.settings[account.ad].grace_days)
    if end and end + grace <= world.as_of:
        yield Found(mo=f"{end:%d-%m-%Y}", attribute="end", facts=where(account))


@rule(
    "EXT-NOT-IN-MO",
    "account",
    WARNING,
    title=N_("External not in MO"),
    explanation=N_("MO does not know whose the external account is."),
    remedy=N_("Create the external in MO: a plan for all of them can be made from AD."),
)
def not_in_mo(world: World, key: Key) -> Iterator[Found]:
    """Somebody without a CPR number is known by the GUID; then that is missing in MO."""
    account = _external(world, key)
    person = world.ask(person_of, key) if account else ""
    if account and (not person or not any(world.ask(employment, person))):
        told = tr("The person is in MO, and never had an engagement.") if person else ""
        yield Found(source=account.display_name or account.cn, detail=told, facts=where(account))


@rule(
    "EXT-IS-INTERNAL",
    "account",
    WARNING,
    title=N_("External who is employed too"),
    explanation=N_("The account is an external's, and the person is employed here as well."),
    remedy=N_("Let the person have one account, or accept both with a reason."),
)
def is_internal(world: World, key: Key) -> Iterator[Found]:
    """Several engagements as an external are none as an employee."""
    account = _external(world, key)
    person = world.ask(person_of, key) if account else ""
    if account is None or not person:
        return
    outside = world.settings[account.ad].externals.engagement_type
    rows = today(world, world.ask(employment, person).current)
    inside = [row for row in rows if world.ask(user_key_of, row.engagement_type) != outside]
    if inside:
        told = sorted(f"{row.user_key} ({unit_name(world, row.org_unit)})" for row in inside)
        yield Found(mo=", ".join(told), facts=where(account))
