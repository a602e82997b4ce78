"""The numbers of a listener: what came, what became of it, and how MO fares."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from datetime import datetime

State = Literal["new", "declaring", "listening", "paused", "ill", "stopping", "stopped"]


@dataclass(frozen=True, slots=True)
class Stats:
    """A listener at one moment.

    Attributes:
        state: what it does; ``ill`` means that MO does not answer as it should, and ``problem`` tells how.
        fetched: events that MO handed out, again or for the first time.
        handled: events whose handlers all succeeded.
        acknowledged: handled events that MO has let go of.
        failed: attempts in which a handler raised, hung or was cut; MO hands their events out again.
        duplicates: events handed out again while they were in hand or after they had been handled.
        merged: events that a newer one of the same subject replaced before they were begun.
        requests: requests to MO about events.
        in_hand: events that wait or are being handled now.
        blocked: times that a handler blocked the event loop.
        hanging: handlers that have gone on for longer than ``hang_after`` and still do.
    """

    state: State = "new"
    started: datetime | None = None
    fetched: int = 0
    handled: int = 0
    acknowledged: int = 0
    failed: int = 0
    duplicates: int = 0
    merged: int = 0
    requests: int = 0
    in_hand: int = 0
    blocked: int = 0
    hanging: int = 0
    last_event: datetime | None = None
    last_answer: datetime | None = None
    problem: str | None = None

    def __str__(self) -> str:
        told = f"{self.handled} of {self.fetched} events handled, {self.acknowledged} acknowledged"
        rest = {"failed": self.failed, "again": self.duplicates, "merged": self.merged}
        more = "".join(f", {number} {word}" for word, number in rest.items() if number)
        return f"{self.state}: {told}{more} ({self.requests} requests)"


class Tally:
    """Where a listener counts, from its event loop and from other threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.stats = Stats()

    def add(self, **counts: int) -> None:
        """Add to numbers."""
        with self._lock:
            sums = {name: getattr(self.stats, name) + more for name, more in counts.items()}
            self.stats = replace(self.stats, **sums)

    def set(self, **values: Any) -> None:
        """Replace values."""
        with self._lock:
            self.stats = replace(self.stats, **values)
