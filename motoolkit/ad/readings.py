"""Of which reads the directories were, kept beside the mirror: what a directory held the last time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import orjson

from motoolkit.ad.records import Header
from motoolkit.ad.snapshot import restored

if TYPE_CHECKING:
    from collections.abc import Iterable

    from motoolkit.mirror import Mirror

_TABLES: Final = {"readings": "ad VARCHAR, header VARCHAR"}


class Readings:
    """The header of each directory's last read, in a mirror's file; of a mirror in memory they go with it."""

    def __init__(self, mirror: Mirror) -> None:
        self._shelf = mirror.shelf("directories", _TABLES)

    def last(self) -> dict[str, Header]:
        """Return them by the directory's name."""
        rows = self._shelf.query("SELECT ad, header FROM directories.readings")
        return {ad: restored(Header, orjson.loads(text)) for ad, text in rows}

    def keep(self, headers: Iterable[Header]) -> None:
        """Keep these instead of the last ones of the same directories."""
        with self._shelf.transaction():
            for header in headers:
                self._shelf.query("DELETE FROM directories.readings WHERE ad = ?", [header.ad])
                text = orjson.dumps(header).decode()
                self._shelf.add("readings", ("ad", "header"), [(header.ad, text)])
