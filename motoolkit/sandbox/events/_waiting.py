"""Events that wait, in the order in which they are handed out, however many there are."""

from __future__ import annotations

from datetime import timedelta
from heapq import heapify, heappop, heappush
from itertools import count
from operator import attrgetter
from typing import TYPE_CHECKING, Final, TypeVar

from motoolkit.sandbox.events._records import Pending
from motoolkit.sandbox.events._table import Grouped

if TYPE_CHECKING:
    from datetime import datetime

    from motoolkit.sandbox.events._records import Undo

_FIRST_WAIT: Final = timedelta(minutes=3)
_LONGEST_WAIT: Final = timedelta(hours=17)
_MOST_DOUBLINGS: Final = 32
_FEW: Final = 1000
"""So many entries of a heap are never too many."""

_Ready = tuple[bool, int, int, int, int, Pending]
_Hidden = tuple["datetime", int, int, Pending]
_Entry = TypeVar("_Entry", _Ready, _Hidden)


def back_off(fetched: int) -> timedelta:
    """Return for how long an event hides after it was fetched for the ``fetched``-th time (measured)."""
    doubled = timedelta(seconds=2 ** min(fetched, _MOST_DOUBLINGS))
    return max(_FIRST_WAIT, min(doubled, _LONGEST_WAIT))


class Waiting(Grouped[Pending]):
    """Pending events by their listener, each listener's in a heap of those that are due and one of the rest.

    What is set is pushed, and what it replaces stays until it comes to the top or most of the heap is such:
    an entry counts only while the table holds that very record.
    """

    def __init__(self) -> None:
        super().__init__(Pending.to_json, attrgetter("listener"))
        self._ready: dict[str, list[_Ready]] = {}
        self._hidden: dict[str, list[_Hidden]] = {}
        self._numbers: dict[str, int] = {}
        self._count = count()

    def set(self, key: str, record: Pending | None, undo: Undo = None) -> None:
        """Put an event in, or with None take it out; ``undo`` gets what takes that back."""
        super().set(key, record, undo)
        if record is None:
            self._numbers.pop(key, None)
            return
        number = self._numbers.setdefault(key, next(self._count))
        if record.last_tried is None:
            self._make_ready(record, number)
        else:
            due = record.last_tried + back_off(record.fetched)
            self._push(self._hidden.setdefault(record.listener, []), (due, number, next(self._count), record))

    def first(self, listener: str, now: datetime) -> Pending | None:
        """Return what is handed out next: by silence, priority, how often it was fetched, and age."""
        hidden = self._hidden.get(listener, [])
        while hidden and hidden[0][0] < now:
            _, number, _, record = heappop(hidden)
            if self._is_current(record):
                self._make_ready(record, number)
        ready = self._ready.get(listener, [])
        while ready and not self._is_current(ready[0][-1]):
            heappop(ready)
        return ready[0][-1] if ready else None

    def _make_ready(self, record: Pending, number: int) -> None:
        entry = (record.silenced, record.priority, record.fetched, number, next(self._count), record)
        self._push(self._ready.setdefault(record.listener, []), entry)

    def _push(self, heap: list[_Entry], entry: _Entry) -> None:
        if len(heap) > _FEW + 3 * len(self._numbers):
            heap[:] = {old[-1].uuid: old for old in heap if self._is_current(old[-1])}.values()
            heapify(heap)
        heappush(heap, entry)

    def _is_current(self, record: Pending) -> bool:
        return self.get(record.uuid) is record
