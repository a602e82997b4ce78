"""What a mirror tells about itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from motoolkit.mirror import _layout

if TYPE_CHECKING:
    from pathlib import Path

    from motoolkit.mirror._store import Store


@dataclass(frozen=True, slots=True)
class MirrorInfo:
    """From where and of when a mirror is; times are in UTC.

    Attributes:
        path: the file, None in memory.
        complete: whether it can be asked; False before the first load has ended.
        objects: the number of objects by collection.
        under_way: how far a load is that was cut: "7 of 15"; empty when there is none.
    """

    path: Path | None
    complete: bool = False
    mo_url: str = ""
    graphql_version: int | None = None
    loaded_at: datetime | None = None
    refreshed_at: datetime | None = None
    objects: dict[str, int] = field(default_factory=dict)
    under_way: str = ""


def read_info(store: Store) -> MirrorInfo:
    """Read it from the notes and tables."""
    loaded = loaded_collections(store)
    if not loaded:
        return MirrorInfo(store.path, under_way=under_way(store))
    notes = store.notes()
    return MirrorInfo(
        path=store.path,
        complete=True,
        mo_url=notes["mo_url"],
        graphql_version=int(notes["graphql_version"]),
        loaded_at=datetime.fromisoformat(notes["loaded_at"]),
        refreshed_at=datetime.fromisoformat(notes["refreshed_at"]),
        objects=_counts(store, loaded),
        under_way=under_way(store),
    )


def loaded_collections(store: Store) -> tuple[str, ...]:
    """Return what the mirror can be asked for; nothing when another catalogue made its tables."""
    notes = store.notes()
    fits = notes.get("fingerprint") == _layout.fingerprint()
    return tuple(notes["collections"].split()) if fits else ()


def under_way(store: Store) -> str:
    """Return how far a load is that was cut, "7 of 15"; empty when there is none."""
    if not store.has("incoming.cursors"):
        return ""
    done, total = store.query("SELECT count(*) FILTER (done), count(*) FROM incoming.cursors")[0]
    return f"{done} of {total}"


def _counts(store: Store, collections: tuple[str, ...]) -> dict[str, int]:
    columns = ", ".join(f"(SELECT count(DISTINCT uuid) FROM base.{name})" for name in collections)
    (counts,) = store.query(f"SELECT {columns}")
    return dict(zip(collections, counts, strict=True))
