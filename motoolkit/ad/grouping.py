"""Which groups are roles', who is in a group, directly and through others, and who should be.

Domain facts, section 3.6: the integration knows a role's group by the GUID in the role's user_key, or by a
name made of the IT system's and the role's; a third sort has everybody with an account in a system.
Every function is a question to the world: ``world.ask(effective, group.key)``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from motoolkit.ad import mo
from motoolkit.ad.records import guid_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from motoolkit.ad.mo import Class, ItUser, RoleBinding
    from motoolkit.ad.world import World

GroupKey = tuple[str, str]
"""Of a group: the directory's name and the GUID."""
Via = tuple[str, ...]
"""The GUIDs of the groups between a group and its member, none for a direct one."""

OWN_RIDS: Final = frozenset({512, 516, 518, 519, 520, 526, 527})
"""A domain's own groups that rule it: admins of domain, schema, enterprise, policies, keys; its servers."""
OWN_BUILTIN: Final = frozenset({544, 548, 549, 550, 551, 552})
"""Those of S-1-5-32: administrators, operators of accounts, servers, printers, backups; the replicator."""
OWN_NAMES: Final = frozenset(
    {
        *("domain admins", "enterprise admins", "schema admins", "administrators", "account operators"),
        *("server operators", "print operators", "backup operators", "replicator", "dnsadmins"),
        *("group policy creator owners", "key admins", "enterprise key admins", "domain controllers"),
    }
)
"""The same by their English names, where no SID was read; DnsAdmins has no RID of its own."""
_UNCRITICAL: Final = frozenset({"dnsadmins", "dnsupdateproxy"})
_FIRST_OWN_RID: Final = 1000
_BUILTIN: Final = "S-1-5-32-"


def rid_of(sid: str) -> int:
    """Return the last part of a SID, 0 for none."""
    last = sid.rpartition("-")[2]
    return int(last) if last.isdigit() else 0


def is_ads_own(world: World, key: GroupKey) -> bool:
    """Tell whether a group comes with AD, so that nobody is expected to look after it."""
    group = world.groups.one(key)
    if group is None:
        return False
    rid = rid_of(group.sid)
    return group.critical or 0 < rid < _FIRST_OWN_RID or group.sam.casefold() in _UNCRITICAL


def is_privileged(world: World, key: GroupKey) -> bool:
    """Tell whether a group rules the directory: one of AD's own, of the settings, or under AdminSDHolder."""
    group = world.groups.one(key)
    if group is None:
        return False
    rids = OWN_BUILTIN if group.sid.startswith(_BUILTIN) else OWN_RIDS
    named = {each.casefold() for each in world.settings[group.ad].groups.privileged} | OWN_NAMES
    return rid_of(group.sid) in rids or group.sam.casefold() in named or group.admin_count == 1


def is_role(world: World, uuid: str) -> bool:
    """Tell whether a class is a role."""
    row = mo.at(world.classes.of(uuid), world.as_of)
    facet = mo.at(world.facets.of(row.facet), world.as_of) if row else None
    return facet is not None and facet.user_key == "role"


def group_of(world: World, ad: str, role: str) -> GroupKey | None:
    """Return the group of a role in a directory, None where it has none."""
    row = mo.at(world.classes.of(role), world.as_of)
    if row is None or not world.ask(is_role, role):
        return None
    settings = world.settings[ad].groups
    guid = guid_of(row.user_key)
    if settings.by_guid and guid:
        return (ad, guid) if world.groups.one((ad, guid)) else None
    return _of_name(world, ad, settings.role_pattern, row) if settings.role_pattern else None


def _of_name(world: World, ad: str, pattern: str, row: Class) -> GroupKey | None:
    name = pattern.replace("{itsystem}", system_key(world, row.it_system)).replace("{role}", row.user_key)
    return next((group.key for group in world.groups.by("sam", (ad, name.casefold()))), None)


def system_key(world: World, uuid: str) -> str:
    """Return the user_key of an IT system, "" for none."""
    row = mo.at(world.itsystems.of(uuid), world.as_of) if uuid else None
    return row.user_key if row else ""


def roles_of(world: World, key: GroupKey) -> tuple[str, ...]:
    """Return the roles whose group it is."""
    group = world.groups.one(key)
    if group is None:
        return ()
    candidates = {row.uuid for row in world.classes.by("guid", group.guid)}
    pattern = world.settings[group.ad].groups.role_pattern
    for text in named_in(group.sam.casefold(), pattern.casefold(), "{role}"):
        candidates.update(row.uuid for row in world.classes.by("folded", text))
    return tuple(uuid for uuid in sorted(candidates) if world.ask(group_of, group.ad, uuid) == key)


def systems_of(world: World, key: GroupKey) -> tuple[str, ...]:
    """Return the IT systems all of whose accounts' persons belong in a group."""
    group = world.groups.one(key)
    if group is None:
        return ()
    pattern = world.settings[group.ad].groups.system_pattern.casefold()
    texts = named_in(group.sam.casefold(), pattern, "{itsystem}")
    rows = [row for text in texts for row in world.itsystems.by("folded", text)]
    return tuple(dict.fromkeys(row.uuid for row in mo.current(rows, world.as_of)))


def named_in(name: str, pattern: str, place: str) -> tuple[str, ...]:
    """Return all that may stand for a place of a pattern in a name: the systems' keys may hold its signs."""
    before, found, after = pattern.partition(place)
    if not found:
        return ()
    head, tail = (re.compile(_open(each)) for each in (before, after))
    return tuple(
        name[start:end]
        for start in range(len(name))
        if head.fullmatch(name, 0, start)
        for end in _ends(name, after, start)
        if tail.fullmatch(name, end)
    )


