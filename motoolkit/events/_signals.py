"""Stopping on SIGTERM and SIGINT, where a listener runs in the main thread."""

from __future__ import annotations

import asyncio
import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)


@contextmanager
def stopping_on_signals(stop: Callable[[], None]) -> Iterator[None]:
    """Call ``stop`` at the first of the signals; a second one does what it did before.

    Does nothing in other threads, or where the event loop takes no signals.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    before = {number: signal.getsignal(number) for number in _SIGNALS}

    def restore() -> None:
        for number, handler in before.items():
            loop.remove_signal_handler(number)
            if handler is not None:
                signal.signal(number, handler)
        before.clear()

    def received() -> None:
        restore()
        stop()

    try:
        for number in _SIGNALS:
            loop.add_signal_handler(number, received)
    except NotImplementedError:
        before.clear()
    try:
        yield
    finally:
        restore()
