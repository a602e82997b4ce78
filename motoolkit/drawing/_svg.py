"""Periods drawn as bars, a lane each thing: gaps stay empty, and what is open ends in an arrow."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from motoolkit.drawing._lanes import ARROW, LETTER, THIN, TOP, WIDTH, laid_out
from motoolkit.drawing._words import period, written
from motoolkit.language import tr
from motoolkit.model import mask_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from motoolkit.drawing._axis import Axis
    from motoolkit.drawing._lanes import Bar, Lane, Layout, Shade

_PALE: Final = "#7d8590"
_QUIET: Final = "var(--jp-ui-font-color2, #808080)"
_LINE: Final = "var(--jp-border-color2, rgba(128, 128, 128, 0.35))"
_INK: Final = "var(--jp-content-font-color1, currentColor)"
_MARK: Final = 5
"""Half the width of what points at a thin shade."""
_NO_MOUSE: Final = "pointer-events: none"


def timeline_svg(
    lanes: Sequence[Lane], as_of: date | None = None, *, shades: Sequence[Shade] = (), empty: bool = False
) -> str:
    """Return lanes as SVG, ready for a page; it needs no network and no script.

    Args:
        lanes: from the top; more than ``MOST_LANES`` are counted instead of drawn.
        as_of: a day to mark; it widens the axis if it must.
        shades: periods to shade, as what differs between two lanes.
        empty: draw lanes without bars too; without it they are left out.

    Equal texts have equal colours within a group, and over all groups as far as there are colours.  The
    whole text and the period show where the mouse rests.  CPR numbers are masked.
    """
    layout = laid_out(lanes, as_of, shades, empty=empty)
    return "" if layout is None else draw(layout, as_of)


def draw(layout: Layout, as_of: date | None, ink: str = "") -> str:
    """Return what is laid out as SVG, with ``ink`` instead of the page's own colour of text."""
    style = (
        "display: block; max-width: 100%; height: auto; "
        "font: 11px var(--jp-ui-font-family, system-ui, sans-serif)"
    )
    height = f"{layout.height:g}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'height="{height}" style="{style}{f"; color: {ink}" if ink else ""}">'
        f"{''.join(_parts(layout, as_of))}</svg>"
    )


def bar_told(lane: Lane, bar: Bar) -> str:
    """Return what is told of a bar where the mouse rests on it, CPR numbers masked."""
    whose = f"{lane.group}, {lane.name}: " if lane.group else ""
    told = f"{bar.text}, {period(bar.validity)}" if bar.text else period(bar.validity)
    return mask_all(f"{whose}{told}")


def _parts(layout: Layout, as_of: date | None) -> Iterator[str]:
    yield from _grid(layout.axis, layout.bottom)
    for group, box in layout.blocks():
        yield _text(0, box.middle + 4, _cut(group, layout.names), _INK, bold=True)
    for shade in layout.shades:
        yield _shade(layout, shade)
    for row in range(len(layout.lanes)):
        yield _lane(layout, row)
    for shade in layout.shades:
        yield _outline(layout, shade)
    if as_of:
        yield _now(layout.axis, as_of, layout.bottom)
    if layout.more:
        yield _text(0, layout.bottom + 15, tr("… and {number} more", number=layout.more), _QUIET)


def _grid(axis: Axis, bottom: float) -> Iterator[str]:
    for x, label in axis.ticks():
        yield f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 4}" y2="{bottom:g}" style="stroke: {_LINE}"/>'
        yield _text(x, bottom + 15, label, _QUIET, "middle")


def _shade(layout: Layout, shade: Shade) -> str:
    return _rect(layout, shade, f"fill: {shade.colour}; fill-opacity: 0.18")


