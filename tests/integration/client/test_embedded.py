"""No MO is chosen: the sandbox is, as a child process of one's own."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time

import httpx
import pytest

TWICE = """
import os
os.environ["MOTOOLKIT_SESSION"] = "meant for a real MO"
import motoolkit
for _ in range(2):
    with motoolkit.connect() as client:
        persons = sum(len(page.objects) for page in client.read("persons", fields=["user_key"]))
        print(client.url, persons == 400, flush=True)
input()
"""


@pytest.fixture
def python():
    """Run a program that connects to nothing; return the process and its first lines of output."""
    started = []

    def go(program: str) -> subprocess.Popen[str]:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        started.append(subprocess.Popen([sys.executable, "-c", program], text=True, **pipes))
        return started[-1]

    yield go
    for process in started:
        process.kill()
        process.communicate()


def is_gone(url: str) -> bool:
    """Tell whether nobody answers, at the latest after five seconds."""
    for _ in range(50):
        try:
            httpx.get(f"{url}/version/", timeout=1)
        except httpx.TransportError:
            return True
        time.sleep(0.1)
    return False


def test_connecting_to_nothing_starts_one_sandbox_and_says_so(python):
    """One a process, announced in one line on standard error, gone at the end."""
    process = python(TWICE)
    first, second = process.stdout.readline(), process.stdout.readline()
    url = first.split()[0]
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+", url)
    assert first == second == f"{url} True\n"
    _, errors = process.communicate("\n", timeout=20)
    assert errors == f"No MO is chosen: this is the sandbox, a made-up municipality at {url}.\n"
    assert process.returncode == 0
    assert is_gone(url)


def test_a_killed_process_leaves_no_sandbox_behind(python):
    """A restarted kernel has no time to clean up."""
    process = python(TWICE)
    url = process.stdout.readline().split()[0]
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert is_gone(url)


def test_a_sandbox_that_can_not_start_is_told_with_its_last_word(python):
    """Here the working folder hides the sandbox's own libraries."""
    program = """
import sys, tempfile, pathlib, os
folder = pathlib.Path(tempfile.mkdtemp())
(folder / "starlette.py").write_text("raise ImportError('no starlette here')")
os.environ["PYTHONPATH"] = str(folder)
import motoolkit
try:
    motoolkit.connect()
except motoolkit.errors.TransportError as error:
    print(error.message)
"""
    output, _ = python(program).communicate(timeout=60)
    assert output.startswith("The embedded sandbox did not start: ")
