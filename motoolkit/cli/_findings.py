"""What commands share that come to findings: accept lists, runs that are kept, printing, pages."""

from __future__ import annotations

import os
import re
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    import pandas as pd

    from motoolkit.findings import AcceptList, Findings
    from motoolkit.mirror import Mirror

_WIDTH: Final = 120
_NARROWEST: Final = 80
_FORMULA: Final = ("=", "+", "-", "@")
_COLOURS: Final[dict[str, dict[str, Any]]] = {
    "CRITICAL": {"fg": "white", "bg": "red", "bold": True},
    "ERROR": {"fg": "red", "bold": True},
    "WARNING": {"fg": "yellow"},
    "INFO": {"dim": True},
}


def accept_list(path: str | None) -> AcceptList | None:
    """Read an accept list, if one is given."""
    from motoolkit.findings import AcceptList

    return AcceptList.read(path) if path else None


def kept(findings: Findings, mirror: Mirror, file: str | None) -> Findings:
    """Keep the run in the mirror's file, and return it compared with the one before."""
    from motoolkit.findings import FindingStore

    return FindingStore(mirror).keep(findings, ran_at=datetime.now(UTC)) if file else findings


def show(findings: Findings, format_: str, rows: int = 0) -> None:
    """Print findings; of a table at most so many rows, 0 for all."""
    if format_ == "json":
        click.echo(findings.to_json())
    elif format_ == "csv":
        click.echo(_inert(findings.frame()).to_csv(index=False), nl=False)
    else:
        columns = shutil.get_terminal_size((_WIDTH, 0)).columns if sys.stdout.isatty() else _WIDTH
        click.echo(_coloured(findings.text(rows=rows or None, width=max(columns, _NARROWEST))))


def _inert(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame whose texts no spreadsheet takes for formulas."""
    return frame.map(lambda cell: f"'{cell}" if isinstance(cell, str) and cell[:1] in _FORMULA else cell)


def _coloured(text: str) -> str:
    """Let the severities stand out on a terminal."""
    from motoolkit.findings import Severity

    if not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        return text
    labels = {severity.label: _COLOURS[severity.name] for severity in Severity}
    begins = re.compile(rf"^(  )({'|'.join(map(re.escape, labels))})(?=\s)", re.MULTILINE)
    return begins.sub(lambda found: found[1] + click.style(found[2], **labels[found[2]]), text)


def write_page(html: str, path: str) -> Path:
    """Write HTML as a page that needs nothing else; for its owner only, whole or not at all.

    Raises:
        ReportError: it can not be written; nothing is left behind.
    """
    from motoolkit.drawing import page
    from motoolkit.errors import ReportError
    from motoolkit.files import replace_file

    target = Path(path).expanduser()
    try:
        replace_file(target, page(html).encode())
    except OSError as error:
        raise ReportError(
            f"{target.name} can not be written to {target.parent} ({error.strerror}).",
            remedy="Choose another file, or make room and check who may write there.",
        ) from None
    return target
