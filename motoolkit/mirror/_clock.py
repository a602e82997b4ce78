"""What time it is for MO; this machine's own clock is never compared with MO's timestamps."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from motoolkit.client import Client


def mo_time(client: Client) -> datetime:
    """Return the ``Date`` of an answer of MO's, which needs no login."""
    import httpx

    answer = httpx.get(f"{client.url}/version/", timeout=30, follow_redirects=True)
    return parsedate_to_datetime(answer.headers["date"]).astimezone(UTC)
