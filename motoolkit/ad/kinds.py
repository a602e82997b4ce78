"""What sort of account something is, and who needs an account where: the questions before all others.

Every function is a question to the world: ``world.ask(kind_of, account.key)``.  Domain facts, section 6.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from motoolkit.ad import mo
from motoolkit.ad.dn import below, same, within

if TYPE_CHECKING:
    from datetime import date

    from motoolkit.ad.records import Account
    from motoolkit.ad.world import World
    from motoolkit.profile.ad import AdSettings, KindRule

_OF_CLASS: Final = {
    "computer": "computer",
    "contact": "contact",
    "msds-groupmanagedserviceaccount": "service",
    "msds-managedserviceaccount": "service",
}
_OF_MAILBOX: Final = {
    **dict.fromkeys((4, 16, 32, 8589934592, 17179869184, 34359738368), "mailbox"),
    64: "contact",
}
"""msExchRecipientTypeDetails of what nobody logs on with: shared mailboxes, rooms, things, contacts."""
_FIRST_OWN_RID: Final = 1000


def kind_of(world: World, key: tuple[str, str]) -> str:
    """Return one of ``ACCOUNT_KINDS``, or "" for an account that nothing is said about."""
    account = world.accounts.one(key)
    if account is None:
        return ""
    settings = world.settings[account.ad]
    if any(within(account.dn, base) for base in settings.ou_excluded):
        return ""
    ruled = next((rule.kind for rule in settings.kinds if _fits(world, account, rule)), "")
    return ruled or _by_nature(account) or _by_place(account, settings)


def is_person(world: World, key: tuple[str, str]) -> bool:
    """Tell whether an account is meant to be somebody's, of the organisation or from outside."""
    return world.ask(kind_of, key) in {"person", "external"}


def _fits(world: World, account: Account, rule: KindRule) -> bool:
    return (
        (not rule.below or below(account.dn, rule.below))
        and (not rule.sam or re.fullmatch(rule.sam, account.sam, re.IGNORECASE) is not None)
        and (not rule.recipient_types or account.recipient_type in rule.recipient_types)
        and (not rule.member_of or _is_member(world, account, rule.member_of))
    )


def _is_member(world: World, account: Account, group: str) -> bool:
    return any(
        row.sam.casefold() == group.casefold() or same(row.dn, group)
        for row in world.groups.by("member", account.key)
    )


def _by_nature(account: Account) -> str:
    rid = account.sid.rpartition("-")[2]
    if account.critical or (rid.isdigit() and int(rid) < _FIRST_OWN_RID):
        return "builtin"
    of_class = _OF_CLASS.get(account.object_class.lower(), "")
    return (
        of_class
        or ("computer" if account.sam.endswith("$") else "")
        or _OF_MAILBOX.get(account.recipient_type, "")
    )


def _by_place(account: Account, settings: AdSettings) -> str:
    outside = any(below(account.dn, base) for base, _unit in settings.externals.units)
    return "external" if outside else "person"


def ancestors(world: World, unit: str) -> tuple[str, ...]:
    """Return a unit and all above it on the day, the lowest first; a ring ends where it closes."""
    found: dict[str, None] = {}
    while unit and unit not in found and (row := mo.at(world.org_units.of(unit), world.as_of)):
        found[unit] = None
        unit = row.parent
    return tuple(found)


def user_key_of(world: World, uuid: str) -> str:
    """Return the user_key of a class, "" for none."""
    row = mo.at(world.classes.of(uuid), world.as_of) if uuid else None
    return row.user_key if row else ""


def in_scope(world: World, ad: str, engagement: str) -> bool:
    """Tell whether who has an engagement must have an account in a directory because of it."""
    row = mo.at(world.engagements.of(engagement), world.as_of)
    settings = world.settings[ad]
    if row is None:
        return False
    kind = world.ask(user_key_of, row.engagement_type)
    types = settings.scope_engagement_types
    if kind not in types if types else kind and kind == settings.externals.engagement_type:
        return False
    return not settings.scope_units or world.ask(_in_units, row.org_unit, settings.scope_units)


def _in_units(world: World, unit: str, wanted: tuple[str, ...]) -> bool:
    known = {each.casefold() for each in wanted}
    for uuid in world.ask(ancestors, unit):
        row = mo.at(world.org_units.of(uuid), world.as_of)
        if uuid in known or (row is not None and row.user_key.casefold() in known):
            return True
    return False


def needs_account(world: World, ad: str, person: str) -> tuple[str, ...]:
    """Return the engagements of today because of which somebody must have an account in a directory."""
    return tuple(uuid for uuid in world.ask(employment, person).current if world.ask(in_scope, ad, uuid))


class Employment(NamedTuple):
    """What work somebody has; periods of one engagement count as one.

    Attributes:
        current: the engagements of today.
        future: those that are to come and are not of today.
        past: those that are over for good.
    """

    current: tuple[str, ...]
    future: tuple[str, ...]
    past: tuple[str, ...]


def employment(world: World, person: str) -> Employment:
    """Return somebody's engagements of today, to come, and over."""
    now: set[str] = set()
    later: set[str] = set()
    over: set[str] = set()
    for row in world.engagements.by("person", person):
        (now if row.on(world.as_of) else over if row.over(world.as_of) else later).add(row.uuid)
    return Employment(*(tuple(sorted(each)) for each in (now, later - now, over - later - now)))


def first_day(world: World, engagement: str) -> date | None:
    """Return the day on which an engagement begins, or goes on after a gap; None for ever there."""
    coming = [row.start for row in world.engagements.of(engagement) if not row.over(world.as_of)]
    starts = [start for start in coming if start is not None]
    return min(starts) if starts and len(starts) == len(coming) else None


def end_of(world: World, engagement: str) -> date | None:
    """Return the day after the last one of an engagement; None for no end."""
    ends = [row.end for row in world.engagements.of(engagement)]
    known = [end for end in ends if end is not None]
    return max(known) if len(known) == len(ends) and known else None


def last_end(world: World, person: str) -> date | None:
    """Return the day after somebody's last day of work; None for no end, and for nobody employed ever."""
    held = world.ask(employment, person)
    ends = [world.ask(end_of, uuid) for uuid in (*held.current, *held.future, *held.past)]
    known = [end for end in ends if end is not None]
    return max(known) if known and len(known) == len(ends) else None


def on_leave(world: World, person: str) -> bool:
    """Tell whether somebody has a leave today that is from all the work of today, or from no named one."""
    away = {row.engagement for row in mo.current(world.leaves.by("person", person), world.as_of)}
    return bool(away) and ("" in away or set(world.ask(employment, person).current) <= away)
