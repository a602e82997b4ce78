"""IT users in MO: kept without work, and at other times than the account and the work."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from motoolkit.ad import mo
from motoolkit.ad.kinds import employment, end_of, is_person, last_end
from motoolkit.ad.matching import itsystem
from motoolkit.ad.records import guid_of
from motoolkit.ad.rules._rule import INFO, WARNING, Found, rule
from motoolkit.language import N_
from motoolkit.model import COPENHAGEN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from motoolkit.ad.mo import ItUser
    from motoolkit.ad.records import Account
    from motoolkit.ad.world import World
    from motoolkit.profile.ad import AdSettings


def _today(world: World, uuid: str) -> tuple[ItUser, AdSettings] | None:
    """Return an IT user of today with the directory that its system is of, None for any other."""
    row = next(iter(mo.current(world.itusers.of(uuid), world.as_of)), None)
    if row is None or not row.person:
        return None
    settings = world.ask(directory_of_system, row.itsystem)
    return (row, world.settings[settings]) if settings else None


def directory_of_system(world: World, system: str) -> str:
    """Return the directory whose accounts an IT system in MO has, "" for a system of another sort."""
    for ad, settings in world.settings.items():
        keys = [each for each in (settings.itsystem, settings.link_itsystem) if each]
        if system and system in {world.ask(itsystem, key) for key in keys}:
            return ad
    return ""


@rule(
    "ITU-NO-ENG-SYS",
    "ituser",
    WARNING,
    title=N_("IT user without engagement"),
    explanation=N_("MO still has an account for somebody who neither works here nor is to begin."),
    remedy=N_("End the IT user in MO when the account is disabled."),
)
def without_engagement(world: World, uuid: str) -> Iterator[Found]:
    """Who is to begin has an account before; after the last day there are days of grace."""
    found = _today(world, uuid)
    if found is None:
        return
    row, settings = found
    held = world.ask(employment, row.person)
    end = world.ask(last_end, row.person)
    kept = end is not None and world.as_of < end + timedelta(days=settings.grace_days)
    if not held.current and not held.future and not kept:
        yield Found(ad=settings.name, mo=row.user_key, facts={"end": str(_day(end))} if end else {})


@rule(
    "ITU-PERIOD",
    "ituser",
    INFO,
    title=N_("IT user at other times than the account"),
    explanation=N_("MO has the account before it was created, not from its beginning, or after the work."),
    remedy=N_("Let the IT user begin and end with the account."),
)
def other_times(world: World, uuid: str) -> Iterator[Found]:
    """Before the account there was something else: it was created anew.  After it, MO was told late."""
    found = _today(world, uuid)
    if found is None:
        return
    row, settings = found
    some_days = timedelta(days=settings.tolerance_days + settings.lead_days)
    account = _account(world, row, settings)
    start = world.itusers.of(uuid)[0].start
    if account and account.created:
        created = account.created.astimezone(COPENHAGEN).date()
        if start is None or not created - some_days <= start <= _latest(world, row, created) + some_days:
            yield Found(ad=settings.name, source=_day(created), mo=_day(start), attribute="start")
    yield from _outliving(world, row, settings)


def _outliving(world: World, row: ItUser, settings: AdSettings) -> Iterator[Found]:
    """Yield where the last day of work is known, and the IT user goes on."""
    ends = [world.ask(end_of, each) for each in row.engagements] or [world.ask(last_end, row.person)]
    known = [end for end in ends if end is not None]
    last = max(known) if len(known) == len(ends) else None
    held = world.itusers.of(row.uuid)[-1].end
    some_days = timedelta(days=settings.tolerance_days + settings.grace_days)
    if last and world.as_of < last and (held is None or held > last + some_days):
        yield Found(ad=settings.name, source=_day(last), mo=_day(held), attribute="end")


def _account(world: World, row: ItUser, settings: AdSettings) -> Account | None:
    guid = guid_of(row.external_id) or guid_of(row.user_key)
    account = world.accounts.one((settings.name, guid)) if guid else None
    return account if account and world.ask(is_person, account.key) else None


def _latest(world: World, row: ItUser, created: date) -> date:
    """Return when MO should have the account: from its beginning, but nobody misses it before the work's."""
    rows = [each for uuid in row.engagements for each in world.engagements.of(uuid)]
    starts = [each.start for each in rows or world.engagements.by("person", row.person)]
    known = [start for start in starts if start is not None]
    return max(created, min(known)) if known and len(known) == len(starts) else created


def _day(day: date | None) -> str | None:
    return f"{day:%d-%m-%Y}" if day else None
