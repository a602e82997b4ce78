"""The mirror: all of one MO on this machine, every validity, to be asked as often as one likes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, Self

from motoolkit.catalogue import CATALOGUE
from motoolkit.errors import MirrorError
from motoolkit.mirror import _frames, _layout, _load, _query, _refresh
from motoolkit.mirror._follow import Follower
from motoolkit.mirror._info import MirrorInfo, loaded_collections, read_info, under_way
from motoolkit.mirror._keys import key_for
from motoolkit.mirror._shelf import Shelf
from motoolkit.mirror._store import Store
from motoolkit.model import OrgTree, as_date
from motoolkit.progress import progress

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from types import TracebackType

    import duckdb
    import pandas as pd

    from motoolkit.client import Client

_ROWS_AT_A_TIME = 10_000


class Follows(Protocol):
    """What a mirror can follow: ``events.Listener``."""

    @property
    def url(self) -> str:
        """The MO that tells."""

    def follow(self, mirror: Mirror) -> None:
        """Let a mirror follow."""


class Mirror:
    """A copy of one MO in DuckDB, in memory or in an encrypted file; make it with ``Mirror.open``.

    There is a table (a view, to be exact) for each collection of the catalogue, under MO's name for it:
    ``uuid``, ``valid_from`` (NULL: ever since), ``valid_to`` (the first day after; NULL: open), then the
    catalogue's columns; one row for each period in which nothing of an object changes.  The macro
    ``engagements_at(DATE '2026-11-23')``, and so for each collection, gives what is valid on a day.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    @classmethod
    def open(
        cls, path: str | Path | None = None, *, key: str | None = None, must_exist: bool = False
    ) -> Mirror:
        """Open a mirror in memory, or the one in the encrypted file at ``path``.

        Args:
            path: the file, made with mode 0600 when it is not there; None keeps the mirror in memory.
            key: what the file is encrypted with; without it ``MOTOOLKIT_MIRROR_KEY``, else
                ``keyring:motoolkit/mirror/NAME`` (NAME: the file's name without ending), where a key is
                made for a new file.
            must_exist: refuse to make a file.

        Raises:
            MirrorError: there is no key or it is the wrong one, or the file is missing, no mirror, of a
                newer toolkit, or in use by another process.
        """
        if path is None:
            return cls(Store.open(None, ""))
        file = Path(path).expanduser().absolute()
        if must_exist and not file.exists():
            raise MirrorError(f"There is no mirror file {file}.", remedy="Load one: motoolkit mirror load.")
        return cls(Store.open(file, key or key_for(file)))

    def load(self, client: Client, collections: Iterable[str] | None = None) -> MirrorInfo:
        """Read the collections (all without ``collections``) from MO, page by page, every validity.

        What was in the mirror stays until the last row is there.  A load that was cut goes on where it
        stopped when the same one is asked for again.  What changes in MO meanwhile is read once more.

        Raises:
            InputError: there is no such collection.
            MirrorError: the file can not be written.
            MoError: MO did not answer, or not as it should.
        """
        wanted = {CATALOGUE.find(name).name for name in collections or CATALOGUE}
        with progress(f"Reading {client.url}") as report:
            _load.load(self._store, client, [name for name in CATALOGUE if name in wanted], report)
            info = self.info()
            report.finish(f"{sum(info.objects.values()):,} objects of {len(wanted)} collections")
        return info

    def refresh(self, client: Client) -> MirrorInfo:
        """Read from MO what changed since the mirror was loaded or refreshed; deleted objects go.

        The mirror is then what a fresh load would have made it.

        Raises:
            MirrorError: the mirror was never loaded, or from another MO.
        """
        self._check_loaded()
        with progress(f"Refreshing from {client.url}") as report:
            changed = _refresh.refresh(self._store, client, report)
            report.finish(f"{changed:,} changed objects")
        return self.info()

    def follow(self, listener: Follows) -> None:
        """Let the mirror stay as MO is while an ``events.Listener`` runs, deleted objects included.

        The listener then listens for all that the mirror holds, and its events tell what changed.

        Raises:
            MirrorError: the mirror was never loaded, or from another MO.
        """
        self._check_loaded()
        _refresh.check_place(self._store.notes(), listener.url)
        listener.follow(self)

    def follower(self, client: Client) -> Follower:
        """Return what keeps the mirror as MO is, for those who are told by events which objects changed.

        Raises:
            MirrorError: the mirror was never loaded, or from another MO.
        """
        loaded = self._check_loaded()
        _refresh.check(self._store.notes(), client)
        return Follower(self._store, client, loaded)

    @property
    def routing_keys(self) -> list[str]:
        """What MO's events call the objects that the mirror holds.

        Raises:
            MirrorError: the mirror was never loaded.
        """
        return [key for name in self._check_loaded() if (key := CATALOGUE[name].routing_key)]

    def frame(
        self,
        collection: str,
        as_of: date | str | None = None,
        *,
        labels: bool = False,
        show_cpr: bool = False,
    ) -> pd.DataFrame:
        """Return a collection as a data frame in order of UUID and time.

        Args:
            collection: MO's name for it, as in the catalogue.
            as_of: only what is valid on this day, a date or a text of one; None for every validity.
            labels: add a column for each reference, named after it (``person``, ``job_function``), with the
                name of what it points at: on the day of ``as_of``, else the first in the row's period.
                References into collections that are not in the mirror get none.
            show_cpr: show CPR numbers.

        Raises:
            InputError: there is no such collection, or ``as_of`` is no date.
            MirrorError: the collection is not in the mirror.
        """
        found = CATALOGUE.find(collection)
        held = self._held(found.name)
        day = None if as_of is None else as_date(as_of)
        query = _frames.frame_query(found, as_of=day is not None, labels=held if labels else ())
        return self._run(query, {"as_of": day} if day else None, show_cpr=show_cpr).df()

    def sql(
        self,
        query: str,
        parameters: Sequence[Any] | Mapping[str, Any] | None = None,
        *,
        show_cpr: bool = False,
    ) -> pd.DataFrame:
        """Return the answer to one SELECT as a data frame.

        CPR numbers are masked; with ``show_cpr`` the view ``persons`` has them in full.

        Raises:
            MirrorError: the mirror is not loaded, or the query is wrong.
        """
        self._check_loaded()
        return self._run(query, parameters, show_cpr=show_cpr).df()

    def rows(
        self,
        query: str,
        parameters: Sequence[Any] | Mapping[str, Any] | None = None,
        *,
        show_cpr: bool = False,
    ) -> Iterator[tuple[Any, ...]]:
        """Yield the answer to one SELECT as tuples, without pandas; else as ``sql``."""
        self._check_loaded()
        answer = self._run(query, parameters, show_cpr=show_cpr)
        return _fetched(answer)

    def parameters(self, query: str) -> set[str]:
        """Return the names of the parameters (``$name``) of one SELECT.

        Raises:
            MirrorError: it is no SQL.
        """
        return _query.parameters(self._store, query)

    def tree(self, as_of: date | str) -> OrgTree:
        """Return the organisation as it is on a day."""
        self._held("org_units")
        query = f"SELECT uuid, name, parent_uuid FROM org_units WHERE {_layout.valid_at('$as_of')}"
        return OrgTree.from_units(self.rows(query, {"as_of": as_date(as_of)}))

    def info(self) -> MirrorInfo:
        """Tell what is in the mirror, from where and of when."""
        return read_info(self._store)

    @property
    def mo_url(self) -> str:
        """The MO that the mirror is of; unlike ``info()`` this counts nothing.

        Raises:
            MirrorError: the mirror was never loaded.
        """
        self._check_loaded()
        return self._store.notes()["mo_url"]

    @property
    def read_at(self) -> datetime:
        """When the mirror was loaded or refreshed last, in UTC.

        Raises:
            MirrorError: the mirror was never loaded.
        """
        self._check_loaded()
        return datetime.fromisoformat(self._store.notes()["refreshed_at"])

    def check(self, collections: Iterable[str]) -> None:
        """Refuse to go on without one of these collections.

        Raises:
            MirrorError: the mirror was never loaded, or without one of them; the remedy names all.
        """
        held = self._check_loaded()
        missing = [name for name in collections if name not in held]
        if missing:
            raise MirrorError(
                f"The mirror does not hold {' and '.join(missing)}.",
                remedy=f"Load it with them: load(client, {[*held, *missing]}).",
            )

    def holds(self, collection: str) -> bool:
        """Tell whether a collection is in the mirror."""
        return collection in loaded_collections(self._store)

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """A DuckDB connection of its own to the views, for whatever ``sql`` does not do.

        Raises:
            MirrorError: the mirror is not loaded.
        """
        self._check_loaded()
        return self._store.cursor(show_cpr=False)

    def shelf(self, name: str, tables: Mapping[str, str], *, layout: int = 1) -> Shelf:
        """Return a place in the mirror's file for tables of another part of the toolkit.

        Loads and refreshes leave them alone, and they are there before the first load.

        Args:
            name: of the schema that they are in, so that ``sql`` finds them as ``name.table``.
            tables: the columns of each, as ``CREATE TABLE`` has them; made when they are not there.
            layout: the number of that choice of tables; a file with a higher one is refused.

        Raises:
            InputError: the name is the mirror's own, or none.
            MirrorError: a newer toolkit made the tables, or the file can not be written.
        """
        return Shelf.open(self._store, name, tables, layout)

    def close(self) -> None:
        """Write everything to the file, if there is one, and let go of it."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Mirror {self._store.path or 'in memory'}>"

    def _run(
        self, query: str, parameters: Sequence[Any] | Mapping[str, Any] | None, *, show_cpr: bool
    ) -> duckdb.DuckDBPyConnection:
        return _query.run(self._store, query, parameters, show_cpr=show_cpr)

    def _check_loaded(self) -> tuple[str, ...]:
        """Return the loaded collections."""
        if loaded := loaded_collections(self._store):
            return loaded
        if state := under_way(self._store):
            raise MirrorError(
                f"The load of this mirror was cut: {state} collections are there.",
                remedy="Call load() again; it goes on where it stopped.",
            )
        raise MirrorError("The mirror is empty.", remedy="Call load() first.")

    def _held(self, collection: str) -> tuple[str, ...]:
        """Return the loaded collections, of which ``collection`` is one."""
        self.check([collection])
        return self._check_loaded()


def _fetched(answer: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while rows := answer.fetchmany(_ROWS_AT_A_TIME):
        yield from rows
