"""Who leads whom: MO's own rule for managers, with an order where several fit.

The walk is MO's (measured, and read from its resolver): start in the unit, climb the parents, stop at the
first unit with a role that fits *everything* asked for, return the fitting roles there. So a vacant seat
stops the walk unless vacant seats are skipped, and excluding oneself lets a co-manager of the same unit come
first.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from motoolkit.model import danish_key

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from motoolkit.model import OrgTree
    from motoolkit.reports.facts import Role


@dataclass(frozen=True)
class Preference:
    """The order among several roles of one unit (deterministic; MO's own order is by UUID).

    First the manager type that comes first in ``types``, then who has one of the preferred
    ``responsibilities``, then whose role is tied to an engagement in the unit, then the oldest, then the name
    in Danish order, then the UUID.
    """

    types: Sequence[str]
    responsibilities: Collection[str]
    units_of_engagements: dict[str, str]
    names: dict[str, str]

    def key(self, role: Role) -> tuple[object, ...]:
        """Return what sorts ``role`` among the roles of its unit."""
        ranks = {uuid: rank for rank, uuid in enumerate(self.types)}
        return (
            ranks.get(role.manager_type or "", len(ranks)),
            not any(uuid in self.responsibilities for uuid in role.responsibilities),
            self.units_of_engagements.get(role.engagement or "") != role.unit,
            role.since or date.min,
            danish_key(self.names.get(role.person or "", "")),
            role.uuid,
        )


def of_type(types: Collection[str]) -> Callable[[Role], bool]:
    """Return the test for one of the manager types."""
    return lambda role: role.manager_type in types


def with_responsibility(responsibilities: Collection[str]) -> Callable[[Role], bool]:
    """Return the test for one of the responsibilities."""
    wanted = frozenset(responsibilities)
    return lambda role: not wanted.isdisjoint(role.responsibilities)


def any_role(_role: Role) -> bool:
    """Fit every role."""
    return True


def filled(fits: Callable[[Role], bool]) -> Callable[[Role], bool]:
    """Return the test for the same, of a seat that is not vacant."""
    return lambda role: role.person is not None and fits(role)


class Leaders:
    """The manager roles of an organisation on one date, each unit's in order of preference."""

    def __init__(self, tree: OrgTree, roles: Iterable[Role], preference: Preference) -> None:
        self._tree = tree
        self._roles: dict[str, list[Role]] = defaultdict(list)
        self._of_persons: dict[tuple[str, str], list[Role]] = defaultdict(list)
        for role in sorted(roles, key=preference.key):
            self._roles[role.unit].append(role)
            if role.person is not None:
                self._of_persons[role.unit, role.person].append(role)

    def in_unit(self, unit: str) -> Sequence[Role]:
        """Return every role in the unit, the preferred first."""
        return self._roles.get(unit, ())

    def of_person(self, unit: str, person: str) -> Sequence[Role]:
        """Return a person's own roles in the unit, the preferred first."""
        return self._of_persons.get((unit, person), ())

    def walk(self, fits: Callable[[Role], bool], *, inherit: bool) -> Walk:
        """Return the memoised search for the roles that fit."""
        return Walk(self._tree, self._roles, fits, inherit=inherit)


class Walk:
    """One search up the tree; its answers are remembered for every unit on the way."""

    def __init__(
        self,
        tree: OrgTree,
        roles: dict[str, list[Role]],
        fits: Callable[[Role], bool],
        *,
        inherit: bool,
    ) -> None:
        self._tree = tree
        self._inherit = inherit
        self._fitting = {
            unit: hits for unit, found in roles.items() if (hits := tuple(r for r in found if fits(r)))
        }
        self._stops: dict[str, str | None] = {}

    def roles(self, unit: str, without: str | None = None) -> tuple[Role, ...]:
        """Return the fitting roles of the nearest unit that has any, leaving out those of one person."""
        stop = self._stop(unit)
        while stop is not None:
            found = self._fitting[stop]
            if without is not None:
                found = tuple(role for role in found if role.person != without)
            if found:
                return found
            stop = self._above(stop)
        return ()

    def _above(self, unit: str) -> str | None:
        """Return the next stop on the way up; none from a unit that does not exist on the date."""
        if not self._inherit or unit not in self._tree:
            return None
        parent = self._tree.parent(unit)
        return None if parent is None else self._stop(parent)

    def _stop(self, unit: str) -> str | None:
        """Return the nearest unit, from ``unit`` up, with a fitting role."""
        if unit not in self._stops:
            self._stops[unit] = self._find_stop(unit)
        return self._stops[unit]

    def _find_stop(self, unit: str) -> str | None:
        return unit if unit in self._fitting else self._above(unit)


class NearestLeader:
    """The nearest leader of a person in a unit: the first of several walks that knows a leader there.

    When a walk would have found the person alone, the person leads at the top and has no leader: later walks
    are for units where the earlier ones find nobody at all.
    """

    def __init__(self, walks: Sequence[Walk], *, exclude_self: bool) -> None:
        self._walks = walks
        self._exclude_self = exclude_self

    def roles(self, unit: str, person: str | None) -> tuple[Role, ...]:
        """Return the roles that lead ``person`` in ``unit``, the preferred first; none for the top leader."""
        for walk in self._walks:
            if walk.roles(unit):
                return walk.roles(unit, without=person if self._exclude_self else None)
        return ()
