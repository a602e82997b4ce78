"""A sheet that is a data frame: what an audit has to tell beside its findings."""

from __future__ import annotations

from numbers import Integral
from typing import TYPE_CHECKING

from motoolkit.excel import MAX_TEXT, clean, set_up_table, width
from motoolkit.findings._table import fit_height
from motoolkit.model import mask_all

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet


def write_frame(sheet: Worksheet, formats: Mapping[str, Format], frame: pd.DataFrame, footer: str) -> None:
    """Fill a sheet with a frame, a zero left blank; CPR numbers are masked."""
    rows = [tuple(row) for row in frame.itertuples(index=False, name=None)]
    headings = [str(heading) for heading in frame.columns]
    widths = [width(heading, at, rows) for at, heading in enumerate(headings)]
    for at, heading in enumerate(headings):
        sheet.set_column(at, at, widths[at], formats["value"])
        sheet.write_string(0, at, heading, formats["header"])
    for line, row in enumerate(rows, start=1):
        for at, value in enumerate(row):
            if isinstance(value, Integral):
                if value:
                    sheet.write_number(line, at, int(value), formats["count"])
            elif value:
                sheet.write_string(line, at, clean(mask_all(str(value)))[:MAX_TEXT], formats["value"])
        fit_height(sheet, line, row, widths)
    set_up_table(sheet, len(rows), len(frame.columns), footer)
