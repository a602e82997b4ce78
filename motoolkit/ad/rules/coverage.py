"""Accounts without a person, people without an account, and both after the last day of work."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from motoolkit.ad import mo
from motoolkit.ad.kinds import (
    employment,
    end_of,
    first_day,
    in_scope,
    is_person,
    kind_of,
    last_end,
    needs_account,
    on_leave,
)
from motoolkit.ad.matching import accounts_of, evidence, itusers_of, person_of, unit_of
from motoolkit.ad.names import plain
from motoolkit.ad.rules._rule import CRITICAL, ERROR, INFO, WARNING, Found, rule
from motoolkit.ad.rules._telling import name_of, told_day, where, why
from motoolkit.language import N_, tr
from motoolkit.model import COPENHAGEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.ad.records import Account, AdGroup
    from motoolkit.ad.world import World

_LEAK: Final = timedelta(days=30)
"""So long an account counts as just created."""
_DEFAULT_GROUPS: Final = frozenset({513, 514, 515})
"""RIDs of Domain Users, Guests and Computers, which give nothing."""


@rule(
    "ACC-NO-PERSON",
    "account",
    ERROR,
    title=N_("Account without a person"),
    explanation=N_(
        "Nobody in MO can be found whose account this is: neither by GUID, username, CPR nor mail."
    ),
    remedy=N_(
        "Link it to the person whom the name suggests, create an external person in MO, or disable it. "
        "An account that was just created may have been left unlinked by the integration."
    ),
)
def no_person(world: World, key: tuple[str, str]) -> Iterator[Found]:
    """External people are the rules' for externals."""
    account = world.accounts.one(key)
    if account is None or world.ask(kind_of, key) != "person":
        return
    just_created = account.created is not None and world.now - account.created < _LEAK
    if world.ask(person_of, key):
        if just_created and not any(e.ituser for e in world.ask(evidence, key)):
            yield Found(
                source=account.display_name or account.cn,
                mo=name_of(world, world.ask(person_of, key)),
                severity=INFO,
                detail=tr("It was just created, and no IT user in MO links it."),
                facts=where(account) | why(world, key),
            )
        return
    severity = None if account.can_log_in(world.now) else WARNING
    suggested = world.ask(suggestion, key)
    detail = tr("Perhaps it belongs to {name}.", name=suggested.told) if suggested else ""
    if suggested and just_created and not world.ask(accounts_of, suggested.person):
        detail = tr(
            "It was just created, perhaps for {name}, and the integration did not link it.",
            name=suggested.told,
        )
    facts = where(account) | ({"suggested person": suggested.person} if suggested else {})
    yield Found(source=account.display_name or account.cn, severity=severity, detail=detail, facts=facts)


class Suggestion(NamedTuple):
    """Whose an account perhaps is; a name is no evidence."""

    person: str
    told: str


def suggestion(world: World, key: tuple[str, str]) -> Suggestion | None:
    """Return who is called as an account is: the only one, or the only one in a unit that it names."""
    account = world.accounts.one(key)
    if account is None:
        return None
    names = {f"{account.given_name} {account.surname}", account.display_name, account.cn}
    found = {row.uuid for name in names for row in world.persons.by("name", plain(name)) if row.name}
    if len(found) > 1:
        found = {uuid for uuid in found if _names_unit(account, world.ask(unit_of, uuid))}
    if len(found) != 1:
        return None
    (person,) = found
    unit = world.ask(unit_of, person)
    name = name_of(world, person)
    return Suggestion(person, f"{name} ({unit})" if unit else name)


def _names_unit(account: Account, unit: str) -> bool:
    told = {plain(account.value(each)) for each in ("department", "physicaldeliveryofficename", "company")}
    return bool(unit) and (plain(unit) in told or f"={plain(unit)}," in plain(account.dn))


@rule(
    "PER-NO-ACC",
    "person",
    ERROR,
    title=N_("Person without an account"),
    explanation=N_("Somebody has an engagement that needs an account in this directory, and has none."),
    remedy=N_(
        "Let the integration synchronise the person. If nothing comes of it, check the CPR number, the "
        "integration's rule for which account counts, and IT_USER_TO_CHECK."
    ),
    absence=True,
)
def no_account(world: World, person: str) -> Iterator[Found]:
    """It is due the days before the first day that the settings give, and told before that for a while."""
    for ad, settings in world.settings.items():
        due = _due(world, ad, person)
        if due is None or any(_of(world, ad, account) for account in world.ask(accounts_of, person)):
            continue
        first, engagement = due
        soon = first - timedelta(days=settings.lead_days) > world.as_of
        row = mo.at(world.engagements.of(engagement), world.as_of)
        yield Found(
            mo=row.user_key if row else None,
            ad=ad,
            severity=INFO if soon else None,
            detail=tr("The first day of work is {day}.", day=told_day(first)) if first > world.as_of else "",
            facts={"directory": ad, "engagement": engagement},
        )


