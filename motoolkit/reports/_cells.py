"""What Excel can hold: cleaned texts, and one writer for each kind of cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from motoolkit.model import Cpr
    from motoolkit.reports.columns import Column

MAX_TEXT: Final = 32_767

# Excel reads _x0041_ in a text as "A", so such a text gets its underscore escaped.
_ESCAPE_ALIKE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_BREAKS: Final = re.compile(r"[\t\r\n\v\f\x85\u2028\u2029]+")
# What XML 1.0 can not hold, and lone halves of surrogate pairs.
_FORBIDDEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

WritesCell = Callable[["Worksheet", int, int, Any], Any]


def clean(text: str) -> str:
    """Return the text as Excel can show it: line breaks as blanks, control characters gone.

    A leading = + - or @ stays: in a string cell it is inert, and an apostrophe before it would be visible.
    """
    if not text.isprintable():
        text = _FORBIDDEN.sub("", _BREAKS.sub(" ", text))
    return _ESCAPE_ALIKE.sub("_x005F_", text) if "_x" in text else text


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


def sheet_name(wanted: str, taken: set[str]) -> str:
    r"""Return ``wanted`` as a name that Excel accepts and that is not in ``taken``, whatever the case.

    Excel allows 31 characters, none of ``[]:*?/\``, and no apostrophe at either end.
    """
    stem = re.sub(r"[\[\]:*?/\\]", " ", clean(wanted)).strip().strip("'")[:_MAX_SHEET_NAME] or "Ark"
    name, number = stem, 1
    while name.casefold() in {other.casefold() for other in taken}:
        number += 1
        ending = f" ({number})"
        name = f"{stem[: _MAX_SHEET_NAME - len(ending)]}{ending}"
    return name


_MAX_SHEET_NAME: Final = 31
