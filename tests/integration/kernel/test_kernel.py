"""The extension in a real kernel, as JupyterLab, VS Code, papermill and nbval speak to it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import nbformat
import pytest
from nbclient import NotebookClient

CELLS = (
    "%load_ext motoolkit",
    "%mo",
    "%%mo units\n{ org_units(limit: 3) { objects { uuid current { name } } } }",
    "%%mo\n{ org_units { objects { current { nmae } } } }",
    "%mo mirror load org_units",
    "%%mosql\nSELECT count(*) AS n FROM org_units",
    "%mo person 010190-1234",
    "raise ValueError('010190-1234 er ikke et nummer')",
    "len(units)",
)
MIMES = {"text/plain", "text/html"}


@pytest.fixture(scope="module")
def executed(sandbox):
    """A notebook of these cells, executed; errors are its outputs."""
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    cells = [nbformat.v4.new_code_cell(source) for source in CELLS]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=kernel)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTOOLKIT_MO_URL", sandbox.url)
        patch.setenv("MOTOOLKIT_PROGRESS", "off")
        NotebookClient(notebook, timeout=120, allow_errors=True).execute()
    return dict(zip(CELLS, (cell.outputs for cell in notebook.cells), strict=True))


def error(outputs):
    """Return the only error among a cell's outputs."""
    (found,) = [output for output in outputs if output["output_type"] == "error"]
    return found


def test_loading_says_nothing(executed):
    """A kernel that loads it by itself starts in silence."""
    assert executed[CELLS[0]] == []


def test_any_front_end_can_show_what_comes(executed):
    """Text and HTML, no widget and no script: JupyterLab, VS Code and exported pages alike."""
    shown = [o for outputs in executed.values() for o in outputs if "data" in o]
    assert {mime for output in shown for mime in output["data"]} == MIMES
    assert not any("<script" in output["data"].get("text/html", "") for output in shown)
    assert "<table" in executed[CELLS[2]][-1]["data"]["text/html"]


def test_an_error_is_an_error_of_a_few_lines(executed):
    """The output is of type ``error``, so papermill fails and nbval sees it; it shows the caret."""
    found = error(executed[CELLS[3]])
    assert found["ename"] == "SchemaError"
    assert len(found["traceback"]) == 4
    assert found["traceback"][2].rstrip().endswith("^")


def test_no_cpr_number_is_in_any_output(executed):
    """Nor in the traceback of an error that is not the toolkit's."""
    text = json.dumps(list(executed.values()))
    assert "010190-xxxx er ikke et nummer" in text
    assert not re.search(r"010190-?1234", text)


def test_papermill_fails_at_the_cell_that_fails(sandbox, tmp_path):
    """The exit code is not 0, and the sentence is the toolkit's."""
    source = tmp_path / "run.ipynb"
    cells = [nbformat.v4.new_code_cell(cell) for cell in (CELLS[0], CELLS[2], CELLS[3], CELLS[8])]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), source)
    command = [sys.executable, "-m", "papermill", "-k", "python3", str(source), str(tmp_path / "done.ipynb")]
    environ = {**os.environ, "MOTOOLKIT_MO_URL": sandbox.url}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environ, cwd=tmp_path)
    assert done.returncode == 1
    assert "Cannot query field 'nmae' on type 'OrganisationUnit'" in done.stderr
