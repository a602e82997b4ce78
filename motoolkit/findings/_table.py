"""The sheet of one kind: a finding a row, to be filtered, sorted and printed."""

from __future__ import annotations

from datetime import date
from math import ceil
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from motoolkit.excel import MAX_ROWS, MAX_TEXT, clean, set_up_table, width
from motoolkit.findings._rows import shown
from motoolkit.findings._words import danish, how, last_day, word
from motoolkit.language import N_, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from motoolkit.findings._finding import Finding
    from motoolkit.findings._findings import Findings


class _Column(NamedTuple):
    """A column of the sheet; one that is not ``always`` there is left out where no row has it."""

    heading: str
    get: Callable[[Finding], Any]
    widest: float = 45
    always: bool = False
    kind: str = "text"


def _start(finding: Finding) -> date | None:
    return finding.validity.start if finding.validity else None


def _end(finding: Finding) -> date | None:
    return last_day(finding.validity) if finding.validity else None


_UNIT: Final = _Column(N_("Unit"), lambda f: f.subject.unit, 24)
_BEFORE: Final = (
    _Column(N_("Severity"), lambda f: f.severity.label, always=True),
    _Column(N_("Since last time"), lambda f: word(f.seen)),
    _Column(N_("Who or what"), lambda f: f.subject.label, 28, always=True),
    _Column(N_("Key"), lambda f: f.subject.key, 24, always=True),
    _UNIT,
    _Column(N_("Kind"), lambda f: tr(f.kind.title), 24),
    _Column(N_("Fact"), lambda f: word(f.attribute), 18),
    _Column(N_("From"), _start, always=True, kind="date"),
    _Column(N_("Until and with"), _end, always=True, kind="date"),
)
_UNIT_FIRST: Final = (*_BEFORE[:2], _UNIT, *(column for column in _BEFORE[2:] if column is not _UNIT))
"""In the order in which sheets are that are sorted by unit."""
_AFTER: Final = (
    _Column(N_("How"), how, 34, always=True),
    _Column(N_("Root cause"), lambda f: f.cause, 30),
    _Column(N_("Accepted"), lambda f: f.accepted and f.accepted.reason, 24),
    _Column(N_("Accepted until"), lambda f: f.accepted and f.accepted.until, kind="date"),
    _Column(N_("Accepted by"), lambda f: f.accepted and f.accepted.who, 16),
)
_UNPRINTED: Final = (
    _Column(N_("What can be done"), lambda f: f.what_to_do),
    _Column(N_("First seen"), lambda f: f.first_seen, kind="date"),
    _Column(N_("More"), lambda f: "; ".join(f"{k}: {v}" for k, v in f.facts.items())),
    _Column(N_("UUID in MO"), lambda f: f.subject.uuid),
)
"""To the right of what a page of paper has room for; what can be done stands in its header."""

_VALUES: Final = 28
_MOST_IN_HEADER: Final = 200
_LINE: Final = 15
_MOST_LINES: Final = 20
_ROOM: Final = 1.05
"""Words do not fill lines to their end."""


def write_table(
    sheet: Worksheet,
    formats: Mapping[str, Format],
    findings: Findings,
    items: Sequence[Finding],
    title: str,
) -> None:
    """Fill a sheet with findings; those that do not fit on it are told in its last row."""
    fitting = items if len(items) <= MAX_ROWS else items[: MAX_ROWS - 1]
    columns, rows, printed = _columns(findings, fitting)
    widths = [
        max(min(width(column.heading, at, rows, kind=column.kind), column.widest), len(column.heading) + 4)
        for at, column in enumerate(columns)
    ]
    for at, (column, wide) in enumerate(zip(columns, widths, strict=True)):
        sheet.set_column(at, at, wide, formats["value" if column.kind == "text" else column.kind])
        sheet.write_string(0, at, column.heading, formats["header"])
    for at, (finding, row) in enumerate(zip(fitting, rows, strict=True), start=1):
        _write_row(sheet, formats, at, row, widths)
        sheet.write_string(at, 0, row[0], formats[finding.severity.name])
    if left := len(items) - len(fitting):
        sheet.write_string(len(rows) + 1, 0, tr("… and {number} more", number=left))
    set_up_table(sheet, len(rows), len(columns), footer(findings, title))
    sheet.print_area(0, 0, len(rows), printed - 1)
    remedy = items[0].what_to_do if len({finding.what_to_do for finding in items}) == 1 else ""
    sheet.set_header(f"&L&8{_escaped(f'{title}. {remedy}')}")


def by_unit(items: Sequence[Finding]) -> list[Finding]:
    """Return findings by unit, then by whom they are about; those of no unit last."""

    def place(finding: Finding) -> tuple[bool, str, str, str, str]:
        subject = finding.subject
        unit = subject.unit.casefold()
        return (not unit, unit, subject.label.casefold(), subject.key, finding.attribute)

    return sorted(items, key=place)


def footer(findings: Findings, title: str) -> str:
    """Return what stands below every printed page of a sheet."""
    return _escaped(f"{findings.title}: {title} · {tr('As of {day}', day=danish(findings.as_of))}")


def _escaped(text: str) -> str:
    """Return a text for the top or the foot of a page, where & is a sign of its own and room is short."""
    return clean(text)[:_MOST_IN_HEADER].replace("&", "&&")


def _columns(
    findings: Findings, items: Sequence[Finding]
) -> tuple[list[_Column], list[tuple[Any, ...]], int]:
    """Return the columns that say something, what they say of each finding, and how many are printed."""
    values = (
        _Column(findings.audit.upper(), lambda f: shown(f, f.source), _VALUES, always=True),
        _Column("MO", lambda f: shown(f, f.mo), _VALUES, always=True),
    )
    several = len({finding.kind.code for finding in items}) > 1
    kept, told = [], []
    before = _UNIT_FIRST if findings.by_unit else _BEFORE
    # Some audits are of one day: their findings have no periods at all.
    dated = any(finding.validity for finding in findings)
    for column in (*before, *values, *_AFTER, *_UNPRINTED):
        said = [column.get(finding) for finding in items]
        always = column.always and (dated or column.kind != "date")
        if always or (any(said) and (column.heading != "Kind" or several)):
            kept.append(column)
            told.append(said)
    printed = sum(column not in _UNPRINTED for column in kept)
    columns = [column._replace(heading=tr(column.heading)) for column in kept]
    return columns, list(zip(*told, strict=True)), printed


def _write_row(
    sheet: Worksheet, formats: Mapping[str, Format], at: int, row: Sequence[Any], widths: Sequence[float]
) -> None:
    for column, value in enumerate(row):
        if isinstance(value, date):
            sheet.write_datetime(at, column, value, formats["date"])
        elif value:
            sheet.write_string(at, column, clean(str(value))[:MAX_TEXT], formats["value"])
    fit_height(sheet, at, row, widths)


def fit_height(sheet: Worksheet, at: int, row: Sequence[Any], widths: Sequence[float]) -> None:
    """Make a row as high as its wrapped texts: not every program does so by itself."""
    texts = ((value, wide) for value, wide in zip(row, widths, strict=True) if isinstance(value, str))
    lines = max((ceil(len(clean(text)[:MAX_TEXT]) * _ROOM / wide) for text, wide in texts), default=1)
    if lines > 1:
        sheet.set_row(at, min(lines, _MOST_LINES) * _LINE)
