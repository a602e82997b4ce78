"""What the notebook about AD reads, beside what it shows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from motoolkit.ad._audit import audit, moment_of
from motoolkit.ad.mo import COLLECTIONS
from motoolkit.ad.phoning import phone_list, sheets, whom_to_phone
from motoolkit.ad.readings import Readings
from motoolkit.ad.snapshot import load
from motoolkit.mirror import mirror_now

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from motoolkit.ad._audit import AdAudit
    from motoolkit.ad.source import DirectorySource
    from motoolkit.client import Client
    from motoolkit.mirror import Mirror

__all__ = ["audited", "mirror_of", "phone_list", "sheets", "whom_to_phone"]


def mirror_of(client: Client, file: str | Path | None = None) -> Mirror:
    """Read MO, or only what has changed since it was read into a file.

    Args:
        client: MO.
        file: an encrypted mirror; it is made where there is none.
    """
    return mirror_now(client, COLLECTIONS, file)


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
    """
    try:
        settings = {source.settings.name: source.settings for source in sources}
        read = [each for path in snapshots for each in load(Path(path)) if each.header.ad in settings]
        kept = Readings(mirror)
        found = audit(
            read or sources,
            mirror,
            settings.values(),
            as_of=as_of,
            now=moment_of(as_of),
            previous=kept.last(),
        )
        if not (once or read):
            found.confirm(client)
        kept.keep(found.believed_headers())
    finally:
        for source in sources:
            source.close()
    return found
