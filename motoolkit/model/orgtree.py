"""The organisation as a tree, as it was on one date: paths, levels and subtrees."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from motoolkit.errors import InputError
from motoolkit.model.danish import danish_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

#: First in the path of a unit whose parent does not exist on the date.
UNKNOWN_PARENT: Final = "(ukendt overenhed)"
#: First in the path of units that are their own ancestors.
CYCLE: Final = "(overenheder i ring)"
#: Stands for a name that is missing.
NAMELESS: Final = "(uden navn)"

_MARKERS: Final = {"cycle": CYCLE, "missing_parent": UNKNOWN_PARENT}
_NAMES_IN_MESSAGE = 5


class TreeProblem(NamedTuple):
    """Something wrong in the tree, told in Danish as reports show it.

    ``units`` are the UUIDs concerned; the paths through them start at the first.
    """

    kind: Literal["cycle", "missing_parent"]
    units: tuple[str, ...]
    message: str


class OrgTree:
    """Units below their parents on one date; every unit exactly once, whatever is wrong with its parent.

    Siblings are in Danish order, and iteration goes down each branch: a unit, its first child, and so on.
    Methods that take a UUID raise ``InputError`` when it is not in the tree.
    """

    def __init__(
        self,
        names: Mapping[str, str],
        parents: Mapping[str, str | None],
        problems: Sequence[TreeProblem] = (),
    ) -> None:
        """Arrange units whose parents are all known and lead to a root; ``from_units`` sees to that."""
        self.problems = tuple(problems)
        self._names = names
        self._parents = parents
        self._markers = {problem.units[0]: _MARKERS[problem.kind] for problem in problems}
        self._children = _children(names, parents)
        self._order = list(self._walk())
        self._positions = {uuid: position for position, uuid in enumerate(self._order)}
        self._levels = self._count_levels()
        self._sizes = self._count_sizes()

    @classmethod
    def from_units(
        cls, units: Iterable[tuple[str, str | None, str | None]], *, organisation: str | None = None
    ) -> OrgTree:
        """Build the tree of ``(uuid, name, parent uuid)`` as they are on one date.

        A unit without a parent is a root. Up to v27 MO gives the root organisation's UUID as the parent of
        a top unit: pass it as ``organisation``. Units with any other unknown parent, and one unit of each
        cycle, become roots too, with a marker in their path and an entry in ``problems``.

        Raises:
            InputError: a unit occurs twice.
        """
        names: dict[str, str] = {}
        parents: dict[str, str | None] = {}
        for uuid, name, parent in units:
            if uuid in names:
                raise InputError(
                    f"The unit {uuid} occurs twice.",
                    remedy="Build the tree of the units as they are on one date.",
                )
            names[uuid] = name or NAMELESS
            parents[uuid] = None if parent == organisation else parent
        problems = [*_cut_unknown_parents(names, parents), *_cut_cycles(names, parents)]
        return cls(names, parents, problems)

    @property
    def roots(self) -> tuple[str, ...]:
        """The units without a parent, and those at which a broken path starts."""
        return tuple(self._children[None])

    @property
    def depth(self) -> int:
        """The greatest level, 0 in an empty tree."""
        return max(self._levels.values(), default=0)

    def name(self, uuid: str) -> str:
        """Return the name of a unit."""
        return self._names[self._known(uuid)]

    def parent(self, uuid: str) -> str | None:
        """Return the parent's UUID, None for ``roots``."""
        return self._parents[self._known(uuid)]

    def children(self, uuid: str) -> tuple[str, ...]:
        """Return the UUIDs of the units right below."""
        return tuple(self._children[self._known(uuid)])

    def level(self, uuid: str) -> int:
        """Return the length of the unit's path, 1 for a root."""
        return self._levels[self._known(uuid)]

    def path(self, uuid: str) -> tuple[str, ...]:
        """Return the names from the root down to the unit itself.

        Starts with ``UNKNOWN_PARENT`` or ``CYCLE`` where the way up is broken.
        """
        upwards = [uuid, *self.ancestors(uuid)]
        marker = self._markers.get(upwards[-1])
        return (*([marker] if marker else []), *(self._names[step] for step in reversed(upwards)))

    def ancestors(self, uuid: str) -> tuple[str, ...]:
        """Return the UUIDs above the unit, the nearest first, as MO's ``ancestors`` does."""
        above = []
        step = self._parents[self._known(uuid)]
        while step is not None:
            above.append(step)
            step = self._parents[step]
        return tuple(above)

    def subtree(self, uuid: str) -> tuple[str, ...]:
        """Return the UUIDs of the unit and everything below it, in the order of iteration."""
        start = self._positions[self._known(uuid)]
        return tuple(self._order[start : start + self._sizes[uuid]])

    def __iter__(self) -> Iterator[str]:
        return iter(self._order)

    def __len__(self) -> int:
        return len(self._order)

    def __contains__(self, uuid: object) -> bool:
        return uuid in self._names

    def __repr__(self) -> str:
        return f"<OrgTree: {len(self)} units, {self.depth} levels, {len(self.problems)} problems>"

    def _known(self, uuid: str) -> str:
        if uuid not in self._names:
            raise InputError(
                f"The unit {uuid} is not in the tree.", remedy="Was it closed, or not yet open, on the date?"
            )
        return uuid

    def _walk(self) -> Iterator[str]:
        stack = self._children[None][::-1]
        while stack:
            yield (uuid := stack.pop())
            stack.extend(reversed(self._children[uuid]))

    def _count_levels(self) -> dict[str | None, int]:
        levels: dict[str | None, int] = {}
        for uuid in self._order:
            levels[uuid] = 1 + levels.get(self._parents[uuid], int(uuid in self._markers))
        return levels

    def _count_sizes(self) -> Counter[str | None]:
        sizes: Counter[str | None] = Counter()
        for uuid in reversed(self._order):
            sizes[uuid] += 1
            sizes[self._parents[uuid]] += sizes[uuid]
        return sizes


