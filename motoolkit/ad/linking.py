"""Which engagement an account is for: what MO links it with, what AD says of it, and what is left.

Every function is a question to the world: ``world.ask(engagement_of, account.key)``.
Domain facts, sections 2.6, 3.7 and 4.3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from motoolkit.ad import mo
from motoolkit.ad.kinds import employment, is_person, needs_account
from motoolkit.ad.matching import accounts_of, is_primary, itusers_of, person_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from motoolkit.ad.mo import Engagement
    from motoolkit.ad.records import Account
    from motoolkit.ad.world import World

Key = tuple[str, str]
"""Of an account: the directory's name and the GUID."""


def linked(world: World, key: Key) -> tuple[str, ...]:
    """Return the engagements that MO links an account with today, over or not."""
    rows = world.ask(itusers_of, key)
    return tuple(dict.fromkeys(uuid for row in rows for uuid in row.engagements))


def active_accounts(world: World, person: str, ad: str) -> tuple[Account, ...]:
    """Return somebody's accounts in one directory that are for ordinary work and can be used."""
    return tuple(
        account
        for account in world.ask(accounts_of, person)
        if account.ad == ad and account.can_log_in(world.now) and world.ask(is_person, account.key)
    )


def engagement_of(world: World, key: Key) -> Engagement | None:
    """Return today's engagement that an account is for, None where that can not be told.

    What it is linked with goes before what AD's attribute names; then comes what is in the directory's
    scope and not another account's.
    """
    person = world.ask(person_of, key)
    now = world.ask(employment, person).current if person else ()
    if not now:
        return None
    mine = tuple(uuid for uuid in world.ask(linked, key) if uuid in now)
    return first_of(world, mine or world.ask(numbered, key) or _left(world, key, person, now))


def numbered(world: World, key: Key) -> tuple[str, ...]:
    """Return the person's engagements of today that AD's attribute names by number or by UUID."""
    account = world.accounts.one(key)
    person = world.ask(person_of, key)
    said = number_in(world, account).casefold() if account and person else ""
    if not said:
        return ()
    rows = today(world, world.ask(employment, person).current)
    return tuple(dict.fromkeys(row.uuid for row in rows if said in {row.uuid, row.user_key.casefold()}))


def number_in(world: World, account: Account) -> str:
    """Return what AD has for the engagement: the attribute of the settings, else the employee number."""
    settings = world.settings[account.ad]
    if settings.engagement_attribute:
        return account.engagement.strip()
    # Some directories have the CPR number there.
    is_cpr = settings.cpr_attribute.lower() == "employeenumber"
    return "" if is_cpr else account.employee_number.strip()


def _left(world: World, key: Key, person: str, now: tuple[str, ...]) -> tuple[str, ...]:
    taken = {
        uuid
        for account in world.ask(active_accounts, person, key[0])
        if account.key != key
        for uuid in world.ask(linked, account.key)
    }
    wanted = world.ask(needs_account, key[0], person) or now
    return tuple(uuid for uuid in wanted if uuid not in taken) or wanted


def today(world: World, uuids: Iterable[str]) -> list[Engagement]:
    """Return what engagements are today, without those that are not."""
    return [row for uuid in uuids for row in mo.current(world.engagements.of(uuid), world.as_of)]


def first_of(world: World, uuids: Iterable[str]) -> Engagement | None:
    """Return of several engagements of today the primary, else the greatest fraction, then lowest number."""
    rows = today(world, uuids)
    return min(rows, key=lambda row: _rank(world, row), default=None)


def _rank(world: World, row: Engagement) -> tuple[bool, int, str]:
    return not world.ask(is_primary, row.primary), -(row.fraction or 0), row.user_key
