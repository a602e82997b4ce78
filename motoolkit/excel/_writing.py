"""Writing workbooks: for their owner only, whole or not at all, never a formula that nobody wrote."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from xlsxwriter.workbook import Workbook

_MODE: Final = 0o600
_NO_GUESSING: Final = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@contextmanager
def workbook_at(path: Path, *, constant_memory: bool = False) -> Iterator[Workbook]:
    """Yield a workbook that is put at a path when it is filled; a file of that name is replaced at once.

    Args:
        path: of the file; its folder is made when it is not there.
        constant_memory: keep one row at a time in memory; rows must then be written in order.

    Raises:
        OSError: it can not be written; nothing is left behind.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=".motoolkit-", dir=path.parent))
    try:
        file = scratch / path.name
        with _closing(file, constant_memory=constant_memory) as workbook:
            yield workbook
        file.chmod(_MODE)
        file.replace(path)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


@contextmanager
def _closing(file: Path, *, constant_memory: bool) -> Iterator[Workbook]:
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    workbook = Workbook(
        file, {**_NO_GUESSING, "constant_memory": constant_memory, "tmpdir": str(file.parent)}
    )
    try:
        yield workbook
        workbook.close()
    except FileCreateError as error:
        # XlsxWriter wraps the OSError of its last step.
        raise error.args[0] if isinstance(error.args[0], OSError) else OSError(str(error)) from None
    finally:
        _let_go(workbook)


def _let_go(workbook: Workbook) -> None:
    """Close the row files that XlsxWriter leaves open when it fails half-way."""
    for sheet in workbook.worksheets():
        if handle := sheet.row_data_fh:
            with suppress(OSError):
                handle.close()


def made_by(generated_at: datetime | None) -> list[tuple[str, str]]:
    """Return what tells which toolkit made a workbook, and when if that may be told."""
    from importlib.metadata import version

    made = [("Dannet", f"{generated_at:%d-%m-%Y kl. %H:%M}")] if generated_at else []
    return [*made, ("Dannet af", f"motoolkit {version('motoolkit')}")]
