"""Writing files that hold what is not everybody's business."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

PRIVATE: Final = 0o600
_PRIVATE_FOLDER: Final = 0o700


def replace_file(path: Path, content: bytes, *, mode: int = PRIVATE) -> None:
    """Write a file under a temporary name and move it into place: whole or not at all.

    Args:
        path: of the file; one of that name is replaced at once, and its folder is made when it is not there.
        content: what it shall hold.
        mode: who may read it; by default its owner alone.

    Raises:
        OSError: it can not be written; nothing is left behind.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=_PRIVATE_FOLDER)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        temporary.chmod(mode)
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
