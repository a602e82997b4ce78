"""Writing workbooks that hold persons, and what is said when that fails."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from motoolkit import excel
from motoolkit.errors import InputError
from motoolkit.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from xlsxwriter.workbook import Workbook


@contextmanager
def workbook_at(path: Path) -> Iterator[Workbook]:
    """Yield a workbook that is put at a path when it is filled.

    Raises:
        InputError: the file can not be written.
    """
    try:
        with excel.workbook_at(path) as workbook:
            yield workbook
    except OSError as error:
        raise InputError(
            tr("The workbook {path} can not be written: {reason}.", path=path, reason=error.strerror),
            remedy=tr("Choose another path."),
        ) from None
