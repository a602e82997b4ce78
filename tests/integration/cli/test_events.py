"""``motoolkit events``: listeners, stuck, refresh, replay and forget on a real sandbox."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys

import pytest

import motoolkit
from motoolkit.events import Listener


@pytest.fixture
def box(start_sandbox, tmp_path, monkeypatch):
    """Serve a small municipality with an integration that stands still."""
    monkeypatch.setenv("MOTOOLKIT_EVENTS", str(tmp_path / "events.sqlite3"))
    box = start_sandbox("--persons", "10")

    def fail(_event):
        raise ConnectionError("lønsystemet svarer ikke")

    with motoolkit.connect(box.url) as mo:
        listener = Listener(mo, "loen")
        listener.add(fail, "person")
        asyncio.run(listener.drain())
        motoolkit.events.refresh(mo, "person")
        asyncio.run(listener.drain())
    return box


def run(box, *words, answer=None):
    """Run the command as a user does."""
    command = [sys.executable, "-m", "motoolkit", "events", *words, "--profile", box.url]
    return subprocess.run(command, capture_output=True, text=True, check=False, input=answer)


def test_a_backlog_is_found_replayed_and_forgotten(box):
    """As a consultant does who was called about an integration."""
    listed = run(box, "listeners")
    assert "loen-person" in listed.stdout
    assert "MO knows us as service-account-motoolkit" in listed.stderr
    [entry] = json.loads(run(box, "listeners", "loen", "--format", "json").stdout)
    assert (entry["owner"], entry["namespace"]) == ("we", "mo")
    waits = run(box, "stuck", "loen", "--format", "json")
    assert {row["error"] for row in json.loads(waits.stdout)} == {"ConnectionError: lønsystemet svarer ikke"}
    assert f"{entry['waiting']} events of loen are handed out again." in run(box, "replay", "loen").stdout
    refused = run(box, "forget", "loen", answer="n\n")
    assert (refused.returncode, "would be lost" in refused.stdout) == (130, True)
    gone = run(box, "forget", "loen", "--yes")
    assert (gone.returncode, gone.stdout) == (0, "Deleted: loen-person.\n")
    assert json.loads(run(box, "listeners", "--format", "json").stdout) == []


def test_a_refresh_says_when_nobody_listens(box):
    """What is told to nobody is lost."""
    told = run(box, "refresh", "person")
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.startswith("MO has told our listeners of ")
    lost = run(box, "refresh", "engagement")
    assert "But there is none for engagement" in lost.stderr


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("refresh", "engagment"), "There is no routing key 'engagment'. Did you mean engagement?"),
        (("forget", "lon"), "There is no listener 'lon'. Did you mean loen?"),
        (("replay", "xyz"), "There is no listener 'xyz'. Known: loen."),
    ],
)
def test_a_slip_is_one_sentence_and_a_way_out(box, words, sentence):
    """On standard error, with exit code 1."""
    done = run(box, *words)
    assert (done.returncode, done.stdout) == (1, "")
    assert " ".join(done.stderr.split()) == f"Error: {sentence}"
