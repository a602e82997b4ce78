"""Writing workbooks that hold persons: for their owner only, whole or not at all, never a formula."""

from __future__ import annotations

import os
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from motoolkit.errors import InputError
from motoolkit.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from xlsxwriter.workbook import Workbook

_MODE: Final = 0o600
_NO_GUESSING: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_INK: Final = "#1F2A37"
_HEADER: Final = {"bold": True, "font_color": _INK, "bottom": 1, "bottom_color": "#8FA3B8"}
FORMATS: Final[dict[str, dict[str, Any]]] = {
    "text": {"num_format": "@"},
    "day": {"num_format": "dd-mm-yyyy", "align": "left"},
    "header": {**_HEADER, "bg_color": "#E6ECF2"},
    "required": {**_HEADER, "bg_color": "#FBE3C4"},
    "title": {"bold": True, "font_size": 16, "font_color": _INK},
    "wrapped": {"num_format": "@", "text_wrap": True, "valign": "top"},
    "good": {"num_format": "@", "valign": "top", "font_color": "#1B7F3B"},
    "bad": {"num_format": "@", "valign": "top", "font_color": "#B3261E", "bold": True},
}
"""Cell formats by what they are for; XlsxWriter's names."""


@contextmanager
def workbook_at(path: Path) -> Iterator[Workbook]:
    """Yield a workbook that is put at a path when it is filled.

    Raises:
        InputError: the file can not be written.
    """
    from xlsxwriter import Workbook

    held = BytesIO()
    with Workbook(held, _NO_GUESSING) as workbook:
        yield workbook
    scratch = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _MODE), "wb") as opened:
            opened.write(held.getvalue())
        scratch.replace(path)
    except OSError as error:
        scratch.unlink(missing_ok=True)
        raise InputError(
            tr("The workbook {path} can not be written: {reason}.", path=path, reason=error.strerror),
            remedy=tr("Choose another path."),
        ) from None
