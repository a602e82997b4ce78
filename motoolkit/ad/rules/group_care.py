"""Groups for their own sake: who rules the directory, what is in what, what nobody uses or looks after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motoolkit.ad.grouping import (
    GroupKey,
    Via,
    effective,
    is_ads_own,
    is_privileged,
    nested,
    rid_of,
    ring,
    roles_of,
    systems_of,
)
from motoolkit.ad.kinds import kind_of
from motoolkit.ad.matching import person_of
from motoolkit.ad.placing import is_left_out
from motoolkit.ad.rules._rule import CRITICAL, ERROR, INFO, Found, rule
from motoolkit.ad.rules.groups import label_of, via_facts
from motoolkit.language import N_, tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.ad.records import AdGroup
    from motoolkit.ad.world import World


@rule(
    "GRP-PRIV",
    "group",
    CRITICAL,
    title=N_("Ordinary account in a privileged group"),
    explanation=N_(
        "The group rules the directory, and an everyday account, or one that is nobody's, is in it."
    ),
    remedy=N_("Review: remove the account, and give administrators accounts of their own for it."),
)
def group_privileged(world: World, key: GroupKey) -> Iterator[Found]:
    """At any depth; what stands below another such group is told of that one."""
    group = world.groups.one(key)
    if group is None or is_left_out(world, group.ad, group.dn) or not world.ask(is_privileged, key):
        return
    for guid, via in _ruling(world, group):
        account = world.accounts.one((group.ad, guid))
        if account is None or not _is_ordinary(world, account.key):
            continue
        primary = tr("It is the account's primary group, so it is in no list of members.")
        yield Found(
            source=label_of(account),
            member=(guid, label_of(account)),
            severity=None if account.enabled else ERROR,
            detail=primary if via is None else "",
            facts=via_facts(world, account.ad, via or ()),
        )


def _ruling(world: World, group: AdGroup) -> Iterator[tuple[str, Via | None]]:
    """Yield who is in a group, and through which groups; None for those whose primary group it is.

    Domain facts, section 1.5: the primary group is in neither list.
    """
    inside = world.ask(effective, group.key)
    for guid, via in inside.items():
        if not any(world.ask(is_privileged, (group.ad, each)) for each in via):
            yield guid, via
    for account in world.accounts.by("primary_group", (group.ad, rid_of(group.sid))):
        if account.guid not in inside:
            yield account.guid, None


def _is_ordinary(world: World, key: tuple[str, str]) -> bool:
    """Tell whether an account has no business there: a person's everyday one, or one that is nobody's."""
    kind = world.ask(kind_of, key)
    if kind in {"", "builtin", "computer", "service"}:
        return False
    return kind in {"person", "external"} or not world.ask(person_of, key)


def _judged(world: World, key: GroupKey) -> AdGroup | None:
    """Return a group that people made, None for AD's own and for those that nothing is said about."""
    group = world.groups.one(key)
    if group is None or is_left_out(world, group.ad, group.dn) or world.ask(is_ads_own, key):
        return None
    return group


@rule(
    "GRP-NESTED",
    "group",
    INFO,
    title=N_("Groups in groups too deep"),
    explanation=N_("Members come through more groups than agreed, so that nobody sees who has what."),
    remedy=N_("Put the accounts, or the lowest groups, directly into the group."),
)
def group_nested(world: World, key: GroupKey) -> Iterator[Found]:
    """The settings say how many groups may stand between."""
    group = _judged(world, key)
    if group is None:
        return
    inner = [(each, via) for each, via in world.ask(nested, key).items() if each != key]
    each, via = max(inner, key=lambda found: len(found[1]), default=(key, ()))
    deep = len(via) + 1 if inner else 0
    if deep > world.settings[group.ad].groups.deepest:
        yield Found(
            source=str(deep),
            mo=str(world.settings[group.ad].groups.deepest),
            attribute="member",
            facts=via_facts(world, group.ad, (*via, each[1])),
        )


@rule(
    "GRP-CYCLE",
    "group",
    INFO,
    title=N_("Groups in each other"),
    explanation=N_("The groups are members of each other round about, so that all have the members of all."),
    remedy=N_("Break the ring: remove one of the groups from the other."),
)
def group_cycle(world: World, key: GroupKey) -> Iterator[Found]:
    """One finding a ring, at the first of its groups."""
    groups = world.ask(ring, key)
    if next((each for each in groups if _judged(world, each)), None) == key:
        names = [group.sam or group.name for each in groups if (group := world.groups.one(each))]
        yield Found(source=", ".join(names), attribute="member")


@rule(
    "GRP-EMPTY",
    "group",
    INFO,
    title=N_("Empty group"),
    explanation=N_("Nobody is in the group, and no role of MO's is behind it."),
    remedy=N_("Close the group, if nothing uses it."),
    absence=True,
)
def group_empty(world: World, key: GroupKey) -> Iterator[Found]:
    """A role that nobody has makes an empty group, rightly; a primary group has its members elsewhere."""
    group = _judged(world, key)
    if group is None or group.members or world.ask(roles_of, key) or world.ask(systems_of, key):
        return
    if not world.accounts.by("primary_group", (group.ad, rid_of(group.sid))):
        yield Found(attribute="member", facts={"dn": group.dn})


@rule(
    "GRP-NO-OWNER",
    "group",
    INFO,
    title=N_("Group that nobody owns"),
    explanation=N_(
        "managedBy is empty, or names a disabled account: nobody answers for who is in the group."
    ),
    remedy=N_("Name an owner in the directory."),
)
def group_no_owner(world: World, key: GroupKey) -> Iterator[Found]:
    """An owner in another directory is not to be seen from here, and is believed."""
    group = _judged(world, key)
    if group is None:
        return
    if not group.managed_by:
        yield Found(attribute="managedBy")
        return
    owner = world.accounts.one((group.ad, group.managed_by))
    if owner is not None and not owner.enabled:
        yield Found(
            source=label_of(owner), attribute="managedBy", detail=tr("The owner's account is disabled.")
        )
