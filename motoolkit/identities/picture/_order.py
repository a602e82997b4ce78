"""In which order the cells of a band stand in their columns, so that few links cross.

Sugiyama's way: a link over several columns gets a slot in each between; each column is ordered by the mean
place of its neighbours, to the right and to the left in turn, then neighbours are exchanged while that helps.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from motoolkit.identities.picture._web import Cell, Edge

_SWEEPS: Final = 6
_FEW: Final = 120
"""Of more links nobody sees whether two of them cross."""

Pair = tuple[str, str]


@dataclass(slots=True)
class Slots:
    """The keys of a band in order, column by column, and what is linked with what in the next.

    Attributes:
        columns: keys from the top, by column; those of slots that only a link goes through among them.
        pairs: of neighbouring columns.
        routes: the slots of each edge over several columns, from the left.
    """

    columns: dict[int, list[str]]
    pairs: list[Pair]
    routes: dict[Pair, tuple[str, ...]]


def ordered(cells: Sequence[Cell], edges: Sequence[Edge], columns: Sequence[int], owner: str) -> Slots:
    """Return the cells of a band in order.

    Args:
        cells: in the order that they have where nothing speaks for another.
        edges: those that end in the band.
        columns: that are drawn.
        owner: the key of the owner, who stands before all bands.
    """
    slots = _slots(cells, edges, columns, owner)
    best = {column: list(keys) for column, keys in slots.columns.items()}
    fewest = _all_crossings(slots)
    for sweep in range(_SWEEPS):
        if not fewest:
            break
        _sweep(slots, back=bool(sweep % 2))
        _exchange(slots)
        if (number := _all_crossings(slots)) < fewest:
            fewest, best = number, {column: list(keys) for column, keys in slots.columns.items()}
    slots.columns = best
    return slots


def _slots(cells: Sequence[Cell], edges: Sequence[Edge], columns: Sequence[int], owner: str) -> Slots:
    found = Slots({column: [] for column in columns}, [], {})
    place = {cell.key: columns.index(cell.column) for cell in cells}
    for cell in cells:
        found.columns[cell.column].append(cell.key)
    place[owner] = -1
    for edge in edges:
        between = range(place[edge.one] + 1, place[edge.other])
        route = tuple(f"{edge.one}/{edge.other}/{columns[at]}" for at in between)
        for at, slot in zip(between, route, strict=True):
            found.columns[columns[at]].append(slot)
        stops = [*([edge.one] if edge.one != owner else []), *route, edge.other]
        found.pairs += list(pairwise(stops))
        found.routes[edge.one, edge.other] = route
    return found


def _sweep(slots: Slots, *, back: bool) -> None:
    """Order each column by its neighbours in the one before, or in the one behind."""
    columns = list(slots.columns)
    order = list(reversed(columns)) if back else columns
    for before, column in pairwise(order):
        at = {key: place for place, key in enumerate(slots.columns[before])}
        means = _means([(b, a) for a, b in slots.pairs] if not back else slots.pairs, at)
        keys = slots.columns[column]
        own = {key: float(place) for place, key in enumerate(keys)}
        # What nothing is known of stays about where it is.
        keys.sort(key=(own | means).__getitem__)


def _means(pairs: Sequence[Pair], at: Mapping[str, int]) -> dict[str, float]:
    """Return for the first of each pair the mean place of the others."""
    found: dict[str, list[int]] = {}
    for key, other in pairs:
        if other in at:
            found.setdefault(key, []).append(at[other])
    return {key: sum(places) / len(places) for key, places in found.items()}


def _exchange(slots: Slots) -> None:
    """Exchange neighbours in a column while fewer links cross."""
    fewest = _all_crossings(slots)
    if not fewest or len(slots.pairs) > _FEW:
        return
    for keys in slots.columns.values():
        for place in range(len(keys) - 1):
            keys[place], keys[place + 1] = keys[place + 1], keys[place]
            number = _all_crossings(slots)
            if number < fewest:
                fewest = number
            else:
                keys[place], keys[place + 1] = keys[place + 1], keys[place]


def _all_crossings(slots: Slots) -> int:
    columns = list(slots.columns.values())
    return sum(crossings(left, right, slots.pairs) for left, right in pairwise(columns))


def crossings(left: Sequence[str], right: Sequence[str], pairs: Sequence[Pair]) -> int:
    """Return how many links cross between two columns."""
    of_left = {key: place for place, key in enumerate(left)}
    of_right = {key: place for place, key in enumerate(right)}
    ends = sorted((of_left[a], of_right[b]) for a, b in pairs if a in of_left and b in of_right)
    above: list[int] = []
    number = 0
    # Those of one cell are in order of their other ends, so they do not count as crossing each other.
    for _, end in ends:
        number += len(above) - bisect_right(above, end)
        insort(above, end)
    return number
