"""How long one request takes: measured where it is sent, so that logging in and decoding do not count."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T")
_SENT: Final = "send_request_headers.started"
_ANSWERS: Final = "receive_response_headers.complete"


@dataclass(frozen=True, slots=True)
class Timed(Generic[T]):
    """An answer, and what it took.

    Attributes:
        answer: what was answered.
        first: seconds from sending the request to the first byte of the answer.
        whole: seconds to its last byte.
        size: bytes of the answer.
    """

    answer: T
    first: float
    whole: float
    size: int


class Stopwatch:
    """Listens to httpx while it sends: a renewed token, which is a request before this one, is left out."""

    def __init__(self) -> None:
        self._sent = self._first = self._last = time.perf_counter()

    def note(self, event: str, _info: Mapping[str, Any]) -> None:
        """Take in where a request is; httpx calls this as its ``trace``."""
        if event.endswith(_SENT):
            self._sent = time.perf_counter()
        elif event.endswith(_ANSWERS):
            self._first = time.perf_counter()

    def stop(self) -> None:
        """Take in that the last byte has come."""
        self._last = time.perf_counter()

    def timed(self, answer: T, size: int) -> Timed[T]:
        """Return an answer with the times since its request was sent."""
        whole = self._last - self._sent
        return Timed(answer, min(max(self._first - self._sent, 0.0), whole), whole, size)
