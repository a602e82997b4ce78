"""Acknowledging what was handled, many at a time, until MO has answered."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Final

from motoolkit.errors import AuthorisationError, InputError, MoError, SchemaError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from motoolkit.events._event import Event
    from motoolkit.events._queue import Queue
    from motoolkit.events._stats import Tally

_log = logging.getLogger("motoolkit.events")
_SECONDS_TO_GATHER: Final = 0.2


class Acknowledger:
    """Gathers handled events and acknowledges them together.

    A request whose answer was lost is sent again: to acknowledge twice does no harm (measured).

    Args:
        queue: where the events are from.
        batch: the most in one request.
        ill: called with what MO could not be told, and waits before it is told again.
        settled: called with what was acknowledged.
    """

    def __init__(
        self,
        queue: Queue,
        batch: int,
        tally: Tally,
        *,
        ill: Callable[[MoError], Awaitable[None]],
        settled: Callable[[list[Event]], Awaitable[None]],
    ) -> None:
        self._queue = queue
        self._batch = batch
        self._tally = tally
        self._ill = ill
        self._settled = settled
        self._handled: list[Event] = []
        self._more = asyncio.Event()
        self._full = asyncio.Event()
        self._closing = False

    def __len__(self) -> int:
        return len(self._handled)

    @property
    def subjects(self) -> set[str]:
        """The subjects of what was handled and is not yet acknowledged."""
        return {event.subject for event in self._handled}

    def add(self, event: Event) -> None:
        """Acknowledge an event soon."""
        self._handled.append(event)
        self._more.set()
        if len(self._handled) >= self._batch:
            self._full.set()

    def close(self) -> None:
        """Acknowledge what is left at once, and then end ``run``."""
        self._closing = True
        self._more.set()
        self._full.set()

    async def run(self) -> None:
        """Acknowledge until closed.

        Raises:
            AuthorisationError: the role acknowledge_event is missing.
        """
        while not self._closing or self._handled:
            await self._more.wait()
            if not self._closing:
                await self._gather()
            while self._handled:
                await self._send(self._handled[: self._batch])
                if len(self._handled) < self._batch and not self._closing:
                    break
            if not self._handled and not self._closing:
                self._more.clear()
            self._full.clear()

    async def _gather(self) -> None:
        try:
            async with asyncio.timeout(_SECONDS_TO_GATHER):
                await self._full.wait()
        except TimeoutError:
            pass

    async def _send(self, events: list[Event]) -> None:
        try:
            await self._queue.acknowledge([event.token for event in events])
        except (AuthorisationError, SchemaError):
            raise
        except InputError as error:
            _log.error("%s", error)
        except MoError as error:
            await self._ill(error)
            return
        del self._handled[: len(events)]
        self._tally.add(acknowledged=len(events))
        await self._settled(events)
