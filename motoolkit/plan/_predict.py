"""What MO makes of a write: an object's slices before, one mutation, its slices after.

A small copy of MO's own algorithm, so that a plan can see what a mutation would do beside what it is for.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

from motoolkit.model import Validity
from motoolkit.plan._state import EMPTY, Span, merged

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from motoolkit.plan._rows import Keeping, Row


@dataclass(frozen=True, slots=True)
class Write:
    """One mutation of one object, in the catalogue's names.

    ``values`` are those that it names; one that is empty is emptied.  ``start`` None reaches back without
    limit, ``end`` None forward.
    """

    action: Literal["create", "update", "terminate", "delete"]
    start: date | None
    end: date | None
    values: dict[str, Any]


@dataclass(slots=True)
class _Cell:
    """A stretch of time without borders in it; ``values`` also has what is not seen while it is dead."""

    period: Validity
    alive: bool
    values: dict[str, Any]


def predict(
    keeping: Keeping, spans: Sequence[Span], write: Write, blank: Mapping[str, Any]
) -> tuple[Span, ...]:
    """Return the slices that MO has after a write; ``blank`` is an object without any values.

    Rows that MO keeps of periods in which the object is dead are not seen by anybody, so they are taken
    not to be there.
    """
    if write.action == "delete":
        return ()
    if write.action == "create":
        spans = ()
    # What never changes is there in holes too: they are cut into a life that has it, or bridged by an update.
    fixed = {name: span.values[name] for span in spans[:1] for name in keeping.fixed}
    cells = _cells(spans, write, {**blank, **fixed})
    period = Validity(write.start, write.end)
    hit = [cell for cell in cells if cell.period.overlaps(period)]
    for cell in hit:
        cell.alive = write.action != "terminate"
    if write.action != "terminate":
        for row in keeping.rows:
            _write_row(row, cells, hit, write)
    return merged(Span(cell.period.start, cell.period.end, cell.values) for cell in cells if cell.alive)


def _cells(spans: Sequence[Span], write: Write, blank: Mapping[str, Any]) -> list[_Cell]:
    """Cut all of time at every border of the slices and of the write."""
    periods = [*(span.validity for span in spans), Validity(write.start, write.end)]
    cuts = {cut for period in periods for cut in (period.start, period.end) if cut is not None}
    cells = []
    for start, end in pairwise([None, *sorted(cuts), None]):
        period = Validity(start, end)
        held = next((span for span in spans if span.validity.overlaps(period)), None)
        cells.append(_Cell(period, held is not None, dict(held.values if held else blank)))
    return cells


def _write_row(row: Row, cells: list[_Cell], hit: list[_Cell], write: Write) -> None:
    named = [name for name in row.fields if name in write.values]
    if not named:
        if row.left_out == "stretched":
            _stretch(row, cells, hit)
        return
    if row.everywhere:
        _set(cells, dict.fromkeys(row.fields))
    if row.alone:
        _set(hit, dict.fromkeys(row.fields))
    _set(hit, {name: write.values[name] for name in named})


def _stretch(row: Row, cells: list[_Cell], hit: list[_Cell]) -> None:
    holding = [index for index, cell in enumerate(cells) if any(_held(cell, row))]
    if not holding:
        return
    first, last = holding[0], holding[-1]
    at = [index for index, cell in enumerate(cells) if cell in hit]
    _set(cells[at[0] : first], _taken(cells[first], row))
    _set(cells[last + 1 : at[-1] + 1], _taken(cells[last], row))


def _held(cell: _Cell, row: Row) -> Iterable[bool]:
    return (cell.values[name] not in EMPTY for name in row.fields)


def _taken(cell: _Cell, row: Row) -> dict[str, Any]:
    return {name: cell.values[name] for name in row.fields}


def _set(cells: Iterable[_Cell], values: dict[str, Any]) -> None:
    for cell in cells:
        cell.values.update(values)
