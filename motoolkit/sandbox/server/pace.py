"""A real MO's pace: what it takes over each object and each mutation, one request after another."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from motoolkit.sandbox.server.nesting import nested_weight

if TYPE_CHECKING:
    from motoolkit.sandbox.server.reading import Asked

REGISTRATION_SHARE: Final = 1 / 8
"""What a registration costs of an object (measured: 0.5 ms beside 4 ms)."""

MUTATION_SHARE: Final = 12
"""What a mutation costs of an object (measured: 27 to 58 ms beside 4 ms, 48 in a document of hirings)."""

REQUEST_SHARE: Final = 4
"""What a request costs of an object, whatever it asks (measured: 15 ms beside 4 ms)."""


class Pace:
    """Lets answers take as long as a real MO's.

    Args:
        milliseconds: what each object takes; 0 answers at once.
    """

    def __init__(self, milliseconds: float = 0.0) -> None:
        self._seconds = milliseconds / 1000
        # One MO process computes one answer at a time (measured: parallel requests gain nothing).
        self._busy = asyncio.Lock()

    async def keep(self, body: dict[str, Any], asked: Asked) -> None:
        """Wait as long as a real MO would take over the objects and the mutations of an answer."""
        if not self._seconds:
            return
        data = body.get("data") or {}
        weight = _weight(data) + (nested_weight(asked.query, data) if data else 0.0)
        async with self._busy:
            await asyncio.sleep(self._seconds * weight)


def _weight(data: dict[str, Any]) -> float:
    answers = [answer for answer in data.values() if isinstance(answer, dict)]
    read = [page["objects"] for page in answers if "objects" in page]
    registrations = sum(len(objects) for objects in read if objects and "model" in objects[0])
    written = sum("uuid" in answer for answer in answers)
    others = sum(map(len, read)) - registrations
    return REQUEST_SHARE + others + registrations * REGISTRATION_SHARE + written * MUTATION_SHARE
