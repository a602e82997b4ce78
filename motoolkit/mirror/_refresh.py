"""Bring a loaded mirror up to date by reading only what changed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from motoolkit.catalogue import CATALOGUE
from motoolkit.errors import MirrorError
from motoolkit.mirror import _changes, _follow
from motoolkit.mirror._source import Source

if TYPE_CHECKING:
    from motoolkit.client import Client
    from motoolkit.mirror._store import Store
    from motoolkit.progress import Reporter


def refresh(store: Store, client: Client, report: Reporter) -> int:
    """Make the mirror what a load would make it now; return the number of objects read anew."""
    notes = store.notes()
    check(notes, client)
    collections = notes["collections"].split()
    source = Source(client, collections)
    _changes.scan(store, source, report)
    changed = _changes.changed(store, "base")
    _changes.fetch(store, source, changed, report)
    now = datetime.now(UTC).isoformat()
    with store.transaction():
        for name, uuids in changed.items() if _follow.is_followed(store) else ():
            _follow.retain(store, name, uuids)
        _changes.publish(store, "base", list(changed), changed)
        _changes.keep(store, "base")
        store.note(refreshed_at=now, graphql_version=str(client.version))
    return sum(map(len, changed.values()))


def check(notes: dict[str, str], client: Client) -> None:
    """Make sure that a mirror can be brought up to date from this MO.

    Raises:
        MirrorError: it can not; the remedy tells what to do.
    """
    check_place(notes, client.url)
    if notes["refreshable"] == "no":
        raise MirrorError(
            "The mirror was loaded without the role read_registration and can not be refreshed.",
            remedy="Load it again; ask for the role if that takes too long.",
        )
    before, now = int(notes["graphql_version"]), client.version
    for name in notes["collections"].split():
        if CATALOGUE[name].available(before) != CATALOGUE[name].available(now):
            raise MirrorError(
                f"The mirror was loaded with GraphQL v{before}, which knows {name} otherwise than v{now}.",
                remedy=f"Load again, or connect with graphql_version={before}.",
            )


def check_place(notes: dict[str, str], url: str) -> None:
    """Make sure that a mirror is of this MO.

    Raises:
        MirrorError: it is of another.
    """
    if notes["mo_url"] != url:
        raise MirrorError(
            f"The mirror is of {notes['mo_url']} and can not be refreshed from {url}.",
            remedy="Connect to that MO, or load a mirror of this one.",
        )
