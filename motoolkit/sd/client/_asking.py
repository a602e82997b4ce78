"""One question to SD-Løn: from the cache, or over the wire, again where that may help."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final, TypeVar

import stamina

from motoolkit.errors import (
    SdClosedError,
    SdTransportError,
    SdUnreadableError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from motoolkit.sd.client._body import Body
    from motoolkit.sd.client._cache import AnswerCache
    from motoolkit.sd.client._hours import OpeningHours
    from motoolkit.sd.client._wire import Wire

T = TypeVar("T")
_ATTEMPTS: Final = 5
_SECONDS_IN_ALL: Final = 600.0
_SECONDS_AFTER_CLOSED: Final = 15.0
_LONGEST_WAIT: Final = 120.0


def again(error: Exception) -> bool | float:
    """Decide after a failed attempt: give up (False), wait as usual (True), or wait so many seconds."""
    if isinstance(error, SdClosedError):
        asked = error.retry_after or _SECONDS_AFTER_CLOSED
        return asked if error.repeatable and asked <= _LONGEST_WAIT else False
    return isinstance(error, SdTransportError | SdUnreadableError) and error.repeatable


class Asker:
    """Asks, within opening hours; keeps what was answered.

    Args:
        wire: to SD.
        cache: of raw answers.
        hours: when SD may be asked.
    """

    def __init__(self, wire: Wire, cache: AnswerCache, hours: OpeningHours) -> None:
        self.wire = wire
        self.cache = cache
        self.hours = hours
        self._one_history = threading.Lock()

    def ask(
        self,
        path: str,
        query: Mapping[str, str],
        read: Callable[[Body], T],
        *,
        fresh: bool = False,
        worth_keeping: Callable[[T], bool] = lambda _: True,
    ) -> T:
        """Return what ``read`` makes of an answer.

        Args:
            path: of the service.
            query: its parameters.
            read: makes something of an answer, or raises what is wrong with it.
            fresh: ask even where an answer is kept.
            worth_keeping: whether an answer of which that was made is kept.

        Raises:
            SdError: there is no usable answer.
        """
        kept = None if fresh else self.cache.find(path, query)
        if kept is not None:
            try:
                return read(kept)
            except SdUnreadableError:  # of another version of the toolkit; asked for anew
                pass
        for attempt in stamina.retry_context(
            on=again,
            attempts=_ATTEMPTS,
            timeout=_SECONDS_IN_ALL,
            wait_initial=1.0,
            wait_max=30.0,
        ):
            with attempt:
                return self._attempt(path, query, read, worth_keeping)
        raise AssertionError

    def _attempt(
        self,
        path: str,
        query: Mapping[str, str],
        read: Callable[[Body], T],
        worth_keeping: Callable[[T], bool],
    ) -> T:
        self.hours.check()
        body = self.wire.ask(path, query)
        # Who is not there may be soon: only what is there is kept.
        result = read(body)
        if worth_keeping(result):
            self.cache.keep(path, query, body)
        return result

    def ask_alone(self, path: str, read: Callable[[Body], T], *, fresh: bool = False) -> T:
        """Ask as ``ask`` does, but one at a time, which spares SD the parent histories.

        Raises:
            SdError: there is no usable answer.
        """
        with self._one_history:
            return self.ask(path, {}, read, fresh=fresh)
