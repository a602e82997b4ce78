"""``motoolkit events tail``: what happens, a line each, and nothing left behind."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time

import pytest
from integration.events.processes import Command

LISTENERS = "{ event_listeners { objects { user_key } } }"
ENGAGEMENTS = """{
  engagements {
    objects {
      uuid
      current { org_unit_response { current { name } } person_response { current { name } } }
    }
  }
  org_units { objects { uuid current { name } } }
}"""
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


@pytest.fixture
def tail(tmp_path, mo):
    """Run ``events tail``, and wait until it listens."""
    started = []

    def tail(*options):
        command = Command(tmp_path, "events", "tail", *options, "--profile", mo.url)
        started.append(command)
        command.wait_for(lambda: "Ctrl-C ends it." in command.err, seconds=40)
        return command

    yield tail
    for command in started:
        if command.process.poll() is None:
            command.process.kill()
            command.process.wait()


@pytest.fixture
def karen(mo):
    """Make a person with a CPR number and return the UUID."""

    def karen():
        plan = mo.plan("Prøve")
        number = f"010190505{len(made)}"
        uuid = plan.create("person", given_name="Karen", surname="Prøvesen", cpr_number=number)
        assert plan.apply().ok
        return uuid

    made = []
    yield lambda: made.append(karen()) or made[-1]
    plan = mo.plan("Oprydning")
    for uuid in made:
        plan.delete("person", uuid)
    assert plan.apply().ok


def moved(mo, number):
    """Move an engagement to another unit; return its person's and the units' names."""
    found = mo.execute(ENGAGEMENTS)
    engagement = [each for each in found["engagements"]["objects"] if each["current"]][number]
    (old, person) = (
        engagement["current"][name]["current"] for name in ("org_unit_response", "person_response")
    )
    unit = next(each for each in found["org_units"]["objects"] if each["current"] not in (None, old))
    plan = mo.plan("Prøve")
    plan.update("engagement", engagement["uuid"], start="2026-12-01", org_unit=unit["uuid"])
    assert plan.apply().ok
    return person["name"], old["name"], unit["current"]["name"]


def left_in(mo):
    """Return the listeners of tails that MO holds."""
    keys = [one["user_key"] for one in mo.execute(LISTENERS)["event_listeners"]["objects"]]
    return [key for key in keys if key.startswith("tail-")]


def test_what_changed_is_told_by_names(tail, mo):
    """The field, the period, old and new; ended by --limit, it leaves nothing in MO."""
    command = tail("--changes", "--routing-key", "engagement", "--limit", "1")
    person, old, new = moved(mo, 5)
    assert command.end() == 0
    heading, change = command.out.splitlines()
    assert re.match(rf"\d\d:\d\d:\d\d engagement +changed +{person}, ", heading)
    assert re.fullmatch(rf" +org_unit +\[2026-12-01, …\) +{old} → {new}", change)
    assert command.err.endswith("1 event.\n")
    assert left_in(mo) == []


def test_new_and_deleted_objects_have_names_and_no_cpr_number(tail, mo, karen):
    """The name of what is gone is the one that it had."""
    command = tail("--changes", "--routing-key", "person", "--limit", "2")
    plan = mo.plan("Prøve")
    uuid = karen()
    command.wait_for(lambda: "created" in command.out)
    time.sleep(1)  # until it is acknowledged; till then the mirror compares with what was before it
    plan.delete("person", uuid)
    assert plan.apply().ok
    assert command.end() == 0
    assert re.search(r"person +created +Karen Prøvesen\n", command.out)
    assert re.search(r"person +deleted +Karen Prøvesen\n", command.out)
    assert re.search(r"cpr_number .* – → 010190-xxxx\n", command.out)
    assert "505" not in command.out + command.err


def test_json_is_a_line_an_event(tail, karen):
    """Without --changes MO tells only that something happened."""
    command = tail("--format", "json", "--limit", "1")
    uuid = karen()
    assert command.end() == 0
    told = json.loads(command.out)
    assert told.pop("received").startswith("20")
    assert told == {
        "routing_key": "person",
        "subject": uuid,
        "priority": 10000,
        "namespace": "mo",
        "name": None,
        "what": None,
        "changes": None,
    }


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_and_leaves_nothing_in_mo(tail, mo, number):
    """MO has a listener for each routing key meanwhile."""
    command = tail()
    assert len(left_in(mo)) == 15
    assert command.stop(number) == 0
    assert left_in(mo) == []


def test_an_end_while_mo_is_read_leaves_nothing_either(tmp_path, mo):
    """Ctrl-C at any time."""
    for seconds in (0, 0.4, 0.8):
        command = Command(tmp_path, "events", "tail", "--changes", "--profile", mo.url)
        command.wait_for(lambda command=command: "Reading MO" in command.err)
        time.sleep(seconds)
        assert command.stop(signal.SIGINT) in {0, 130}
        assert "Traceback" not in command.err
        assert left_in(mo) == []


def test_a_reader_that_goes_away_ends_it(mo, karen):
    """``motoolkit events tail | head -1``: without a word, and without a listener left."""
    words = [sys.executable, "-m", "motoolkit", "events", "tail", "--profile", mo.url]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert "Ctrl-C ends it." in process.stderr.readline()
    karen()
    assert "person" in process.stdout.readline()
    process.stdout.close()
    karen()
    assert process.wait(timeout=30) == 1
    assert process.stderr.read() == ""
    process.stderr.close()
    assert left_in(mo) == []


def test_a_terminal_of_80_columns_has_colours_and_no_long_lines(mo):
    """Long names are folded within their column."""
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(COLUMNS="80", TERM="xterm-256color", MOTOOLKIT_PROGRESS="off")
        words = ["events", "tail", "--changes", "--limit", "1", "--profile", mo.url]
        os.execv(sys.executable, [sys.executable, "-m", "motoolkit", *words])  # noqa: S606 - its own
    shown = ""
    told = None
    while True:
        try:
            shown += os.read(terminal, 4096).decode()
        except OSError:  # a terminal whose other end is closed
            break
        if told is None and "Ctrl-C ends it." in shown:
            told = moved(mo, 9)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    os.close(terminal)
    assert "\x1b[33mchanged" in shown
    lines = ESCAPES.sub("", shown).splitlines()
    assert max(map(len, lines)) <= 80
    assert any(told[0] in line for line in lines)


def test_slips_are_told_at_once(tmp_path, mo):
    """A routing key that MO does not have would be silence."""
    command = Command(tmp_path, "events", "tail", "--routing-key", "employee", "--profile", mo.url)
    assert command.end() == 1
    assert command.err == "Error: There is no routing key 'employee'.\nMO's events call it 'person'.\n"


def test_events_of_other_namespaces_are_shown_without_cpr_numbers(tail, send):
    """Their subjects are whatever the sender chose; their routing keys are nobody else's to know."""
    command = tail("--namespace", "prøve", "--routing-key", "ting", "--limit", "2")
    send("sag 7", priority=1)
    command.wait_for(lambda: "sag 7" in command.out)
    send("0101905050")
    assert command.end() == 0
    first, second = command.out.splitlines()
    assert first.endswith(" ting         sag 7 (priority 1)")
    assert second.endswith(" ting         010190-xxxx")


def test_another_namespace_needs_a_routing_key(tmp_path, mo):
    """A usage error: exit code 2."""
    command = Command(tmp_path, "events", "tail", "--namespace", "prøve", "--profile", mo.url)
    assert command.end() == 2
    assert "--namespace needs --routing-key" in command.err


def test_a_missing_role_is_named(tmp_path, start_sandbox, monkeypatch):
    """And nothing is left in MO."""
    monkeypatch.setenv("POOR", "secret")
    roles = "read_version,create_event_listener,delete_event_listener"
    box = start_sandbox("--persons", "5", "--client", f"poor:secret:{roles}")
    server = ("--auth-server", f"{box.url}/auth", "--client-id", "poor", "--client-secret", "env:POOR")
    assert Command(tmp_path, "profile", "add", "poor", box.url, *server).end() == 0
    command = Command(tmp_path, "events", "tail", "--routing-key", "person", "--profile", "poor")
    assert command.end() == 1
    assert "fetch_event" in command.err
