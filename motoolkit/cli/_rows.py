"""Rows on standard output: a table for people, CSV and JSON for programs."""

from __future__ import annotations

import csv
import json
import sys
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


# Wide enough that no row is folded where a program reads the lines.
_PIPED_WIDTH: Final = 4000


def print_rows(form: str, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print rows as ``table``, ``csv`` or ``json``."""
    _PRINTERS[form](names, rows)


def _table(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(*names, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    width = None if sys.stdout.isatty() else _PIPED_WIDTH
    Console(highlight=False, markup=False, width=width).print(table)


def _csv(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(rows)


def _json(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    records = [dict(zip(names, row, strict=True)) for row in rows]
    click.echo(json.dumps(records, ensure_ascii=False, indent=2, default=str))


_PRINTERS: Final[dict[str, Callable[[Sequence[str], Iterable[Sequence[Any]]], None]]] = {
    "table": _table,
    "csv": _csv,
    "json": _json,
}
