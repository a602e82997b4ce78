"""Run a notebook with typed parameters; its results appear only when all of it succeeded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from motoolkit.errors import ParameterError, RunError
from motoolkit.model import today_in_denmark
from motoolkit.runner._execute import execute
from motoolkit.runner._failure import Failure, failure_of
from motoolkit.runner._keep import finished, publish, staging_in
from motoolkit.runner._notebook import inject, parameters_source, read_notebook, write_notebook
from motoolkit.runner._redact import redact_text
from motoolkit.runner._secrets import secrets_to_hide
from motoolkit.runner.locate import find_notebook
from motoolkit.runner.parameters import Parameter, bind, read_parameters

if TYPE_CHECKING:
    from collections.abc import Mapping

OUT_DIR: Final = "out_dir"
"""The parameter that says where results go: the runner gives the notebook a private folder instead."""

DEFAULT_OUT_DIR: Final = "out"


@dataclass(frozen=True)
class RunResult:
    """A run that succeeded: the executed notebook and the files that it made, all in ``out_dir``."""

    notebook: Path
    files: tuple[Path, ...]
    seconds: float


def notebook_parameters(notebook: str | Path) -> tuple[Parameter, ...]:
    """Return the parameters of a notebook, given as a path or a short name."""
    return read_parameters(parameters_source(read_notebook(find_notebook(notebook))))


def prepare_notebook(notebook: str | Path, parameters: Mapping[str, Any], folder: Path) -> Path:
    """Write a copy of a notebook with parameters, for somebody else to run, and return its path.

    Args:
        notebook: a path, or the short name of one of the toolkit's notebooks.
        parameters: texts as from a command line, or values.
        folder: where the copy goes; only its owner may read it.

    Raises:
        ParameterError: a parameter is unknown, missing or mistyped, or there is no such notebook.
    """
    path = find_notebook(notebook)
    document = read_notebook(path)
    declared = read_parameters(parameters_source(document))
    inject(document, bind(declared, parameters, notebook=path.stem, today=today_in_denmark()))
    write_notebook(document, folder / path.name)
    return folder / path.name


def run_notebook(
    notebook: str | Path,
    parameters: Mapping[str, Any] | None = None,
    out_dir: str | Path | None = None,
    *,
    kernel: str | None = None,
    cell_timeout: float | None = None,
) -> RunResult:
    """Execute a notebook through papermill and move what it made into ``out_dir``.

    Args:
        notebook: a path, or the short name of one of the toolkit's notebooks.
        parameters: texts as from a command line, or values; checked before a kernel starts.
        out_dir: where the executed notebook and its files go; else the parameter ``out_dir``, else ``out``.
        kernel: another kernel than the notebook's own.
        cell_timeout: how many seconds one cell may take; None is no limit.

    Raises:
        ParameterError: a parameter is unknown, missing or mistyped, or there is no such notebook.
        RunError: ``out_dir`` can not be written to, or a cell failed; what was executed until then is
            kept as ``NAME.failed.ipynb``.
        SecretError: a parameter refers to a secret (``env:NAME``) that is not there.
    """
    path = find_notebook(notebook)
    document = read_notebook(path)
    declared = read_parameters(parameters_source(document))
    values = bind(declared, parameters or {}, notebook=path.stem, today=today_in_denmark())
    target = _target(declared, values, out_dir)
    hidden = secrets_to_hide(values)
    started = datetime.now(UTC)
    with staging_in(target) as staging:
        results = staging / "results"
        results.mkdir()
        if any(parameter.name == OUT_DIR for parameter in declared):
            values[OUT_DIR] = str(results)
        inject(document, values)
        run = execute(document, title=path.stem, scratch=staging, kernel=kernel, cell_timeout=cell_timeout)
        shown = {str(results): str(target), **hidden}
        kept = target / f"{path.stem}.failed.ipynb"
        if failure := failure_of(run):
            write_notebook(finished(run.notebook, shown, started, ()), staging / kept.name)
            (staging / kept.name).replace(kept)
            raise _run_error(path.stem, failure, shown, kept)
        made = sorted(file.name for file in results.iterdir())
        write_notebook(finished(run.notebook, shown, started, made), results / path.name)
        *files, executed = publish(results, target)
        kept.unlink(missing_ok=True)
    seconds = (datetime.now(UTC) - started).total_seconds()
    return RunResult(executed, tuple(files), seconds)


def _target(declared: tuple[Parameter, ...], values: dict[str, Any], out_dir: str | Path | None) -> Path:
    given = values.get(OUT_DIR)
    if out_dir is not None and given is not None and Path(out_dir) != Path(given):
        raise ParameterError(
            f"The results can not go to both {out_dir} and {given}.",
            remedy="Give one of them: out_dir of the run, or the parameter of that name.",
        )
    default = next((p.default.strip("'\"") for p in declared if p.name == OUT_DIR and not p.required), None)
    return Path(out_dir or given or default or DEFAULT_OUT_DIR)


def _run_error(name: str, failure: Failure, shown: Mapping[str, str], kept: Path) -> RunError:
    remedy = redact_text(failure.remedy or "", shown)
    return RunError(
        f"{name} failed in {failure.place}: {redact_text(failure.sentence, shown)}",
        remedy=f"{remedy} See {kept}.".lstrip(),
        output=str(kept),
    )