def _outline(layout: Layout, shade: Shade) -> str:
    """Draw around a shade, above the bars; a thin one is pointed at."""
    box = layout.shade(shade)
    dashes = "; stroke-dasharray: 4 3" if shade.dashed else ""
    outline = _rect(layout, shade, f"fill: none; stroke: {shade.colour}; stroke-width: 1.5{dashes}")
    if box.right - box.left >= THIN:
        return outline
    middle = (box.left + box.right) / 2
    corners = (
        f"{middle - _MARK:.1f},{box.top - 7:g} {middle + _MARK:.1f},{box.top - 7:g} {middle:.1f},{box.top:g}"
    )
    told = f"<title>{_safe(shade.text)}</title>"
    return f'{outline}<path d="M{corners}Z" style="fill: {shade.colour}">{told}</path>'


def _rect(layout: Layout, shade: Shade, style: str) -> str:
    box = layout.shade(shade)
    return (
        f'<rect x="{box.left:.1f}" y="{box.top:g}" width="{box.right - box.left:.1f}" '
        f'height="{box.bottom - box.top:g}" rx="2" style="{style}"><title>{_safe(shade.text)}</title></rect>'
    )


def _lane(layout: Layout, row: int) -> str:
    lane, middle, axis = layout.lanes[row], layout.boxes[row].middle, layout.axis
    name = _cut(lane.name, axis.left - ARROW - layout.names)
    label = _text(layout.names, middle + 4, name, _QUIET if lane.group else _INK)
    told = f"<g><title>{_safe(lane.name)}</title>{label}</g>" if name else ""
    thread = (
        f'<line x1="{axis.left:.1f}" x2="{axis.right:.1f}" y1="{middle:g}" y2="{middle:g}" '
        f'style="stroke: {_LINE}; stroke-dasharray: 1 4"/>'
    )
    return told + thread + "".join(_bar(layout, row, bar) for bar in lane.bars)


def _bar(layout: Layout, row: int, bar: Bar) -> str:
    box, lane = layout.bar(row, bar), layout.lanes[row]
    corners = [f"{box.left:.1f},{box.top:g}", f"{box.right:.1f},{box.top:g}"]
    if bar.validity.end is None:
        corners.append(f"{box.right + ARROW:.1f},{box.middle:g}")
    corners += [f"{box.right:.1f},{box.bottom:g}", f"{box.left:.1f},{box.bottom:g}"]
    if bar.validity.start is None:
        corners.append(f"{box.left - ARROW:.1f},{box.middle:g}")
    colour = _PALE if bar.faint else layout.colours[lane.group, bar.text]
    shape = f'<polygon points="{" ".join(corners)}" style="fill: {colour}"/>'
    label = _cut(bar.text, box.right - box.left - 10)
    written_on = _text(box.left + 5, box.middle + 4, label, "#ffffff")
    return f"<g><title>{_safe(bar_told(lane, bar))}</title>{shape}{written_on}</g>"


def _now(axis: Axis, as_of: date, bottom: float) -> str:
    x = axis.at(as_of)
    line = (
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 8}" y2="{bottom + 3:g}" '
        f'style="stroke: {_INK}; stroke-dasharray: 3 2"><title>{written(as_of)}</title></line>'
    )
    return line + _text(x, TOP - 11, written(as_of), _QUIET, "middle")


def _text(x: float, y: float, text: str, colour: str, anchor: str = "start", *, bold: bool = False) -> str:
    if not text:
        return ""
    weight = "; font-weight: 600" if bold else ""
    style = f"fill: {colour}; text-anchor: {anchor}; {_NO_MOUSE}{weight}"
    return f'<text x="{x:.1f}" y="{y:.1f}" style="{style}">{_safe(text)}</text>'


def _cut(text: str, width: float) -> str:
    """Return as much of a text as the width has room for; nothing rather than a letter or two."""
    masked = mask_all(text)
    room = int(width / LETTER)
    if len(masked) <= room:
        return masked
    return f"{masked[: room - 1].rstrip()}…" if room > 3 else ""  # noqa: PLR2004


def _safe(text: str) -> str:
    return escape(mask_all(text))
