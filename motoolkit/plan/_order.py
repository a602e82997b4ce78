"""The order in which a plan's mutations are sent: MO checks some of what they point at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from motoolkit.plan._state import Key, State
    from motoolkit.plan._steps import Step

_COLLECTIONS: Final = (
    "facets",
    "itsystems",
    "classes",
    "org_units",
    "persons",
    "engagements",
    "itusers",
)
"""Those that others point at, before the others."""

_ENDED_LAST: Final = ("itusers", "org_units")
"""Those that MO does not end before what hangs on them."""


def in_order(steps: Sequence[Step], before: State, after: State) -> list[Step]:
    """Return the steps in an order that MO accepts, an object's steps together but for its end.

    First come objects that others point at, parents before children; then accounts end, then units,
    children before parents; deletes come last, in the opposite order of creation.
    """
    depths = _depths(before, after)

    def place(step: Step) -> tuple[int, int, int, int]:
        rank, depth = _rank(step.collection), depths.get((step.collection, step.uuid), 0)
        if step.mutation.endswith("_delete"):
            return 2, -rank, -depth, 0
        if step.mutation.endswith("_terminate") and step.collection in _ENDED_LAST:
            return 1, _ENDED_LAST.index(step.collection), -depth, 0
        return 0, rank, depth, first[step.collection, step.uuid]

    first: dict[Key, int] = {}
    for index, step in enumerate(steps):
        first.setdefault((step.collection, step.uuid), index)
    return sorted(steps, key=place)


def _rank(collection: str) -> int:
    return _COLLECTIONS.index(collection) if collection in _COLLECTIONS else len(_COLLECTIONS)


def _depths(before: State, after: State) -> Mapping[Key, int]:
    """Return how deep each object lies below those that the plan knows, by any parent it ever has."""
    parents: dict[Key, set[Key]] = {}
    for key in after:
        spans = (*before.get(key, ()), *after[key])
        named = {(key[0], span.values["parent"]) for span in spans if span.values.get("parent")}
        parents[key] = named & after.keys()
    return {key: sum(1 for _ in _above(key, parents, {key})) for key in parents}


def _above(key: Key, parents: Mapping[Key, set[Key]], seen: set[Key]) -> Iterator[Key]:
    for parent in parents.get(key, ()):
        if parent not in seen:
            seen.add(parent)
            yield parent
            yield from _above(parent, parents, seen)
