"""How the workbooks look: calm, printable, the same every time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from motoolkit.model import Cpr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

_INK: Final = "#1F2A37"
_QUIET: Final = "#6B7280"
_RULE: Final = "#8FA3B8"
_HEADER: Final = {"bold": True, "font_color": _INK, "bottom": 1, "bottom_color": _RULE}
_WRAPPED: Final = {"num_format": "@", "text_wrap": True, "valign": "top"}

FORMATS: Final[dict[str, dict[str, Any]]] = {
    "text": {"num_format": "@"},
    "int": {"num_format": "0", "align": "center"},
    "pct": {"num_format": "0 %", "align": "right"},
    "date": {"num_format": "dd-mm-yyyy", "align": "left"},
    "bool": {"num_format": "@"},
    "header": {**_HEADER, "bg_color": "#E6ECF2"},
    "required": {**_HEADER, "bg_color": "#FBE3C4"},
    "cpr_header": {**_HEADER, "bg_color": "#F6C7A8", "bottom_color": "#C2622D"},
    "title": {"bold": True, "font_size": 16, "font_color": _INK},
    "subtitle": {"font_size": 11, "font_color": _QUIET},
    "section": _HEADER,
    "label": {"font_color": _QUIET, "valign": "top"},
    "value": _WRAPPED,
    "changed": {**_WRAPPED, "bold": True},
    "count": {"num_format": "#,##0", "align": "left", "valign": "top"},
    "notice": {
        "bold": True,
        "font_color": "#8A3B12",
        "bg_color": "#FBE9DD",
        "text_wrap": True,
        "valign": "top",
    },
    "good": {"num_format": "@", "valign": "top", "font_color": "#1B7F3B"},
    "bad": {"num_format": "@", "valign": "top", "font_color": "#B3261E", "bold": True},
}
"""Cell formats by what they are for; XlsxWriter's names."""

_FIXED_WIDTHS: Final = {"int": 10.0, "pct": 10.0, "date": 12.0, "bool": 10.0}
_NARROWEST: Final = 8.0
_WIDEST: Final = 45.0
_SAMPLE: Final = 2000
_FILTER_BUTTON: Final = 4


def make_formats(workbook: Workbook, names: Iterable[str] = FORMATS) -> dict[str, Format]:
    """Add formats to a workbook, all of them unless named."""
    return {name: workbook.add_format(FORMATS[name]) for name in names}


def width(
    heading: str,
    at: int,
    rows: Sequence[tuple[Any, ...]],
    *,
    kind: str = "text",
    declared: float | None = None,
) -> float:
    """Return a column's width in characters: as declared, or to fit the heading and a sample of the cells.

    Args:
        heading: of the column.
        at: where the column stands in ``rows``.
        rows: what is below the heading.
        kind: of the cells, a name of ``FORMATS``; numbers and dates have widths of their own.
        declared: the width that somebody chose.
    """
    with_filter = len(heading) + _FILTER_BUTTON
    if declared or kind in _FIXED_WIDTHS:
        return max(declared or _FIXED_WIDTHS[kind], with_filter)
    step = max(1, len(rows) // _SAMPLE)
    longest = max((_length(row[at]) for row in rows[::step]), default=0)
    return min(max(longest + 1.5, with_filter, _NARROWEST), _WIDEST)


def _length(cell: object) -> int:
    return len(str(cell)) if isinstance(cell, str | Cpr) else 0