def _of(world: World, ad: str, account: Account) -> bool:
    return account.ad == ad and world.ask(is_person, account.key)


def _due(world: World, ad: str, person: str) -> tuple[date, str] | None:
    """Return the first day of work for which an account is needed, and of which engagement."""
    current = world.ask(needs_account, ad, person)
    if current:
        return world.as_of, current[0]
    settings = world.settings[ad]
    until = world.as_of + timedelta(days=max(settings.early_days, settings.lead_days))
    coming = [
        (first, uuid)
        for uuid in world.ask(employment, person).future
        if world.ask(in_scope, ad, uuid) and (first := world.ask(first_day, uuid)) and first <= until
    ]
    return min(coming, default=None)


class _Ended(NamedTuple):
    person: str
    end: date | None


def ended(world: World, key: tuple[str, str]) -> _Ended | None:
    """Return whose account it is and when work ended, for somebody without work, after the days of grace."""
    account, person = world.accounts.one(key), world.ask(person_of, key)
    # What an administrator can do with an account of their own goes on when their other one is disabled.
    if account is None or not person or world.ask(kind_of, key) not in {"person", "admin"}:
        return None
    held = world.ask(employment, person)
    if held.current or held.future:
        return None
    end = world.ask(last_end, person)
    grace = timedelta(days=world.settings[account.ad].grace_days)
    return None if end is not None and world.as_of < end + grace else _Ended(person, end)


def _last_day(end: date | None) -> str:
    if end is None:
        return tr("MO has never had an engagement of this person.")
    return tr("The last day of work was {day}.", day=told_day(end - timedelta(days=1)))


@rule(
    "ENG-ENDED-ENABLED",
    "account",
    CRITICAL,
    title=N_("Account open after the last day"),
    explanation=N_("Somebody has no engagement, now or to come, and can still log on."),
    remedy=N_("Disable the account, and check what the integration does when an engagement ends."),
)
def ended_enabled(world: World, key: tuple[str, str]) -> Iterator[Found]:
    """An account that has expired is shut, though AD calls it enabled."""
    account, found = world.accounts.one(key), world.ask(ended, key)
    if account and found and account.can_log_in(world.now):
        yield Found(
            source=tr("can log on"),
            mo=name_of(world, found.person),
            detail=_last_day(found.end),
            facts=where(account) | why(world, key),
        )


@rule(
    "ENG-ENDED-IN-GROUPS",
    "account",
    WARNING,
    title=N_("In groups after the last day"),
    explanation=N_("The account of somebody without an engagement is shut, and still a member of groups."),
    remedy=N_("Remove the memberships: whoever opens the account again opens those rights too."),
)
def ended_in_groups(world: World, key: tuple[str, str]) -> Iterator[Found]:
    """One finding for each group; what every account is a member of is none."""
    account, found = world.accounts.one(key), world.ask(ended, key)
    if account and found and not account.can_log_in(world.now):
        for group in world.groups.by("member", key):
            if not _is_default(group):
                yield Found(
                    source=group.sam or group.name,
                    member=(group.guid, group.sam or group.name),
                    detail=_last_day(found.end),
                    facts={"group": group.dn},
                )


def _is_default(group: AdGroup) -> bool:
    rid = group.sid.rpartition("-")[2]
    return rid.isdigit() and (int(rid) in _DEFAULT_GROUPS or group.sid.startswith("S-1-5-32-"))


@rule(
    "ENG-ACTIVE-DISABLED",
    "account",
    ERROR,
    title=N_("At work with a shut account"),
    explanation=N_("Somebody has an engagement today, and the account is disabled or has expired."),
    remedy=N_("Enable the account, or record the leave in MO."),
)
def active_disabled(world: World, key: tuple[str, str]) -> Iterator[Found]:
    """An old account beside one that is open is nobody's trouble, unless MO links it to work of today."""
    account, person = world.accounts.one(key), world.ask(person_of, key)
    if account is None or not person or account.can_log_in(world.now):
        return
    needed = world.ask(needs_account, account.ad, person)
    if not needed or world.ask(kind_of, key) != "person" or not _is_the_one(world, account, person, needed):
        return
    away = world.ask(on_leave, person)
    shut = (
        tr("disabled") if not account.enabled else tr("expired {day}", day=told_day(_day(account.expires_at)))
    )
    yield Found(
        source=shut,
        mo=name_of(world, person),
        severity=INFO if away else None,
        detail=tr("The person is on leave.") if away else "",
        facts=where(account) | why(world, key),
    )


def _is_the_one(world: World, account: Account, person: str, needed: tuple[str, ...]) -> bool:
    linked = world.ask(linked_engagements, account.key)
    if linked:
        return not linked.isdisjoint(needed)
    others = (each for each in world.ask(accounts_of, person) if each.key != account.key)
    return not any(_of(world, account.ad, each) and each.can_log_in(world.now) for each in others)


