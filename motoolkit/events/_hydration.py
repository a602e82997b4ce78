"""What changed, brought to the events: read from MO in batches, compared with a mirror that follows."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from motoolkit.events._handlers import in_thread

if TYPE_CHECKING:
    from collections.abc import Callable

    from motoolkit.client import Client
    from motoolkit.events._event import Event
    from motoolkit.mirror import Mirror


class Hydration:
    """A mirror that follows the events of a listener, and tells them what changed.

    All that it does takes place in threads, one thing at a time.

    Args:
        mirror: a loaded mirror.
        connect: makes the synchronous client that the mirror reads with.
    """

    def __init__(self, mirror: Mirror, connect: Callable[[], Client]) -> None:
        self._mirror = mirror
        self._client = connect()
        self._follower = mirror.follower(self._client)
        self._lock = asyncio.Lock()

    async def begin(self, queues: list[str]) -> None:
        """Take in what changed before MO began to keep events for us in these queues.

        Raises:
            MoError: MO can not be read.
        """
        async with self._lock:
            await in_thread(self._catch_up, queues)

    def _catch_up(self, queues: list[str]) -> None:
        if not self._follower.follows(queues):
            self._mirror.refresh(self._client)
            self._follower.note(queues)

    async def hydrate(self, events: list[Event]) -> list[Event]:
        """Return the events with what the mirror had and MO has now; the mirror has it from here on.

        Raises:
            MoError: MO can not be read.
        """
        wanted: dict[str, dict[str, None]] = defaultdict(dict)
        for event in events:
            if event.collection and event.collection.name in self._follower.collections:
                wanted[event.collection.name][event.subject] = None
        if not wanted:
            return events
        async with self._lock:
            rows = await in_thread(self._follower.take, {name: list(uuids) for name, uuids in wanted.items()})
        return [
            replace(event, rows=rows.get((event.collection.name, event.subject)))
            if event.collection
            else event
            for event in events
        ]

    async def settle(self, events: list[Event]) -> None:
        """Let the mirror forget what these events came to tell: they were acknowledged."""
        keys = [
            (event.collection.name, event.subject, event.rows[1])
            for event in events
            if event.collection and event.rows
        ]
        if keys:
            async with self._lock:
                await in_thread(self._follower.settle, keys)

    def close(self) -> None:
        """Close the client."""
        self._client.close()
