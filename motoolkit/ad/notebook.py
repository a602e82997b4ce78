"""What the notebook about AD reads, beside what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motoolkit.ad.auditing import audited
from motoolkit.ad.mo import COLLECTIONS
from motoolkit.ad.phoning import phone_list, sheets, whom_to_phone
from motoolkit.mirror import mirror_now

if TYPE_CHECKING:
    from pathlib import Path

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
