"""What ended a run, as one sentence: which cell, under which heading, and what was raised in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import motoolkit.errors
from motoolkit.errors import MoError
from motoolkit.runner._notebook import heading_above

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from motoolkit.runner._execute import Execution

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_USAGE = re.compile(r"^UsageError: (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Failure:
    """What was raised, what to do about it, and where: ``cell 7 (Heading)``."""

    sentence: str
    remedy: str | None
    place: str


def failure_of(run: Execution) -> Failure | None:
    """Return why a run failed, None when it did not.

    papermill reports what a cell raised; nbclient's dead kernel and timeout are unrelated classes, and a
    ``UsageError`` of a magic leaves only a line on the cell's standard error.
    """
    if run.error is None:
        return None
    if told := _outside_of_cells(run.error):
        return Failure(*told, _place(run.notebook, run.index))
    for index, cell in enumerate(run.notebook.cells):
        if _failed(cell):
            return Failure(*_raised_in(cell), _place(run.notebook, index))
    lines = str(run.error).strip().splitlines() or [type(run.error).__name__]
    return Failure(lines[0], None, _place(run.notebook, run.index))


def _place(notebook: NotebookNode, index: int) -> str:
    heading = heading_above(notebook.cells, index)
    return f"cell {index + 1}{f' ({heading})' if heading else ''}"


def _failed(cell: NotebookNode) -> bool:
    outputs = cell.get("outputs", ())
    return cell.metadata.get("papermill", {}).get("exception") is True or any(
        output.output_type == "error" for output in outputs
    )


def _raised_in(cell: NotebookNode) -> tuple[str, str | None]:
    for output in cell.outputs:
        if output.output_type == "error":
            return _sentence(output)
    streams = "".join(output.text for output in cell.outputs if output.output_type == "stream")
    usage = _USAGE.search(streams)
    return (usage[1] if usage else "The cell was refused."), None


def _sentence(output: Any) -> tuple[str, str | None]:
    error_class = getattr(motoolkit.errors, output.ename, None)
    if isinstance(error_class, type) and issubclass(error_class, MoError):
        first, *rest = [_COLOUR.sub("", line) for line in output.traceback]
        return first.removeprefix(f"{output.ename}: "), " ".join(rest) or None
    told = output.evalue.strip().splitlines()
    return f"{output.ename}: {told[0]}" if told else output.ename, None


def _outside_of_cells(error: Exception) -> tuple[str, str] | None:
    from jupyter_client.kernelspec import NoSuchKernel
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    match error:
        case DeadKernelError():
            return "The kernel died.", "It may have used up the memory of the machine; look at its log."
        case CellTimeoutError():
            return "The cell took longer than it may.", "Allow it more with --cell-timeout."
        case NoSuchKernel():
            return f"There is no kernel {error.name!r} on this machine.", "See: jupyter kernelspec list."
    return None
