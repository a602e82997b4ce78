"""What all workbooks share: safe texts, calm looks, and files that are written whole or not at all."""

from __future__ import annotations

from motoolkit.excel._looks import FORMATS, make_formats, width
from motoolkit.excel._page import Page
from motoolkit.excel._sheets import MAX_ROWS, PORTRAIT_A4, set_up_table
from motoolkit.excel._texts import MAX_TEXT, clean, sheet_name
from motoolkit.excel._writing import made_by, workbook_at

__all__ = [
    "FORMATS",
    "MAX_ROWS",
    "MAX_TEXT",
    "PORTRAIT_A4",
    "Page",
    "clean",
    "made_by",
    "make_formats",
    "set_up_table",
    "sheet_name",
    "width",
    "workbook_at",
]
