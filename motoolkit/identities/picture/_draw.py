"""From a day in place to shapes and words: forms by sort, links as curves, marks for what is wrong."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from motoolkit.findings import period
from motoolkit.identities.picture._layout import AROUND, EDGE, LINE, PAD
from motoolkit.identities.picture._marks import Mark
from motoolkit.identities.picture._scene import (
    INK,
    PALE,
    WHITE,
    Group,
    Place,
    Scene,
    Shape,
    Step,
    Words,
    box,
    dog_eared,
    torn,
)
from motoolkit.identities.picture._web import COLUMNS, ENGAGEMENT, OWNER
from motoolkit.identities.picture._widths import width
from motoolkit.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from motoolkit.identities.picture._layout import Layout, Line, Placed, Point
    from motoolkit.identities.picture._web import Edge

# White reads well on every one of them, and they are seen on white and on black.
_FILLS: Final = {
    "owner": "#555c66",
    "engagement": "#2f6fa8",
    "manager": "#2f6fa8",
    "ituser": "#3d7a4a",
    "rolebinding": "#3d7a4a",
    "address": "#8a5a9e",
}
_SOFT: Final = "#eef1f5"
"""White that is a little quieter."""
_BROKEN: Final = "#d13438"
_DASHES: Final = (5.0, 4.0)
_LINK: Final = 1.6
_MARKED_LINK: Final = 2.6
_ARROW: Final = 6.0
_RING: Final = 3.0
_FLAG: Final = 15.0
_FLAG_LETTERS: Final = 10.0


def drawn(layout: Layout, marks: Mapping[str, Mark], *, dashed: bool) -> Scene:
    """Return a day as a scene.

    Args:
        layout: where everything is.
        marks: what is wrong, by UUID of a node and "one/other" of a link.
        dashed: dash the links from the owner, as the newsletter's figure has those of units.
    """
    names = {cell.cell.key: cell.cell.label for cell in (layout.owner, *layout.cells)}
    groups = [*_bands(layout), *_heads(layout, of_unit=dashed)]
    flags: list[tuple[Point, Mark, str]] = []
    for edge, points in layout.links:
        key = f"{edge.one}/{edge.other}"
        mark = marks.get(key)
        is_dashed = dashed and edge.one == layout.owner.cell.key
        broken = any(_is_broken(layout, end) for end in (edge.one, edge.other))
        groups.append(
            _link(edge, points, mark, f"{names[edge.one]} → {names[edge.other]}", (is_dashed, broken))
        )
        if mark:
            flags.append((_half_way(points), mark, key))
    for cell in (layout.owner, *layout.cells):
        mark = _mark_of(cell, marks)
        groups.append(_cell(cell, mark))
    groups += [_flag(at, mark, key) for at, mark, key in _apart(flags)]
    return Scene(layout.width, layout.height, tuple(groups))


def _is_broken(layout: Layout, key: str) -> bool:
    return any(cell.cell.key == key and cell.cell.sort == "broken" for cell in layout.cells)


def _mark_of(cell: Placed, marks: Mapping[str, Mark]) -> Mark | None:
    """Return what is wrong with a cell, or with what is told in it."""
    wrongs = {
        wrong.number: wrong
        for key in (cell.cell.key, *cell.cell.keys)
        if key in marks
        for wrong in marks[key].wrongs
    }
    return Mark(tuple(wrongs[number] for number in sorted(wrongs))) if wrongs else None


def _bands(layout: Layout) -> Iterator[Group]:
    lefts = [left for column, left in layout.columns.items() if column != OWNER]
    if not lefts:
        return
    left, right = min(lefts) - AROUND, layout.width - EDGE
    for number, (top, bottom) in enumerate(layout.bands):
        shape = Shape(box(left, top, right - left, bottom - top, 7), fill="#808080", opacity=0.11)
        last = number == len(layout.bands) - 1
        told = tr("Without an engagement") if layout.alone and last else ""
        yield Group((shape,), told, "band", str(number))


def _heads(layout: Layout, *, of_unit: bool) -> Iterator[Group]:
    for column, left in layout.columns.items():
        if column != OWNER:
            # A unit employs nobody in this picture: it has managers.
            text = tr("Managers") if of_unit and column == ENGAGEMENT else tr(COLUMNS[column])
            yield Group((Words(left, 17, text, 11.5, INK, bold=True),), what="head", key=str(column))


def _link(
    edge: Edge, points: Sequence[Point], mark: Mark | None, told: str, looks: tuple[bool, bool]
) -> Group:
    dashed, broken = looks
    colour = mark.colour if mark else _BROKEN if broken else PALE
    thick = _MARKED_LINK if mark else _LINK
    x, y = points[-1]
    line = Shape(
        _curves([*points[:-1], (x - _ARROW + 1, y)]),
        stroke=colour,
        width=thick,
        dashes=_DASHES if dashed or broken else (),
    )
    half = _ARROW * 0.62
    tip = Shape((("M", x, y), ("L", x - _ARROW, y - half), ("L", x - _ARROW, y + half), ("Z",)), fill=colour)
    lines = (told, period(edge.validity), mark.told if mark else "")
    return Group((line, tip), "\n".join(filter(None, lines)), "link", f"{edge.one}/{edge.other}")


def _curves(points: Sequence[Point]) -> tuple[Step, ...]:
    """Return a path of curves between columns and straight lines through them."""
    steps: list[Step] = [("M", *points[0])]
    for number, ((x1, y1), (x2, y2)) in enumerate(pairwise(points)):
        if number % 2:
            steps.append(("L", x2, y2))
        else:
            half = (x1 + x2) / 2
            steps.append(("C", half, y1, half, y2, x2, y2))
    return tuple(steps)


def _cell(placed: Placed, mark: Mark | None) -> Group:
    cell = placed.cell
    parts: list[Shape | Words] = []
    if mark:
        ring = (placed.left - _RING, placed.top - _RING, placed.width + 2 * _RING, placed.height + 2 * _RING)
        parts.append(Shape(box(*ring, 8), stroke=mark.colour, width=2.4))
    parts.append(_outline(placed))
    ink = INK if cell.sort == "broken" else WHITE
    soft = INK if cell.sort == "broken" else _SOFT
    parts += [
        _line(placed, number, line, soft if line.quiet else ink) for number, line in enumerate(placed.lines)
    ]
    if mark:
        parts += _flag_parts(placed.left + placed.width + _RING, placed.top - _RING, mark, anchor=1)
    place = Place(placed.left, placed.top, placed.left + placed.width, placed.top + placed.height)
    return Group(tuple(parts), _told(placed, mark), "node", cell.key, place)


def _outline(placed: Placed) -> Shape:
    sides = placed.left, placed.top, placed.width, placed.height
    sort = placed.cell.sort
    if sort == "broken":
        return Shape(torn(*sides), stroke=_BROKEN, width=1.6, dashes=_DASHES)
    if sort == "address":
        return Shape(dog_eared(*sides, 9), fill=_FILLS[sort])
    return Shape(box(*sides, 2 if sort in {"engagement", "manager"} else 12), fill=_FILLS[sort])


def _line(placed: Placed, number: int, line: Line, ink: str) -> Words:
    y = placed.top + PAD + LINE * number + 9
    return Words(placed.left + PAD, y, line.text, line.size, ink, bold=line.bold)


def _told(placed: Placed, mark: Mark | None) -> str:
    cell = placed.cell
    lines = [cell.label, cell.detail, period(cell.validity), *(f"◆ {one}" for one in cell.within)]
    return "\n".join(filter(None, [*lines, mark.told if mark else ""]))


def _flag_width(mark: Mark) -> float:
    return 21 + width(mark.numbers, _FLAG_LETTERS, bold=True)


def _flag_parts(right: float, middle: float, mark: Mark, *, anchor: float) -> list[Shape | Words]:
    """Return a warning sign with the numbers of what is wrong; ``anchor`` 1 ends it at ``right``."""
    wide = _flag_width(mark)
    left, top = right - wide * anchor, middle - _FLAG / 2
    sign = (("M", left + 10, top + 2.5), ("L", left + 15.5, top + 12), ("L", left + 4.5, top + 12), ("Z",))
    return [
        Shape(box(left, top, wide, _FLAG, 6), fill=mark.colour, stroke=WHITE, width=1),
        Shape(sign, fill=WHITE),
        Words(left + 10, top + 11.3, "!", 8, mark.colour, bold=True, anchor="middle"),
        Words(left + 17.5, top + 11.2, mark.numbers, _FLAG_LETTERS, WHITE, bold=True),
    ]


def _flag(at: Point, mark: Mark, key: str) -> Group:
    x, y = at
    half = _flag_width(mark) / 2
    place = Place(x - half, y - _FLAG / 2, x + half, y + _FLAG / 2)
    return Group(tuple(_flag_parts(x, y, mark, anchor=0.5)), mark.told, "mark", key, place)


def _half_way(points: Sequence[Point]) -> Point:
    """Return the middle of a link's last curve, which is its own more than the first."""
    (x1, y1), (x2, y2) = points[-2], points[-1]
    return (x1 + x2) / 2, (y1 + y2) / 2


def _apart(flags: Sequence[tuple[Point, Mark, str]]) -> Iterator[tuple[Point, Mark, str]]:
    """Yield flags of links, those of one channel clear of each other."""
    lowest: dict[float, float] = {}
    for (x, y), mark, key in sorted(flags, key=lambda flag: flag[0]):
        free = max(y, lowest.get(x, y) + (_FLAG + 1 if x in lowest else 0))
        lowest[x] = free
        yield (x, free), mark, key
