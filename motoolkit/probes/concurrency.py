"""Whether parallel requests help, and whether answers stay right under load; stopped in time."""

from __future__ import annotations

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from motoolkit.errors import BusyError, MoError, TransportError
from motoolkit.language import tr
from motoolkit.probes._concurrency_results import ConcurrencyRun, Level
from motoolkit.probes.robust import median
from motoolkit.progress import progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from motoolkit.client import Client
    from motoolkit.progress import Reporter

PAGES: Final = 8
PAGE_SIZE: Final = 50
ROUNDS: Final = 3
_HANG: Final = 25.0
"""Seconds without an answer that show a full pool: MO waits 30 for a connection (measured)."""
_COLLAPSE: Final = 3.0
"""How many times as slow as waiting in line alone explains, before that is a collapse."""
_DOCUMENT: Final = """query($limit: int, $cursor: Cursor) {
  page: engagements(limit: $limit, cursor: $cursor) {
  objects { uuid current { user_key person_response { uuid } org_unit_response { uuid }
    job_function_response { current { name } } } } page_info { next_cursor } } }"""


def probe_concurrency(
    client: Client,
    *,
    most: int | None = None,
    pages: int = PAGES,
    page_size: int = PAGE_SIZE,
    rounds: int = ROUNDS,
) -> ConcurrencyRun:
    """Read the same pages one at a time, two at a time, four, and so on.

    Each request has one top-level field, and none is made again.  At the first sign of a full pool (MO says
    so, fails, hangs, or gets slower than waiting in line explains) no further one is sent.

    Args:
        client: the MO; its profile's ``concurrency`` is never exceeded.
        most: requests at a time at most, when fewer than that.
        pages: how many different pages are read.
        page_size: objects of a page.
        rounds: how often each level is tried, by turns.

    Raises:
        MoError: not even one request at a time is answered.
    """
    limit = min(most or client.profile.concurrency, client.profile.concurrency)
    started = datetime.now(UTC).replace(microsecond=0)
    with progress(tr("Parallel requests")) as report:
        wanted = _cursors(client, pages, page_size)
        one = _Probing(client, wanted, page_size)
        try:
            one.run(levels(limit), rounds, report)
        except KeyboardInterrupt:
            one.stop(tr("It was stopped by hand."))
        report.finish(tr("up to {number} at a time", number=max(one.done, default=1)))
    return ConcurrencyRun(
        mo=client.url,
        started=started,
        limit=limit,
        page_size=page_size,
        pages=len(wanted),
        rounds=rounds,
        levels=tuple(one.done.values()),
        stopped=one.stopped,
        changed=one.changed,
    )


def levels(limit: int) -> list[int]:
    """Return how many requests are tried at a time: 1, 2, 4, and the limit last."""
    doubled = [1 << power for power in range(limit.bit_length()) if 1 << power <= limit]
    return doubled if doubled[-1] == limit else [*doubled, limit]


def digest(answer: Any) -> str:
    """Return what tells an answer from another, whatever the order of its lists."""
    return sha256(json.dumps(_ordered(answer), sort_keys=True).encode()).hexdigest()


def _ordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _ordered(held) for key, held in value.items()}
    if isinstance(value, list):
        return sorted((_ordered(held) for held in value), key=lambda one: json.dumps(one, sort_keys=True))
    return value


def _cursors(client: Client, pages: int, page_size: int) -> list[str | None]:
    """Return where different pages begin, read one at a time."""
    found: list[str | None] = [None]
    while len(found) < pages:
        cursor = _ask(client, found[-1], page_size)[1]["page_info"]["next_cursor"]
        if cursor is None:
            break
        found.append(cursor)
    return found


def _ask(client: Client, cursor: str | None, page_size: int) -> tuple[float, Any]:
    timed = client.timed(_DOCUMENT, {"limit": page_size, "cursor": cursor}, timeout=_HANG)
    return timed.whole, timed.answer["page"]


@dataclass(slots=True)
class _Probing:
    """The probe while it goes on."""

    client: Client
    cursors: Sequence[str | None]
    page_size: int
    done: dict[int, Level] = field(default_factory=dict)
    stopped: str = ""
    changed: int = 0
    _right: dict[str | None, str] = field(default_factory=dict)
    _enough: threading.Event = field(default_factory=threading.Event)
    _alone: float = 0.0

    def run(self, tried: Sequence[int], rounds: int, report: Reporter) -> None:
        """Try every level by turns; a level that showed a sign is the last one."""
        for number in range(rounds):
            for level in tried:
                report.update(tr("{number} at a time", number=level), number, rounds)
                self._try(level)
                if self.stopped:
                    return

    def stop(self, why: str) -> None:
        """Send no further request."""
        self._enough.set()
        self.stopped = self.stopped or why

    def _try(self, level: int) -> None:
        began = time.perf_counter()
        with ThreadPoolExecutor(max_workers=level) as pool:
            answers = [answer for answer in pool.map(self._one, self.cursors) if answer is not None]
        took = time.perf_counter() - began
        wrong = sum(self._is_wrong(cursor, told) for cursor, _, told in answers)
        latencies = [seconds for _, seconds, _ in answers]
        known = self.done.get(level, Level(level))
        if len(answers) == len(self.cursors):
            known = known.with_round(took, latencies, wrong)
        self.done[level] = known
        self._look(level, latencies)

    def _one(self, cursor: str | None) -> tuple[str | None, float, str] | None:
        if self._enough.is_set():
            return None
        try:
            seconds, page = _ask(self.client, cursor, self.page_size)
        except BusyError as error:
            self.stop(tr("MO has no room for more: {error}", error=error.message))
        except TransportError as error:
            self.stop(tr("MO failed under load: {error}", error=error.message))
        except MoError as error:
            self.stop(tr("MO refused: {error}", error=error.message))
        else:
            return cursor, seconds, digest(page["objects"])
        return None

    def _look(self, level: int, latencies: Sequence[float]) -> None:
        """Look for a collapse: an answer that takes longer than waiting for those before it explains."""
        if level == 1:
            self._alone = self._alone or median(latencies)
            return
        explained = self._alone * level
        if latencies and median(latencies) > _COLLAPSE * explained:
            self.stop(
                tr(
                    "Answers took {times} times as long as waiting in line explains.",
                    times=f"{median(latencies) / explained:.1f}",
                )
            )

    def _is_wrong(self, cursor: str | None, told: str) -> bool:
        """Tell whether an answer differs from the one that was given alone, although MO holds the same."""
        expected = self._right.setdefault(cursor, told)
        if told == expected:
            return False
        if self._enough.is_set():
            return True
        _, page = _ask(self.client, cursor, self.page_size)
        again = digest(page["objects"])
        if again == told:
            # Somebody has changed something in MO meanwhile.
            self._right[cursor] = told
            self.changed += 1
            return False
        return again == expected
