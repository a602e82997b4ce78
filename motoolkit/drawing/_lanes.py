"""Lanes of periods, and where each of them is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from motoolkit.drawing._axis import axis_of
from motoolkit.drawing._style import BAD

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from motoolkit.drawing._axis import Axis
    from motoolkit.model import Validity

MOST_LANES: Final = 40
WIDTH: Final = 900
TOP: Final = 20
BAR: Final = 18
ARROW: Final = 8
BOTTOM: Final = 22
LETTER: Final = 6.4
"""The width of a letter of 11 px, on the average."""
THIN: Final = 8
"""Shades that are narrower are hard to find: they are drawn wider, and pointed at."""
_LANE: Final = 26
_LANE_IN_GROUP: Final = 20
_BETWEEN_GROUPS: Final = 12
_THINNEST_SHADE: Final = 4
_NARROWEST_LABELS: Final = 60
_WIDEST_LABELS: Final = 230

# White reads well on every one of them, and they are seen on white and on black.
_COLOURS: Final = ("#2f6fa8", "#3d7a4a", "#8a5a9e", "#a3602b", "#3f7680", "#a04a5e", "#6b6b2e", "#5a63a8")


@dataclass(frozen=True, slots=True)
class Bar:
    """A value and the period in which it holds; a faint one is told, but not meant."""

    validity: Validity
    text: str
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Lane:
    """Bars of one thing; their periods do not overlap.

    Neighbours of one group are drawn close together, with the name of the group before theirs.
    """

    name: str
    bars: tuple[Bar, ...]
    group: str = ""


@dataclass(frozen=True, slots=True)
class Shade:
    """A period that is shaded behind some lanes, and what is told where the mouse rests on it.

    ``first`` and ``last`` are the numbers of the lanes, from the top and with those that have no bars.
    """

    validity: Validity
    text: str
    first: int
    last: int
    colour: str = BAD
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """Where something is drawn."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        """Half way down."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Layout:
    """What is drawn, and where.

    Attributes:
        lanes: from the top.
        boxes: of each lane, labels and all.
        shades: those of these lanes.
        axis: the days.
        names: where the labels of lanes begin; those of groups begin at the edge.
        colours: by group and text.
        more: how many lanes are left out.
    """

    lanes: tuple[Lane, ...]
    boxes: tuple[Box, ...]
    shades: tuple[Shade, ...]
    axis: Axis
    names: float
    colours: dict[tuple[str, str], str]
    more: int

    @property
    def bottom(self) -> float:
        """Where the last lane ends."""
        return self.boxes[-1].bottom

    @property
    def height(self) -> float:
        """How high the whole picture is."""
        return self.bottom + BOTTOM

    def blocks(self) -> list[tuple[str, Box]]:
        """Return groups and their places."""
        found = []
        for group, numbers in groupby(range(len(self.lanes)), key=lambda number: self.lanes[number].group):
            held = list(numbers)
            if group:
                found.append((group, Box(0, self.boxes[held[0]].top, 0, self.boxes[held[-1]].bottom)))
        return found

    def bar(self, row: int, bar: Bar) -> Box:
        """Return where a bar is."""
        start, end = self.axis.place(bar.validity)
        middle = self.boxes[row].middle
        # Neighbours are told apart by a slit; the shortest bar is still seen.
        return Box(start, middle - BAR / 2, max(end - 1, start + 1.5), middle + BAR / 2)

    def shade(self, shade: Shade) -> Box:
        """Return where a shade is; a day is seen too."""
        start, end = self.axis.place(shade.validity)
        if end - start < _THINNEST_SHADE:
            start = (start + end - _THINNEST_SHADE) / 2
            end = start + _THINNEST_SHADE
        return Box(start, self.boxes[shade.first].top - 2, end, self.boxes[shade.last].bottom + 2)


def laid_out(
    lanes: Sequence[Lane],
    as_of: date | None,
    shades: Sequence[Shade],
    *,
    empty: bool,
    beside: Sequence[Lane] = (),
) -> Layout | None:
    """Return where lanes are drawn, on the axis of those ``beside`` them too; None where no bar is."""
    wanted = [lane for lane in lanes if empty or lane.bars]
    drawn = tuple(wanted[:MOST_LANES])
    if not any(lane.bars for lane in drawn):
        return None
    validities = [bar.validity for lane in (*drawn, *beside) for bar in lane.bars]
    names, left = _labels((*drawn, *beside))
    return Layout(
        drawn,
        _boxes(drawn),
        tuple(shade for shade in shades if shade.last < len(drawn)),
        axis_of(validities, as_of, left, WIDTH - 2 * ARROW),
        names,
        _colours(drawn),
        len(wanted) - len(drawn),
    )


def _labels(lanes: Sequence[Lane]) -> tuple[float, float]:
    """Return where the labels of lanes begin, and where they end."""
    # Groups are written bold.
    groups = max(len(lane.group) for lane in lanes) * LETTER * 1.1
    names = max(len(lane.name) for lane in lanes) * LETTER
    if not groups + names:
        return 0, 2 * ARROW
    widest = _WIDEST_LABELS / 2 if groups else _WIDEST_LABELS
    begin = min(groups + 10, _WIDEST_LABELS) if groups else 0
    return begin, begin + min(max(names + 12, 0 if groups else _NARROWEST_LABELS), widest) + ARROW


def _boxes(lanes: Sequence[Lane]) -> tuple[Box, ...]:
    boxes: list[Box] = []
    for number, lane in enumerate(lanes):
        before = lanes[number - 1].group if number else lane.group
        apart = _BETWEEN_GROUPS if before != lane.group else 0
        top = (boxes[-1].bottom if boxes else TOP) + apart
        boxes.append(Box(0, top, WIDTH, top + (_LANE_IN_GROUP if lane.group else _LANE)))
    return tuple(boxes)


def _colours(lanes: Sequence[Lane]) -> dict[tuple[str, str], str]:
    """Return a colour for each text of each group: the same in every group where it can be."""
    texts: dict[str, dict[str, None]] = {}
    for lane in lanes:
        texts.setdefault(lane.group, {}).update(dict.fromkeys(bar.text for bar in lane.bars))
    usual: dict[str, str] = {}
    found: dict[tuple[str, str], str] = {}
    for group, held in texts.items():
        taken: set[str] = set()
        for number, text in enumerate(sorted(held, key=lambda text: text not in usual)):
            colour = usual.get(text, "")
            if not colour or colour in taken:
                free = (colour for colour in _COLOURS if colour not in taken)
                colour = next(free, _COLOURS[number % len(_COLOURS)])
            taken.add(colour)
            usual.setdefault(text, colour)
            found[group, text] = colour
    return found
