"""The journal while plans are applied, and undoing what was interrupted."""

from __future__ import annotations

import subprocess
import sys

import pytest

from motoolkit.errors import AuthorisationError, InputError, PlanError
from motoolkit.plan import Journal, Plan, _apply, undo

KILLED = """
import os, signal, sys
import motoolkit
from motoolkit.plan import _apply

url, session, path, mutations = sys.argv[1:]
client = motoolkit.connect(url, session=session)
execute, sent = client.execute, []

def killed(document, variables=None, **rest):
    answer = execute(document, variables, **rest)
    sent.extend([document] * document.startswith("mutation"))
    if len(sent) == int(mutations):
        os.kill(os.getpid(), signal.SIGKILL)
    return answer

client.execute = killed
_apply.MOST_STEPS = 2
motoolkit.Plan.load(path).apply(client, atomic=False)
"""


def engagements(town, number: int, reason: str = "Prøve") -> Plan:
    """Return a plan of new engagements."""
    plan = town.plan(reason)
    for _ in range(number):
        plan.create("engagement", start="2020-01-01", user_key="NY", **town.least("engagement"))
    return plan


def killed_after(breakable, plan: Plan, tmp_path, mutations: int) -> None:
    """Apply a plan in parts of two in a process that is killed when MO has taken so many parts."""
    plan.save(tmp_path / "plan.json")
    client = breakable.town.client
    words = [client.url, client.profile.credentials.session.reveal(), str(tmp_path / "plan.json")]
    done = subprocess.run([sys.executable, "-c", KILLED, *words, str(mutations)], check=False)
    assert done.returncode == -9


def test_a_run_is_written_down_with_who_what_and_outcome(breakable):
    """Before and after; a dry run and a plan with nothing to do are not."""
    plan = engagements(breakable.town, 2)
    before = len(Journal().runs())
    plan.apply(dry_run=True)
    assert len(Journal().runs()) == before
    result = plan.apply()
    plan.apply()
    (run,) = Journal().runs()[before:]
    assert (run.id, run.status, run.reason, run.continues) == (result.run, "2 done", "Prøve", None)
    assert run.mo_url == breakable.town.client.url
    assert run.actor_name.startswith("a legacy session")
    assert [o["uuid"] for o in run.operations] == [o.uuid for o in plan]


def test_nothing_is_written_down_where_it_is_not_wanted(breakable):
    """Nor can it be undone."""
    before = Journal().runs()
    result = engagements(breakable.town, 1).apply(journal=False)
    assert (result.ok, result.run, Journal().runs()) == (True, "", before)


def test_without_a_journal_nothing_is_sent(breakable, tmp_path):
    """A folder stands where it should be."""
    with pytest.raises(PlanError, match="can not be read: Is a directory"):
        engagements(breakable.town, 1).apply(journal=Journal(tmp_path))
    assert "NY" not in breakable.names("engagements")


def test_what_mo_refuses_is_written_down_too(breakable):
    """It was sent, after all."""
    plan = engagements(breakable.town, 1)
    plan.create("engagement", start="1910-01-01", **breakable.town.least("engagement"))
    result = plan.apply()
    assert Journal().find(result.run).status == "1 rolled back, 1 refused"


def test_an_interrupted_plan_is_continued_and_undone_as_a_whole(breakable, tmp_path):
    """Killed after two of its three parts: the rest is done, and the first run undoes all of it."""
    plan = engagements(breakable.town, 5)
    killed_after(breakable, plan, tmp_path, mutations=2)
    interrupted = Journal().find("last")
    assert (interrupted.status, interrupted.parts) == ("interrupted", (1, 3))
    assert breakable.names("engagements").count("NY") == 4
    result = Plan.load(tmp_path / "plan.json").apply(breakable.town.client)
    assert [outcome.became for outcome in result.outcomes].count("already so") == 4
    assert Journal().find(result.run).continues == interrupted.id
    undoing = undo(interrupted, breakable.town.client)
    assert (len(undoing), undoing.left) == (5, ())
    assert undoing.apply().ok
    assert "NY" not in breakable.names("engagements")


def test_a_plan_that_had_only_not_heard_of_its_end_is_written_down_as_done(breakable, tmp_path):
    """Killed after its last part: there is nothing left to send, but to say so."""
    plan = engagements(breakable.town, 1)
    killed_after(breakable, plan, tmp_path, mutations=1)
    interrupted = Journal().find("last")
    result = Plan.load(tmp_path / "plan.json").apply(breakable.town.client)
    run = Journal().find(result.run)
    assert (run.status, run.continues) == ("1 already so", interrupted.id)
    assert Plan.load(tmp_path / "plan.json").apply(breakable.town.client).run == ""


def test_what_mo_gave_a_uuid_is_found_although_its_answer_was_not_heard(breakable, tmp_path):
    """MO chooses the UUIDs of owners; an interrupted run is undone all the same."""
    town = breakable.town
    plan = town.plan()
    plan.create("owner", start="2020-01-01", org_unit=town.unit, owner=town.other)
    before = len(breakable.names("owners"))
    killed_after(breakable, plan, tmp_path, mutations=1)
    assert len(breakable.names("owners")) == before + 1
    assert undo(Journal().find("last"), town.client).apply().ok
    assert len(breakable.names("owners")) == before


def test_parts_that_were_not_sent_need_no_undoing(breakable, monkeypatch):
    """The second part is refused, so the third is not sent; the first stays until it is undone."""
    monkeypatch.setattr(_apply, "MOST_STEPS", 1)
    plan = engagements(breakable.town, 1)
    plan.create("engagement", start="1910-01-01", **breakable.town.least("engagement"))
    plan.add(engagements(breakable.town, 1))
    run = Journal().find(plan.apply(atomic=False).run)
    assert (run.status, run.parts) == ("1 done, 1 refused, 1 not sent", (1, 3))
    assert [operation.uuid for operation in undo(run, breakable.town.client)] == [plan.operations[0].uuid]


def test_a_run_on_another_mo_is_not_undone_here(breakable):
    """The same UUIDs may mean other things there."""
    town = breakable.town
    run = Journal().find(engagements(town, 1).apply().run)
    object.__setattr__(run, "mo_url", "https://mo.example.org")
    with pytest.raises(InputError, match=r"was on https://mo\.example\.org, and this is http"):
        undo(run, town.client)


def test_who_may_not_read_registrations_can_apply_but_not_undo(breakable):
    """The role read_registration is none that plans need; what is only made can be undone without it."""
    town = breakable.town
    execute = town.client.execute

    def denied(document, variables=None, **rest):
        if "registrations(" in document:
            raise AuthorisationError("MO denies registrations.")
        return execute(document, variables, **rest)

    town.client.execute = denied
    plan = engagements(town, 1)
    made = plan.apply()
    assert len(undo(Journal().find(made.run), town.client)) == 1
    change = town.plan()
    change.update("engagement", plan.operations[0].uuid, user_key="NYERE")
    changed = change.apply()
    assert (made.ok, changed.ok) == (True, True)
    with pytest.raises(PlanError, match="can not be undone"):
        undo(Journal().find(changed.run), town.client)
