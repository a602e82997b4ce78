"""Sending a mutation again after a lost answer, where that does no harm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

import stamina

from motoolkit.errors import BusyError, TransportError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

T = TypeVar("T")
_ATTEMPTS: Final = 5
_BUSY_WAIT: Final = 5.0


def repeated(send: Callable[[], T]) -> T:
    """Call ``send`` until an answer comes, five times at most.

    For what MO takes twice as it takes it once (measured): declaring, sending and refreshing events, and
    acknowledging them.

    Raises:
        TransportError: no usable answer came.
    """
    for attempt in _attempts():
        with attempt:
            return send()
    raise AssertionError


async def repeated_async(send: Callable[[], Awaitable[T]]) -> T:
    """Await what ``send`` returns until an answer comes, as ``repeated``.

    Raises:
        TransportError: no usable answer came.
    """
    async for attempt in _attempts():
        with attempt:
            return await send()
    raise AssertionError


def _attempts() -> Any:
    # stamina's own type is private; it is iterated with ``for`` or ``async for``.
    return stamina.retry_context(on=_again, attempts=_ATTEMPTS, wait_initial=0.25, wait_max=10.0)


def _again(error: Exception) -> bool | float:
    # Without a status it is MO itself that has no database connection left; a proxy may be over it at once.
    if isinstance(error, BusyError) and (error.status is None or error.retry_after):
        return max(_BUSY_WAIT, error.retry_after or 0.0)
    return isinstance(error, TransportError) and error.repeatable
