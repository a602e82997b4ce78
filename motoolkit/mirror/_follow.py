"""A mirror that follows MO's events: what they name is read anew and put in its place, a few rows at a time.

Until an event is settled its object's earlier rows are kept, so that what changed can still be told after a
kill.  They are in the schema ``unhandled``, in tables of the same names as those in ``base``.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from motoolkit.catalogue import CATALOGUE
from motoolkit.mirror import _layout
from motoolkit.mirror._source import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from motoolkit.client import Client
    from motoolkit.mirror._store import Store

Rows = tuple[tuple[Any, ...], ...]
"""An object in order of time: UUID, valid_from, valid_to, then its collection's columns, as DuckDB types."""

Object = tuple[str, str]
"""The collection and the UUID."""

_OBJECTS = "CREATE TABLE IF NOT EXISTS unhandled.objects (collection VARCHAR, uuid VARCHAR)"
_NAMED = "uuid IN (SELECT unnest($uuids))"


class Follower:
    """Keeps a mirror as MO is, object by object; make it with ``Mirror.follower``.

    Several threads may call it, one at a time; it has a connection of its own to the mirror.

    Attributes:
        collections: what it can follow: the collections that the mirror holds and MO tells of.
    """

    def __init__(self, store: Store, client: Client, collections: Sequence[str]) -> None:
        self._store = store.fork()
        self._source = Source(client, collections)
        self.collections = tuple(name for name in collections if CATALOGUE[name].routing_key)
        prepare(self._store)

    def follows(self, queues: Iterable[str]) -> bool:
        """Tell whether the mirror has followed these queues (UUIDs of MO's listeners) all along.

        If not it lacks what MO had told before it began: refresh it, and ``note`` the queues.
        """
        return self._store.notes().get("followed") == _listed(queues)

    def note(self, queues: Iterable[str]) -> None:
        """Note that the mirror follows these queues from here on."""
        self._store.note(followed=_listed(queues))

    def take(self, wanted: Mapping[str, Sequence[str]]) -> dict[Object, tuple[Rows, Rows]]:
        """Read objects anew and put them in their place; an object that MO no longer has goes.

        Args:
            wanted: UUIDs by collection.

        Returns:
            For each the rows from before and those of now, CPR numbers in full.  Those from before are the
            ones that were last settled, or that the mirror was loaded with.

        Raises:
            MoError: MO can not be read; the mirror is as it was.
        """
        fresh: dict[str, list[Any]] = {name: [] for name in wanted}
        for chunk in self._source.objects(wanted):
            fresh[chunk.collection] += chunk.rows
        found: dict[Object, tuple[Rows, Rows]] = {}
        with self._store.transaction():
            for name, uuids in wanted.items():
                retain(self._store, name, uuids)
                before = _rows(self._store, "unhandled", name, uuids)
                self._replace(name, uuids, fresh[name])
                after = _rows(self._store, "base", name, uuids)
                found |= {(name, uuid): (before.get(uuid, ()), after.get(uuid, ())) for uuid in uuids}
        return found

    def settle(self, handled: Iterable[tuple[str, str, Rows]]) -> None:
        """Let go of the earlier rows of objects: what has changed since was handled.

        Args:
            handled: collection, UUID, and the rows of now that the handler was given.  Where the mirror has
                gone on meanwhile, these are what the next event's changes are told from.
        """
        by_collection: dict[str, dict[str, Rows]] = defaultdict(dict)
        for name, uuid, rows in handled:
            by_collection[name][uuid] = rows
        with self._store.transaction():
            for name, objects in by_collection.items():
                self._settle(name, objects)

    def _replace(self, name: str, uuids: Sequence[str], rows: Sequence[Any]) -> None:
        store, table, given = self._store, _layout.table(name), {"uuids": list(uuids)}
        store.query(f"DELETE FROM base.{table} WHERE {_NAMED}", given)
        store.append(f"base.{table}", CATALOGUE[name], rows)
        if table != name:
            store.query(f"DELETE FROM base.{name} WHERE {_NAMED}", given)
            masked = _layout.masked(f"base.{table}")
            store.query(f"INSERT INTO base.{name} BY NAME {masked} WHERE {_NAMED}", given)

    def _settle(self, name: str, objects: dict[str, Rows]) -> None:
        """Forget what was kept of those that are as handled, and keep what was handled of the rest."""
        now = _rows(self._store, "base", name, list(objects))
        moved = {uuid: rows for uuid, rows in objects.items() if now.get(uuid, ()) != rows}
        given = {"name": name, "uuids": list(objects)}
        table = _layout.table(name)
        self._store.query(f"DELETE FROM unhandled.{table} WHERE {_NAMED}", {"uuids": given["uuids"]})
        self._store.query(f"DELETE FROM unhandled.objects WHERE collection = $name AND {_NAMED}", given)
        if moved:
            _keep(self._store, name, list(moved))
            marks = ", ".join("?" for _ in range(3 + len(CATALOGUE[name].columns)))
            for row in (row for rows in moved.values() for row in rows):
                self._store.query(f"INSERT INTO unhandled.{table} VALUES ({marks})", row)


