"""When a request is sent again, and how long is waited before."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final

import stamina
import stamina.instrumentation

from motoolkit.errors import BusyError, TransportError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from typing import Protocol

    from motoolkit.client._calls import Call

    class Attempts(Protocol):
        """What stamina returns: iterated with ``for`` or ``async for``."""

        def __iter__(self) -> Iterator[stamina.Attempt]: ...

        def __aiter__(self) -> AsyncIterator[stamina.Attempt]: ...


_ATTEMPTS: Final = 5
_BUSY_WAITS: Final = (5.0, 15.0, 30.0)
"""Seconds; a real MO out of database connections stalls each request for 30 s, so never hammer it."""
_LONGEST_WAIT: Final = 120.0
_SECONDS_IN_ALL: Final = 600.0

# stamina tells of retries by structlog where that is installed, and structlog prints on standard output,
# where results go.  Without a handler Python would print warnings into the middle of a notebook.
stamina.instrumentation.set_on_retry_hooks([stamina.instrumentation.LoggingOnRetryHook])
logging.getLogger("stamina").addHandler(logging.NullHandler())


class Backoff:
    """Decides after each failed attempt: give up (False), wait as usual (True), or wait so many seconds."""

    def __init__(self, call: Call[Any]) -> None:
        self._call = call
        self._busy = 0

    def __call__(self, error: Exception) -> bool | float:
        if not (self._call.repeatable and isinstance(error, TransportError)):
            return False
        if isinstance(error, BusyError):
            return self._after_busy(error)
        return error.repeatable

    def _after_busy(self, error: BusyError) -> bool | float:
        self._busy += 1
        if self._busy > len(_BUSY_WAITS) or not (error.repeatable or self._call.on_busy):
            return False
        if self._call.on_busy:
            self._call.on_busy()
        asked = error.retry_after or 0.0
        return False if asked > _LONGEST_WAIT else max(asked, _BUSY_WAITS[self._busy - 1])


def attempts(call: Call[Any]) -> Attempts:
    """Return the attempts at a call, as stamina counts and spaces them."""
    return stamina.retry_context(
        on=Backoff(call),
        attempts=(call.attempts or _ATTEMPTS) if call.repeatable else 1,
        timeout=_SECONDS_IN_ALL,
        wait_initial=0.5,
        wait_max=15.0,
        wait_jitter=1.0,
    )
