"""The recorded exchanges with a real MO, played to the sandbox, or with ``--empty-mo-url`` to a real one."""

from __future__ import annotations

import importlib.util
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from contract.conftest import SESSION, SUBSTITUTE_ROLES
from support import launch

if TYPE_CHECKING:
    from types import ModuleType

pytestmark = pytest.mark.contract

SET_UP = "00-setup"
SCENARIOS = (
    SET_UP,
    "01-persons",
    "02-engagements",
    "03-org-units",
    "04-managers",
    "05-addresses",
    "06-itusers",
    "07-associations",
    "08-leaves-kles-related-owners",
    "09-terminate-delete",
    "10-pagination",
    "11-errors",
    "12-atomicity",
    "13-events-on-change",
    "14-events",
    "15-server",
    "16-versions",
)
STEPS = 866
LEAST_SHARE = 0.97
SANDBOX_PATIENCE = 20
"""Seconds to wait for an event from the sandbox, which makes them at once; a real MO gets more."""

KNOWN: dict[str, Any] = tomllib.loads((Path(__file__).parent / "known_failures.toml").read_text())


class Player:
    """Plays scenarios to one server, each once, and keeps which steps were answered otherwise, and how."""

    def __init__(self, replay: ModuleType, folder: Path, http: httpx.Client, session: str, target: str):
        self._replay, self._folder, self._http = replay, folder, http
        self._headers, self.target = {"session": session}, target
        self._played: dict[str, dict[str, str]] = {}

    def play(self, scenario: str) -> dict[str, str]:
        """Return the steps that failed, each with its differences."""
        if scenario not in self._played:
            captures: dict[str, Any] = {}
            steps = self._replay.load(self._folder / f"{scenario}.json")
            found = {step["name"]: self._differences(step, captures) for step in steps}
            self._played[scenario] = {name: text for name, text in found.items() if text}
        return self._played[scenario]

    def _differences(self, step: dict[str, Any], captures: dict[str, Any]) -> str:
        if self.target == "sandbox" and "retry" in step:
            step["retry"]["seconds"] = min(step["retry"]["seconds"], SANDBOX_PATIENCE)
        found = self._replay.run_step(self._http, step, self._headers, captures)
        return "\n".join(f"  {path}: expected {expected} got {got}" for path, expected, got in found)


@pytest.fixture(scope="module")
def replay(conformance):
    """The pack's own player, so that answers are compared as its README says."""
    spec = importlib.util.spec_from_file_location("replay", conformance / "replay.py")
    module = sys.modules["replay"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module
    del sys.modules["replay"]


@pytest.fixture(scope="module")
def player(request, conformance, replay, tmp_path_factory):
    """A player at an empty MO to which the set-up has been played; every scenario needs only that."""
    url, session = request.config.getoption("--empty-mo-url"), request.config.getoption("--mo-session")
    if url:
        sandbox, target = None, "real_mo"
    else:
        roles = (argument for role in SUBSTITUTE_ROLES for argument in ("--substitute-role", role))
        log = tmp_path_factory.mktemp("conformance") / "sandbox.log"
        sandbox, target = launch("--empty", "--session", SESSION, *roles, log=log), "sandbox"
        url, session = sandbox.url, SESSION
    with httpx.Client(base_url=url, timeout=120) as http:
        playing = Player(replay, conformance / "scenarios", http, session or SESSION, target)
        playing.play(SET_UP)
        yield playing
    if sandbox:
        sandbox.stop()


def test_the_recordings_are_those_that_are_known(conformance, replay):
    """Seventeen files, 866 steps; a newer pack has to be looked at before it is held to."""
    files = sorted((conformance / "scenarios").glob("*.json"))
    assert tuple(file.stem for file in files) == SCENARIOS
    assert sum(len(replay.load(file)) for file in files) == STEPS


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_answers_as_recorded(player, scenario):
    """Each step gets the recorded answer, but for the known failures, which fail still."""
    failed = player.play(scenario)
    known = {entry["step"] for entry in KNOWN.get(player.target, ()) if entry["file"] == scenario}
    new = [f"{step}:\n{text}" for step, text in failed.items() if step not in known]
    assert not new, f"{len(new)} steps of {scenario} fail that did not:\n" + "\n".join(new)
    stale = sorted(known - failed.keys())
    assert not stale, f"these steps of {scenario} pass now; take them out of known_failures.toml: {stale}"


def test_all_but_a_few_steps_pass():
    """Of all 866 steps at least 97 % are answered as recorded."""
    assert 1 - len(KNOWN.get("sandbox", ())) / STEPS >= LEAST_SHARE


@pytest.mark.parametrize("target", ["sandbox", "real_mo"])
def test_every_known_failure_is_explained(target):
    """By a sentence, and each step once."""
    entries = KNOWN.get(target, ())
    assert {entry["file"] for entry in entries} <= set(SCENARIOS)
    assert all(entry["reason"].endswith(".") for entry in entries)
    assert len({(entry["file"], entry["step"]) for entry in entries}) == len(entries)


def test_the_toolkit_sends_nothing_that_is_known_to_fail():
    """Each known failure of the sandbox is of a kind of request that the toolkit never makes."""
    assert {entry["kind"] for entry in KNOWN.get("sandbox", ())} == set(KNOWN["kinds"])
