"""What a picture is made of, whatever draws it: shapes and words in groups that the mouse is told of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

Step = tuple[Any, ...]
"""``("M", x, y)``, ``("L", x, y)``, ``("C", x1, y1, x2, y2, x, y)`` or ``("Z",)``."""

INK: Final = "#7a7a7a"
"""Read on white and on black: an image does not know which it is on."""
PALE: Final = "#8a8f98"
WHITE: Final = "#ffffff"


@dataclass(frozen=True, slots=True)
class Shape:
    """A path."""

    path: tuple[Step, ...]
    fill: str = ""
    stroke: str = ""
    width: float = 1
    dashes: tuple[float, ...] = ()
    opacity: float = 1


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text; ``y`` is its baseline."""

    x: float
    y: float
    text: str
    size: float
    ink: str = INK
    bold: bool = False
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a group is for the mouse."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Group:
    """Shapes and words that are one thing.

    Attributes:
        parts: from the lowest.
        told: what the mouse is told.
        what: "node", "link", "band", "head" or "mark".
        key: of the node, or "one/other" of a link.
        place: where the mouse is told; None where nothing is.
    """

    parts: tuple[Shape | Words, ...]
    told: str = ""
    what: str = ""
    key: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """A whole picture."""

    width: float
    height: float
    groups: tuple[Group, ...]


def box(left: float, top: float, width: float, height: float, radius: float = 0) -> tuple[Step, ...]:
    """Return a rectangle, with round corners where there is a radius."""
    right, bottom = left + width, top + height
    if not radius:
        return (("M", left, top), ("L", right, top), ("L", right, bottom), ("L", left, bottom), ("Z",))
    bend = radius * 0.45
    return (
        ("M", left + radius, top),
        ("L", right - radius, top),
        ("C", right - bend, top, right, top + bend, right, top + radius),
        ("L", right, bottom - radius),
        ("C", right, bottom - bend, right - bend, bottom, right - radius, bottom),
        ("L", left + radius, bottom),
        ("C", left + bend, bottom, left, bottom - bend, left, bottom - radius),
        ("L", left, top + radius),
        ("C", left, top + bend, left + bend, top, left + radius, top),
        ("Z",),
    )


def dog_eared(left: float, top: float, width: float, height: float, ear: float) -> tuple[Step, ...]:
    """Return a rectangle whose lower right corner is cut off, as a label's."""
    right, bottom = left + width, top + height
    return (
        ("M", left, top),
        ("L", right, top),
        ("L", right, bottom - ear),
        ("L", right - ear, bottom),
        ("L", left, bottom),
        ("Z",),
    )


def torn(left: float, top: float, width: float, height: float, tooth: float = 5) -> tuple[Step, ...]:
    """Return a rectangle that is torn off at both sides."""
    right, teeth = left + width, 4
    step = height / teeth
    there = [("L", right - tooth * (n % 2), top + n * step) for n in range(1, teeth + 1)]
    back = [("L", left + tooth * (n % 2), top + height - n * step) for n in range(teeth)]
    return (("M", left, top), ("L", right, top), *there, *back, ("Z",))
