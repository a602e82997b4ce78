"""What is kept of a run, and how it comes into place: masked, private, and all of it or nothing."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from motoolkit.errors import RunError
from motoolkit.runner._redact import redact
from motoolkit.runner.record import RECORD_TYPE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nbformat import NotebookNode


@contextmanager
def staging_in(target: Path) -> Iterator[Path]:
    """A private folder inside ``target``, so that results move into place by renaming; always removed.

    Raises:
        RunError: ``target`` can not be made or written to.
    """
    try:
        target.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=".motoolkit-", dir=target.absolute()))
    except OSError as error:
        raise RunError(
            f"The results can not be written to {target}: {error.strerror}.",
            remedy="Name a folder that you may write to.",
        ) from None
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def finished(
    executed: NotebookNode, replacements: Mapping[str, str], started: datetime, files: Sequence[str]
) -> NotebookNode:
    """Return the notebook as it is kept: masked, without paths of this machine, with the run's facts."""
    notebook = redact(executed, replacements)
    for name in ("input_path", "output_path", "environment_variables"):
        notebook.metadata.get("papermill", {}).pop(name, None)
    notebook.metadata["motoolkit"] = {
        "version": version("motoolkit"),
        **_recorded(notebook),
        "started": started.isoformat(timespec="seconds"),
        "ended": datetime.now(UTC).isoformat(timespec="seconds"),
        "files": list(files),
    }
    return notebook


def _recorded(notebook: NotebookNode) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            facts |= output.get("data", {}).get(RECORD_TYPE, {})
    return facts


def publish(results: Path, target: Path) -> list[Path]:
    """Move every result into place, readable by its owner only, the notebook last: it names the others."""
    moved = []
    files = [path for path in results.rglob("*") if path.is_file()]
    for file in sorted(files, key=lambda file: (file.suffix == ".ipynb", file)):
        place = target / file.relative_to(results)
        place.parent.mkdir(parents=True, exist_ok=True)
        file.chmod(0o600)
        moved.append(file.replace(place))
    return moved
