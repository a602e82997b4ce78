"""How a preview looks: in a notebook, in a terminal, in plain text."""

from __future__ import annotations

import io
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Final

from motoolkit.plan.danish import COLLECTIONS, field_label, period

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Group, RenderableType
    from rich.table import Table

    from motoolkit.plan._preview import Preview, Row

_MOST_ROWS: Final = 200
_PLAIN_WIDTH: Final = 120
_PERIOD_WIDTH: Final = 26
_FIELD_WIDTH: Final = 23
_HEADINGS: Final = ("Periode", "Felt", "Før", "Efter")
_REFUSED: Final = "Planen kan ikke sendes, som den er:"
_MEANT: Final = "Det var meningen, og intet af det sker: "
_NOTHING: Final = "Planen ændrer intet: det hele er allerede sådan."
_NONE: Final = "–"

_WHATS: Final = {
    "oprettes": ("ny", "green", "#1a7f37", "success-color0"),
    "ændres": ("ændres", "yellow", "#8a5a00", "warn-color0"),
    "lever også": ("forlænges", "green", "#1a7f37", "success-color0"),
    "ophører": ("ophører", "red", "#b00020", "error-color0"),
    "holder pause": ("holder pause", "red", "#b00020", "error-color0"),
    "slettes": ("slettes", "red", "#b00020", "error-color0"),
}
"""The word, the terminal's colour, the page's and JupyterLab's name of it, by what becomes of an object."""


def headline(preview: Preview) -> str:
    """Return a preview in one line."""
    objects = len({row.key for row in preview.rows})
    if not objects:
        return _NOTHING if preview.ok else ""
    counts = {what: len({row.key for row in preview.rows if row.what == what}) for what in _WHATS}
    told = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
    operations = len(preview.operations)
    return (
        f"{'' if preview.ok else _MEANT}{operations} {'operation' if operations == 1 else 'operationer'}"
        f" på {objects} {'objekt' if objects == 1 else 'objekter'}: {told}."
    )


def _refusals(preview: Preview) -> list[str]:
    """Return what the plan refuses to send, each with its way out."""
    errors = [problem for problem in preview.problems if problem.severity == "error"]
    return [preview.shown(f"{problem.text} {problem.remedy}".rstrip()) for problem in errors]


def _grouped(rows: Sequence[Row]) -> Iterator[tuple[str, list[Row]]]:
    """Yield the objects' headings with their rows, as many as a person reads."""
    for key, found in groupby(rows[:_MOST_ROWS], key=lambda row: row.key):
        theirs = list(found)
        yield f"{COLLECTIONS[key[0]]}: {theirs[0].name}", theirs


def _words(rows: Sequence[Row]) -> str:
    """Return what becomes of an object: all of it, where it is several things."""
    return " og ".join(dict.fromkeys(_WHATS[row.what][0] for row in rows))


def _more(preview: Preview) -> str:
    left = len(preview.rows) - _MOST_ROWS
    return f"… og {left} rækker til; frame() har dem alle." if left > 0 else ""


def _cells(preview: Preview, row: Row, last: Row | None) -> tuple[str, str, str, str]:
    """Return what a row shows; the period of the last row is not said again."""
    again = last is not None and (last.period, last.what) == (row.period, row.what)
    when = "" if again else period(row.period)
    if not row.field:
        return when, row.what, "", ""
    label = field_label(row.key[0], row.field)
    return when, label, preview.shown(row.before) or _NONE, preview.shown(row.after) or _NONE


def html(preview: Preview) -> str:
    """Return a preview as HTML; the styles stand in the cells, where notebooks keep them."""
    head = headline(preview)
    parts = [f"<p><b>{escape(head)}</b></p>"] if head else []
    if refusals := _refusals(preview):
        told = "".join(f"<li>{escape(text)}</li>" for text in refusals)
        parts.insert(0, f'<p style="{_ink("slettes")}"><b>{_REFUSED}</b></p><ul>{told}</ul>')
    if preview.rows:
        parts.append(_table(preview))
    if more := _more(preview):
        parts.append(f"<p>{escape(more)}</p>")
    return "\n".join(parts)


