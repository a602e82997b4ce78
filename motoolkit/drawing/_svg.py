"""Periods drawn as bars, a lane each thing: gaps stay empty, and what is open ends in an arrow."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

from motoolkit.drawing._axis import axis_of
from motoolkit.model import mask_all
from motoolkit.plan.danish import day as written
from motoolkit.plan.danish import period

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from motoolkit.drawing._axis import Axis
    from motoolkit.model import Validity

MOST_LANES: Final = 40
_WIDTH: Final = 900
_LANE: Final = 26
_BAR: Final = 18
_TOP: Final = 6
_ARROW: Final = 8
_LETTER: Final = 6.4
"""The width of a letter of 11 px, on the average."""
_NARROWEST_LABELS: Final = 60
_WIDEST_LABELS: Final = 230
_BOTTOM: Final = 22
_THINNEST_SHADE: Final = 3

# White reads well on every one of them, and they are seen on white and on black.
_COLOURS: Final = ("#2f6fa8", "#3d7a4a", "#8a5a9e", "#a3602b", "#3f7680", "#a04a5e", "#6b6b2e", "#5a63a8")
_PALE: Final = "#7d8590"
_QUIET: Final = "var(--jp-ui-font-color2, #808080)"
_LINE: Final = "var(--jp-border-color2, rgba(128, 128, 128, 0.35))"
_NOW: Final = "var(--jp-error-color1, #d13438)"
_INK: Final = "var(--jp-content-font-color1, currentColor)"


@dataclass(frozen=True, slots=True)
class Bar:
    """A value and the period in which it holds; a faint one is told, but not meant."""

    validity: Validity
    text: str
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Lane:
    """Bars of one thing; their periods do not overlap."""

    name: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Shade:
    """A period that is shaded behind some lanes, and what is told where the mouse rests on it.

    ``first`` and ``last`` are the numbers of the lanes, from the top and with those that have no bars.
    """

    validity: Validity
    text: str
    first: int
    last: int


def timeline_svg(
    lanes: Sequence[Lane], as_of: date | None = None, *, shades: Sequence[Shade] = (), empty: bool = False
) -> str:
    """Return lanes as SVG, ready for a page; it needs no network and no script.

    Args:
        lanes: from the top; more than ``MOST_LANES`` are counted instead of drawn.
        as_of: a day to mark; it widens the axis if it must.
        shades: periods to shade, as what differs between two lanes.
        empty: draw lanes without bars too; without it they are left out.

    Equal texts have equal colours.  The whole text and the period show where the mouse rests.  CPR numbers
    are masked.
    """
    wanted = [lane for lane in lanes if empty or lane.bars]
    drawn = wanted[:MOST_LANES]
    validities = [bar.validity for lane in drawn for bar in lane.bars]
    if not validities:
        return ""
    left = _labels_width(drawn)
    axis = axis_of(validities, as_of, left, _WIDTH - 2 * _ARROW)
    bottom = _TOP + _LANE * len(drawn)
    colours = _colours(drawn)
    more = len(wanted) - len(drawn)
    parts = [
        *_grid(axis, bottom),
        *(_shade(shade, axis) for shade in shades if shade.last < len(drawn)),
        *(_lane(lane, _TOP + _LANE * row, left, axis, colours) for row, lane in enumerate(drawn)),
        *([_now(axis, as_of, bottom)] if as_of else ()),
        *([_text(0, bottom + 15, f"… og {more} til", _QUIET)] if more > 0 else ()),
    ]
    style = (
        "display: block; max-width: 100%; height: auto; "
        "font: 11px var(--jp-ui-font-family, system-ui, sans-serif)"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {_WIDTH} {bottom + _BOTTOM}" '
        f'width="{_WIDTH}" height="{bottom + _BOTTOM}" style="{style}">{"".join(parts)}</svg>'
    )


def _labels_width(lanes: Sequence[Lane]) -> float:
    longest = max(len(lane.name) for lane in lanes)
    if not longest:
        return 2 * _ARROW
    return min(max(longest * _LETTER + 12, _NARROWEST_LABELS), _WIDEST_LABELS) + _ARROW


def _colours(lanes: Sequence[Lane]) -> dict[str, str]:
    texts = dict.fromkeys(bar.text for lane in lanes for bar in lane.bars)
    return {text: _COLOURS[number % len(_COLOURS)] for number, text in enumerate(texts)}


def _grid(axis: Axis, bottom: float) -> list[str]:
    return [
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP - 4}" y2="{bottom}" style="stroke: {_LINE}"/>'
        + _text(x, bottom + 15, label, _QUIET, "middle")
        for x, label in axis.ticks()
    ]


def _shade(shade: Shade, axis: Axis) -> str:
    start, end = axis.place(shade.validity)
    top, bottom = _TOP + _LANE * shade.first, _TOP + _LANE * (shade.last + 1)
    # A day is seen too.
    width = max(end - start, _THINNEST_SHADE)
    return (
        f'<rect x="{start:.1f}" y="{top}" width="{width:.1f}" height="{bottom - top}" '
        f'style="fill: {_NOW}; fill-opacity: 0.16; stroke: {_NOW}; stroke-opacity: 0.5">'
        f"<title>{_safe(shade.text)}</title></rect>"
    )


def _lane(lane: Lane, top: float, left: float, axis: Axis, colours: dict[str, str]) -> str:
    name = _cut(lane.name, left - _ARROW)
    middle = top + _LANE / 2
    label = f"<g><title>{_safe(lane.name)}</title>{_text(0, middle + 4, name, _INK)}</g>" if name else ""
    thread = (
        f'<line x1="{axis.left:.1f}" x2="{axis.right:.1f}" y1="{middle}" y2="{middle}" '
        f'style="stroke: {_LINE}; stroke-dasharray: 1 4"/>'
    )
    return label + thread + "".join(_bar(bar, top, axis, colours[bar.text]) for bar in lane.bars)


def _bar(bar: Bar, top: float, axis: Axis, colour: str) -> str:
    start, end = axis.place(bar.validity)
    upper, lower = top + (_LANE - _BAR) / 2, top + (_LANE + _BAR) / 2
    # Neighbours are told apart by a slit; the shortest bar is still seen.
    last = max(end - 1, start + 1.5)
    middle = (upper + lower) / 2
    corners = [f"{start:.1f},{upper}", f"{last:.1f},{upper}"]
    if bar.validity.end is None:
        corners.append(f"{last + _ARROW:.1f},{middle}")
    corners += [f"{last:.1f},{lower}", f"{start:.1f},{lower}"]
    if bar.validity.start is None:
        corners.append(f"{start - _ARROW:.1f},{middle}")
    shape = f'<polygon points="{" ".join(corners)}" style="fill: {_PALE if bar.faint else colour}"/>'
    told = f"{bar.text}, {period(bar.validity)}" if bar.text else period(bar.validity)
    label = _cut(bar.text, last - start - 10)
    return f"<g><title>{_safe(told)}</title>{shape}{_text(start + 5, middle + 4, label, '#ffffff')}</g>"


def _now(axis: Axis, as_of: date, bottom: float) -> str:
    x = axis.at(as_of)
    return (
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP - 4}" y2="{bottom + 3}" '
        f'style="stroke: {_NOW}; stroke-dasharray: 3 2"><title>{written(as_of)}</title></line>'
    )


def _text(x: float, y: float, text: str, colour: str, anchor: str = "start") -> str:
    if not text:
        return ""
    style = f"fill: {colour}; text-anchor: {anchor}; pointer-events: none"
    return f'<text x="{x:.1f}" y="{y:.1f}" style="{style}">{_safe(text)}</text>'


def _cut(text: str, width: float) -> str:
    """Return as much of a text as the width has room for; nothing rather than a letter or two."""
    masked = mask_all(text)
    room = int(width / _LETTER)
    if len(masked) <= room:
        return masked
    return f"{masked[: room - 1].rstrip()}…" if room > 3 else ""  # noqa: PLR2004


def _safe(text: str) -> str:
    return escape(mask_all(text))
