"""Sheets that are tables: a header that stays, filters, and pages that can be printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

MAX_ROWS: Final = 1_048_575
"""The rows that fit on a sheet below the header."""

PORTRAIT_A4: Final = 9
"""A4 as Excel has it; ``set_landscape`` turns it."""


def set_up_table(sheet: Worksheet, rows: int, columns: int, footer: str, marked: str = "") -> None:
    """Set up a sheet whose first row is the header of ``rows`` rows.

    Args:
        sheet: to be set up.
        rows: below the header.
        columns: of the table.
        footer: what stands below every printed page.
        marked: what must not be overlooked on any of them.
    """
    from xlsxwriter.utility import xl_range

    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, rows, columns - 1)
    sheet.ignore_errors({"number_stored_as_text": xl_range(0, 0, rows, columns - 1)})
    sheet.set_landscape()
    sheet.set_paper(PORTRAIT_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.repeat_rows(0)
    sheet.set_footer(f"&L&8{footer}&C&8{marked}&R&8side &P af &N")
