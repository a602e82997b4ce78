"""A mirror as MO is now, read anew or brought up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motoolkit.mirror._mirror import Mirror

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from motoolkit.client import Client


def mirror_now(client: Client, collections: Collection[str], file: str | Path | None = None) -> Mirror:
    """Read MO, or only what has changed since it was read into a file.

    Args:
        client: MO.
        collections: what the mirror must hold.
        file: an encrypted mirror; it is made where there is none.
    """
    mirror = Mirror.open(file or None)
    if mirror.info().complete and all(mirror.holds(collection) for collection in collections):
        mirror.refresh(client)
    else:
        mirror.load(client, collections)
    return mirror
