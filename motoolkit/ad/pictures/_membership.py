"""Who is in each role's group: by MO and by the directory, by MO only, by the directory only."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from motoolkit.ad.grouping import NOW, claimed, members, roles_of, systems_of
from motoolkit.ad.matching import person_of
from motoolkit.drawing import Part, Stack
from motoolkit.findings import StacksPicture
from motoolkit.language import N_, tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from motoolkit.ad.grouping import GroupKey
    from motoolkit.ad.world import World
    from motoolkit.findings import Finding

_IN_AD: Final = frozenset({"GRP-EXTRA", "GRP-BIND-ENDED"})
_IN_MO: Final = frozenset({"GRP-MISSING"})
_PARTS: Final = (
    (N_("in both"), "#3d7a4a"),
    (N_("in MO only"), "#c98a1b"),
    (N_("in AD only"), "#d9534f"),
)


class Membership(NamedTuple):
    """How many are in a group by which side."""

    ad: str
    group: str
    both: int
    mo_only: int
    ad_only: int

    @property
    def different(self) -> int:
        """How many are in it by one side only."""
        return self.mo_only + self.ad_only


def memberships(world: World, findings: Iterable[Finding]) -> list[Membership]:
    """Return every group that MO decides on, those with the most differences first.

    Args:
        world: both sides.
        findings: of the audit; who is in a group by one side only is counted as they tell it.
    """
    extra: Counter[str] = Counter()
    missing: Counter[str] = Counter()
    for finding in findings:
        key = "/".join(finding.subject.key.split("/")[:2])
        if finding.kind.code in _IN_AD:
            extra[key] += 1
        elif finding.kind.code in _IN_MO:
            missing[key] += 1
    found = []
    for group in world.groups.everything():
        if world.ask(roles_of, group.key) or world.ask(systems_of, group.key):
            key = "/".join(group.key)
            both = _both(world, group.key)
            found.append(Membership(group.ad, group.sam or group.name, both, missing[key], extra[key]))
    return sorted(found, key=lambda each: (-each.different, -each.both, each.ad, each.group))


def _both(world: World, key: GroupKey) -> int:
    claims = world.ask(claimed, key)
    wanted = {who for who, claim in claims.items() if claim.tense == NOW}
    inside = world.ask(members, key)
    return sum(guid in wanted or world.ask(person_of, (key[0], guid)) in wanted for guid in inside)


class MembershipPicture(StacksPicture):
    """The groups of roles as bars, those with the most differences first."""

    def __init__(self, world: World, findings: Iterable[Finding], most: int = 15) -> None:
        found = memberships(world, findings)
        several = len(world.settings) > 1
        stacks = [_stack(each, several=several) for each in found[:most]]
        if more := found[most:]:
            rest = tr("… and {number} more", number=len(more))
            stacks.append(Stack(rest, (), tr("{number} differences", number=sum(e.different for e in more))))
        super().__init__(stacks, tr("No group of the directories is a role's in MO."))


def _stack(each: Membership, *, several: bool) -> Stack:
    numbers = (each.both, each.mo_only, each.ad_only)
    parts = tuple(Part(tr(name), n, colour) for (name, colour), n in zip(_PARTS, numbers, strict=True))
    told = [f"{part.number} {part.name}" for part in parts[1:] if part.number]
    name = f"{each.ad}: {each.group}" if several else each.group
    return Stack(name, parts, " · ".join([str(sum(numbers)), *told]))
