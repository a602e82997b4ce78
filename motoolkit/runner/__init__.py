"""Notebooks as programs: typed parameters in, results in place or one sentence why not."""

from __future__ import annotations

from motoolkit.runner.locate import find_notebook, known_notebooks
from motoolkit.runner.parameters import Parameter, bind, read_parameters
from motoolkit.runner.record import RunRecord
from motoolkit.runner.run import RunResult, notebook_parameters, prepare_notebook, run_notebook

__all__ = [
    "Parameter",
    "RunRecord",
    "RunResult",
    "bind",
    "find_notebook",
    "known_notebooks",
    "notebook_parameters",
    "prepare_notebook",
    "read_parameters",
    "run_notebook",
]
