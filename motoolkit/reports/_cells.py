"""One writer for each kind of cell of a report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from motoolkit.excel import MAX_TEXT, clean

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from motoolkit.model import Cpr
    from motoolkit.reports.columns import Column

WritesCell = Callable[["Worksheet", int, int, Any], Any]


class CellWriter:
    """Writes the cells of one sheet's columns by their kinds, and counts the texts that were cut."""

    def __init__(self, columns: tuple[Column, ...], *, show_cpr: bool) -> None:
        self.cut = 0
        self._show_cpr = show_cpr
        kinds: Mapping[str, WritesCell] = {
            "text": self._text,
            "int": self._number,
            "pct": self._number,
            "date": self._date,
            "bool": self._bool,
        }
        self._writers = tuple(self._cpr if column.sensitive else kinds[column.kind] for column in columns)

    def write_row(self, sheet: Worksheet, at: int, row: tuple[Any, ...]) -> None:
        """Write one row; blanks stay empty cells."""
        for column, value in enumerate(row):
            if value is not None and value != "":
                self._writers[column](sheet, at, column, value)

    def _text(self, sheet: Worksheet, row: int, column: int, value: str) -> None:
        text = clean(value)
        if len(text) > MAX_TEXT:
            self.cut += 1
            text = text[:MAX_TEXT]
        sheet.write_string(row, column, text)

    def _cpr(self, sheet: Worksheet, row: int, column: int, value: Cpr) -> None:
        sheet.write_string(row, column, value.digits if self._show_cpr else str(value))

    def _number(self, sheet: Worksheet, row: int, column: int, value: float) -> None:
        sheet.write_number(row, column, value)

    def _date(self, sheet: Worksheet, row: int, column: int, value: Any) -> None:
        sheet.write_datetime(row, column, value)

    def _bool(self, sheet: Worksheet, row: int, column: int, value: bool) -> None:  # noqa: FBT001
        sheet.write_string(row, column, "Ja" if value else "Nej")
