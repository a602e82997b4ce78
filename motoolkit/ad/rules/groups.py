"""Whether those are in a group whom MO gives its role, and whether roles and groups belong together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from motoolkit.ad import mo
from motoolkit.ad.dn import below
from motoolkit.ad.grouping import (
    NOW,
    OVER,
    Claim,
    GroupKey,
    claimed,
    group_of,
    is_ads_own,
    is_privileged,
    is_role,
    members,
    roles_of,
    system_key,
    systems_of,
)
from motoolkit.ad.kinds import employment, kind_of, user_key_of
from motoolkit.ad.matching import accounts_of, person_of
from motoolkit.ad.placing import is_left_out, told
from motoolkit.ad.records import guid_of
from motoolkit.ad.rules._rule import ERROR, INFO, WARNING, Found, rule
from motoolkit.language import N_, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from motoolkit.ad.mo import Class
    from motoolkit.ad.records import Account, AdGroup
    from motoolkit.ad.world import World

GOVERNED: Final = frozenset({"person", "external", "admin", "unknown"})
"""Kinds of accounts whose rights MO decides; services, mailboxes and machines have theirs from elsewhere."""
LISTS: Final = "distributionlists"
"""The IT system in MO whose roles are distribution lists (domain facts, section 3.6)."""


def _managed(world: World, key: GroupKey) -> AdGroup | None:
    """Return a group whose members MO decides, None for any other."""
    group = world.groups.one(key)
    if group is None or is_left_out(world, group.ad, group.dn):
        return None
    return group if world.ask(roles_of, key) or world.ask(systems_of, key) else None


def _strays(world: World, group: AdGroup) -> Iterator[tuple[Account, tuple[str, ...], Claim | None]]:
    """Yield the members whom MO gives nothing today, through which groups, and what MO gave or will give."""
    claims = world.ask(claimed, group.key)
    for guid, via in world.ask(members, group.key).items():
        claim = claims.get(guid)
        if claim is not None and claim.tense == NOW:
            continue
        account = world.accounts.one((group.ad, guid))
        if account is None or world.ask(kind_of, account.key) not in GOVERNED:
            continue
        person = world.ask(person_of, account.key)
        theirs = claims.get(person) if person else None
        best = min((each for each in (claim, theirs) if each), key=lambda each: each.tense, default=None)
        if best is None or best.tense != NOW:
            yield account, via, best


def label_of(account: Account) -> str:
    """Return what people call an account."""
    name = account.display_name or account.cn
    return f"{account.sam} ({name})" if name and name != account.sam else account.sam or account.cn


def via_facts(world: World, ad: str, via: Iterable[str]) -> dict[str, str]:
    """Return through which groups somebody is a member, as a finding's facts have it."""
    groups = (world.groups.one((ad, guid)) for guid in via)
    names = " > ".join(group.sam or group.name for group in groups if group)
    return {"via": names, "cause": tr("Members through {via}", via=names)} if names else {}


def _roles(world: World, key: GroupKey) -> str:
    rows = [mo.at(world.classes.of(uuid), world.as_of) for uuid in world.ask(roles_of, key)]
    systems = [system_key(world, uuid) for uuid in world.ask(systems_of, key)]
    return ", ".join([*(row.name for row in rows if row), *systems])


@rule(
    "GRP-EXTRA",
    "group",
    ERROR,
    title=N_("Member without role in MO"),
    explanation=N_(
        "The account is in a group that gives a role, and MO does not give the role to anybody of it."
    ),
    remedy=N_("Remove the member, or give the role in MO. Members added by hand go with the next run."),
)
def group_extra(world: World, key: GroupKey) -> Iterator[Found]:
    """Who had the role once is told by GRP-BIND-ENDED; a binding that is to come is a slighter thing."""
    group = _managed(world, key)
    for account, via, claim in _strays(world, group) if group else ():
        if claim is not None and claim.tense == OVER:
            continue
        coming = tr("The role begins {day}.", day=f"{claim.day:%d-%m-%Y}") if claim and claim.day else ""
        yield Found(
            source=label_of(account),
            member=(account.guid, label_of(account)),
            severity=WARNING if claim else None,
            detail=coming,
            facts={"role": _roles(world, key), **via_facts(world, account.ad, via)},
        )


