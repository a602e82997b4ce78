"""The two sheets beside the data: what the report is, and what it warns about."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any, Final

from motoolkit.reports._cells import clean
from motoolkit.reports.notices import KINDS, MAX_DETAILS, Notice

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from motoolkit.reports.table import ReportTable

_FULL_CPR: Final = "Arket viser fulde CPR-numre. Behandl og slet filen efter formålet."
_PORTRAIT_A4: Final = 9
_LINE_HEIGHT: Final = 15


class _Page:
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
        sheet.set_paper(_PORTRAIT_A4)
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


def write_info(
    sheet: Worksheet, formats: Mapping[str, Format], table: ReportTable, generated_at: datetime | None
) -> None:
    """Fill "Om rapporten": what it shows, of when, from where, by which parameters."""
    page = _Page(sheet, formats, (40, 84), pages=1)
    page.title(table.title, f"Opgjort pr. {table.parameters.as_of:%d-%m-%Y}")
    page.section("Personoplysninger")
    if table.shows_cpr:
        page.line("CPR-numre", _FULL_CPR, looks=("label", "notice"))
        page.line("Formål", table.parameters.purpose, looks=("label", "notice"))
    else:
        page.line("CPR-numre", _cpr_mode(table))
    page.section("Indhold")
    page.line("Udvalg", table.selection)
    for label, number in table.summary().items():
        page.line(label, number, looks=("label", "count"))
    page.section("Datakilde")
    for label, value in (*table.provenance, *_made_by(generated_at)):
        page.line(label, value)
    page.section("Parametre", "Fremhævede værdier afviger fra forudindstillingen")
    for label, value, changed in table.parameters.labelled():
        page.line(label, value, looks=("label", "changed" if changed else "value"))


def write_warnings(sheet: Worksheet, formats: Mapping[str, Format], notices: tuple[Notice, ...]) -> None:
    """Fill "Advarsler": how often each warning was met, then the details."""
    page = _Page(sheet, formats, (76, 76), pages=0)
    page.title("Advarsler", "Det, som rapporten har måttet tage forbehold for")
    if not notices:
        page.section("Ingen advarsler")
        return
    page.section("Advarsel", "Antal")
    for notice in notices:
        page.line(notice.message, notice.times, looks=("value", "count"))
    lines = [(notice.message, detail) for notice in notices for detail in notice.details]
    if lines:
        page.section("Detaljer", f"Højst {MAX_DETAILS} linjer" if len(lines) > MAX_DETAILS else "")
    for message, detail in lines[:MAX_DETAILS]:
        page.line(message, detail, looks=("label", "value"))


def with_cut_texts(notices: tuple[Notice, ...], cut: int) -> tuple[Notice, ...]:
    """Return the warnings together with how many texts the writer had to cut."""
    return (*notices, Notice("text_cut", KINDS["text_cut"], cut, ())) if cut else notices


def _cpr_mode(table: ReportTable) -> str:
    held = any(column.sensitive for column in table.columns)
    return "Vises kun med fødselsdato (ddmmåå-xxxx)" if held else "Indgår ikke"


def _made_by(generated_at: datetime | None) -> list[tuple[str, Any]]:
    from importlib.metadata import version

    made = [("Dannet", f"{generated_at:%d-%m-%Y kl. %H:%M}")] if generated_at else []
    return [*made, ("Dannet af", f"motoolkit {version('motoolkit')}")]
