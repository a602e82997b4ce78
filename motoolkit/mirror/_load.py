"""Load everything once, page by page; a cut load goes on where it stopped."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from motoolkit.catalogue import CATALOGUE
from motoolkit.errors import AuthorisationError
from motoolkit.mirror import _changes, _layout
from motoolkit.mirror._clock import mo_time
from motoolkit.mirror._source import Chunk, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from motoolkit.client import Client
    from motoolkit.mirror._store import Store
    from motoolkit.progress import Reporter

# MO stamps a write when its transaction starts and shows it when that ends, at most this much later
# (its statement timeout); clocks of one MO's machines differ by seconds.
_OVERLAP = timedelta(minutes=5)
# DuckDB takes thousands of rows in about the time of a hundred.
_ROWS_AT_A_TIME = 4000


def load(store: Store, client: Client, collections: Sequence[str], report: Reporter) -> None:
    """Make the mirror hold ``collections`` as MO does now; readers see all of it or what was before."""
    source = Source(client, collections)
    started = _begin(store, client, collections)
    _download(store, source, report)
    changed, newest = _catch_up(store, source, collections, started, report)
    with store.transaction():
        for name in set(CATALOGUE) - set(collections):
            store.execute(*_layout.withdraw(name))
        _changes.publish(store, "incoming", collections, changed)
        notes = store.notes("incoming")
        store.execute("DROP SCHEMA incoming CASCADE", "CREATE SCHEMA incoming")
        now = mo_time(client).isoformat()
        store.note(**notes, newest=newest, loaded_at=now, refreshed_at=now)
    store.execute("CHECKPOINT")


def _catch_up(
    store: Store, source: Source, collections: Sequence[str], started: str, report: Reporter
) -> tuple[_changes.Changed, str]:
    """Read what changed during the load once more; return that, and the newest moment seen.

    Registrations have a role of their own: without it the mirror is as good, but can not be refreshed, and
    the moment is empty.
    """
    since = (datetime.fromisoformat(started) - _OVERLAP).isoformat()
    try:
        _changes.scan(store, source, collections, since, report)
    except AuthorisationError:
        _changes.no_scan(store)
        return {}, ""
    changed = _changes.changed_since(store, since)
    _changes.fetch(store, source, changed, report)
    return changed, _changes.newest(store) or started


def _begin(store: Store, client: Client, collections: Sequence[str]) -> str:
    """Return when the load began in MO's time: now, or when it was begun that can be gone on with."""
    plan = {
        "mo_url": client.url,
        "graphql_version": str(client.version),
        "collections": " ".join(collections),
        "fingerprint": _layout.fingerprint(),
    }
    found = store.notes("incoming")
    if found and plan.items() <= found.items():
        return found["started_at"]
    started = mo_time(client).isoformat()
    with store.transaction():
        store.execute("DROP SCHEMA incoming CASCADE", "CREATE SCHEMA incoming", _layout.CURSORS)
        store.execute(*(statement.format(schema="incoming") for statement in _layout.META))
        for name in collections:
            columns = _layout.definition(CATALOGUE[name])
            store.execute(f"CREATE TABLE incoming.{_layout.table(name)} {columns}")
            store.execute(f"INSERT INTO incoming.cursors VALUES ('{name}', NULL, false, 0)")
        store.note("incoming", **plan, started_at=started)
    return started


def _download(store: Store, source: Source, report: Reporter) -> None:
    states = store.query("SELECT collection, cursor, done, objects FROM incoming.cursors")
    cursors = {name: cursor for name, cursor, done, _objects in states if not done}
    done = len(states) - len(cursors)
    objects = sum(state[3] for state in states)
    held: dict[str, Chunk] = {}
    try:
        for chunk in source.collections(cursors):
            done += chunk.is_last
            objects += chunk.objects
            report.update(f"{objects:,} objects, {chunk.collection}", done, len(states))
            more = held.pop(chunk.collection, Chunk(chunk.collection)).followed_by(chunk)
            if more.is_last or len(more.rows) >= _ROWS_AT_A_TIME:
                _keep(store, [more])
            else:
                held[chunk.collection] = more
    finally:
        _keep(store, held.values())


def _keep(store: Store, chunks: Iterable[Chunk]) -> None:
    """Keep the rows of chunks together with where the next ones start."""
    with store.transaction():
        for chunk in chunks:
            table = f"incoming.{_layout.table(chunk.collection)}"
            if chunk.restarted:
                store.execute(f"DELETE FROM {table}")
            store.append(table, CATALOGUE[chunk.collection], chunk.rows)
            store.query(
                "UPDATE incoming.cursors SET cursor = ?, done = ?, objects = ? + CASE WHEN ? THEN 0"
                " ELSE objects END WHERE collection = ?",
                [chunk.next_cursor, chunk.is_last, chunk.objects, chunk.restarted, chunk.collection],
            )