@rule(
    "GRP-BIND-ENDED",
    "group",
    ERROR,
    title=N_("Member whose role has ended"),
    explanation=N_("The role or its IT user has ended in MO, and the account is still in the role's group."),
    remedy=N_("Remove the member; see why the integration has not."),
)
def group_binding_ended(world: World, key: GroupKey) -> Iterator[Found]:
    """An IT user that ends takes its roles with it, also where their own dates go on."""
    group = _managed(world, key)
    for account, via, claim in _strays(world, group) if group else ():
        if claim is not None and claim.tense == OVER:
            yield Found(
                source=label_of(account),
                mo=tr("ended {day}", day=f"{claim.day:%d-%m-%Y}") if claim.day else None,
                member=(account.guid, label_of(account)),
                facts={"role": claim.label, **via_facts(world, account.ad, via)},
            )


@rule(
    "GRP-MISSING",
    "group",
    WARNING,
    title=N_("Role in MO without membership"),
    explanation=N_("MO gives the role, and none of the person's accounts is in the role's group."),
    remedy=N_("Let the integration write the group anew, or end the role in MO."),
    absence=True,
)
def group_missing(world: World, key: GroupKey) -> Iterator[Found]:
    """Who has no account at all is told by PER-NO-ACC; one that nobody can use needs no rights."""
    group = _managed(world, key)
    if group is None:
        return
    inside = world.ask(members, key)
    for claim in world.ask(claimed, key).values():
        if claim.tense != NOW:
            continue
        accounts = _candidates(world, group.ad, claim)
        if not accounts or any(account.guid in inside for account in accounts):
            continue
        who = next((account for account in accounts if account.can_log_in(world.now)), None)
        if who is not None:
            yield Found(
                mo=label_of(who),
                member=(claim.account or claim.person, label_of(who)),
                facts={"role": claim.label},
            )


def _candidates(world: World, ad: str, claim: Claim) -> list[Account]:
    """Return the accounts one of which has to be a member."""
    if claim.account:
        account = world.accounts.one((ad, claim.account))
        found = [account] if account else []
    else:
        found = [account for account in world.ask(accounts_of, claim.person) if account.ad == ad]
    return [account for account in found if world.ask(kind_of, account.key) in GOVERNED]


@rule(
    "GRP-NO-ROLE",
    "group",
    INFO,
    title=N_("Group without role"),
    explanation=N_("The group lies where every group is meant to be a role's, and MO has no role for it."),
    remedy=N_("Create the role in MO, with the group's GUID as its user_key, or move the group."),
)
def group_without_role(world: World, key: GroupKey) -> Iterator[Found]:
    """Only below the DNs that the settings name."""
    group = world.groups.one(key)
    if group is None or is_left_out(world, group.ad, group.dn) or is_ads_own(world, key):
        return
    meant = any(below(group.dn, base) for base in world.settings[group.ad].groups.below)
    if meant and not world.ask(roles_of, key) and not world.ask(systems_of, key):
        yield Found(source=told(group.dn), facts={"dn": group.dn})


@rule(
    "ROLE-NO-GROUP",
    "class",
    WARNING,
    title=N_("Role without group"),
    explanation=N_(
        "The role's user_key is no group's GUID, and no group has the name that the role's would have."
    ),
    remedy=N_("Create the group, or put its GUID into the role's user_key."),
    absence=True,
)
def role_without_group(world: World, uuid: str) -> Iterator[Found]:
    """Roles that have nothing to do with a directory are left out: see ``_needs_group``."""
    rows = mo.current(world.classes.of(uuid), world.as_of)
    if not rows or not world.ask(is_role, uuid):
        return
    ads = [ad for ad, each in world.settings.items() if each.groups.below]
    # Its group may be in the part of a directory that did not come.
    whole = all(header.complete for ad in world.settings for header in world.headers.of(ad))
    if ads and whole and not any(world.ask(group_of, ad, uuid) for ad in world.settings):
        row = rows[0]
        if _needs_group(world, row):
            system = system_key(world, row.it_system)
            yield Found(
                ad=next((ad for ad in ads if world.settings[ad].itsystem == system), ads[0]),
                mo=f"{row.name} ({row.user_key})",
                facts={"itsystem": system},
            )


