"""Whether a listener fares well, in one sentence for whoever looks after the service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from motoolkit.model import mask_all

if TYPE_CHECKING:
    from datetime import datetime

    from motoolkit.events._stats import State, Stats

_PATIENCE: Final = timedelta(seconds=90)
"""How long MO may say nothing: an idle listener asks every five seconds, an ill one every thirty."""
_AT_WORK: Final[frozenset[State]] = frozenset({"listening", "paused"})
_WORDS: Final[dict[State, str]] = {
    "new": "The listener has not begun.",
    "declaring": "The listener is asking MO to keep events for it.",
    "ill": "MO does not answer as it should.",
    "stopping": "The listener is stopping.",
    "stopped": "The listener has stopped.",
}


@dataclass(frozen=True, slots=True)
class Health:
    """How a listener fares; ``sentence`` says what is wrong, or that nothing is."""

    ok: bool
    sentence: str
    state: State
    seconds_since_answer: float | None

    def as_json(self, listener: str) -> dict[str, Any]:
        """Return what ``/health`` answers."""
        return {
            "status": "ok" if self.ok else "ill",
            "listener": listener,
            "state": self.state,
            "message": self.sentence,
            "seconds_since_answer": self.seconds_since_answer,
        }


def examine(stats: Stats, now: datetime) -> Health:
    """Judge a listener by its numbers at a moment.

    MO is not asked while a listener is paused or has its hands full, so that silence is no illness then; a
    handler that does not end is told of by itself.
    """
    heard = stats.last_answer or stats.started
    silent = now - heard if heard else None
    trouble = _trouble(stats, silent)
    seconds = round((now - stats.last_answer).total_seconds(), 1) if stats.last_answer else None
    return Health(trouble is None, trouble or "The listener listens.", stats.state, seconds)


def _trouble(stats: Stats, silent: timedelta | None) -> str | None:
    if stats.problem:
        return mask_all(stats.problem)
    if stats.state not in _AT_WORK:
        return _WORDS[stats.state]
    if stats.state == "listening" and not stats.in_hand and silent is not None and silent > _PATIENCE:
        return f"MO has not answered for {silent.total_seconds():.0f} seconds."
    return None
