"""Several iterators drained at the same time, so that waiting for MO and working on rows overlap."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from queue import Full, Queue
from threading import Event, Thread
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")
_SECONDS_BETWEEN_LOOKS = 0.1


@dataclass(frozen=True, slots=True)
class _Item(Generic[T]):
    value: T


@dataclass(frozen=True, slots=True)
class _Failure:
    error: BaseException


class _End:
    pass


def concurrently(sources: Iterable[Callable[[], Iterable[T]]], workers: int) -> Iterator[T]:
    """Yield what the sources give, as it comes; ``workers`` of them are drained at a time.

    The items of one source keep their order.  The first error ends all and is raised here; closing the
    generator ends all too.  Either waits for the requests that are under way.
    """
    pending = deque(sources)
    inbox: Queue[_Item[T] | _Failure | _End] = Queue(maxsize=2 * workers)
    stop = Event()
    threads = [Thread(target=_drain, args=(pending, inbox, stop), daemon=True) for _ in range(workers)]
    for thread in threads:
        thread.start()
    try:
        yield from _received(inbox, workers)
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def _received(inbox: Queue[_Item[T] | _Failure | _End], running: int) -> Iterator[T]:
    while running:
        match inbox.get():
            case _Item(value):
                yield value
            case _Failure(error):
                raise error
            case _End():
                running -= 1


def _drain(
    pending: deque[Callable[[], Iterable[T]]], inbox: Queue[_Item[T] | _Failure | _End], stop: Event
) -> None:
    try:
        while pending and not stop.is_set():
            for value in _next_source(pending)():
                if not _put(inbox, _Item(value), stop):
                    return
    except BaseException as error:  # noqa: BLE001 - it is raised again in the receiving thread
        _put(inbox, _Failure(error), stop)
    else:
        _put(inbox, _End(), stop)


def _next_source(pending: deque[Callable[[], Iterable[T]]]) -> Callable[[], Iterable[T]]:
    try:
        return pending.popleft()
    except IndexError:  # another thread took the last one
        return tuple


def _put(inbox: Queue[_Item[T] | _Failure | _End], message: _Item[T] | _Failure | _End, stop: Event) -> bool:
    while not stop.is_set():
        try:
            inbox.put(message, timeout=_SECONDS_BETWEEN_LOOKS)
        except Full:
            continue
        return True
    return False