def _ends(name: str, after: str, start: int) -> list[int]:
    sign = after.partition("{")[0]
    return [end for end in range(start + 1, len(name) + 1) if name.startswith(sign, end)]


def _open(text: str) -> str:
    return ".+".join(re.escape(each) for each in re.split(r"\{\w+\}", text))


class Split(NamedTuple):
    """The direct members of a group: GUIDs of accounts, and keys of groups."""

    accounts: tuple[str, ...]
    groups: tuple[GroupKey, ...]


def direct(world: World, key: GroupKey) -> Split:
    """Return the direct members of a group that were read; those of the primary group are in none."""
    group = world.groups.one(key)
    members = sorted(set(group.members)) if group else ()
    groups = tuple((key[0], guid) for guid in members if world.groups.one((key[0], guid)))
    inner = {guid for _ad, guid in groups}
    rest = (guid for guid in members if guid not in inner)
    return Split(tuple(guid for guid in rest if world.accounts.one((key[0], guid))), groups)


def nested(world: World, key: GroupKey) -> Mapping[GroupKey, Via]:
    """Return the groups in a group at any depth, and through which; itself too where there is a ring."""
    found: dict[GroupKey, Via] = {}
    waiting: list[tuple[GroupKey, Via]] = [(key, ())]
    for group, via in waiting:
        for inner in world.ask(direct, group).groups:
            if inner not in found:
                found[inner] = via
                waiting.append((inner, (*via, inner[1])))
    return found


def effective(world: World, key: GroupKey) -> Mapping[str, Via]:
    """Return the accounts in a group at any depth by GUID, and through which groups; the shortest way."""
    found: dict[str, Via] = dict.fromkeys(world.ask(direct, key).accounts, ())
    for inner, via in world.ask(nested, key).items():
        for guid in world.ask(direct, inner).accounts:
            found.setdefault(guid, (*via, inner[1]))
    return found


def members(world: World, key: GroupKey) -> Mapping[str, Via]:
    """Return who counts as a member by the settings: through other groups too, or the direct ones."""
    if world.settings[key[0]].groups.effective:
        return world.ask(effective, key)
    return dict.fromkeys(world.ask(direct, key).accounts, ())


def ring(world: World, key: GroupKey) -> tuple[GroupKey, ...]:
    """Return the groups that are in each other round about, none where a group is in no ring."""
    reached = world.ask(nested, key)
    if key not in reached:
        return ()
    return tuple(sorted(group for group in reached if key in world.ask(nested, group)))


class Claim(NamedTuple):
    """One reason in MO why somebody belongs, or belonged, in a group.

    Attributes:
        tense: 0 for today, 1 for to come, 2 for over.
        person: MO's UUID.
        account: the GUID where it is one account's, not any of the person's.
        label: the role or the IT system.
        day: on which it ended, or will begin.
    """

    tense: int
    person: str
    account: str
    label: str
    day: date | None


NOW: Final = 0
TO_COME: Final = 1
OVER: Final = 2


def claims(world: World, key: GroupKey) -> tuple[Claim, ...]:
    """Return who belongs in a group by MO, and who did or will; units' accounts are nobody's.

    Domain facts, section 3.6: the integration skips a role binding whose IT user has no person.
    """
    found: set[Claim] = set()
    for role in world.ask(roles_of, key):
        found.update(world.ask(role_claims, key[0], role))
    for system in world.ask(systems_of, key):
        for row in world.itusers.by("itsystem", system):
            if row.person:
                found.add(_claim(world, key[0], system_key(world, system), row))
    return tuple(sorted(found, key=lambda claim: (*claim[:4], str(claim.day))))


def role_claims(world: World, ad: str, role: str) -> tuple[Claim, ...]:
    """Return who has a role by MO, and who did or will; with "" for a directory no accounts are told."""
    row = mo.at(world.classes.of(role), world.as_of)
    return tuple(
        _claim(world, ad, row.name if row else "", account, binding)
        for binding in world.rolebindings.by("role", role)
        for account in world.itusers.of(binding.ituser)
        if account.person
    )


def _claim(world: World, ad: str, label: str, account: ItUser, *bindings: RoleBinding) -> Claim:
    """Return what is true while an account is valid, and the binding too where there is one."""
    rows: tuple[mo.Row, ...] = (account, *bindings)
    ends = [row.end for row in rows if row.over(world.as_of)]
    starts = [row.start for row in rows if row.to_come(world.as_of)]
    tense = OVER if ends else TO_COME if starts else NOW
    days = [day for day in (ends or starts) if day is not None]
    day = (min(days) if ends else max(days)) if days else None
    return Claim(tense, account.person, account_of(world, ad, account), label, day)


def account_of(world: World, ad: str, row: ItUser) -> str:
    """Return the GUID of the account that an IT user of a directory's own system is, "" for any other's."""
    settings = world.settings.get(ad)
    if settings is None or system_key(world, row.itsystem) not in {
        settings.itsystem,
        settings.link_itsystem,
    } - {""}:
        return ""
    for guid in (guid_of(row.external_id), guid_of(row.user_key)):
        if guid:
            return guid
    named = world.accounts.by("sam", (ad, row.user_key.casefold()))
    return named[0].guid if named else ""


def claimed(world: World, key: GroupKey) -> Mapping[str, Claim]:
    """Return the best claim of each account and of each person: today's before one to come, before an old."""
    found: dict[str, Claim] = {}
    for claim in world.ask(claims, key):
        who = claim.account or claim.person
        if who not in found or claim.tense < found[who].tense:
            found[who] = claim
    return found
