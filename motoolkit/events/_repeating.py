"""Sending a mutation again after a lost answer, where that does no harm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

import stamina

from motoolkit.errors import BusyError, TransportError

if TYPE_CHECKING:
    from collections.abc import Callable

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
    for attempt in stamina.retry_context(on=_again, attempts=_ATTEMPTS, wait_initial=0.5, wait_max=10.0):
        with attempt:
            return send()
    raise AssertionError


def _again(error: Exception) -> bool | float:
    if isinstance(error, BusyError):
        return max(_BUSY_WAIT, error.retry_after or 0.0)
    return isinstance(error, TransportError) and error.repeatable
