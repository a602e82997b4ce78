"""Findings as an Excel workbook: a summary, a sheet a kind, and what the report is."""

from __future__ import annotations

import os
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from motoolkit.errors import ReportError
from motoolkit.excel import FORMATS, Page, made_by, make_formats, sheet_name, workbook_at
from motoolkit.findings._finding import Severity
from motoolkit.findings._frame import write_frame
from motoolkit.findings._overview import write_overview
from motoolkit.findings._summary import by_kind
from motoolkit.findings._table import by_unit, footer, write_table
from motoolkit.findings._words import danish, headline, put_aside, since, unseen
from motoolkit.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from motoolkit.findings._finding import Finding
    from motoolkit.findings._findings import Findings

_FILLS: Final[dict[Severity, dict[str, Any]]] = {
    Severity.CRITICAL: {"bg_color": "#B3261E", "font_color": "#FFFFFF", "bold": True},
    Severity.ERROR: {"bg_color": "#F9D8D6", "font_color": "#8C1D18", "bold": True},
    Severity.WARNING: {"bg_color": "#FCE8CC", "font_color": "#7A4A00"},
    Severity.INFO: {"bg_color": "#E9EDF1", "font_color": "#4B5563"},
}
_TOP: Final[dict[str, Any]] = {"valign": "top"}
_LINK: Final = {"font_color": "#1A56A0", "underline": 1, "valign": "top", "text_wrap": True}


def write_workbook(
    findings: Findings,
    out_dir: str | Path,
    *,
    name: str = "",
    dated_name: bool = False,
    generated_at: datetime | None = None,
    tables: Mapping[str, pd.DataFrame] | None = None,
) -> Path:
    """Write findings into ``out_dir`` and return the file's path; a file of that name is replaced at once.

    The file is readable for its owner only, CPR numbers are masked, and the same findings give the same
    bytes unless ``generated_at`` is given.

    Args:
        findings: of a run, compared with the run before or not.
        out_dir: the folder; made when it is not there.
        name: of the file, without ending; ``sd_fund`` and the like unless given.
        dated_name: add the day of the run to the name.
        generated_at: the moment to be told as that of writing.
        tables: more sheets by name, after the overview, with the columns' own headings.

    Raises:
        ReportError: the folder can not be written, or the disk is full; nothing is left behind.
    """
    dated = f"_{findings.as_of:%Y-%m-%d}" if dated_name else ""
    path = Path(out_dir).expanduser() / f"{name or f'{findings.audit}_fund'}{dated}.xlsx"
    try:
        with workbook_at(path) as workbook:
            _fill(workbook, findings, generated_at, tables or {})
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else type(error).__name__
        raise ReportError(
            f"The workbook {path.name} can not be written to {path.parent} ({reason}).",
            remedy="Choose another out_dir, or make room and check who may write there.",
        ) from None
    return path


def _fill(
    workbook: Workbook,
    findings: Findings,
    generated_at: datetime | None,
    tables: Mapping[str, pd.DataFrame],
) -> None:
    formats = _formats(workbook)
    workbook.set_properties(
        {
            "title": findings.title,
            "subject": tr("As of {day}", day=danish(findings.as_of)),
            "author": "motoolkit",
            "created": datetime.combine(findings.as_of, time(), UTC).replace(tzinfo=None),
        }
    )
    overview = workbook.add_worksheet(tr("Overview"))
    for title, frame in tables.items():
        sheet = workbook.add_worksheet(sheet_name(title, set(workbook.sheetnames)))
        write_frame(sheet, formats, frame, footer(findings, title))
    names: dict[str, str] = {}
    for code, title, items in _parts(findings):
        names[code] = sheet_name(title, set(workbook.sheetnames))
        held = by_unit(items) if findings.by_unit else items
        write_table(workbook.add_worksheet(names[code]), formats, findings, held, title)
    write_overview(overview, formats, findings, names)
    _write_info(workbook.add_worksheet(tr("About the report")), formats, findings, generated_at)


def _formats(workbook: Workbook) -> dict[str, Format]:
    """Return the shared formats with dates at the top of their rows, and those of severities."""
    made = {"date": workbook.add_format({**FORMATS["date"], **_TOP})}
    for severity, fill in _FILLS.items():
        made[severity.name] = workbook.add_format({**fill, **_TOP})
    made["link"] = workbook.add_format(_LINK)
    return {**make_formats(workbook), **made}


def _parts(findings: Findings) -> Iterator[tuple[str, str, list[Finding]]]:
    """Yield what has a sheet: the kinds that were found, the gravest first, then what was not."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.kind.code, []).append(finding)
    for code in dict.fromkeys(count.kind.code for count in by_kind(findings) if count.found):
        yield code, tr(found[code][0].kind.title), found[code]
    if findings.gone:
        yield "gone", tr("Gone"), list(findings.gone)
    if findings.unseen:
        yield "unseen", tr("Not looked at"), list(findings.unseen)


def _write_info(
    sheet: Worksheet, formats: Mapping[str, Format], findings: Findings, generated_at: datetime | None
) -> None:
    """Fill "Om rapporten": what it shows, of when, from where, and by which parameters."""
    page = Page(sheet, formats, (40, 84), pages=1)
    page.title(findings.title, tr("As of {day}", day=danish(findings.as_of)))
    page.section(tr("Personal data"))
    page.line(tr("CPR numbers"), tr("Shown with the date of birth only (ddmmyy-xxxx)"))
    page.section(tr("Content"))
    if findings.scope:
        page.line(tr("Selection"), findings.scope)
    page.line(tr("Found"), headline(findings))
    for label, told in (
        (tr("Compared"), since(findings)),
        (tr("Not looked at"), unseen(findings)),
        (tr("Put aside"), put_aside(findings)),
    ):
        if told:
            page.line(label, told)
    for label, number in findings.checked.items():
        page.line(label, number, looks=("label", "count"))
    for notice in findings.notices:
        page.line(tr("Notice"), notice, looks=("label", "notice"))
    page.section(tr("Source of data"))
    for label, value in (*findings.source, *made_by(generated_at)):
        page.line(label, value)
    if findings.parameters:
        page.section(tr("Parameters"))
        for label, value in findings.parameters:
            page.line(label, value)
