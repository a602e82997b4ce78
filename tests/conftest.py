"""What all tests share: a real sandbox over HTTP, a clean environment, the recordings of a real MO."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

TODAY = "2026-11-23"
IN_CI = os.environ.get("CI") == "true"
CONFORMANCE = Path(
    os.environ.get("MOTOOLKIT_CONFORMANCE", Path(__file__).resolve().parents[2] / "shared" / "mo")
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the contract tests run against a real MO."""
    parser.addoption(
        "--mo-url", help="a real MO to hold the contract tests against (it is seeded when empty)"
    )
    parser.addoption("--mo-session", help="a legacy session UUID that the real MO accepts")


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
        """End the process and wait for it."""
        self.process.terminate()
        self.process.wait(timeout=20)

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
    raise RuntimeError(f"The sandbox ended before it was ready:\n{log.read_text()}")


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory):
    """Serve the default municipality: 400 persons, the clock frozen at 2026-11-23; read-only by agreement."""
    running = launch("--today", TODAY, log=tmp_path_factory.mktemp("sandbox") / "log")
    yield running
    running.stop()


@pytest.fixture
def start_sandbox(tmp_path):
    """Start sandboxes of one's own: ``start_sandbox("--persons", "50")``; stopped after the test."""
    started = []

    def start(*args: str) -> Sandbox:
        today = () if "--today" in args else ("--today", TODAY)
        started.append(launch(*today, *args, log=tmp_path / f"sandbox-{len(started)}.log"))
        return started[-1]

    yield start
    for running in started:
        if running.process.poll() is None:
            running.stop()


@pytest.fixture(autouse=True)
def clean_environ(monkeypatch):
    """Hide the developer's own profiles, cache and MOTOOLKIT_* settings from every test."""
    with tempfile.TemporaryDirectory(prefix="motoolkit-test-") as home:
        for name in [n for n in os.environ if n.startswith("MOTOOLKIT_")]:
            monkeypatch.delenv(name)
        for name in ("CONFIG", "CACHE", "DATA", "STATE"):
            monkeypatch.setenv(f"XDG_{name}_HOME", str(Path(home) / name.lower()))
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
        yield


@pytest.fixture(scope="session")
def conformance() -> Path:
    """The folder with a real MO's schemas and recorded exchanges (MOTOOLKIT_CONFORMANCE)."""
    if not (CONFORMANCE / "schema").is_dir():
        cannot_run(f"the recordings of a real MO are not at {CONFORMANCE}; set MOTOOLKIT_CONFORMANCE")
    return CONFORMANCE
