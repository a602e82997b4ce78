"""What keeps failing, remembered on this machine: MO tells neither how often it failed nor since when."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from motoolkit.errors import EventError
from motoolkit.model import COPENHAGEN, mask_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType
    from typing import Self

_SECONDS_FOR_THE_LOCK: Final = 10.0
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS failures (
  mo TEXT, listener TEXT, routing_key TEXT, subject TEXT,
  failures INTEGER, first_failed TEXT, last_failed TEXT, error TEXT,
  PRIMARY KEY (mo, listener, subject)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pending (
  mo TEXT, listener TEXT, subject TEXT, first_seen TEXT,
  PRIMARY KEY (mo, listener, subject)
) WITHOUT ROWID;
"""
_FAILED: Final = """
INSERT INTO failures VALUES (:mo, :listener, :routing_key, :subject, 1, :now, :now, :error)
ON CONFLICT DO UPDATE SET failures = failures + 1, last_failed = :now, error = :error
"""
_STUCK: Final = """
SELECT routing_key, subject, failures, first_failed, last_failed, error, listener
FROM failures WHERE mo = ? AND listener = ? ORDER BY first_failed, subject
"""


@dataclass(frozen=True, slots=True)
class Stuck:
    """An event that keeps failing: how often, since when, and how the last time."""

    routing_key: str
    subject: str
    failures: int
    first_failed: datetime
    last_failed: datetime
    error: str
    listener: str


def memory_file() -> Path:
    """Return where failures are remembered: ``MOTOOLKIT_EVENTS``, else the user's folder for state."""
    if chosen := os.environ.get("MOTOOLKIT_EVENTS"):
        return Path(chosen).expanduser()
    import platformdirs

    return Path(platformdirs.user_state_dir("motoolkit", appauthor=False)) / "events.sqlite3"


class Memory:
    """What failed, and what was seen waiting, by the user_key of MO's listener; processes may share it.

    Args:
        mo: the URL of the MO.
        path: the file; None for ``memory_file()``.

    Raises:
        EventError: the file can not be used.
    """

    def __init__(self, mo: str, path: Path | None = None) -> None:
        self.path = path or memory_file()
        self._mo = mo
        with self._explained():
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # SQLite gives its other files the mode of this one.
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
            self._connection = sqlite3.connect(
                self.path, timeout=_SECONDS_FOR_THE_LOCK, isolation_level=None, check_same_thread=False
            )
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.executescript(_TABLES)

    def failed(self, listener: str, routing_key: str, subject: str, error: str) -> None:
        """Note that a handler failed."""
        values = {"listener": listener, "routing_key": routing_key, "subject": subject}
        with self._explained():
            self._connection.execute(
                _FAILED, {**values, "mo": self._mo, "now": _now(), "error": mask_all(error)[:500]}
            )

    def settled(self, listener: str, subjects: Iterable[str]) -> None:
        """Forget what is over."""
        keys = [(self._mo, listener, subject) for subject in subjects]
        with self._explained(), self._at_once():
            for table in ("failures", "pending"):
                self._connection.executemany(
                    f"DELETE FROM {table} WHERE mo = ? AND listener = ? AND subject = ?", keys
                )

    def failing(self, listener: str) -> frozenset[str]:
        """Return the subjects whose last attempt failed."""
        found = self._rows("SELECT subject FROM failures WHERE mo = ? AND listener = ?", listener)
        return frozenset(subject for (subject,) in found)

    def stuck(self, listeners: Iterable[str]) -> list[Stuck]:
        """Return what keeps failing, the oldest first."""
        rows = (row for listener in listeners for row in self._rows(_STUCK, listener))
        return [
            Stuck(key, subject, failures, _moment(first), _moment(last), error, listener)
            for key, subject, failures, first, last, error, listener in rows
        ]

    def seen_pending(self, listener: str, subjects: Iterable[str]) -> dict[str, datetime]:
        """Note what waits now, forget what no longer does, and return since when each was seen waiting."""
        waiting, now = set(subjects), _now()
        with self._explained(), self._at_once():
            rows = self._rows(
                "SELECT subject, first_seen FROM pending WHERE mo = ? AND listener = ?", listener
            )
            known: dict[str, str] = dict(rows)
            self._connection.executemany(
                "DELETE FROM pending WHERE mo = ? AND listener = ? AND subject = ?",
                [(self._mo, listener, subject) for subject in known.keys() - waiting],
            )
            self._connection.executemany(
                "INSERT OR IGNORE INTO pending VALUES (?, ?, ?, ?)",
                [(self._mo, listener, subject, now) for subject in waiting - known.keys()],
            )
        return {subject: _moment(known.get(subject, now)) for subject in waiting}

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _rows(self, query: str, listener: str) -> list[tuple[Any, ...]]:
        with self._explained(), closing(self._connection.execute(query, (self._mo, listener))) as found:
            return found.fetchall()

    @contextmanager
    def _at_once(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            raise EventError(
                f"The file of failed events {self.path} can not be used: {error}.",
                remedy="Let MOTOOLKIT_EVENTS name a file that you may write to, or move a broken one.",
            ) from None


def _now() -> str:
    return datetime.now(UTC).isoformat()


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(COPENHAGEN)
