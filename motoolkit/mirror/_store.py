"""The DuckDB database below a mirror: opened in memory or from an encrypted file, never half written."""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from motoolkit.errors import MirrorError
from motoolkit.mirror import _layout
from motoolkit.mirror._failures import explained

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import duckdb

    from motoolkit.catalogue import Collection
    from motoolkit.mirror._slices import Row

_CATALOG = "mirror"
_PATHS = {False: "mirror.main", True: "mirror.private,mirror.main"}
_SETTINGS: Final[dict[str, str | bool | int | float | list[str]]] = {
    # Everything needed is installed with the toolkit; nothing is ever downloaded.
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    # No spilling: it would put rows into files, by default below the current directory.
    "temp_directory": "",
}


class Store:
    """One open database.  Use ``Store.open``; everything else raises ``MirrorError`` in plain words.

    Threads may share it: they wait for each other's statements and transactions.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path | None) -> None:
        # DuckDB keeps one result a connection, so that two threads would take each other's.
        self._lock = threading.RLock()
        self.connection = connection
        self.path = path

    @classmethod
    def open(cls, path: Path | None, key: str) -> Store:
        """Open the file at ``path``, made when it is not there; ``None`` is a database in memory."""
        import duckdb

        connection = duckdb.connect(":memory:", config=_SETTINGS)
        try:
            with explained(path):
                _attach(connection, path, key)
                store = cls(connection, path)
                store._prepare()
        except BaseException:
            connection.close()
            raise
        return store

    def _prepare(self) -> None:
        for setting in (
            f"USE {_CATALOG}",
            "SET pandas_analyze_sample = 0",
            "SET python_enable_replacements = false",
            "SET enable_external_access = false",
        ):
            self.connection.execute(setting)
        with self.transaction():
            for schema in _layout.SCHEMAS:
                self.connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
            self.connection.execute(_layout.META.format(schema="base"))
            self._check_layout()

    def _check_layout(self) -> None:
        found = int(self.notes().setdefault("layout", str(_layout.LAYOUT)))
        if found > _layout.LAYOUT:
            raise MirrorError(
                f"The mirror file {self.path} was made by a newer motoolkit (layout {found}).",
                remedy="Upgrade motoolkit, or load into another file.",
            )
        self.note(layout=str(_layout.LAYOUT))

    def close(self) -> None:
        """Write everything into the file and let go of it."""
        with explained(self.path):
            self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do all of the block or nothing."""
        import duckdb

        with self._lock, explained(self.path):
            self.connection.begin()
            try:
                yield
                self.connection.commit()
            except BaseException:
                # A failed commit (a full disk) leaves no transaction to roll back.
                with suppress(duckdb.Error):
                    self.connection.rollback()
                raise
        self._hide()

    def _hide(self) -> None:
        # DuckDB makes its write-ahead log anew after each checkpoint, with the process's umask.
        for name in (self.path, f"{self.path}.wal") if self.path else ():
            with suppress(FileNotFoundError, PermissionError):
                Path(name).chmod(0o600)

    def settle(self) -> None:
        """Move what was written from the write-ahead log into the file."""
        if self.path is not None:
            self.execute("CHECKPOINT")

    def execute(self, *statements: str) -> None:
        """Run statements, one after another."""
        with self._lock, explained(self.path):
            for statement in statements:
                self.connection.execute(statement)

    def query(
        self, statement: str, parameters: Sequence[Any] | Mapping[str, Any] = ()
    ) -> list[tuple[Any, ...]]:
        """Run one statement and return its rows."""
        with self._lock, explained(self.path):
            return self.connection.execute(statement, parameters).fetchall()

    def fork(self) -> Store:
        """Return a connection of its own to the same database, for another thread."""
        connection = self.connection.cursor()
        connection.execute(f"USE {_CATALOG}")
        return Store(connection, self.path)

    def cursor(self, *, show_cpr: bool) -> duckdb.DuckDBPyConnection:
        """Return a connection of its own to the views, with CPR numbers masked or not."""
        cursor = self.connection.cursor()
        cursor.execute(f"SET search_path = '{_PATHS[show_cpr]}'")
        return cursor

    def notes(self, schema: str = "base") -> dict[str, str]:
        """Return what is noted about the load in ``base``, or the one under way in ``incoming``."""
        if not self.has(f"{schema}.meta"):
            return {}
        return dict(self.query(f"SELECT name, value FROM {schema}.meta"))

    def note(self, schema: str = "base", **values: str) -> None:
        """Write notes."""
        statement = f"INSERT OR REPLACE INTO {schema}.meta SELECT unnest($names), unnest($values)"
        with self._lock:
            self.connection.execute(statement, {"names": list(values), "values": list(values.values())})

    def has(self, name: str) -> bool:
        """Tell whether the table ``schema.table`` is there."""
        schema, table = name.split(".")
        query = (
            "SELECT count(*) FROM duckdb_tables()"
            " WHERE database_name = ? AND schema_name = ? AND table_name = ?"
        )
        return self.query(query, [_CATALOG, schema, table]) != [(0,)]

    def append(self, table: str, collection: Collection, rows: Sequence[Row]) -> None:
        """Add the rows of a collection to ``table``."""
        names = ["uuid", "valid_from", "valid_to", *collection.columns]
        self.append_columns(table, names, rows, _layout.casts(collection))

    def append_columns(
        self, table: str, names: Sequence[str], rows: Sequence[Row], select: str = "*"
    ) -> None:
        """Add rows of texts to ``table``, converted by ``select``."""
        import pandas as pd

        if not rows:
            return
        with self._lock:
            with explained(self.path):
                self.connection.register("batch", pd.DataFrame(rows, columns=list(names), dtype=object))
            try:
                self.execute(f"INSERT INTO {table} SELECT {select} FROM batch")
            finally:
                self.connection.unregister("batch")


def _attach(connection: duckdb.DuckDBPyConnection, path: Path | None, key: str) -> None:
    if path is None:
        connection.execute(f"ATTACH ':memory:' AS {_CATALOG}")
        return
    connection.execute(f"LOAD '{_quoted(str(_httpfs()))}'")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    before = os.umask(0o077)
    try:
        settings = f"TYPE duckdb, ENCRYPTION_KEY '{_quoted(_blob(key))}'"
        connection.execute(f"ATTACH '{_quoted(str(path))}' AS {_CATALOG} ({settings})")
    finally:
        os.umask(before)


def _blob(key: str) -> str:
    """Return a key as DuckDB takes it: it reads bytes from it, and would show one that is not ASCII (1.5)."""
    return "".join(c if c.isascii() else "".join(f"\\x{byte:02x}" for byte in c.encode()) for c in key)


def _quoted(text: str) -> str:
    return text.replace("'", "''")


def _httpfs() -> Path:
    """Return DuckDB's httpfs, without which it refuses to write encrypted files (1.5)."""
    import duckdb_extension_httpfs

    folder = Path(duckdb_extension_httpfs.__file__).parent
    found = next(folder.rglob("httpfs.duckdb_extension"), None)
    if found is None:
        raise MirrorError(
            "DuckDB's httpfs extension, which encrypted mirror files need, is not installed.",
            remedy="Install duckdb-extension-httpfs in the version of duckdb, or keep the mirror in memory.",
        )
    return found
