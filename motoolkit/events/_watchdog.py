"""A thread that sees when a handler blocks the event loop, and tells which."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.events._stats import Tally

_log = logging.getLogger("motoolkit.events")
_SECONDS_BETWEEN_BEATS: Final = 0.2
SECONDS_BLOCKED: Final = 2.0
"""How late the loop may be; nothing of MO's is fetched or acknowledged meanwhile."""


@contextmanager
def watched(tally: Tally) -> Iterator[None]:
    """Watch the running event loop, and log and count each time that it stands still."""
    watchdog = _Watchdog(asyncio.get_running_loop(), tally)
    watchdog.start()
    try:
        yield
    finally:
        watchdog.stop()


class _Watchdog:
    def __init__(self, loop: asyncio.AbstractEventLoop, tally: Tally) -> None:
        self._loop = loop
        self._tally = tally
        self._beat = time.monotonic()
        self._told = ""
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="motoolkit watchdog", daemon=True)
        self._timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        self._tick()
        self._thread.start()

    def stop(self) -> None:
        self._over.set()
        if self._timer is not None:
            self._timer.cancel()

    def _tick(self) -> None:
        self._beat = time.monotonic()
        if self._told:
            if self._tally.stats.problem == self._told:
                self._tally.set(problem=None)
            self._told = ""
        self._timer = self._loop.call_later(_SECONDS_BETWEEN_BEATS, self._tick)

    def _watch(self) -> None:
        while not self._over.wait(_SECONDS_BETWEEN_BEATS):
            if time.monotonic() - self._beat > SECONDS_BLOCKED and not self._told:
                self._tell()

    def _tell(self) -> None:
        culprit = _culprit(self._loop)
        if culprit is None:
            return
        self._told = f"{culprit} blocks the event loop"
        self._tally.add(blocked=1)
        self._tally.set(problem=self._told)
        _log.warning(
            "%s blocks the event loop: nothing else is handled meanwhile. "
            "Define it as a plain `def`, which runs in a thread, or await what takes its time.",
            culprit,
        )


def _culprit(loop: asyncio.AbstractEventLoop) -> str | None:
    task: asyncio.Task[Any] | None = asyncio.current_task(loop)
    return None if task is None else task.get_name()
