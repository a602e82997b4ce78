"""A run that is stopped leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.notebook

NOTEBOOK = Path(__file__).parent / "broken" / "tells_its_process_and_never_ends.ipynb"


def wait_for(condition, seconds=60):
    """Wait until ``condition()`` is true and tell whether it became so."""
    end = time.monotonic() + seconds
    while not (met := condition()) and time.monotonic() < end:
        time.sleep(0.05)
    return met


def is_gone(process_id):
    """Tell whether a process has ended."""
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return True
    return False


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_and_a_schedulers_stop_end_the_kernel_and_clear_the_folder(tmp_path, stop):
    """The exit code is 130, the message one word."""
    told, out = tmp_path / "pid", tmp_path / "out"
    command = [sys.executable, "-m", "motoolkit", "run", str(NOTEBOOK), "-p", "pid_file", str(told)]
    with subprocess.Popen([*command, "--out", str(out)], stderr=subprocess.PIPE, text=True) as running:
        assert wait_for(lambda: told.exists() and told.read_text())
        running.send_signal(stop)
        _, errors = running.communicate(timeout=60)
    assert (running.returncode, errors.split()) == (130, ["Stopped."])
    assert list(out.iterdir()) == []
    assert wait_for(lambda: is_gone(int(told.read_text())))
