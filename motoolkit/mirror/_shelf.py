"""A place in a mirror's file for tables of other parts of the toolkit."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from motoolkit.errors import InputError, MirrorError
from motoolkit.mirror import _layout

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from motoolkit.mirror._store import Store

_NAME: Final = re.compile(r"[a-z][a-z_]*")
_TAKEN: Final = frozenset({*_layout.SCHEMAS, "main", "unhandled", "temp", "system", "mirror"})


class Shelf:
    """Tables that a part of the toolkit keeps in a mirror's file; make it with ``Mirror.shelf``.

    They are in a schema of their own, ``name.table`` in SQL, encrypted as the rest.  Loads and refreshes
    leave them alone.  No CPR number belongs there: ``Mirror.sql`` shows what it finds.
    """

    def __init__(self, store: Store, name: str) -> None:
        self._store = store
        self._name = name

    @classmethod
    def open(cls, store: Store, name: str, tables: Mapping[str, str], layout: int) -> Shelf:
        """Make the tables that are not there yet; see ``Mirror.shelf``."""
        if name in _TAKEN or not _NAME.fullmatch(name):
            raise InputError(
                f"Tables of one's own in a mirror can not be kept as {name!r}.",
                remedy="Choose a name of small letters that is not the mirror's own.",
            )
        shelf = cls(store, name)
        with store.transaction():
            store.execute(f"CREATE SCHEMA IF NOT EXISTS {name}", _layout.META.format(schema=name))
            shelf._check_layout(layout)
            for table, columns in tables.items():
                store.execute(f"CREATE TABLE IF NOT EXISTS {name}.{table} ({columns})")
        return shelf

    def _check_layout(self, layout: int) -> None:
        found = int(self._store.notes(self._name).get("layout", layout))
        if found > layout:
            raise MirrorError(
                f"What {self._store.path} keeps as {self._name} was made by a newer motoolkit.",
                remedy="Upgrade motoolkit, or use another file.",
            )
        self._store.note(self._name, layout=str(layout))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do all of the block or nothing; afterwards it is in the file."""
        with self._store.transaction():
            yield
        self._store.settle()

    def query(
        self, statement: str, parameters: Sequence[Any] | Mapping[str, Any] = ()
    ) -> list[tuple[Any, ...]]:
        """Run one statement, with ``name.table`` for tables, and return its rows."""
        return self._store.query(statement, parameters)

    def add(self, table: str, columns: Sequence[str], rows: Sequence[tuple[str | None, ...]]) -> None:
        """Add rows of texts to a table; DuckDB reads dates, numbers and the like from them."""
        placed = f"{self._name}.{table} ({', '.join(columns)})"
        self._store.append_columns(placed, columns, rows)
