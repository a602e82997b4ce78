"""What time it is for MO, to be shown to people; nothing is ever decided by it."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from motoolkit.client import Client


def mo_time(client: Client) -> datetime:
    """Return the ``Date`` of an answer of MO's that needs no login; our own time where there is none."""
    import httpx

    try:
        date = client.transport.http.get("/version/", auth=None).headers.get("date")
    except httpx.HTTPError:
        date = None
    return parsedate_to_datetime(date).astimezone(UTC) if date else datetime.now(UTC)