def prepare(store: Store) -> None:
    """Make room for earlier rows; those of another catalogue can not be compared any more."""
    fingerprint = _layout.fingerprint()
    if store.notes().get("unhandled") == fingerprint:
        return
    with store.transaction():
        store.execute("DROP SCHEMA IF EXISTS unhandled CASCADE", "CREATE SCHEMA unhandled", _OBJECTS)
        for name, collection in CATALOGUE.items():
            store.execute(f"CREATE TABLE unhandled.{_layout.table(name)} {_layout.definition(collection)}")
        store.note(unhandled=fingerprint)


def retain(store: Store, name: str, uuids: Sequence[str]) -> None:
    """Keep the rows that a followed mirror is about to lose, unless earlier ones are kept already."""
    new = _NEW.format(names="SELECT unnest($uuids) AS uuid")
    found = [uuid for (uuid,) in store.query(new, {"name": name, "uuids": list(uuids)})]
    table = _layout.table(name)
    _keep(store, name, found)
    store.query(f"INSERT INTO unhandled.{table} SELECT * FROM base.{table} WHERE {_NAMED}", {"uuids": found})


def is_followed(store: Store) -> bool:
    """Tell whether events are expected of what changes."""
    return bool(store.notes().get("followed"))


def forget(store: Store) -> None:
    """Follow nothing any more: the mirror was loaded anew."""
    store.execute(
        "DELETE FROM base.meta WHERE name IN ('followed', 'unhandled')",
        "DROP SCHEMA IF EXISTS unhandled CASCADE",
    )


_NEW = (
    "SELECT DISTINCT uuid FROM ({names}) ANTI JOIN"
    " (SELECT uuid FROM unhandled.objects WHERE collection = $name) USING (uuid)"
)


def _keep(store: Store, name: str, uuids: Sequence[str]) -> None:
    store.query(
        "INSERT INTO unhandled.objects SELECT $name, unnest($uuids::VARCHAR[])",
        {"name": name, "uuids": list(uuids)},
    )


def _rows(store: Store, schema: str, name: str, uuids: Sequence[str]) -> dict[str, Rows]:
    columns = ", ".join(("uuid", "valid_from", "valid_to", *CATALOGUE[name].columns))
    query = (
        f"SELECT {columns} FROM {schema}.{_layout.table(name)} WHERE {_NAMED}"
        " ORDER BY uuid, valid_from NULLS FIRST"
    )
    found: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for row in store.query(query, {"uuids": list(uuids)}):
        found[row[0]].append(row)
    return {uuid: tuple(rows) for uuid, rows in found.items()}


def _listed(queues: Iterable[str]) -> str:
    return " ".join(sorted(queues))
