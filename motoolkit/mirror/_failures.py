"""DuckDB's errors in the words of somebody who only wanted a mirror."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from motoolkit.errors import MirrorError
from motoolkit.model import mask_all

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_OTHER_FILE = "Name another file, or delete this one and load again."
_KNOWN = (
    ("Wrong encryption key", "can not be opened with this key.", "Use the key that it was made with."),
    (
        "Could not set lock",
        "is in use by another process.",
        "Wait until that has ended, or load into another file.",
    ),
    (
        "already attached",
        "is already open in this process.",
        "Close the other mirror first, or go on with that one.",
    ),
    ("newer version", "was made by a newer motoolkit.", "Upgrade motoolkit, or load into another file."),
    ("database is not encrypted", "is a DuckDB file, but no mirror.", _OTHER_FILE),
    ("is not encrypted", "is a DuckDB file, but no mirror.", _OTHER_FILE),
    ("not a valid DuckDB", "is no mirror.", _OTHER_FILE),
    ("No space left", "can not be written: the disk is full.", "Make room and load again; it goes on."),
    ("Permission denied", "can not be opened: permission denied.", "Name a file in a folder of your own."),
    ("Read-only file system", "can not be written there.", "Name a file in a folder of your own."),
)

_CTRL_C = ("interrupted", "keyboardinterrupt")
"""DuckDB takes Ctrl-C for itself while it works, and wraps Python's own where it reads a frame."""


@contextmanager
def explained(path: Path | None) -> Iterator[None]:
    """Turn what DuckDB and the file system raise into ``MirrorError``; keys and numbers do not get out."""
    import duckdb

    try:
        yield
    except (duckdb.Error, OSError, RuntimeError) as error:
        if any(sign in str(error).lower() for sign in _CTRL_C):
            raise KeyboardInterrupt from None
        if not isinstance(error, duckdb.Error | OSError):
            raise
        raise _explanation(path, str(error)) from None


def _explanation(path: Path | None, text: str) -> MirrorError:
    for sign, what, remedy in _KNOWN:
        if sign in text:
            return MirrorError(f"The mirror file {path} {what}", remedy=remedy)
    name = "The mirror in memory" if path is None else f"The mirror file {path}"
    return MirrorError(f"{name} failed: {mask_all(text.splitlines()[0])}")
