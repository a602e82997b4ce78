"""Load everything once, page by page; a cut load goes on where it stopped."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from motoolkit.catalogue import CATALOGUE
from motoolkit.errors import AuthorisationError
from motoolkit.mirror import _changes, _follow, _layout
from motoolkit.mirror._source import Chunk, Source

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from motoolkit.client import Client
    from motoolkit.mirror._store import Store
    from motoolkit.progress import Reporter

# DuckDB takes thousands of rows in about the time of a hundred.
_ROWS_AT_A_TIME = 4000
_SECONDS_BETWEEN_WRITES = 5.0

_MOVE = (
    "UPDATE incoming.cursors AS held SET cursor = moved.cursor, done = moved.cursor IS NULL,"
    " objects = moved.objects + CASE WHEN moved.restarted THEN 0 ELSE held.objects END"
    " FROM (SELECT unnest($names) AS collection, unnest($cursors::VARCHAR[]) AS cursor,"
    " unnest($objects) AS objects, unnest($restarted) AS restarted) AS moved"
    " WHERE held.collection = moved.collection"
)


def load(store: Store, client: Client, collections: Sequence[str], report: Reporter) -> None:
    """Make the mirror hold ``collections`` as MO does now; readers see all of it or what was before."""
    source = Source(client, collections)
    plan = {
        "mo_url": client.url,
        "graphql_version": str(client.version),
        "collections": " ".join(collections),
        "fingerprint": _layout.fingerprint(),
    }
    if not plan.items() <= store.notes("incoming").items():
        _begin(store, source, plan, report)
    _download(store, source, report)
    _finish(store, source, report)


def _begin(store: Store, source: Source, plan: dict[str, str], report: Reporter) -> None:
    """Make room for a load that is not gone on with, and note which registrations it starts from."""
    collections = plan["collections"].split()
    refreshable = _scanned(store, source, report)
    with store.transaction():
        store.execute("DROP SCHEMA incoming CASCADE", "CREATE SCHEMA incoming", _layout.CURSORS)
        store.execute(_layout.META.format(schema="incoming"))
        for name in collections:
            columns = _layout.definition(CATALOGUE[name])
            store.execute(f"CREATE TABLE incoming.{_layout.table(name)} {columns}")
        rows = ", ".join(f"('{name}', NULL, false, 0)" for name in collections)
        store.execute(f"INSERT INTO incoming.cursors VALUES {rows}")
        _changes.keep(store, "incoming")
        store.note("incoming", **plan, refreshable=refreshable)


def _scanned(store: Store, source: Source, report: Reporter) -> str:
    """Tell whether MO shows its registrations, which have a role of their own; without, a load is as good."""
    try:
        _changes.scan(store, source, report)
    except AuthorisationError:
        return "no"
    return "yes"


def _finish(store: Store, source: Source, report: Reporter) -> None:
    """Read what changed since the load began once more, and let readers see all of it."""
    notes = store.notes("incoming")
    collections = notes["collections"].split()
    changed: _changes.Changed = {}
    if refreshable := notes["refreshable"] == "yes":
        _changes.scan(store, source, report)
        changed = _changes.changed(store, "incoming")
        _changes.fetch(store, source, changed, report)
    now = datetime.now(UTC).isoformat()
    with store.transaction():
        for name in set(CATALOGUE) - set(collections):
            store.execute(*_layout.withdraw(name))
        _changes.publish(store, "incoming", collections, changed)
        _follow.forget(store)
        if refreshable:
            _changes.keep(store, "base")
        store.execute("DROP SCHEMA incoming CASCADE", "CREATE SCHEMA incoming")
        store.note(**notes, loaded_at=now, refreshed_at=now)
    store.settle()


def _download(store: Store, source: Source, report: Reporter) -> None:
    states = store.query("SELECT collection, cursor, done, objects FROM incoming.cursors")
    cursors = {name: cursor for name, cursor, done, _objects in states if not done}
    done = len(states) - len(cursors)
    objects = sum(state[3] for state in states)
    held: dict[str, Chunk] = {}
    kept_at = time.monotonic()
    try:
        for chunk in source.collections(cursors):
            done += chunk.is_last
            objects += chunk.objects
            report.update(f"{objects:,} objects, {chunk.collection}", done, len(states))
            held[chunk.collection] = held.pop(chunk.collection, Chunk(chunk.collection)).followed_by(chunk)
            rows = sum(len(waiting.rows) for waiting in held.values())
            if rows >= _ROWS_AT_A_TIME or time.monotonic() - kept_at > _SECONDS_BETWEEN_WRITES:
                _keep(store, held.values())
                held, kept_at = {}, time.monotonic()
    finally:
        _keep(store, held.values())


def _keep(store: Store, chunks: Collection[Chunk]) -> None:
    """Keep the rows of chunks together with where the next ones start."""
    with store.transaction():
        for chunk in chunks:
            table = f"incoming.{_layout.table(chunk.collection)}"
            if chunk.restarted:
                store.execute(f"DELETE FROM {table}")
            store.append(table, CATALOGUE[chunk.collection], chunk.rows)
        store.query(
            _MOVE,
            {
                "names": [chunk.collection for chunk in chunks],
                "cursors": [chunk.next_cursor for chunk in chunks],
                "objects": [chunk.objects for chunk in chunks],
                "restarted": [chunk.restarted for chunk in chunks],
            },
        )
