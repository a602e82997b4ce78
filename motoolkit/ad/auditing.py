"""An audit as one asks for it: directories, or snapshots of them, held against the last reads of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from motoolkit.ad._audit import audit, moment_of
from motoolkit.ad.readings import Readings
from motoolkit.ad.snapshot import load
from motoolkit.ad.stuck import Waits, stuck_events
from motoolkit.errors import InputError
from motoolkit.model import today_in_denmark

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date

    from motoolkit.ad._audit import AdAudit
    from motoolkit.ad.records import Snapshot
    from motoolkit.ad.source import DirectorySource
    from motoolkit.client import Client
    from motoolkit.mirror import Mirror


def audited(
    sources: Sequence[DirectorySource],
    mirror: Mirror,
    client: Client | None = None,
    *,
    as_of: date,
    snapshots: Iterable[str | Path] = (),
    once: bool = False,
) -> AdAudit:
    """Compare directories with MO, read critical findings a second time, and close the directories.

    Args:
        sources: the directories, from ``connect_ad``.
        mirror: MO; what was read of the directories is kept in it, against mass disappearance.
        client: MO itself, for the second read.
        as_of: the day that is today.
        snapshots: files that hold the directories as they were, instead of reading them; nothing of these
            can be read a second time.
        once: do not read a second time; critical findings stay undecided.

    Raises:
        AdError: a directory can not be read, or not to its end.
        InputError: the snapshots hold none of the directories.
    """
    try:
        settings = {source.settings.name: source.settings for source in sources}
        kept = Readings(mirror)
        files = [Path(path) for path in snapshots]
        now = moment_of(as_of)
        # What waits, waits today, whatever day is asked for.
        waits = Waits()
        if client is not None and as_of == today_in_denmark():
            waits = stuck_events(client, settings.values(), now)
        found = audit(
            _of_directories(files, settings) if files else sources,
            mirror,
            settings.values(),
            as_of=as_of,
            now=now,
            previous=kept.last(),
            waits=waits,
        )
        if not (once or files):
            found.confirm(client)
        kept.keep(found.believed_headers())
    finally:
        for source in sources:
            source.close()
    return found


def _of_directories(files: Iterable[Path], names: Collection[str]) -> list[Snapshot]:
    """Return what files hold of these directories; others in them are left out."""
    held = [snapshot for file in files for snapshot in load(file)]
    found = [snapshot for snapshot in held if snapshot.header.ad in names]
    if not found:
        told = ", ".join(sorted({snapshot.header.ad for snapshot in held})) or "nothing"
        raise InputError(
            f"The snapshots hold none of the directories {', '.join(sorted(names))}; they hold {told}.",
            remedy="Give a snapshot of one of them, or choose another profile or --directory.",
        )
    return found
