"""A timeline as an image with hover texts, which JupyterLab shows of notebooks that it does not trust too."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from motoolkit.drawing._lanes import THIN, WIDTH, laid_out
from motoolkit.drawing._svg import bar_told, draw
from motoolkit.model import mask_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from motoolkit.drawing._lanes import Box, Lane, Layout, Shade

_INK: Final = "#7a7a7a"
"""An image does not know whether the page around it is light or dark; this is read on both."""


def timeline_image(
    lanes: Sequence[Lane],
    as_of: date | None = None,
    *,
    alt: str,
    shades: Sequence[Shade] = (),
    empty: bool = False,
    beside: Sequence[Lane] = (),
) -> str:
    """Return lanes as HTML: an image, and above it a place for the mouse to rest on for every bar.

    JupyterLab drops SVG that stands in the HTML of a notebook that somebody else, or a schedule, ran, and
    leaves its texts; an image stays.  The places then lose their size, and nothing is in the way.

    Args:
        lanes: from the top; more than ``MOST_LANES`` are counted instead of drawn.
        as_of: a day to mark.
        alt: what the image shows, in words.
        shades: periods to shade.
        empty: draw lanes without bars too.
        beside: lanes of other pictures, which have the same axis then.
    """
    layout = laid_out(lanes, as_of, shades, empty=empty, beside=beside)
    if layout is None:
        return ""
    source = f"data:image/svg+xml;charset=utf-8,{quote(draw(layout, as_of, _INK))}"
    image = (
        f'<img src="{source}" alt="{_safe(alt)}" style="display: block; width: 100%; max-width: {WIDTH}px">'
    )
    places = "".join(_place(layout, box, told) for box, told in _told(layout))
    return f'<div style="position: relative; max-width: {WIDTH}px">{image}{places}</div>'


def _told(layout: Layout) -> Iterator[tuple[Box, str]]:
    """Yield places and their texts; later ones lie above."""
    shades = [(layout.shade(shade), shade.text) for shade in layout.shades]
    yield from (found for found in shades if found[0].right - found[0].left >= THIN)
    for row, lane in enumerate(layout.lanes):
        yield from ((layout.bar(row, bar), bar_told(lane, bar)) for bar in lane.bars)
    yield from (found for found in shades if found[0].right - found[0].left < THIN)


def _place(layout: Layout, box: Box, told: str) -> str:
    sides = (
        box.top / layout.height,
        1 - box.right / WIDTH,
        1 - box.bottom / layout.height,
        box.left / WIDTH,
    )
    inset = " ".join(f"{side:.2%}" for side in sides)
    return f'<div title="{_safe(told)}" style="position: absolute; inset: {inset}"></div>'


def _safe(text: str) -> str:
    return escape(mask_all(text))
