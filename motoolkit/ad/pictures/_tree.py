"""MO's units and a directory's OUs as one tree: which unit has which OU, and what is only on one side."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from motoolkit.ad import mo
from motoolkit.ad.dn import parent, parts
from motoolkit.ad.placing import is_active, is_units_place, lineage, ou_of, place_of, told, tops, units_of
from motoolkit.ad.subjects import unit_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from motoolkit.ad.placing import OuKey
    from motoolkit.ad.records import Ou
    from motoolkit.ad.world import World
    from motoolkit.findings import Finding

ALIKE, RENAMED, MOVED, MISSING, UNTOLD, EXTRA, ENDED, DOUBLE = (
    *("alike", "renamed", "moved", "missing", "untold"),
    *("extra", "ended", "double"),
)
_OF_CODE: Final = {
    "OU-NAME": RENAMED,
    "OU-PARENT": MOVED,
    "OU-LEVEL": MOVED,
    "OU-MISSING": MISSING,
    "OU-DUP": DOUBLE,
}
"""What findings about a unit make of it."""


@dataclass
class Node:
    """A unit with its OU, a unit without, or an OU without.

    Attributes:
        unit: the unit's name, "" for an OU that is no unit's of today.
        ou: the OU's name, "" where there is none.
        states: ``alike``, or what is wrong; ``untold`` for a unit whose OU a read that was cut may have left
            out, ``ended`` for the OU of a unit that is no more.
        where: in which OU the OU lies, where that is another one than it should be.
        below: what is below it.
    """

    unit: str
    ou: str
    states: tuple[str, ...]
    where: str = ""
    below: list[Node] = field(default_factory=list)

    @property
    def as_it_should(self) -> bool:
        """Whether it and all below it is alike."""
        return self.states == (ALIKE,) and all(node.as_it_should for node in self.below)

    def size(self) -> int:
        """Return how many it is with all below."""
        return 1 + sum(node.size() for node in self.below)


def tree(world: World, ad: str, findings: Iterable[Finding]) -> list[Node]:
    """Return the units that a directory has below its ``ou_root``, and the OUs there that are no units'.

    Args:
        world: both sides.
        ad: the directory.
        findings: of the audit; what is wrong with a unit's OU is what they say.
    """
    if not world.settings[ad].ou_root:
        return []
    return _Tree(world, ad, findings).roots()


class _Tree:
    """The tree of one directory while it is put together; each unit and each OU comes once."""

    def __init__(self, world: World, ad: str, findings: Iterable[Finding]) -> None:
        self.world = world
        self.ad = ad
        self.said: dict[str, set[str]] = {}
        for finding in findings:
            if state := _OF_CODE.get(finding.kind.code):
                self.said.setdefault(finding.subject.key, set()).add(state)
        self.units: set[str] = set()
        self.ous: set[OuKey] = set()

    def roots(self) -> list[Node]:
        world, root = self.world, self.world.settings[self.ad].ou_root
        found = self._nodes(uuid for uuid in world.ask(tops, self.ad) if world.ask(is_active, uuid))
        return [*found, *self._extra((self.ad, parts(root)))]

    def _nodes(self, units: Iterable[str]) -> list[Node]:
        wanted = {uuid for uuid in units if uuid not in self.units}
        self.units |= wanted
        named = sorted(wanted, key=lambda uuid: (unit_name(self.world, uuid).casefold(), uuid))
        return [self._node(uuid) for uuid in named]

    def _node(self, uuid: str) -> Node:
        world, ad = self.world, self.ad
        key = world.ask(ou_of, ad, uuid)
        ou = world.ous.one(key) if key else None
        said = self.said.get(f"{ad}/{uuid}", set())
        states = tuple(each for each in (MISSING, MOVED, RENAMED, DOUBLE) if each in said)
        node = Node(
            unit_name(world, uuid),
            ou.name if ou else "",
            states or ((ALIKE,) if ou else (UNTOLD,)),
            told(parent(ou.dn)) if ou and MOVED in said else "",
        )
        rows = mo.current(world.org_units.by("parent", uuid), world.as_of)
        node.below = self._nodes(row.uuid for row in rows if world.ask(lineage, ad, row.uuid))
        if ou:
            node.below += self._extra(place_of(ou))
        return node

    def _extra(self, place: tuple[str, object]) -> list[Node]:
        """Return the OUs directly in a place that are no unit's of today."""
        return [
            self._alone(ou)
            for ou in sorted(self.world.ous.by("parent", place), key=lambda ou: ou.name.casefold())
            if self._is_alone(ou)
        ]

    def _is_alone(self, ou: Ou) -> bool:
        world = self.world
        if ou.key in self.ous or not world.ask(is_units_place, ou.key):
            return False
        return not any(world.ask(is_active, unit) for unit in world.ask(units_of, ou.key))

    def _alone(self, ou: Ou) -> Node:
        self.ous.add(ou.key)
        ended = bool(self.world.ask(units_of, ou.key))
        return Node("", ou.name, (ENDED if ended else EXTRA,), below=self._extra(place_of(ou)))
