"""What the tests start and ask for: real sandboxes, and a way to say that a test can not run here."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx
import pytest

if TYPE_CHECKING:
    from pathlib import Path

TODAY = "2026-11-23"
IN_CI = os.environ.get("CI") == "true"


def cannot_run(reason: str) -> None:
    """Skip a test that this machine can not run; in CI that is a failure."""
    if IN_CI:
        pytest.fail(f"{reason} (under CI=true a test that can not run is a failure)")
    pytest.skip(reason)


@dataclass(frozen=True)
class Sandbox:
    """A sandbox process and where it answers."""

    url: str
    process: subprocess.Popen[str]
    log: Path

    def stop(self) -> None:
        """End the process, if it still runs, and let go of it."""
        self.process.terminate()
        self.process.wait(timeout=20)
        if self.process.stdout is not None:
            self.process.stdout.close()

    def post(self, path: str, body: object) -> httpx.Response:
        """Use one of the sandbox's training doors."""
        return httpx.post(f"{self.url}{path}", json=body, timeout=60).raise_for_status()


def launch(*args: str, log: Path) -> Sandbox:
    """Start a sandbox and wait for its ready line.

    Raises:
        RuntimeError: it ended before it was ready; the message holds its log.
    """
    command = [sys.executable, "-m", "motoolkit", "sandbox", "--port", "0", *args]
    with log.open("w") as errors:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True)
    assert process.stdout is not None
    for line in process.stdout:
        if found := re.match(r"sandbox ready at (http://\S+)", line):
            return Sandbox(found[1], process, log)
    process.wait()
    process.stdout.close()
    raise RuntimeError(f"The sandbox ended before it was ready:\n{log.read_text()}")
