"""Mirrors for tests of identities: filled from objects at once, without a MO in between."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pandas as pd

from motoolkit.catalogue import CATALOGUE, Reference
from motoolkit.mirror import Mirror, _layout

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from motoolkit.sandbox.records import Record

Row = tuple[str, "str | None", "str | None", dict]


def mirror_of(records: Iterable[Record]) -> Mirror:
    """Return a mirror in memory that holds objects of a sandbox."""
    rows: dict[str, list[Row]] = {}
    for record in records:
        for each in record.slices:
            start, end = (day and day.isoformat() for day in (each.start, each.end))
            rows.setdefault(record.collection, []).append((record.uuid, start, end, each.values))  # noqa: PD011 - no pandas
    return filled(rows)


def filled(rows: dict[str, Sequence[Row]]) -> Mirror:
    """Return a mirror of rows by collection: UUID, first day, day after the last, values by field."""
    mirror = Mirror.open()
    store = mirror._store
    for name, collection in CATALOGUE.items():
        store.execute(f"CREATE TABLE base.{_layout.table(name)} {_layout.definition(collection)}")
        batch = [
            (uuid, start, end, *(_text(field, values.get(field.name)) for field in collection.stored))
            for uuid, start, end, values in rows.get(name, ())
        ]
        store.append(f"base.{_layout.table(name)}", collection, batch)
        store.execute(*_layout.publish(name))
    now = datetime(2026, 11, 23, 6, tzinfo=UTC).isoformat()
    store.note(
        collections=" ".join(CATALOGUE),
        mo_url="http://mo.example",
        loaded_at=now,
        refreshed_at=now,
        graphql_version="30",
        fingerprint=_layout.fingerprint(),
        refreshable="no",
    )
    return mirror


def _text(field, value):
    if isinstance(field, Reference) and field.many:
        return " ".join(value or ())
    return None if value is None or value is pd.NA else str(value)
