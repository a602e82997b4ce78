"""Handling one event: all its handlers in turn, with an eye on the time."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING, Final

from motoolkit.model import mask_all

if TYPE_CHECKING:
    from motoolkit.events._event import Event
    from motoolkit.events._handlers import Handler, Handlers
    from motoolkit.events._stats import Tally

_log = logging.getLogger("motoolkit.events")
_SMOOTHING: Final = 0.1


class Work:
    """Runs handlers, and knows how long they take.

    Args:
        handlers: who handles what.
        hang_after: seconds that a handler may take; an ``async`` one is then cancelled, a plain one can only
            be waited for, and keeps its place and its subject until it ends.
        tally: where it is counted.
    """

    def __init__(self, handlers: Handlers, hang_after: float, tally: Tally) -> None:
        self._handlers = handlers
        self._hang_after = hang_after
        self._tally = tally
        self.seconds = 0.0

    async def do(self, event: Event) -> str | None:
        """Handle an event; return None, or what went wrong in one line.

        All handlers of the routing key must succeed; after one that fails the rest are not begun.
        """
        began = time.monotonic()
        for handler in self._handlers.of(event.routing_key):
            if problem := await self._run(handler, event):
                _log.error(
                    "%s failed with %s %s: %s",
                    handler.name,
                    event.routing_key,
                    event.subject,
                    problem,
                    extra=_facts(event, began, "failed"),
                )
                return problem
        self.seconds += _SMOOTHING * (time.monotonic() - began - self.seconds)
        _log.info("%s %s handled", event.routing_key, event.subject, extra=_facts(event, began, "handled"))
        return None

    async def _run(self, handler: Handler, event: Event) -> str | None:
        running = handler.begin(event)
        try:
            done, _ = await asyncio.wait({running}, timeout=self._hang_after)
            if not done:
                return await self._hanging(handler, event, running)
        except asyncio.CancelledError:
            running.cancel()
            raise
        return _problem(running)

    async def _hanging(self, handler: Handler, event: Event, running: asyncio.Future[object]) -> str | None:
        """Say that a handler hangs, and wait for it: two at once must never handle one subject."""
        _log.error(
            "%s has not ended after %g s with %s %s",
            handler.name,
            self._hang_after,
            event.routing_key,
            event.subject,
            extra={"outcome": "hanging", "routing_key": event.routing_key, "subject": event.subject},
        )
        problem = f"{handler.name} hangs with {event.routing_key} {event.subject}"
        self._tally.add(hanging=1)
        self._tally.set(problem=problem)
        try:
            if handler.is_async:
                running.cancel()
            await asyncio.wait({running})
        finally:
            self._tally.add(hanging=-1)
            if self._tally.stats.problem == problem:
                self._tally.set(problem=None)
        if running.cancelled():
            return f"hung for {self._hang_after:g} s and was cancelled"
        return _problem(running)


def _problem(done: asyncio.Future[object]) -> str | None:
    if done.cancelled():
        return "was cancelled"
    error = done.exception()
    if error is None:
        return None
    if isinstance(error, SystemExit | KeyboardInterrupt):
        raise error
    _log.debug("", exc_info=error)
    return mask_all(f"{type(error).__name__}: {error}".rstrip(": "))


def _facts(event: Event, began: float, outcome: str) -> dict[str, object]:
    return {
        "outcome": outcome,
        "routing_key": event.routing_key,
        "subject": event.subject,
        "seconds": round(time.monotonic() - began, 3),
    }
