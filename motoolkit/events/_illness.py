"""What to do while MO is ill: wait, longer each time, and say so once."""

from __future__ import annotations

import logging
import random
from typing import TYPE_CHECKING, Final

from motoolkit.errors import BusyError, TransportError

if TYPE_CHECKING:
    from motoolkit.errors import MoError
    from motoolkit.events._stats import Tally

_log = logging.getLogger("motoolkit.events")
_FIRST_WAIT: Final = 0.25
_LONGEST_WAIT: Final = 30.0
_BUSY_WAIT: Final = 5.0
"""Seconds, from the second time on: a MO out of database connections stalls each request for 30."""


class Illness:
    """How long MO has not answered as it should."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._wait = 0.0
        self.lasts = False

    def begin(self, error: MoError) -> float:
        """Note a failed request and return how many seconds to wait before the next."""
        if not self.lasts:
            self.lasts = True
            _log.warning("MO does not answer as it should; waiting. %s", error)
        self._tally.set(state="ill", problem=error.message)
        is_busy = isinstance(error, BusyError) and error.status is None and self._wait > 0
        least = _BUSY_WAIT if is_busy else _FIRST_WAIT
        self._wait = min(_LONGEST_WAIT, max(least, self._wait * 2))
        asked = (error.retry_after or 0.0) if isinstance(error, TransportError) else 0.0
        return max(asked, self._wait * random.uniform(0.5, 1.0))  # noqa: S311 - no secret

    def end(self) -> bool:
        """Note an answer; tell whether an illness has ended with it."""
        if not self.lasts:
            return False
        self.lasts, self._wait = False, 0.0
        self._tally.set(state="listening", problem=None)
        _log.info("MO answers again.")
        return True
