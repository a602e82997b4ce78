"""Progress where somebody looks, and nowhere else."""

from __future__ import annotations

import os
import pty
import subprocess
import sys

import nbformat
import pytest
from nbclient import NotebookClient

JOB = """
import time
from motoolkit.progress import progress

with progress("Reading MO") as report:
    for page in range(5):
        report.update(f"{page} pages", page, 5)
        time.sleep(0.1)
    report.finish("1,204 objects")
"""


def run_notebook(monkeypatch, **environment):
    """Return the outputs of the job in a real kernel."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(JOB)])
    NotebookClient(notebook, kernel_name="python3").execute()
    return notebook.cells[0].outputs


def run_terminal(**environment):
    """Return what the job writes to a terminal on stderr."""
    master, slave = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", JOB], stderr=slave, env={**os.environ, "TERM": "xterm", **environment}
    ) as process:
        os.close(slave)
        text = b"".join(iter(lambda: _read(master), b""))
    assert process.returncode == 0
    os.close(master)
    return text.decode()


def _read(master):
    try:
        return os.read(master, 4096)
    except OSError:  # the other end is closed
        return b""


@pytest.mark.notebook
def test_a_notebook_keeps_one_output_with_the_final_text(monkeypatch):
    """No fragments, no widget state, no times: executed runbooks are compared."""
    outputs = run_notebook(monkeypatch)
    assert [o.output_type for o in outputs] == ["display_data"]
    assert outputs[0].data == {"text/plain": "Reading MO: 1,204 objects"}


@pytest.mark.notebook
def test_off_keeps_a_notebook_silent(monkeypatch):
    """MOTOOLKIT_PROGRESS=off leaves no output at all."""
    assert run_notebook(monkeypatch, MOTOOLKIT_PROGRESS="off") == []


def test_a_terminal_shows_a_bar_and_keeps_one_line():
    """The bar goes away; what was done stays."""
    text = run_terminal()
    assert "4 pages" in text
    assert text.rstrip().endswith("Reading MO: 1,204 objects")


def test_off_keeps_a_terminal_silent():
    """MOTOOLKIT_PROGRESS=off is for scheduled runs on a terminal."""
    assert run_terminal(MOTOOLKIT_PROGRESS="off") == ""


def test_a_pipe_gets_nothing():
    """A log file is not filled with bars."""
    done = subprocess.run([sys.executable, "-c", JOB], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")
