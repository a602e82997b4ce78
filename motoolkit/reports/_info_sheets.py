"""The two sheets beside the data: what the report is, and what it warns about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from motoolkit.excel import Page, made_by
from motoolkit.reports.notices import KINDS, MAX_DETAILS, Notice

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from motoolkit.reports.table import ReportTable

_FULL_CPR: Final = "Arket viser fulde CPR-numre. Behandl og slet filen efter formålet."


def write_info(
    sheet: Worksheet, formats: Mapping[str, Format], table: ReportTable, generated_at: datetime | None
) -> None:
    """Fill "Om rapporten": what it shows, of when, from where, by which parameters."""
    page = Page(sheet, formats, (40, 84), pages=1)
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
    for label, value in (*table.provenance, *made_by(generated_at)):
        page.line(label, value)
    page.section("Parametre", "Fremhævede værdier afviger fra forudindstillingen")
    for label, value, changed in table.parameters.labelled():
        page.line(label, value, looks=("label", "changed" if changed else "value"))


def write_warnings(sheet: Worksheet, formats: Mapping[str, Format], notices: tuple[Notice, ...]) -> None:
    """Fill "Advarsler": how often each warning was met, then the details."""
    page = Page(sheet, formats, (76, 76), pages=0)
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