def _children(
    names: Mapping[str, str], parents: Mapping[str, str | None]
) -> defaultdict[str | None, list[str]]:
    children: defaultdict[str | None, list[str]] = defaultdict(list)
    for uuid in sorted(names, key=lambda uuid: (danish_key(names[uuid]), uuid)):
        children[parents[uuid]].append(uuid)
    return children


def _cut_unknown_parents(names: Mapping[str, str], parents: dict[str, str | None]) -> Iterator[TreeProblem]:
    for uuid, parent in parents.items():
        if parent is not None and parent not in names:
            parents[uuid] = None
            message = f"Enheden {names[uuid]} ({uuid}) har en overenhed, der ikke findes på datoen: {parent}."
            yield TreeProblem("missing_parent", (uuid,), message)


def _cut_cycles(names: Mapping[str, str], parents: dict[str, str | None]) -> Iterator[TreeProblem]:
    settled: set[str] = set()
    for uuid in names:
        walked: dict[str, None] = {}
        step: str | None = uuid
        while step is not None and step not in settled and step not in walked:
            walked[step] = None
            step = parents[step]
        if step in walked:
            ring = _ring(list(walked)[list(walked).index(step) :], names)
            parents[ring[0]] = None
            yield TreeProblem("cycle", ring, _ring_message([names[unit] for unit in ring], ring[0]))
        settled.update(walked)


def _ring(units: list[str], names: Mapping[str, str]) -> tuple[str, ...]:
    """Turn the ring so that it starts, whoever was walked first, at the first name in Danish order."""
    first = units.index(min(units, key=lambda uuid: (danish_key(names[uuid]), uuid)))
    return (*units[first:], *units[:first])


def _ring_message(names: list[str], first: str) -> str:
    if len(names) == 1:
        return f"Enheden {names[0]} ({first}) er sin egen overenhed."
    shown = ", ".join(names[:_NAMES_IN_MESSAGE]) + (" m.fl." if len(names) > _NAMES_IN_MESSAGE else "")
    return (
        f"Enhederne {shown} er hinandens overenheder i ring; deres stier begynder ved {names[0]} ({first})."
    )
