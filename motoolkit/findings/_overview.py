"""The first sheet: how many there are of each kind and severity, and the root causes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from motoolkit.excel import PORTRAIT_A4, clean
from motoolkit.findings._summary import by_kind
from motoolkit.findings._words import danish, since, unseen
from motoolkit.language import N_, tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from motoolkit.findings._findings import Findings
    from motoolkit.findings._summary import KindCount

_WIDTHS: Final = (13, 42, 9, 9, 9, 12, 12, 10, 56, 48)
_COLUMNS: Final = (
    *(N_("Severity"), N_("Kind"), N_("Found"), N_("New"), N_("Still there"), N_("Gone")),
    *(N_("Accepted"), N_("Undecided"), N_("What it means"), N_("What can be done")),
)
_COMPARED: Final = slice(3, 6)
_MEANS: Final = 8
_CAUSES: Final = (N_("Severity"), N_("Root cause"), N_("Found"))
_LINE: Final = 15
_MOST_CAUSES: Final = 200


class _Sheet:
    """The sheet, written from the top."""

    def __init__(self, sheet: Worksheet, formats: Mapping[str, Format]) -> None:
        self.sheet = sheet
        self.formats = formats
        self.at = 0
        sheet.hide_gridlines(2)
        for column, wide in enumerate(_WIDTHS):
            sheet.set_column(column, column, wide)
        sheet.set_landscape()
        sheet.set_paper(PORTRAIT_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)

    def row(self, cells: Sequence[tuple[Any, str]], height: int = 0) -> None:
        """Write values with their looks, a number as a number."""
        if height:
            self.sheet.set_row(self.at, height)
        for column, (value, look) in enumerate(cells):
            if isinstance(value, int):
                self.sheet.write_number(self.at, column, value, self.formats[look])
            elif value:
                self.sheet.write_string(self.at, column, clean(value), self.formats[look])
        self.at += 1

    def header(self, names: Sequence[str]) -> None:
        """Write the header of a table after an empty line."""
        self.at += 1
        self.row([(tr(name), "header") for name in names])


def write_overview(
    sheet: Worksheet, formats: Mapping[str, Format], findings: Findings, names: Mapping[str, str]
) -> None:
    """Fill the first sheet; ``names`` are the sheets of kinds by code."""
    page = _Sheet(sheet, formats)
    page.row([(findings.title, "title")], 24)
    quiet = " · ".join(filter(None, (tr("As of {day}", day=danish(findings.as_of)), findings.scope)))
    page.row([(quiet, "subtitle")])
    for told in filter(None, (since(findings), unseen(findings))):
        page.row([(told, "subtitle")])
    for notice in findings.notices:
        sheet.merge_range(page.at, 0, page.at, len(_WIDTHS) - 1, clean(notice), formats["notice"])
        page.at += 1
    page.at += 1
    for severity, number in findings.severities().items():
        page.row([(severity.label, severity.name), (number, "count")])
    counts = by_kind(findings)
    if not counts:
        page.at += 1
        page.row([(tr("Nothing was found."), "good")])
        return
    page.header(_COLUMNS)
    for count in counts:
        _count_row(page, count, names)
    if findings.previous is None:
        first, end = _COMPARED.start, _COMPARED.stop - 1
        sheet.set_column(first, end, None, None, {"hidden": True})
    _causes(page, findings)


def _count_row(page: _Sheet, count: KindCount, names: Mapping[str, str]) -> None:
    title, means, remedy = (
        tr(text) for text in (count.kind.title, count.kind.explanation, count.kind.remedy)
    )
    numbers = (count.found, count.new, count.still, count.gone, count.accepted, count.undecided)
    cells = [
        (count.severity.label, count.severity.name),
        (title, "value"),
        *((number or "", "count") for number in numbers),
        (means, "value"),
        (remedy, "value"),
    ]
    wrapped = ((title, 1), (means, _MEANS), (remedy, _MEANS + 1))
    at = page.at
    page.row(cells, _LINE * max(_lines(text, _WIDTHS[column]) for text, column in wrapped))
    if name := names.get(count.kind.code):
        target = f"internal:'{name.replace(chr(39), chr(39) * 2)}'!A1"
        page.sheet.write_url(at, 1, target, page.formats["link"], clean(title))


def _causes(page: _Sheet, findings: Findings) -> None:
    """Write the root causes that several findings may share, the gravest first."""
    groups = [group for group in findings.grouped() if group.cause]
    if not groups:
        return
    page.header(_CAUSES)
    for group in groups[:_MOST_CAUSES]:
        look = group.severity.name
        cells = [(group.severity.label, look), (group.title, "value"), (len(group.findings), "count")]
        page.row(cells, _LINE * _lines(group.title, _WIDTHS[1]))
    if (more := len(groups) - _MOST_CAUSES) > 0:
        page.row([("", "value"), (tr("… and {number} more", number=more), "label")])


def _lines(text: str, wide: int) -> int:
    """Return on how many lines a text stands; only Excel fits the height of rows by itself."""
    return max(1, -(-len(text) // wide))
