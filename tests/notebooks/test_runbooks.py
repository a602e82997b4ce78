"""Each runbook shows, on a sandbox with a frozen clock, what it showed when it was written (nbval)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from support import TODAY

ROOT = Path(__file__).resolve().parents[2]
RUNBOOKS = sorted((ROOT / "notebooks" / "runbooks").glob("*.ipynb"))

pytestmark = pytest.mark.notebook


def hold(runbook, sandbox, tmp_path):
    """Run nbval on a runbook against a sandbox."""
    own = {"MOTOOLKIT_MO_URL": sandbox.url, "MOTOOLKIT_EVENTS": str(tmp_path / "events.sqlite3")}
    here = Path(__file__).parent
    command = [sys.executable, "-m", "pytest", "-c", str(here / "nbval.ini"), "--rootdir", str(tmp_path)]
    command += ["--nbval-sanitize-with", str(here / "sanitize.cfg"), str(runbook)]
    environ = {**os.environ, **own, "MOTOOLKIT_PROGRESS": "off"}
    return subprocess.run(command, capture_output=True, text=True, env=environ, check=False, cwd=tmp_path)


@pytest.mark.parametrize("runbook", RUNBOOKS, ids=lambda path: path.stem)
def test_a_runbook_shows_what_it_showed(runbook, start_sandbox, tmp_path):
    """Cell by cell; only moments and the sandbox's address may differ."""
    done = hold(runbook, start_sandbox(), tmp_path)
    assert done.returncode == 0, done.stdout[-4000:]


def test_a_runbook_that_shows_something_else_is_found_out(start_sandbox, tmp_path):
    """A test of the test: a sandbox of another day and size has other numbers."""
    other = start_sandbox("--persons", "30", "--today", TODAY, "--seed", "7")
    done = hold(ROOT / "notebooks" / "runbooks" / "events.ipynb", other, tmp_path)
    assert done.returncode == 1
    assert "456 objekter" in done.stdout


@pytest.mark.parametrize("runbook", RUNBOOKS, ids=lambda path: path.stem)
def test_a_runbook_ends_well_and_asserts_it_in_code(runbook):
    """Nbval guards the texts; what must be true is asserted where the consultant sees it."""
    cells = nbformat.read(runbook, as_version=4).cells
    assert any("assert " in cell.source for cell in cells if cell.cell_type == "code")
    assert not any(o.output_type == "error" for c in cells for o in c.get("outputs", ()))
