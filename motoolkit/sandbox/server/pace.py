"""A real MO's pace: what it takes over each object, and one request after another."""

from __future__ import annotations

import asyncio
from typing import Any, Final

REGISTRATION_SHARE: Final = 1 / 8
"""What a registration costs of an object (measured: 0.5 ms beside 4 ms)."""


class Pace:
    """Lets answers take as long as a real MO's.

    Args:
        milliseconds: what each object takes; 0 answers at once.
    """

    def __init__(self, milliseconds: float = 0.0) -> None:
        self._seconds = milliseconds / 1000
        # One MO process computes one answer at a time (measured: parallel requests gain nothing).
        self._busy = asyncio.Lock()

    async def keep(self, body: dict[str, Any]) -> None:
        """Wait as long as a real MO would take over the objects of an answer."""
        if not self._seconds:
            return
        async with self._busy:
            await asyncio.sleep(self._seconds * _weight(body.get("data") or {}))


def _weight(data: dict[str, Any]) -> float:
    pages = [page["objects"] for page in data.values() if isinstance(page, dict) and "objects" in page]
    return sum(
        len(objects) * (REGISTRATION_SHARE if objects and "model" in objects[0] else 1) for objects in pages
    )
