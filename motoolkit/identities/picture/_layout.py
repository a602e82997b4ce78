"""Where each cell and each link of a day is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from motoolkit.identities.picture._order import ordered
from motoolkit.identities.picture._place import placed
from motoolkit.identities.picture._web import ACCOUNT, ADDRESS, ENGAGEMENT, OWNER
from motoolkit.identities.picture._widths import cut, wrapped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from motoolkit.identities.picture._order import Slots
    from motoolkit.identities.picture._web import Cell, Edge, Web

LABEL: Final = 12.0
DETAIL: Final = 10.5
LINE: Final = 15.0
PAD: Final = 9.0
HEAD: Final = 26.0
GAP: Final = 16.0
"""Between cells of a column: what is marked stands a little above its cell."""
CHANNEL: Final = 54.0
"""Between columns, for the links."""
EDGE: Final = 6.0
AROUND: Final = 11.0
"""Between a band and its cells."""
BETWEEN: Final = 12.0
WIDTHS: Final = {OWNER: 108.0, ENGAGEMENT: 186.0, ACCOUNT: 252.0, ADDRESS: 252.0}
_LINES: Final = {"owner": 4}
"""In how many lines a label may stand; others stand in two."""
_BOLD: Final = frozenset({"owner", "engagement", "manager"})
_MOST_WITHIN: Final = 4
_PORTS: Final = 7.0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text in a cell."""

    text: str
    bold: bool = False
    quiet: bool = False

    @property
    def size(self) -> float:
        """Of its letters."""
        return DETAIL if self.quiet else LABEL


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell where it is drawn, and what is written in it."""

    cell: Cell
    left: float
    top: float
    width: float
    height: float
    lines: tuple[Line, ...]

    @property
    def middle(self) -> float:
        """Half way down."""
        return self.top + self.height / 2


Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Layout:
    """All of a day, in place.

    Attributes:
        width: of the picture.
        height: of the picture.
        columns: where each begins.
        owner: the owner's cell.
        cells: all others.
        links: each with the points it goes through, two a column on its way.
        bands: the top and bottom of each.
        alone: whether the last band is of what serves no engagement.
    """

    width: float
    height: float
    columns: Mapping[int, float]
    owner: Placed
    cells: tuple[Placed, ...]
    links: tuple[tuple[Edge, tuple[Point, ...]], ...]
    bands: tuple[tuple[float, float], ...]
    alone: bool


def laid_out(web: Web, columns: Sequence[int]) -> Layout:
    """Return where everything is.

    Args:
        web: what is drawn.
        columns: those that are there on any day, so that they stay where they are.
    """
    lefts = _lefts(columns)
    top = HEAD
    middles: dict[str, float] = {}
    routes: dict[tuple[str, str], tuple[str, ...]] = {}
    cells: list[Placed] = []
    bands: list[tuple[float, float]] = []
    for band in web.bands:
        slots, own = _band(web, band, columns)
        tall = {cell.key: _height(lines) for cell, lines in own}
        found = placed(slots, tall, GAP)
        begin = top + AROUND
        for cell, lines in own:
            upper = begin + found[cell.key] - tall[cell.key] / 2
            cells.append(Placed(cell, lefts[cell.column], upper, WIDTHS[cell.column], tall[cell.key], lines))
        middles |= {key: begin + middle for key, middle in found.items()}
        routes |= slots.routes
        bottom = max([begin + found[key] + tall.get(key, 0) / 2 for key in found], default=begin)
        bands.append((top, bottom + AROUND))
        top = bottom + AROUND + BETWEEN
    owner = _owner(web, cells, lefts[OWNER], (HEAD, max(top - BETWEEN, HEAD)))
    height = max(top - BETWEEN, owner.top + owner.height) + EDGE
    width = max(lefts[column] + WIDTHS[column] for column in lefts) + AROUND + EDGE
    links = _links(web, [owner, *cells], lefts, middles, routes)
    return Layout(width, height, lefts, owner, tuple(cells), links, tuple(bands), web.alone)


def _lefts(columns: Sequence[int]) -> dict[int, float]:
    found, at = {}, EDGE
    for column in (OWNER, *columns):
        found[column] = at
        at += WIDTHS[column] + CHANNEL
    return found


def _band(
    web: Web, band: Sequence[Cell], columns: Sequence[int]
) -> tuple[Slots, list[tuple[Cell, tuple[Line, ...]]]]:
    keys = {cell.key for cell in band}
    edges = [edge for edge in web.edges if edge.other in keys]
    slots = ordered(band, edges, columns, web.owner.key)
    return slots, [(cell, _lines(cell)) for cell in band]


def _height(lines: Sequence[Line]) -> float:
    return 2 * PAD + LINE * len(lines) - 3


def _lines(cell: Cell) -> tuple[Line, ...]:
    """Return what is written in a cell, cut to its width."""
    room = WIDTHS[cell.column] - 2 * PAD
    most = _LINES.get(cell.sort, 2)
    bold = cell.sort in _BOLD
    found = [Line(text, bold) for text in wrapped(cell.label, room, LABEL, most, bold=bold)]
    if cell.detail:
        found.append(Line(cut(cell.detail, room, DETAIL), quiet=True))
    if len(cell.within) > _MOST_WITHIN:
        shown, left = cell.within[: _MOST_WITHIN - 1], len(cell.within) - _MOST_WITHIN + 1
    else:
        shown, left = cell.within, 0
    found += [Line(cut(f"◆ {told}", room, DETAIL), quiet=True) for told in shown]
    if left:
        found.append(Line(f"◆ +{left}", quiet=True))
    return tuple(found)


def _owner(web: Web, cells: Sequence[Placed], left: float, between: tuple[float, float]) -> Placed:
    lines = _lines(web.owner)
    height = _height(lines)
    near = {edge.other for edge in web.edges if edge.one == web.owner.key}
    middles = [cell.middle for cell in cells if cell.cell.key in near] or [sum(between) / 2]
    top = sum(middles) / len(middles) - height / 2
    return Placed(web.owner, left, max(top, between[0]), WIDTHS[OWNER], height, lines)


def _links(
    web: Web,
    cells: Sequence[Placed],
    lefts: Mapping[int, float],
    middles: Mapping[str, float],
    routes: Mapping[tuple[str, str], Sequence[str]],
) -> tuple[tuple[Edge, tuple[Point, ...]], ...]:
    at = {placed.cell.key: placed for placed in cells}
    columns = list(lefts)
    outs, ins = _ports(web, at, middles, routes)
    found = []
    for edge in web.edges:
        one, other = at[edge.one], at[edge.other]
        points: list[Point] = [(one.left + one.width, outs[edge.one, edge.other])]
        first = columns.index(one.cell.column) + 1
        for step, slot in enumerate(routes[edge.one, edge.other]):
            column = columns[first + step]
            left = lefts[column]
            points += [(left, middles[slot]), (left + WIDTHS[column], middles[slot])]
        points.append((other.left, ins[edge.one, edge.other]))
        found.append((edge, tuple(points)))
    return tuple(found)


def _ports(
    web: Web,
    at: Mapping[str, Placed],
    middles: Mapping[str, float],
    routes: Mapping[tuple[str, str], Sequence[str]],
) -> tuple[dict[tuple[str, str], float], dict[tuple[str, str], float]]:
    """Return how high each link leaves its one cell and enters the other: in the order that it goes to."""
    out: dict[str, list[tuple[float, tuple[str, str]]]] = {}
    into: dict[str, list[tuple[float, tuple[str, str]]]] = {}
    for edge in web.edges:
        pair = edge.one, edge.other
        route = routes[pair]
        out.setdefault(edge.one, []).append((middles[route[0]] if route else at[edge.other].middle, pair))
        into.setdefault(edge.other, []).append((middles[route[-1]] if route else at[edge.one].middle, pair))
    return _spread(out, at), _spread(into, at)


def _spread(
    ends: Mapping[str, list[tuple[float, tuple[str, str]]]], at: Mapping[str, Placed]
) -> dict[tuple[str, str], float]:
    found = {}
    for key, held in ends.items():
        placed = at[key]
        apart = min(_PORTS, (placed.height - 2 * PAD) / max(len(held) - 1, 1))
        for place, (_, pair) in enumerate(sorted(held)):
            found[pair] = placed.middle + (place - (len(held) - 1) / 2) * apart
    return found
