"""Being polite, and knowing when to stop: the time that is left, the failures, and MO's own pace."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from motoolkit.errors import AuthenticationError, BusyError, MoError, QueryError, TransportError
from motoolkit.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from motoolkit.client import Client

_MOST_FAILURES: Final = 2
"""Cut connections that a run survives."""
_CONTROL: Final = "query($limit: int) { engagements(limit: $limit) { objects { uuid } } }"
_OBJECTS: Final = 50


class StoppedError(Exception):
    """The run must end here; what was measured is kept."""


@dataclass(slots=True)
class Pace:
    """What all requests of a run go through.

    Attributes:
        client: the MO.
        seconds: how long the run may take.
        control: how long the same small query took, from the first round to the last.
        stopped: why the run ended early, in words.
    """

    client: Client
    seconds: float
    control: list[float] = field(default_factory=list)
    stopped: str = ""
    _began: float = field(default_factory=time.monotonic)
    _failures: int = 0

    @property
    def left(self) -> float:
        """How many seconds are left."""
        return self._began + self.seconds - time.monotonic()

    def send(self, request: Callable[[], Any]) -> Any:
        """Make a request, if there is time for one; None when its connection was cut.

        Raises:
            StoppedError: the time is over, or MO shows a sign that it has enough.
            QueryError, InputError: the request itself is wrong; it is never made again.
        """
        if self.left <= 0:
            self._stop(tr("The time of {seconds} seconds was over.", seconds=f"{self.seconds:g}"))
        try:
            return request()
        except (BusyError, AuthenticationError) as error:
            self._stop(tr("It was stopped, for MO has enough: {error}", error=error.message))
        except TransportError as error:
            self._failures += 1
            if self._failures > _MOST_FAILURES:
                self._stop(tr("It was stopped after several failures: {error}", error=error.message))
            return None
        except KeyboardInterrupt:
            self._stop(tr("It was stopped by hand."))

    def _stop(self, why: str) -> None:
        self.stopped = why
        raise StoppedError(why) from None

    def check(self) -> None:
        """Measure MO's own pace by a small query that is always the same.

        Raises:
            StoppedError: as ``send``.
        """
        try:
            timed = self.send(lambda: self.client.timed(_CONTROL, {"limit": _OBJECTS}))
        except QueryError as error:
            self._stop(error.message)
        if timed is not None:
            self.control.append(timed.whole)


def refusal(error: MoError) -> str:
    """Return why a probe can not be measured, as one sentence with its remedy."""
    return str(error)
