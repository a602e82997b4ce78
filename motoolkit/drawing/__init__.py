"""What pictures and cards are drawn with: SVG lanes of periods and HTML that every notebook page shows.

Everything works without a network and without a script, in the light and in the dark; CPR numbers are masked.
"""

from __future__ import annotations

from motoolkit.drawing._axis import Axis, axis_of
from motoolkit.drawing._image import timeline_image
from motoolkit.drawing._lanes import MOST_LANES, Bar, Lane, Shade
from motoolkit.drawing._stacks import INK, Part, Stack, stacks_image, stacks_svg, stacks_text
from motoolkit.drawing._style import (
    BAD,
    GOOD,
    PAGE,
    QUIET,
    WARN,
    card,
    facts_table,
    heading,
    page,
    safe,
    span,
    table,
)
from motoolkit.drawing._svg import timeline_svg

__all__ = [
    "BAD",
    "GOOD",
    "INK",
    "MOST_LANES",
    "PAGE",
    "QUIET",
    "WARN",
    "Axis",
    "Bar",
    "Lane",
    "Part",
    "Shade",
    "Stack",
    "axis_of",
    "card",
    "facts_table",
    "heading",
    "page",
    "safe",
    "span",
    "stacks_image",
    "stacks_svg",
    "stacks_text",
    "table",
    "timeline_image",
    "timeline_svg",
]
