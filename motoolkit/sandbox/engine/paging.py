"""Pages by UUID: a cursor holds the last UUID that was given, and nothing else."""

from __future__ import annotations

import base64
import binascii
import json
from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class CursorError(Exception):
    """A cursor that MO can not read."""


def encode(last: str) -> str:
    """Return the cursor after ``last``; the digits in front are decoration, as in MO."""
    payload = base64.b64encode(json.dumps({"last": last}).encode()).decode()
    return f"{binascii.crc32(last.encode()) & 0xFFFFFF:06x}:{payload}"


def decode(cursor: str) -> str:
    """Return the UUID that a cursor holds.

    Raises:
        CursorError: it is none of ours; older releases of MO wrote others.
    """
    try:
        last = json.loads(base64.b64decode(cursor.partition(":")[2], validate=True))["last"]
    except (ValueError, KeyError, TypeError):
        raise CursorError(f"Invalid cursor: {cursor}") from None
    return str(last)


def page(uuids: Sequence[str], limit: int | None, cursor: str | None) -> tuple[Sequence[str], str | None]:
    """Return a page of sorted UUIDs and the cursor of the next, None on the last page.

    No limit is everything; a limit of zero or less is an empty last page (measured).
    """
    start = bisect_right(uuids, decode(cursor)) if cursor else 0
    if limit is None:
        return uuids[start:], None
    if limit <= 0:
        return (), None
    chosen = uuids[start : start + limit]
    more = start + limit < len(uuids)
    return chosen, encode(chosen[-1]) if more else None