def linked_engagements(world: World, key: tuple[str, str]) -> frozenset[str]:
    """Return the engagements that an account is linked to, by MO or by an attribute of its own."""
    account = world.accounts.one(key)
    linked = {uuid for row in world.ask(itusers_of, key) for uuid in row.engagements}
    if account and account.engagement:
        person = world.ask(person_of, key)
        rows = world.engagements.by("user_key", account.engagement)
        linked |= {row.uuid for row in rows if row.person == person}
    return frozenset(linked)


@rule(
    "ENG-FUTURE-ENABLED",
    "account",
    WARNING,
    title=N_("Account open too early"),
    explanation=N_(
        "Somebody's work only begins later than the agreed days from now, and the account is open."
    ),
    remedy=N_("Keep the account disabled until the person begins."),
)
def future_enabled(world: World, key: tuple[str, str]) -> Iterator[Found]:
    """Whoever comes back keeps the account through the days of grace."""
    account, person = world.accounts.one(key), world.ask(person_of, key)
    if account is None or not person or world.ask(kind_of, key) != "person":
        return
    held = world.ask(employment, person)
    if held.current or not held.future or not account.can_log_in(world.now):
        return
    settings = world.settings[account.ad]
    grace, early = timedelta(days=settings.grace_days), timedelta(days=settings.early_days)
    ends = [end for uuid in held.past if (end := world.ask(end_of, uuid))]
    firsts = [first for uuid in held.future if (first := world.ask(first_day, uuid))]
    if ends and world.as_of < max(ends) + grace:
        return
    if firsts and min(firsts) - early > world.as_of:
        yield Found(
            source=tr("can log on"),
            mo=min(firsts),
            detail=tr("The first day of work is {day}.", day=told_day(min(firsts))),
            facts=where(account) | why(world, key),
        )


def expected_end(world: World, key: tuple[str, str]) -> date | None:
    """Return the day after the last one of the work that an account is for; None for no end.

    Of an account that MO links to engagements only those count, while one of them goes on.
    """
    person = world.ask(person_of, key)
    held = world.ask(employment, person)
    ends = {uuid: world.ask(end_of, uuid) for uuid in (*held.current, *held.future)}
    if not any(ends.values()):
        return None
    linked = world.ask(linked_engagements, key) & ends.keys()
    known = [ends[uuid] for uuid in linked or ends]
    return None if None in known else max(end for end in known if end)


def _working(world: World, key: tuple[str, str]) -> Account | None:
    """Return an account of somebody with work now or to come, if it can be used."""
    account, person = world.accounts.one(key), world.ask(person_of, key)
    if account is None or not person or not account.can_log_in(world.now):
        return None
    held = world.ask(employment, person)
    return account if world.ask(kind_of, key) == "person" and (held.current or held.future) else None


@rule(
    "EXP-MISMATCH",
    "account",
    WARNING,
    title=N_("Expires on another day"),
    explanation=N_("The account expires on another day than the last one of the person's work."),
    remedy=N_(
        "Write the end into accountExpires: midnight after the last day, in Danish time. MO's own end is "
        "that midnight; up to GraphQL v28 it shows the day before."
    ),
)
def expires_otherwise(world: World, key: tuple[str, str]) -> Iterator[Found]:
    """Both are half-open: midnight that begins a day is the end of the day before."""
    account = _working(world, key)
    if account is None or account.expires_at is None:
        return
    end = world.ask(expected_end, key)
    last_in_ad = _day(account.expires_at)
    last_in_mo = end - timedelta(days=1) if end else None
    tolerance = world.settings[account.ad].tolerance_days
    if last_in_mo and abs((last_in_ad - last_in_mo).days) <= tolerance:
        return
    detail = "" if last_in_mo else tr("The work has no end in MO.")
    yield Found(
        source=last_in_ad, mo=last_in_mo, attribute="accountExpires", detail=detail, facts=where(account)
    )


def _day(moment: datetime | None) -> date:
    """Return the last day on which an account can be used, in Denmark."""
    if moment is None:
        return date.max
    # An instant earlier, so that midnight belongs to the day that it ends; in UTC, for nights of 23 hours.
    return (moment - timedelta(microseconds=1)).astimezone(COPENHAGEN).date()


@rule(
    "EXP-MISSING-TEMP",
    "account",
    WARNING,
    title=N_("Temporary, and never expires"),
    explanation=N_("Somebody's work has a last day, and the account never expires."),
    remedy=N_("Write the end into accountExpires: midnight after the last day, in Danish time."),
)
def never_expires(world: World, key: tuple[str, str]) -> Iterator[Found]:
    """External people in units of their own are the rules' for externals."""
    account = _working(world, key)
    if account is None or account.expires_at is not None:
        return
    if end := world.ask(expected_end, key):
        yield Found(mo=end - timedelta(days=1), attribute="accountExpires", facts=where(account))
