"""What a plan finds out when the answer does not come, or when its own process is killed."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections import Counter

import pytest

from motoolkit.plan import Plan

APPLY = """
import os, signal, sys
import motoolkit

url, session, path, moment = sys.argv[1:]
client = motoolkit.connect(url, session=session)
execute = client.execute

def killed(document, variables=None, **rest):
    mutates = document.startswith("mutation")
    if mutates and moment == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    answer = execute(document, variables, **rest)
    if mutates and moment == "after":
        os.kill(os.getpid(), signal.SIGKILL)
    return answer

client.execute = killed
print("applying", flush=True)
motoolkit.Plan.load(path).apply(client)
print("applied", flush=True)
"""


def a_bit_of_everything(town) -> Plan:
    """Return a plan that makes, changes and ends, also what MO gives UUIDs of its own."""
    account = town.make("ituser", start="2020-01-01")
    old = town.make("engagement", start="2020-01-01")
    plan = town.plan()
    plan.create("engagement", start="2020-01-01", user_key="NY", **town.least("engagement"))
    plan.create("rolebinding", start="2020-01-01", ituser=account, role=town.a("role"))
    plan.create("owner", start="2020-01-01", org_unit=town.unit, owner=town.other)
    plan.update("engagement", old, start="2021-01-01", fraction=500_000)
    plan.terminate("engagement", old, end="2030-01-01")
    return plan


def outcomes(result) -> Counter[str]:
    """Count what became of a plan's operations."""
    return Counter(outcome.became for outcome in result.outcomes)


def test_an_answer_that_is_cut_off_after_the_commit_is_found_to_be_done(breakable):
    """The plan reads by its UUIDs what MO holds; nothing is doubled when it is applied again."""
    plan = a_bit_of_everything(breakable.town)
    before = len(breakable.names("rolebindings")), len(breakable.names("owners"))
    breakable.fault("cut-after=1")
    result = plan.apply()
    assert outcomes(result) == {"done": 5}
    assert "The answer was lost" in result.outcomes[0].text
    assert outcomes(plan.apply()) == {"already so": 5}
    assert breakable.names("engagements").count("NY") == 1
    after = len(breakable.names("rolebindings")), len(breakable.names("owners"))
    assert after == (before[0] + 1, before[1] + 1)


def test_a_request_that_is_cut_off_before_it_is_run_is_found_to_be_rolled_back(breakable):
    """Applying again does all of it."""
    plan = a_bit_of_everything(breakable.town)
    breakable.fault("cut-before=1")
    result = plan.apply()
    assert outcomes(result) == {"rolled back": 5}
    assert "MO holds nothing of it, 4 seconds later." in result.outcomes[0].text
    assert "would make them twice if it is still running there" in result.outcomes[0].text
    assert outcomes(plan.apply()) == {"done": 5}
    assert breakable.names("engagements").count("NY") == 1


def when_it_writes(breakable, happens) -> None:
    """Let something happen just before the client sends a mutation."""
    execute = breakable.town.client.execute

    def sending(document, variables=None, **rest):
        if document.startswith("mutation"):
            happens()
        return execute(document, variables, **rest)

    breakable.town.client.execute = sending


def test_a_request_that_outlasts_our_patience_is_looked_for_again(breakable):
    """MO commits it a second after the client has given up."""
    plan = a_bit_of_everything(breakable.town)
    when_it_writes(breakable, lambda: breakable.fault("stall=1@3"))
    result = plan.apply()
    assert outcomes(result) == {"done": 5}
    assert "The answer was lost" in result.outcomes[0].text


def test_a_request_that_runs_on_behind_our_back_does_no_harm(breakable):
    """MO commits it long after we looked, and after the plan was applied again: nothing is doubled."""
    plan = breakable.town.plan()
    plan.create("engagement", start="2020-01-01", user_key="NY", **breakable.town.least("engagement"))
    when_it_writes(breakable, lambda: breakable.fault("stall=1@9"))
    result = plan.apply()
    assert outcomes(result) == {"rolled back": 1}
    assert "Applying again is safe, even if it is still running there." in result.outcomes[0].text
    del breakable.town.client.execute
    assert outcomes(plan.apply()) == {"done": 1}
    time.sleep(6)
    assert outcomes(plan.apply()) == {"already so": 1}
    assert breakable.names("engagements").count("NY") == 1


def test_when_mo_can_not_be_read_either_it_is_unknown(breakable):
    """The server dies while it has the request."""
    plan = a_bit_of_everything(breakable.town)
    dying = threading.Timer(1, breakable.running.process.kill)

    def last_words():
        breakable.fault("stall=1@30")
        dying.start()

    when_it_writes(breakable, last_words)
    result = plan.apply()
    assert outcomes(result) == {"unknown": 5}
    assert "applying again is safe" in result.outcomes[0].text


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_client_that_is_killed_loses_and_doubles_nothing(breakable, tmp_path, moment):
    """Kill -9 just before the document is sent, or between the commit and the reading back."""
    plan = a_bit_of_everything(breakable.town)
    plan.save(tmp_path / "plan.json")
    arguments = [
        breakable.running.url,
        "5e551011-0000-4000-8000-000000000001",
        tmp_path / "plan.json",
        moment,
    ]
    child = subprocess.run(
        [sys.executable, "-c", APPLY, *arguments], check=False, capture_output=True, text=True
    )
    assert (child.returncode, child.stdout) == (-signal.SIGKILL, "applying\n")
    again = Plan.load(tmp_path / "plan.json").apply(breakable.town.client)
    assert outcomes(again) == {"already so" if moment == "after" else "done": 5}
    assert breakable.names("engagements").count("NY") == 1
    assert outcomes(plan.apply()) == {"already so": 5}


@pytest.mark.parametrize("seconds", [0.0, 0.05, 0.1, 0.2, 0.4])
def test_a_client_that_is_killed_at_any_moment_loses_and_doubles_nothing(breakable, tmp_path, seconds):
    """Kill -9 from outside, at whatever the client is then doing."""
    plan = a_bit_of_everything(breakable.town)
    plan.save(tmp_path / "plan.json")
    arguments = [
        breakable.running.url,
        "5e551011-0000-4000-8000-000000000001",
        tmp_path / "plan.json",
        "never",
    ]
    with subprocess.Popen(
        [sys.executable, "-c", APPLY, *arguments], stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout.readline() == "applying\n"
        time.sleep(seconds)
        child.kill()
    time.sleep(0.5)
    again = outcomes(Plan.load(tmp_path / "plan.json").apply(breakable.town.client))
    assert again in ({"already so": 5}, {"done": 5})
    assert breakable.names("engagements").count("NY") == 1
    assert outcomes(plan.apply()) == {"already so": 5}
