"""The state file: a world that outlives its sandbox, also one that is killed.

Lines of JSON: a header, the objects, and then what has been committed since.  The whole file is written anew
when a sandbox starts and when it stops (under a temporary name, and then put in place).  In between each
commit appends one line before its answer goes out, so that a kill loses nothing that was answered.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from tempfile import mkstemp
from typing import IO, TYPE_CHECKING, Any, Final

import orjson

from motoolkit.errors import InputError
from motoolkit.sandbox.codec import held_to_json, registration_to_json
from motoolkit.sandbox.restoring import world_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from motoolkit.sandbox.world import Held, Registration, World

FORMAT: Final = "motoolkit sandbox state"
VERSION: Final = 1


class StateFile:
    """The file that a world is kept in; one sandbox at a time uses it.

    Args:
        path: where it is, or will be.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: IO[bytes] | None = None
        self._world: World | None = None
        self._pending: list[tuple[Held, Registration]] = []
        self._torn = False
        self._quiet: dict[str, Any] = {"committed": [], "files": {}, "events": {}}

    def read(self, *, today: date | None = None, substitute_roles: Sequence[str] = ()) -> World:
        """Return the world as it was left; what is given here replaces what the file says.

        Raises:
            InputError: the file can not be read, is none of ours, of another version, broken or in use, or
                the clock would go back.  It is left alone.
        """
        try:
            lines = self._lines(self._content())
            return world_of(lines, today, substitute_roles)
        except InputError:
            self.release()
            raise
        except (KeyError, TypeError, ValueError, AttributeError):
            self.release()
            raise self._broken("its lines do not fit together") from None

    def start(self, world: World) -> None:
        """Write a world, and follow what is committed to it.

        Raises:
            InputError: the file can not be written.
        """
        try:
            self._write(world)
        except OSError as error:
            raise InputError(
                f"The state file {self.path} can not be written: {error.strerror}.",
                remedy="Give a --state FILE in a folder that you may write to.",
            ) from None
        self._world = world
        world.on_commit.append(self._pending.extend)

    def save(self) -> None:
        """Append what has been committed since the last time.

        Raises:
            OSError: it could not be written; the next time everything is.
        """
        if self._world is None or self._file is None:
            return
        if self._torn:
            self._write(self._world)
        elif entry := self._entry(self._world):
            self._torn = True
            self._file.write(_line(entry))
            self._file.flush()
            self._torn = False

    def close(self) -> None:
        """Write the file anew, without the lines that have piled up, and let go of it."""
        if self._world is not None and self._file is not None:
            self._write(self._world)
        self.release()

    def release(self) -> None:
        """Let go of the file as it is."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _content(self) -> bytes:
        """Return what is in the file, which is from now on ours alone."""
        try:
            self._file = self.path.open("rb")
            _lock(self._file)
            return self._file.read()
        except BlockingIOError:
            raise InputError(
                f"The state file {self.path} is in use by another sandbox.",
                remedy="Stop that one, or give another --state FILE.",
            ) from None
        except OSError as error:
            raise InputError(
                f"The state file {self.path} can not be read: {error.strerror}.",
                remedy="Give another --state FILE.",
            ) from None

    def _entry(self, world: World) -> dict[str, Any]:
        """Return what has changed, nothing where nothing has."""
        changed = {
            "committed": [
                [held.collection, held.uuid, registration_to_json(held.collection, registration)]
                for held, registration in self._pending
            ],
            "files": world.files.changes(),
            "events": world.events.changes(),
            "municipality_code": world.municipality_code,
        }
        self._pending.clear()
        entry = {name: what for name, what in changed.items() if what != self._quiet.get(name)}
        self._quiet["municipality_code"] = world.municipality_code
        return entry and entry | {"written": world.written}

    def _write(self, world: World) -> None:
        """Put a fresh file in place of the one that is there; ``mkstemp`` lets nobody else read it."""
        number, name = mkstemp(dir=self.path.parent, prefix=f".{self.path.name}.")
        fresh = os.fdopen(number, "w+b")
        try:
            _lock(fresh)
            for entry in _snapshot(world):
                fresh.write(_line(entry))
            fresh.flush()
            os.fsync(number)
            Path(name).replace(self.path)
        except BaseException:
            fresh.close()
            Path(name).unlink(missing_ok=True)
            raise
        before, self._file = self._file, fresh
        if before is not None:
            before.close()
        self._entry(world)
        self._torn = False

    def _lines(self, content: bytes) -> list[Any]:
        """Return what the lines hold, without a last one that a kill has torn: nobody had its answer."""
        found: list[Any] = []
        for number, line in enumerate(content.split(b"\n")[:-1], 1):
            try:
                found.append(orjson.loads(line))
            except orjson.JSONDecodeError:
                if not found:
                    break
                raise self._broken(f"line {number} is no JSON") from None
        self._check_header(found[0] if found else None)
        return found

    def _check_header(self, header: Any) -> None:
        if not isinstance(header, dict) or header.get("format") != FORMAT:
            raise InputError(
                f"The file {self.path} holds no state of a sandbox.", remedy="Give another --state FILE."
            )
        if header.get("version") != VERSION:
            raise InputError(
                f"The state file {self.path} has version {header.get('version')}, and this is {VERSION}.",
                remedy="Use the motoolkit that wrote it, or give another --state FILE.",
            )

    def _broken(self, why: str) -> InputError:
        return InputError(
            f"The state file {self.path} is broken: {why}.",
            remedy="Put a copy of it back, or move it away to begin anew.",
        )


def _lock(file: IO[bytes]) -> None:
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _line(entry: dict[str, Any]) -> bytes:
    return orjson.dumps(entry) + b"\n"


def _snapshot(world: World) -> Iterator[dict[str, Any]]:
    yield {
        "format": FORMAT,
        "version": VERSION,
        "today": world.today,
        "substitute_roles": sorted(world.substitute_roles),
        "made": world.made,
        "objects": sum(1 for _ in world.everything()),
    }
    for held in world.everything():
        yield held_to_json(held)
    yield {
        "files": world.files.to_json(),
        "events": world.events.to_json(),
        "municipality_code": world.municipality_code,
        "written": world.written,
    }
