"""A run as an Excel workbook: advice first, then fields, queries, measurements, and what the report is."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from motoolkit.errors import ReportError
from motoolkit.excel import (
    MAX_TEXT,
    Page,
    clean,
    made_by,
    make_formats,
    set_up_table,
    sheet_name,
    width,
    workbook_at,
)
from motoolkit.language import tr
from motoolkit.model import mask_all
from motoolkit.probes.showing import notices_of, title_of
from motoolkit.probes.tables import every_table, measurements

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

    from motoolkit.probes.comparing import Comparison
    from motoolkit.probes.results import ProbeRun
    from motoolkit.probes.tables import Table

NAME: Final = "proever.xlsx"
_NUMBER: Final = re.compile(r"[0-9]+(\.[0-9]+)?")


def write_workbook(
    run: ProbeRun,
    out_dir: str | Path,
    *,
    comparison: Comparison | None = None,
    generated_at: datetime | None = None,
) -> Path:
    """Write a run into ``out_dir`` and return the file's path; a file of that name is replaced at once.

    Raises:
        ReportError: the folder can not be written; nothing is left behind.
    """
    path = Path(out_dir).expanduser() / NAME
    try:
        with workbook_at(path) as workbook:
            _fill(workbook, run, comparison, generated_at)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else type(error).__name__
        raise ReportError(
            f"The workbook {path.name} can not be written to {path.parent} ({reason}).",
            remedy="Choose another folder, or make room and check who may write there.",
        ) from None
    return path


def _fill(
    workbook: Workbook, run: ProbeRun, comparison: Comparison | None, generated_at: datetime | None
) -> None:
    title, facts = title_of(run)
    workbook.set_properties(
        {"title": title, "author": "motoolkit", "created": run.started.replace(tzinfo=None)}
    )
    formats = {**make_formats(workbook), "number": workbook.add_format({"valign": "top"})}
    for part in every_table(run, comparison):
        _write(workbook, formats, part, facts)
    _write(workbook, formats, measurements(run), facts, plain=True)
    _write_queries(workbook, formats, run)
    _write_info(workbook, formats, run, generated_at)


def _write(
    workbook: Workbook, formats: Mapping[str, Format], part: Table, facts: str, *, plain: bool = False
) -> None:
    """Write a table; ``plain`` numbers become numbers, the others are texts for people."""
    sheet = workbook.add_worksheet(sheet_name(part.title, set(workbook.sheetnames)))
    for at, name in enumerate(part.headings):
        wide = max(width(name, at, part.rows), len(name) + 4)
        sheet.set_column(at, at, min(wide * (1.6 if wide > 40 else 1), 80), formats["value"])  # noqa: PLR2004
        sheet.write_string(0, at, name, formats["header"])
    for row, cells in enumerate(part.rows, start=1):
        for at, cell in enumerate(cells):
            if plain and _NUMBER.fullmatch(cell):
                sheet.write_number(row, at, float(cell), formats["number"])
                continue
            sheet.write_string(row, at, clean(mask_all(cell))[:MAX_TEXT], formats["value"])
    set_up_table(sheet, len(part.rows), len(part.headings), facts.replace("&", "&&"))


def _write_queries(workbook: Workbook, formats: Mapping[str, Format], run: ProbeRun) -> None:
    """Write each advice's query and join, line by line, so that they can be copied."""
    sheet = workbook.add_worksheet(sheet_name(tr("Queries and joins"), set(workbook.sheetnames)))
    sheet.set_column(0, 0, 120)
    sheet.hide_gridlines(2)
    at = 0
    for advice in run.advice:
        sheet.write_string(at, 0, clean(f"{advice.probe}: {advice.sentence}"), formats["section"])
        for at, line in enumerate(advice.text().splitlines(), start=at + 1):  # noqa: B020
            sheet.write_string(at, 0, clean(mask_all(line)).replace("  ", "\u00a0 "), formats["text"])
        at += 2


def _write_info(
    workbook: Workbook, formats: Mapping[str, Format], run: ProbeRun, generated_at: datetime | None
) -> None:
    page = Page(workbook.add_worksheet(tr("About the report")), formats, (40, 84), pages=1)
    title, facts = title_of(run)
    page.title(title, facts)
    page.section(tr("Content"))
    page.line(tr("Personal data"), tr("None: only queries, counts and times"))
    page.line(tr("Rounds"), run.rounds, looks=("label", "count"))
    page.line(tr("Queries"), len(run.probes), looks=("label", "count"))
    for told in notices_of(run):
        page.line(tr("Notice"), told, looks=("label", "notice"))
    page.section(tr("Source of data"))
    for label, value in made_by(generated_at):
        page.line(label, value)
