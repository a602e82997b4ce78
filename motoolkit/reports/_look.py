"""How the workbooks look: calm, printable, the same every time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from motoolkit.model import Cpr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

    from motoolkit.reports.columns import Column

_INK: Final = "#1F2A37"
_QUIET: Final = "#6B7280"
_RULE: Final = "#8FA3B8"

FORMATS: Final[dict[str, dict[str, Any]]] = {
    "text": {"num_format": "@"},
    "int": {"num_format": "0", "align": "center"},
    "pct": {"num_format": "0 %", "align": "right"},
    "date": {"num_format": "dd-mm-yyyy", "align": "left"},
    "bool": {"num_format": "@"},
    "header": {"bold": True, "bg_color": "#E6ECF2", "font_color": _INK, "bottom": 1, "bottom_color": _RULE},
    "cpr_header": {
        "bold": True,
        "bg_color": "#F6C7A8",
        "font_color": _INK,
        "bottom": 1,
        "bottom_color": "#C2622D",
    },
    "title": {"bold": True, "font_size": 16, "font_color": _INK},
    "subtitle": {"font_size": 11, "font_color": _QUIET},
    "section": {"bold": True, "font_color": _INK, "bottom": 1, "bottom_color": _RULE},
    "label": {"font_color": _QUIET, "valign": "top"},
    "value": {"num_format": "@", "text_wrap": True, "valign": "top"},
    "changed": {"num_format": "@", "text_wrap": True, "valign": "top", "bold": True},
    "count": {"num_format": "#,##0", "align": "left", "valign": "top"},
    "notice": {
        "bold": True,
        "font_color": "#8A3B12",
        "bg_color": "#FBE9DD",
        "text_wrap": True,
        "valign": "top",
    },
}
"""Cell formats by what they are for; XlsxWriter's names."""

_FIXED_WIDTHS: Final = {"int": 10.0, "pct": 10.0, "date": 12.0, "bool": 10.0}
_NARROWEST: Final = 8.0
_WIDEST: Final = 45.0
_SAMPLE: Final = 2000
_FILTER_BUTTON: Final = 4


def make_formats(workbook: Workbook) -> dict[str, Format]:
    """Add all formats to a workbook."""
    return {name: workbook.add_format(properties) for name, properties in FORMATS.items()}


def width(column: Column, at: int, rows: Sequence[tuple[Any, ...]]) -> float:
    """Return a column's width in characters: as declared, or to fit the heading and a sample of the cells."""
    heading = len(column.heading) + _FILTER_BUTTON
    if column.width or column.kind in _FIXED_WIDTHS:
        return max(column.width or _FIXED_WIDTHS[column.kind], heading)
    step = max(1, len(rows) // _SAMPLE)
    longest = max((_length(row[at]) for row in rows[::step]), default=0)
    return min(max(longest + 1.5, heading, _NARROWEST), _WIDEST)


def _length(cell: object) -> int:
    return len(str(cell)) if isinstance(cell, str | Cpr) else 0
