"""The journal: every plan that was applied, on this machine, as lines of JSON.

A run has a line before anything is sent, a line for each part that MO took, and a line with its outcomes.
So a run that was killed is seen, and nothing is ever sent that the journal does not know of.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import string
import warnings
from contextlib import suppress
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import orjson

from motoolkit.errors import InputError, PlanError
from motoolkit.model import COPENHAGEN, mask_all
from motoolkit.plan._runs import Run, run_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_FILE_MODE: Final = 0o600
_FOLDER_MODE: Final = 0o700
_LAST: Final = "last"

Line = dict[str, Any]


def journal_file() -> Path:
    """Return where the journal is kept: ``MOTOOLKIT_JOURNAL``, else the user's folder for state."""
    if chosen := os.environ.get("MOTOOLKIT_JOURNAL"):
        return Path(chosen).expanduser()
    import platformdirs

    return Path(platformdirs.user_state_dir("motoolkit", appauthor=False)) / "journal.jsonl"


class Journal:
    """The plans that were applied, of all profiles; CPR numbers are masked in it.

    Args:
        path: the file; None for ``MOTOOLKIT_JOURNAL``, else the user's own.
    """

    def __init__(self, path: str | Path | None = None) -> None:
        self.path = journal_file() if path is None else Path(path).expanduser()

    def runs(self) -> list[Run]:
        """Return all runs, the oldest first; a line that is no JSON (of a full disk) is passed over.

        Raises:
            PlanError: the file is there and can not be read.
        """
        return _runs(self._lines())

    def find(self, name: str) -> Run:
        """Return a run by its id, by the beginning or the end of it that no other has, or ``last``.

        Raises:
            InputError: there is none, or there are several.
        """
        runs = self.runs()
        if name == _LAST and runs:
            return runs[-1]
        found = [run for run in runs if run.id.startswith(name) or run.id.endswith(f"-{name}")]
        if len(found) > 1:
            listed = ", ".join(run.id for run in found[-3:])
            raise InputError(f"{name!r} may be several runs: {listed}.", remedy="Give more of the id.")
        if not found:
            raise InputError.unknown("run", name, [run.id for run in runs[-3:]])
        return found[0]

    def unfinished(self, plan: str, mo_url: str) -> Run | None:
        """Return the last run of a plan, if not all of it came to be.

        Args:
            plan: the plan's digest.
            mo_url: where it was applied.
        """
        runs = [run for run in _runs(self._lines(plan)) if run.mo_url == mo_url]
        return runs[-1] if runs and not runs[-1].finished else None

    def begin(self, told: Line) -> str:
        """Write that a run starts; it is on the disk when this returns.

        Returns:
            The run's id.

        Raises:
            PlanError: it can not be written.
        """
        now = datetime.now(COPENHAGEN)
        run = f"{now:%Y%m%d-%H%M%S}-{''.join(secrets.choice(string.ascii_lowercase) for _ in range(4))}"
        try:
            self._append(
                {"event": "started", "run": run, "time": now, "version": version("motoolkit"), **told}
            )
        except OSError as error:
            raise PlanError(
                f"The journal {self.path} can not be written: {error.strerror}; nothing was sent.",
                remedy="Mend that, name another file in MOTOOLKIT_JOURNAL, or apply with journal=False.",
            ) from error
        return run

    def tell(self, event: str, run: str, **told: Any) -> None:
        """Write what became of a run; that it can not be written is a warning, because MO has it by now."""
        try:
            self._append({"event": event, "run": run, "time": datetime.now(COPENHAGEN), **told})
        except OSError as error:
            warnings.warn(
                f"The plan was sent, but the journal {self.path} can not be written: {error.strerror}."
                f" It will call the run {run} interrupted.",
                stacklevel=2,
            )

    def _append(self, line: Line) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=_FOLDER_MODE)
        descriptor = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT, _FILE_MODE)
        with os.fdopen(descriptor, "r+b", buffering=0) as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            os.fchmod(descriptor, _FILE_MODE)
            file.write(_torn(file) + orjson.dumps(_masked(line), default=str) + b"\n")
            os.fsync(descriptor)

    def _lines(self, plan: str = "") -> Iterator[Line]:
        """Yield the lines, of one plan only where it is named."""
        wanted, known = plan.encode(), set[bytes]()
        try:
            with self.path.open("rb") as file:
                for text in file:
                    if wanted in text or any(run in text for run in known):
                        with suppress(orjson.JSONDecodeError):
                            line = orjson.loads(text)
                            known.add(line["run"].encode())
                            yield line
        except FileNotFoundError:
            return
        except OSError as error:
            raise PlanError(
                f"The journal {self.path} can not be read: {error.strerror}.",
                remedy="Check its owner and mode.",
            ) from error


def _torn(file: Any) -> bytes:
    """Return a line break if the last writer was killed in the middle of a line."""
    size = file.seek(0, os.SEEK_END)
    if size == 0:
        return b""
    file.seek(size - 1)
    return b"" if file.read(1) == b"\n" else b"\n"


def _masked(value: Any) -> Any:
    """Mask CPR numbers in whatever plain data."""
    if isinstance(value, str):
        return mask_all(value)
    if isinstance(value, dict):
        return {key: _masked(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_masked(each) for each in value]
    return value


def _runs(lines: Iterable[Line]) -> list[Run]:
    found: dict[str, list[Line]] = {}
    for line in lines:
        if line["event"] == "started" or line["run"] in found:
            found.setdefault(line["run"], []).append(line)
    return [run_of(told) for told in found.values()]
