"""What all tests share: a real sandbox over HTTP, a clean environment, the recordings of a real MO."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from support import TODAY, Sandbox, cannot_run, launch

CONFORMANCE = Path(
    os.environ.get("MOTOOLKIT_CONFORMANCE", Path(__file__).resolve().parents[2] / "shared" / "mo")
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the contract tests run against a real MO."""
    parser.addoption(
        "--mo-url", help="a real MO to hold the contract tests against (it is seeded when empty)"
    )
    parser.addoption(
        "--empty-mo-url", help="an empty real MO to play the recordings to; it holds their objects afterwards"
    )
    parser.addoption("--token-url", help="a sandbox whose tokens the real MO accepts (benchmarks of events)")
    parser.addoption("--mo-session", help="a legacy session UUID that the real MO accepts")


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
        running.stop()


@pytest.fixture(scope="session", autouse=True)
def state_of_its_own(tmp_path_factory):
    """Keep what long-lived fixtures apply out of the developer's own journal."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


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
