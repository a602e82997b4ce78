"""How much to ask MO for, and how long to wait when nothing comes."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_FIRST_PAUSE: Final = 0.1
_AWAKE_PAUSE: Final = 1.0
"""Seconds between two looks while something may come: a new event is seen within two."""
_ASLEEP_PAUSE: Final = 5.0
_SECONDS_AWAKE: Final = 60.0
_GROWTH: Final = 2


class Pace:
    """Asks the more of a listener the more it gives, and the less often the longer all are silent.

    Args:
        batch: the most to ask for in one request.
        now: the monotonic time.
    """

    def __init__(self, batch: int, now: float) -> None:
        self._batch = batch
        self._appetite: dict[str, int] = {}
        self._turn = 0
        self._pause = _FIRST_PAUSE
        self._last = now

    def ask(self, listeners: Sequence[str], room: int) -> list[str]:
        """Return whose queue each of at most ``room`` fetches of one request is for.

        Each listener is asked once at least, in turns where there is less room than listeners.
        """
        self._turn += 1
        start = self._turn % max(len(listeners), 1)
        turned = [*listeners[start:], *listeners[:start]]
        wanted = {one: self._appetite.get(one, 1) for one in turned}
        rounds = ((one for one in turned if wanted[one] > n) for n in range(self._batch))
        return list(islice(chain.from_iterable(rounds), max(0, min(room, self._batch))))

    def learn(self, asked: Sequence[str], got: Sequence[str], now: float) -> None:
        """Take in whose fetches gave an event; an empty one proves nothing, since MO may err (measured)."""
        for one in set(asked):
            fetches, events = asked.count(one), got.count(one)
            self._appetite[one] = min(self._batch, fetches * _GROWTH if events == fetches else max(1, events))
        if got:
            self._last, self._pause = now, _FIRST_PAUSE

    def pause(self, now: float) -> float:
        """Return how many seconds to wait after an answer without events."""
        longest = _AWAKE_PAUSE if now - self._last < _SECONDS_AWAKE else _ASLEEP_PAUSE
        seconds, self._pause = self._pause, min(longest, self._pause * _GROWTH)
        return min(seconds, longest)
