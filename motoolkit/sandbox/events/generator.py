"""What makes events of changes: a timer beside the server, as MO has a process of its own for it."""

from __future__ import annotations

import asyncio
import random
from typing import TYPE_CHECKING, Final, Literal

from motoolkit.sandbox.events._changes import collect
from motoolkit.sandbox.events._records import Mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from motoolkit.sandbox.world import World

Delay = float | Literal["real"]

QUICK: Final = 0.25
"""Seconds between two runs where nobody wants to wait."""

_SECOND: Final = 1.0
_PATIENCE: Final = 8
"""For how many runs a quick generator lets itself be put off."""

_SHORTEST: Final = 5
_LONGEST: Final = 90


class Generator:
    """Makes events of what changes in a world.

    It goes on from ``world.events.mark``; without one, from how the world is now, so what a municipality
    starts with raises no events.

    Args:
        world: whose changes.
        delay: seconds between two runs.  Less than one passes over a world that is being written to, so that
            what is written in one go is told in one go; ``real`` waits 5 to 90 at random, as MO does, lest
            anybody builds on events that come at once.
        busy: what the timer holds while it reads the world; who calls ``emit_now`` holds it already.
        keep: called after events were made, so that they are not forgotten.
    """

    def __init__(
        self,
        world: World,
        delay: Delay = QUICK,
        *,
        busy: asyncio.Lock | None = None,
        keep: Callable[[], object] | None = None,
    ) -> None:
        self._world = world
        self._delay: Delay = delay
        self._busy = busy or asyncio.Lock()
        self._keep = keep
        self._is_quick = delay != "real" and delay < _SECOND
        self._seen = world.written
        self._put_off = 0
        if world.events.mark is None:
            world.events.mark = Mark.of(world)

    async def run(self) -> None:
        """Emit again and again, until cancelled."""
        while True:
            await asyncio.sleep(self._pause())
            async with self._busy:
                if self._is_time():
                    self.emit_now()

    def emit_now(self) -> int:
        """Put an event to all who listen for each object that has changed, and return how many have."""
        events, until = self._world.events, Mark.of(self._world)
        changed = collect(self._world, events.mark or until, until)
        for key, uuid in changed:
            events.add(key, uuid)
        events.mark = until
        if changed and self._keep is not None:
            self._keep()
        return len(changed)

    def _is_time(self) -> bool:
        """Tell whether the world has been left alone since the last run, or was waited for long enough."""
        quiet, self._seen = self._world.written == self._seen, self._world.written
        self._put_off = 0 if quiet or self._put_off == _PATIENCE else self._put_off + 1
        return self._put_off == 0 or not self._is_quick

    def _pause(self) -> float:
        if self._delay == "real":
            return random.randint(_SHORTEST, _LONGEST)  # noqa: S311  # no secret
        return self._delay
