"""What a mirror must hold, worked out from the municipality's own records without the toolkit's reading."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from motoolkit.catalogue import CATALOGUE, Reference

if TYPE_CHECKING:
    from collections.abc import Iterable

    from motoolkit.mirror import Mirror
    from motoolkit.sandbox.records import Record, Slice


def rows_of(records: Iterable[Record], collection: str) -> list[tuple[Any, ...]]:
    """Return the rows of a collection in the mirror's order; CPR numbers in full."""
    chosen = sorted((r for r in records if r.collection == collection), key=lambda r: r.uuid)
    return [row for record in chosen for row in _merged([_row(record, s) for s in record.slices])]


def held(mirror: Mirror, collection: str) -> list[tuple[Any, ...]]:
    """Return the rows that a mirror holds, as it holds them."""
    columns = ", ".join(("uuid", "valid_from", "valid_to", *CATALOGUE[collection].columns))
    rows = mirror.rows(f"SELECT {columns} FROM {collection}", show_cpr=True)
    return [tuple(tuple(cell) if isinstance(cell, list) else cell for cell in row) for row in rows]


def everything(mirror: Mirror) -> dict[str, list[tuple[Any, ...]]]:
    """Return all that a mirror holds."""
    return {name: held(mirror, name) for name in mirror.info().objects}


def alive(records: Iterable[Record], collection: str, day: date) -> set[str]:
    """Return the UUIDs of what is valid on a day."""
    spans = ((r.uuid, s) for r in records if r.collection == collection for s in r.slices)
    return {
        uuid
        for uuid, span in spans
        if (span.start is None or span.start <= day) and (span.end is None or day < span.end)
    }


def cpr_number(records: Iterable[Record], uuid: str) -> str:
    """Return a person's CPR number in full."""
    (person,) = (r for r in records if r.uuid == uuid)
    number: str = person.slices[-1].values["cpr_number"]
    return number


def _row(record: Record, values: Slice) -> tuple[Any, ...]:
    fields = CATALOGUE[record.collection].stored
    return (record.uuid, values.start, values.end, *(_cell(f, values.values.get(f.name)) for f in fields))


def _cell(field: Any, value: Any) -> Any:
    if isinstance(field, Reference):
        return tuple(sorted(value or ())) if field.many else value
    return date.fromisoformat(value) if field.type == "Date" and value else value


def _merged(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    cuts = [0, *(at for at, (a, b) in enumerate(pairwise(rows), 1) if a[2] != b[1] or a[3:] != b[3:])]
    return [
        (*rows[first][:2], rows[last][2], *rows[first][3:])
        for first, last in zip(cuts, [*(cut - 1 for cut in cuts[1:]), len(rows) - 1], strict=True)
    ]
