"""Notebooks run as a schedule runs them: by the toolkit's own command, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from dataclasses import dataclass
from pathlib import Path

import nbformat

from motoolkit.runner import find_notebook

KEY = "a key of the tests"


@dataclass(frozen=True)
class Run:
    """A finished run, and where its results went."""

    name: str
    done: subprocess.CompletedProcess[str]
    out: Path

    @property
    def notebook(self):
        """The executed notebook."""
        return nbformat.read(self.out / f"{self.name}.ipynb", as_version=4)

    def html(self):
        """Return all HTML that the notebook shows."""
        shown = (o for cell in self.notebook.cells for o in cell.get("outputs", ()))
        return "".join(output.get("data", {}).get("text/html", "") for output in shown)


def run(name, out, **parameters):
    """Run a notebook."""
    command = [sys.executable, "-m", "motoolkit", "run", name, "--out", str(out)]
    pairs = [word for parameter, value in parameters.items() for word in ("-p", parameter, value)]
    environ = {**os.environ, "MOTOOLKIT_MIRROR_KEY": KEY}
    done = subprocess.run([*command, *pairs], capture_output=True, text=True, env=environ, check=False)
    return Run(name, done, Path(out))


def parameters_told(name):
    """Return the type of each parameter in papermill's own help, which must tell what each means, too.

    Its regular expression has to understand the cell: plain annotations, comments without an equals sign.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # papermill's dependencies warn when they are imported
        from papermill import inspect_notebook
    shown = inspect_notebook(find_notebook(name))
    assert all(told["help"] for told in shown.values())
    return {parameter: told["inferred_type_name"] for parameter, told in shown.items()}
