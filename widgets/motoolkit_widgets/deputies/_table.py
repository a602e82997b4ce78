"""A table whose rows can be ticked: seats, and remarks about them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import anywidget
import traitlets as t

from motoolkit.language import tr
from motoolkit.model import mask_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_HERE: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Row:
    """A row that can be ticked.

    Attributes:
        value: what is chosen by it.
        name: what screen readers call it.
        cells: as many texts as the table has headings.
        hint: shown where the mouse rests.
        quiet: no longer so.
    """

    value: str
    name: str
    cells: tuple[str, ...]
    hint: str = ""
    quiet: bool = False


class TickTable(anywidget.AnyWidget):
    """A table with a box to tick in each row, and one for all of them.

    CPR numbers are masked in all that it shows.

    Args:
        label: what the table is about, for screen readers.
        headings: of the columns.
        nothing: what is shown instead of an empty table.
        whole: the headings of columns whose lines are not broken.

    Attributes:
        chosen: what is ticked; it may name rows that are not shown, which stay chosen.
    """

    _esm = _HERE / "table.js"
    _css = _HERE / "table.css"

    label = t.Unicode().tag(sync=True)
    headings = t.List(t.Unicode()).tag(sync=True)
    every = t.Unicode().tag(sync=True)
    nothing = t.Unicode().tag(sync=True)
    whole = t.List(t.Unicode()).tag(sync=True)
    rows = t.List(t.Dict()).tag(sync=True)
    chosen = t.List(t.Unicode()).tag(sync=True)
    marks = t.Dict().tag(sync=True)

    def __init__(
        self, label: str, headings: Sequence[str], nothing: str = "", whole: Sequence[str] = ()
    ) -> None:
        every = tr("All that are shown")
        super().__init__(
            label=label, headings=list(headings), every=every, nothing=nothing, whole=list(whole)
        )

    def show(self, rows: Iterable[Row]) -> None:
        """Show rows instead of those that are there; what is chosen stays chosen."""
        self.rows = [_sent(row) for row in rows]

    def mark(self, marks: Mapping[str, tuple[str, str]]) -> None:
        """Say what is wrong with rows: a severity and a sentence, by what they stand for."""
        self.marks = {value: [severity, mask_all(text)] for value, (severity, text) in marks.items()}


def _sent(row: Row) -> dict[str, Any]:
    return {
        "value": row.value,
        "name": mask_all(row.name),
        "cells": [mask_all(cell) for cell in row.cells],
        "hint": mask_all(row.hint),
        "quiet": row.quiet,
    }
