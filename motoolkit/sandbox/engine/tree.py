"""The organisation tree as MO's filters see it: parents within a window."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from motoolkit.sandbox.engine.request import Request
    from motoolkit.sandbox.engine.window import Window


class Tree:
    """Every parent that a unit has within a window; cycles and missing parents do no harm."""

    def __init__(self, request: Request, window: Window) -> None:
        self.parents: dict[str, set[str]] = {}
        for held in request.world.all("org_units"):
            if slices := window.of(held.slices()):
                found = {period.values.get("parent") for period in slices}
                self.parents[held.uuid] = {parent for parent in found if parent}

    @cached_property
    def children(self) -> dict[str, set[str]]:
        """The units below each unit."""
        below: dict[str, set[str]] = defaultdict(set)
        for unit, parents in self.parents.items():
            for parent in parents:
                below[parent].add(unit)
        return below

    def upwards(self, units: Iterable[str]) -> frozenset[str]:
        """Return ``units`` and everything above them."""
        return _closure(units, self.parents)

    def downwards(self, units: Iterable[str]) -> frozenset[str]:
        """Return ``units`` and everything below them."""
        return _closure(units, self.children)

    def climb(self, unit: str) -> Iterator[str]:
        """Yield ``unit``, its parent, and so on, each once."""
        seen: set[str] = set()
        step: str | None = unit
        while step is not None and step not in seen:
            seen.add(step)
            yield step
            step = next(iter(sorted(self.parents.get(step, ()))), None)


def tree_of(request: Request, window: Window) -> Tree:
    """Return the tree of a window, made once a request."""
    if window not in request.trees:
        request.trees[window] = Tree(request, window)
    return request.trees[window]


def _closure(start: Iterable[str], edges: dict[str, set[str]]) -> frozenset[str]:
    found = set(start)
    waiting = list(found)
    while waiting:
        fresh = edges.get(waiting.pop(), set()) - found
        found |= fresh
        waiting.extend(fresh)
    return frozenset(found)
