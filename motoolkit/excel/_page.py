"""A sheet that is read like a page: a title, then labels and values below each other."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Final

from motoolkit.excel._sheets import PORTRAIT_A4
from motoolkit.excel._texts import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_LINE_HEIGHT: Final = 15


class Page:
    """A sheet of labels and values that is written from the top; ``pages`` is how many it may print on."""

    def __init__(
        self, sheet: Worksheet, formats: Mapping[str, Format], widths: tuple[int, int], pages: int
    ) -> None:
        self._sheet = sheet
        self._formats = formats
        self._widths = widths
        self._at = 0
        sheet.hide_gridlines(2)
        for column, wide in enumerate(widths):
            sheet.set_column(column, column, wide)
        sheet.set_paper(PORTRAIT_A4)
        sheet.fit_to_pages(1, pages)

    def line(self, left: str, right: str | int = "", *, looks: tuple[str, str] = ("label", "value")) -> None:
        """Write one line; a number becomes a number cell."""
        # Only Excel fits the height of wrapped rows by itself.
        lines = max(ceil(len(str(v)) / wide) for v, wide in zip((left, right), self._widths, strict=True))
        if lines > 1:
            self._sheet.set_row(self._at, lines * _LINE_HEIGHT)
        for column, (value, look) in enumerate(zip((left, right), looks, strict=True)):
            fmt = self._formats[look]
            if isinstance(value, int):
                self._sheet.write_number(self._at, column, value, fmt)
            elif value or look == "section":
                self._sheet.write_string(self._at, column, clean(value), fmt)
        self._at += 1

    def section(self, heading: str, right: str = "") -> None:
        """Write a heading after an empty line."""
        self._at += 1
        self.line(heading, right, looks=("section", "section"))

    def title(self, title: str, subtitle: str) -> None:
        """Write the title of the page."""
        self._sheet.set_row(self._at, 24)
        self.line(title, looks=("title", "value"))
        self.line(subtitle, looks=("subtitle", "value"))