def _ink(what: str) -> str:
    _, _, colour, name = _WHATS[what]
    return f"color: var(--jp-{name}, {colour})"


_CELL: Final = "text-align: left; vertical-align: top; white-space: normal"


def _table(preview: Preview) -> str:
    head = "".join(f'<th style="text-align: left">{heading}</th>' for heading in _HEADINGS)
    body = "\n".join(_body(preview, heading, rows) for heading, rows in _grouped(preview.rows))
    return f'<table style="font-size: 13px"><thead><tr>{head}</tr></thead>\n{body}\n</table>'


def _body(preview: Preview, heading: str, rows: list[Row]) -> str:
    """Return the rows of one object under its name; its UUID shows where the mouse rests."""
    mark = f'<span style="{_ink(rows[0].what)}">{_words(rows)}</span>'
    reason = f" · {escape(preview.shown(rows[0].reason))}" if rows[0].reason else ""
    title = f'<th colspan="{len(_HEADINGS)}" style="{_CELL}; padding-top: 12px" title="{rows[0].key[1]}">'
    quiet = f'<span style="font-weight: normal"> · {mark}{reason}</span>'
    lines = [f"<tr>{title}{escape(preview.shown(heading))}{quiet}</th></tr>"]
    for last, row in zip([None, *rows], rows, strict=False):
        when, label, before, after = map(escape, _cells(preview, row, last))
        lines.append(
            f'<tr><td style="{_CELL}; white-space: nowrap">{when}</td>'
            f'<td style="{_CELL}{"" if row.field else "; " + _ink(row.what)}">{label}</td>'
            f'<td style="{_CELL}; {_ink("slettes")}">{before}</td>'
            f'<td style="{_CELL}; {_ink("oprettes")}">{after}</td></tr>'
        )
    return f"<tbody>{''.join(lines)}</tbody>"


def rich(preview: Preview) -> Group:
    """Return a preview as rich shows it."""
    from rich.console import Group
    from rich.text import Text

    head = headline(preview)
    parts: list[RenderableType] = [Text(head, style="bold")] if head else []
    if refusals := _refusals(preview):
        told = [Text(_REFUSED, style="bold red"), *(Text(f"– {text}") for text in refusals)]
        parts = [*told, "", *parts] if parts else [*told]
    if preview.rows:
        table = _rich_table()
        table.add_row(f"  {_HEADINGS[0]}", *_HEADINGS[1:], style="dim")
        parts.append(table)
    for heading, rows in _grouped(preview.rows):
        word, colour = _words(rows), _WHATS[rows[0].what][1]
        reason = f" · {preview.shown(rows[0].reason)}" if rows[0].reason else ""
        parts += ["", Text.assemble((preview.shown(heading), "bold"), " · ", (word, colour), (reason, "dim"))]
        table = _rich_table()
        _fill(table, preview, rows, colour)
        parts.append(table)
    if more := _more(preview):
        parts += ["", Text(more, style="dim")]
    return Group(*parts)


def _rich_table() -> Table:
    """Return a table without rows; its columns are as wide as those of the others."""
    from rich.table import Table

    table = Table(box=None, show_header=False, expand=True, pad_edge=False)
    for width in (_PERIOD_WIDTH, _FIELD_WIDTH):
        table.add_column(width=width)
    for _ in range(2):
        table.add_column(ratio=1, overflow="fold")
    return table


def _fill(table: Table, preview: Preview, rows: list[Row], colour: str) -> None:
    from rich.text import Text

    for last, row in zip([None, *rows], rows, strict=False):
        when, label, before, after = _cells(preview, row, last)
        inked = Text(label, style="" if row.field else colour)
        table.add_row(f"  {when}", inked, Text(before, style="red"), Text(after, style="green"))


def text(preview: Preview) -> str:
    """Return a preview as plain text."""
    from rich.console import Console

    page = io.StringIO()
    # In a notebook rich would show it instead of writing it.
    plain = Console(file=page, width=_PLAIN_WIDTH, color_system=None, highlight=False, force_jupyter=False)
    plain.print(rich(preview))
    return "\n".join(line.rstrip() for line in page.getvalue().splitlines())
