"""Events in hand: what waits and what is being handled, one of a subject at a time and in order."""

from __future__ import annotations

from collections import OrderedDict
from enum import Enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import timedelta

    from motoolkit.events._event import Event

_REMEMBERED: Final = 20_000
"""Handled tokens that are known again when MO hands them out once more."""


class Put(Enum):
    """What became of an event that was put into the inbox."""

    NEW = "new"
    DUPLICATE = "in hand already"
    HANDLED = "handled before"
    MERGED = "merged"


class Inbox:
    """What a listener holds.  Not for several threads.

    MO keeps one event a subject and listener: a newer one makes the token of the older worthless (measured),
    so it takes the place of one that still waits.

    Args:
        patience: how long an event may wait; MO hands it out to whoever asks after that, so it is let go.
    """

    def __init__(self, patience: timedelta) -> None:
        self._patience = patience
        self._waiting: OrderedDict[tuple[str, str], Event] = OrderedDict()
        self._busy: dict[str, Event] = {}
        self._handled: OrderedDict[str, None] = OrderedDict()

    def __len__(self) -> int:
        return len(self._waiting) + len(self._busy)

    @property
    def subjects(self) -> set[str]:
        """The subjects of everything in hand."""
        return {subject for _, subject in self._waiting} | set(self._busy)

    @property
    def waiting(self) -> list[Event]:
        """What was not begun."""
        return list(self._waiting.values())

    def put(self, event: Event) -> Put:
        """Take an event in, unless it is here already or was handled."""
        key = (event.routing_key, event.subject)
        held, busy = self._waiting.get(key), self._busy.get(event.subject)
        if event.token in self._handled:
            return Put.HANDLED
        if event.token in {one.token for one in (held, busy) if one}:
            return Put.DUPLICATE
        self._waiting[key] = event
        return Put.MERGED if held else Put.NEW

    def take(self) -> Event | None:
        """Return the first event whose subject nobody is busy with; it is to be ``released``."""
        for key, event in self._waiting.items():
            if event.subject not in self._busy:
                del self._waiting[key]
                self._busy[event.subject] = event
                return event
        return None

    def release(self, event: Event, *, handled: bool) -> None:
        """Let the next event of the subject begin; one that was handled is known when it comes again."""
        del self._busy[event.subject]
        if handled:
            self._handled[event.token] = None
            while len(self._handled) > _REMEMBERED:
                self._handled.popitem(last=False)

    def drop_stale(self, event: Event) -> list[Event]:
        """Let go of what has waited for too long when ``event`` came, and return it."""
        stale = [e for e in self._waiting.values() if event.received - e.received > self._patience]
        return self.drop(stale)

    def drop(self, events: Iterable[Event]) -> list[Event]:
        """Let go of events that were not begun, and return them."""
        return [
            event
            for event in list(events)
            if self._waiting.pop((event.routing_key, event.subject), None) is not None
        ]