def _needs_group(world: World, row: Class) -> bool:
    """Tell whether a role works through groups: it names one, or it is of a system whose roles do."""
    systems = {name for each in world.settings.values() for name in (each.itsystem, LISTS)}
    return (
        bool(guid_of(row.user_key))
        or system_key(world, row.it_system) in systems
        or world.ask(works_by_groups, row.it_system)
    )


def works_by_groups(world: World, itsystem: str) -> bool:
    """Tell whether a role of an IT system has a group in a directory."""
    roles = {row.uuid for row in world.classes.by("it_system", itsystem)} if itsystem else set()
    return any(world.ask(group_of, ad, role) for role in sorted(roles) for ad in world.settings)


def is_list(world: World, key: GroupKey) -> bool:
    """Tell whether a group is a distribution list, by where it lies or by its role's IT system."""
    group = world.groups.one(key)
    if group is None:
        return False
    if any(below(group.dn, base) for base in world.settings[group.ad].groups.distribution_below):
        return True
    rows = [mo.at(world.classes.of(uuid), world.as_of) for uuid in world.ask(roles_of, key)]
    return bool(rows) and all(row and system_key(world, row.it_system) == LISTS for row in rows)


@rule(
    "GRP-TYPE",
    "group",
    INFO,
    title=N_("Group of the wrong type"),
    explanation=N_(
        "A distribution group gives a role though no right can hang on it, or a list is a security group."
    ),
    remedy=N_("Convert the group: the type can be changed in place."),
)
def group_type(world: World, key: GroupKey) -> Iterator[Found]:
    """Directories without groupType have no types."""
    group = world.groups.one(key)
    if group is None or not group.group_type or is_left_out(world, group.ad, group.dn):
        return
    listed = world.ask(is_list, key)
    security, mail = tr("security group"), tr("distribution group")
    if listed and group.is_security:
        yield Found(source=security, mo=mail, attribute="groupType")
    elif not listed and not group.is_security and (is_privileged(world, key) or _managed(world, key)):
        yield Found(source=mail, mo=security, attribute="groupType")


@rule(
    "DL-STALE",
    "group",
    WARNING,
    title=N_("Not current staff on a distribution list"),
    explanation=N_("Only current staff may be on the list, and the member has left, or is from outside."),
    remedy=N_("Remove the member, or move the list to where others may be on it."),
)
def list_stale(world: World, key: GroupKey) -> Iterator[Found]:
    """Who is on it through other groups gets the mail too; who is to come is let be."""
    group = world.groups.one(key)
    if group is None or is_left_out(world, group.ad, group.dn):
        return
    if not any(below(group.dn, base) for base in world.settings[group.ad].groups.distribution_below):
        return
    for guid, via in world.ask(members, key).items():
        account = world.accounts.one((group.ad, guid))
        why = world.ask(why_not_staff, account.key) if account else ""
        if account and why:
            member = (guid, label_of(account))
            yield Found(
                source=label_of(account),
                detail=tr(why),
                member=member,
                facts=via_facts(world, account.ad, via),
            )


LEFT: Final = N_("The person has no engagement any more.")
OUTSIDE: Final = N_("The person is from outside.")
CONTACT: Final = N_("It is a contact, not an account.")


def why_not_staff(world: World, key: tuple[str, str]) -> str:
    """Return why an account is not current staff's, in English; "" where it is, or is nobody's."""
    kind = world.ask(kind_of, key)
    if kind in {"contact", "external"}:
        return CONTACT if kind == "contact" else OUTSIDE
    person = world.ask(person_of, key) if kind == "person" else ""
    if not person:
        return ""
    work = world.ask(employment, person)
    if not work.current and not work.future:
        return LEFT
    outside = world.settings[key[0]].externals.engagement_type
    rows = [mo.at(world.engagements.of(uuid), world.as_of) for uuid in (*work.current, *work.future)]
    types = {world.ask(user_key_of, row.engagement_type) for row in rows if row}
    return OUTSIDE if types == {outside} else ""
