"""A report in a notebook: its first rows, its counts and its warnings, CPR numbers always masked."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from motoolkit.model import mask_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from motoolkit.reports.table import ReportTable


class Preview:
    """A small table that reads well in a notebook: left-aligned, nothing folded, no index.

    Its style stands in each cell, where JupyterLab keeps it in a notebook that somebody else ran; the style
    sheets that pandas writes it drops.
    """

    def __init__(self, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        self._headings = tuple(headings)
        self._rows = [tuple("" if cell is None else mask_all(str(cell)) for cell in row) for row in rows]

    def __repr__(self) -> str:
        return "\n".join("\t".join(row).rstrip() for row in (self._headings, *self._rows))

    def _repr_html_(self) -> str:
        head = _row("th", self._headings)
        body = "\n".join(_row("td", row) for row in self._rows)
        return f"<table><thead>{head}</thead><tbody>\n{body}\n</tbody></table>"


def _row(tag: str, cells: Iterable[str]) -> str:
    style = "text-align: left; white-space: nowrap"
    return "<tr>" + "".join(f'<{tag} style="{style}">{escape(cell)}</{tag}>' for cell in cells) + "</tr>"


def preview(table: ReportTable, rows: int = 20) -> Preview:
    """Return the first rows of a report; CPR numbers are masked, whatever the report may show."""
    return Preview(table.headings, table.rows[:rows])


def counts(table: ReportTable) -> Preview:
    """Return the counts that people ask for first."""
    return Preview(("Tal", "Antal"), table.summary().items())


def warnings(table: ReportTable) -> Preview:
    """Return what the reader should know about the data, with how often each was met."""
    return Preview(("Advarsel", "Antal"), ((notice.message, notice.times) for notice in table.notices))
