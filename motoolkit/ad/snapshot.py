"""Snapshots of directories in sealed files, and as frames.

What a directory holds is personal data, CPR numbers among it: it never lies in a file in clear.
"""

from __future__ import annotations

import zlib
from dataclasses import fields
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, TypeVar

import orjson

from motoolkit.ad.records import Account, AdGroup, Header, Ou, Snapshot, Tombstone
from motoolkit.errors import AdError
from motoolkit.model import mask
from motoolkit.sealed import SealedFiles

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pandas as pd

T = TypeVar("T")

FILES: Final = SealedFiles("directory snapshot", "MOTOOLKIT_AD_KEY", "motoolkit/ad")
VERSION: Final = 1
_FORMAT: Final = "motoolkit directory snapshot"
_PARTS: Final[dict[str, type[Any]]] = {
    "accounts": Account,
    "groups": AdGroup,
    "ous": Ou,
    "tombstones": Tombstone,
}


def save(snapshots: Snapshot | Iterable[Snapshot], path: Path, key: str | None = None) -> None:
    """Write snapshots to one sealed file, which only its owner may read.

    Args:
        snapshots: one or several.
        path: the file; one that is there is replaced at once.
        key: what to seal it with; by default MOTOOLKIT_AD_KEY, else a key that is kept in the keyring.

    Raises:
        SecretError: there is no key, and no keyring to keep one in.
        InputError: the file can not be written.
    """
    given = (snapshots,) if isinstance(snapshots, Snapshot) else tuple(snapshots)
    written = {"format": _FORMAT, "version": VERSION, "snapshots": given}
    content = zlib.compress(orjson.dumps(written))
    FILES.seal(path, content, key or FILES.key_for(path.stem, make=True, told=str(path)))


def load(path: Path, key: str | None = None) -> tuple[Snapshot, ...]:
    """Return the snapshots of a file.

    Raises:
        SecretError: there is no key.
        InputError: it can not be read, or not with this key, or was changed.
        AdError: it holds something else, or was written by another version.
    """
    content = FILES.unseal(path, key or FILES.key_for(path.stem, make=False, told=str(path)))
    try:
        read = orjson.loads(zlib.decompress(content))
        told = (read["format"], read["version"])
    except (zlib.error, ValueError, LookupError, TypeError):
        told = ("", 0)
    if told[0] != _FORMAT:
        raise AdError(f"The file {path} holds no snapshot of a directory.", remedy="Check the path.")
    if told[1] != VERSION:
        raise AdError(
            f"The snapshot {path} is of version {told[1]}, and this motoolkit reads version {VERSION}.",
            remedy="Read the directory anew.",
        )
    return tuple(_snapshot(each) for each in read["snapshots"])


def _snapshot(read: dict[str, Any]) -> Snapshot:
    kept = {part: tuple(restored(shape, each) for each in read[part]) for part, shape in _PARTS.items()}
    return Snapshot(header=restored(Header, read["header"]), **kept)


def restored(shape: type[T], read: dict[str, Any]) -> T:
    """Return a record as ``orjson`` wrote it."""
    for each in fields(shape):  # type: ignore[arg-type]  # it is a dataclass
        value, kind = read.get(each.name), str(each.type)
        if value is None:
            continue
        if kind.startswith("datetime"):
            read[each.name] = datetime.fromisoformat(value)
        elif kind.startswith("tuple"):
            read[each.name] = tuple(value)
        elif kind.startswith("Mapping[str, tuple"):
            read[each.name] = {name: tuple(texts) for name, texts in value.items()}
    return shape(**read)


def frames(snapshot: Snapshot, *, show_cpr: bool = False) -> dict[str, pd.DataFrame]:
    """Return a snapshot as frames: accounts, groups, members, ous, tombstones.

    Args:
        snapshot: of one directory.
        show_cpr: write CPR numbers out; else they are masked.
    """
    import pandas as pd

    made = {
        part: pd.DataFrame(
            [_row(each, show_cpr=show_cpr) for each in getattr(snapshot, part)], columns=_columns(shape)
        )
        for part, shape in _PARTS.items()
    }
    links = [(group.guid, member) for group in snapshot.groups for member in group.members]
    return made | {"members": pd.DataFrame(links, columns=["group", "member"])}


def _columns(shape: type[Any]) -> list[str]:
    return [each.name for each in fields(shape) if each.name not in {"attributes", "members"}]


def _row(record: Any, *, show_cpr: bool) -> dict[str, Any]:
    row = {name: getattr(record, name) for name in _columns(type(record))}
    if row.get("cpr") and not show_cpr:
        row["cpr"] = mask(row["cpr"])
    return row
