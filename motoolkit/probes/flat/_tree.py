"""The organisation of one day, as MO's filters and leaders climb it."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from motoolkit.probes.flat._rows import Rows
    from motoolkit.probes.flat._windows import Window


class Tree:
    """Units with their parents; rings and parents that are not there do no harm."""

    def __init__(self, parents: Mapping[str, str | None]) -> None:
        self.parents = parents

    @classmethod
    def of(cls, rows: Rows, day: Window, parent: int) -> Tree:
        """Return the tree of a day; ``parent`` is the place of that column in a row."""

        def make() -> Tree:
            found = ((uuid, day.of(slices)) for uuid, slices in rows.all("org_units"))
            return cls({uuid: slices[-1][parent] for uuid, slices in found if slices})

        return rows.once(("tree", day), make)

    @cached_property
    def children(self) -> Mapping[str, list[str]]:
        """The units below each unit."""
        below: dict[str, list[str]] = defaultdict(list)
        for unit, parent in self.parents.items():
            if parent is not None:
                below[parent].append(unit)
        return dict(below)

    def climb(self, unit: str) -> Iterator[str]:
        """Yield a unit, its parent, and so on, each once."""
        seen: set[str] = set()
        step: str | None = unit
        while step is not None and step not in seen:
            seen.add(step)
            yield step
            step = self.parents.get(step)

    def upwards(self, units: Iterable[str] | None) -> frozenset[str]:
        """Return units and everything above them."""
        return frozenset(step for unit in units or () for step in self.climb(unit))

    def downwards(self, units: Iterable[str] | None) -> frozenset[str]:
        """Return units and everything below them."""
        found = set(units or ())
        waiting = list(found)
        while waiting:
            fresh = set(self.children.get(waiting.pop(), ())) - found
            found |= fresh
            waiting.extend(fresh)
        return frozenset(found)

    def below(self, parents: Iterable[str] | None) -> frozenset[str]:
        """Return the units right below some, or with None the roots."""
        if parents is None:
            return frozenset(unit for unit, parent in self.parents.items() if parent is None)
        return frozenset(child for parent in parents for child in self.children.get(parent, ()))

    def above(self, children: Iterable[str] | None) -> frozenset[str]:
        """Return the parents of some units, or with None the leaves."""
        if children is None:
            return frozenset(unit for unit in self.parents if not self.children.get(unit))
        found = (self.parents.get(child) for child in children)
        return frozenset(parent for parent in found if parent is not None)
