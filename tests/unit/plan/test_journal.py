"""The journal's file: what is written when, what is masked, what a torn or closed file does."""

from __future__ import annotations

import os
import re
import stat
from datetime import date

import pytest

from motoolkit.errors import InputError, PlanError
from motoolkit.plan import Journal, Span
from motoolkit.plan._runs import digest, digest_of

NOBODY = {
    "profile": "holstebro",
    "mo_url": "http://mo",
    "actor": None,
    "actor_name": "anna",
    "reason": "Prøve",
    "plan": digest(["Prøve", []]),
    "continues": None,
    "parts": 1,
    "asserted": None,
    "undoable": True,
    "objects": [],
    "operations": [],
}
DONE = [{"became": "done", "text": ""}]


@pytest.fixture
def journal(tmp_path):
    """An empty journal in a folder that is not there yet."""
    return Journal(tmp_path / "state" / "journal.jsonl")


def a_run(journal, *, outcomes=None, **told):
    """Write a run, that ended if it has outcomes; return its id."""
    run = journal.begin({**NOBODY, **told})
    if outcomes is not None:
        journal.tell("ended", run, outcomes=outcomes, uuids=[], differing=[])
    return run


def test_it_is_in_the_users_folder_for_state_or_where_the_environment_says(monkeypatch, tmp_path):
    """As the profile file with MOTOOLKIT_CONFIG."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert Journal().path == tmp_path / "motoolkit" / "journal.jsonl"
    monkeypatch.setenv("MOTOOLKIT_JOURNAL", str(tmp_path / "other"))
    assert Journal().path == tmp_path / "other"


def test_only_its_owner_may_read_it(journal):
    """Whatever the umask, and also a file that was open to all."""
    before = os.umask(0)
    try:
        a_run(journal)
        assert stat.S_IMODE(journal.path.stat().st_mode) == 0o600
        assert stat.S_IMODE(journal.path.parent.stat().st_mode) == 0o700
        journal.path.chmod(0o644)
        a_run(journal)
        assert stat.S_IMODE(journal.path.stat().st_mode) == 0o600
    finally:
        os.umask(before)


def test_a_run_that_has_not_ended_is_interrupted(journal):
    """What was killed leaves its first line behind."""
    a_run(journal)
    (run,) = journal.runs()
    assert (run.status, run.finished, run.ended) == ("interrupted", False, None)


def test_a_run_tells_what_became_of_it(journal):
    """In numbers, in the plan's order."""
    a_run(journal, outcomes=[*DONE, {"became": "already so", "text": ""}, *DONE])
    (run,) = journal.runs()
    assert (run.status, run.finished) == ("2 done, 1 already so", True)
    assert (run.profile, run.actor_name, run.reason) == ("holstebro", "anna", "Prøve")
    assert repr(run) == f"<Run {run.id} 'Prøve', 0 operations: 2 done, 1 already so>"


def test_cpr_numbers_are_masked_wherever_they_stand(journal):
    """In values within values, reasons and errors."""
    run = a_run(
        journal,
        reason="Flyt 010190-1234",
        operations=[{"values": {"user_key": "x", "several": ["0101901234"], "cpr_number": "0101901234"}}],
        outcomes=[{"became": "refused", "text": "MO refused 0101901234"}],
    )
    assert "1234" not in journal.path.read_text()
    found = journal.find(run)
    assert found.reason == "Flyt 010190-xxxx"
    assert found.operations[0]["values"]["several"] == ["010190-xxxx"]
    assert found.outcomes == (("refused", "MO refused 010190-xxxx"),)


def test_digests_do_not_give_a_masked_number_away():
    """Trap: all but four digits stand in the journal, so the digest of the rest could be found by trying."""
    one, other = (
        [Span(date(1990, 1, 1), None, {"cpr_number": f"010190{last}", "nickname": None})]
        for last in (1234, 5678)
    )
    assert digest_of(one) == digest_of(other)
    assert digest(["0101901234"]) == digest(["0101905678"])
    assert digest_of(one) != digest_of([Span(date(1990, 1, 1), date(2020, 1, 1), one[0].values)])


def test_a_line_that_was_cut_off_spoils_no_other(journal):
    """Trap: a full disk or a kill leaves half a line without an end."""
    first = a_run(journal, outcomes=DONE)
    with journal.path.open("a") as file:
        file.write('{"event":"started","run":"2026')
    second = a_run(journal, outcomes=DONE)
    assert [run.id for run in journal.runs()] == [first, second]


def test_runs_are_found_by_the_beginning_the_end_or_last(journal):
    """And not when several fit."""
    first, second = a_run(journal), a_run(journal)
    assert journal.find(first).id == first
    assert journal.find(first[-4:]).id == first
    assert journal.find("last").id == second
    with pytest.raises(InputError, match=rf"'2' may be several runs: {first}, {second}\."):
        journal.find("2")
    with pytest.raises(InputError, match="There is no run 'nix'"):
        journal.find("nix")


def test_without_a_journal_there_are_no_runs(journal):
    """Reading makes no file."""
    assert journal.runs() == []
    with pytest.raises(InputError, match="There is no run 'last'"):
        journal.find("last")
    assert not journal.path.exists()


def test_a_run_id_begins_with_the_time_and_is_no_cpr_number(journal):
    """Trap: six digits, a dash and four digits would be masked."""
    assert re.fullmatch(r"\d{8}-\d{6}-[a-z]{4}", a_run(journal))


def test_the_same_plan_is_unfinished_until_it_is_done_on_the_same_mo(journal):
    """Another plan or another MO is something else."""
    plan = NOBODY["plan"]
    interrupted = a_run(journal)
    a_run(journal, plan=digest(["other", []]), outcomes=DONE)
    assert journal.unfinished(plan, "http://mo").id == interrupted
    assert journal.unfinished(plan, "http://other") is None
    a_run(journal, continues=interrupted, outcomes=DONE)
    assert journal.unfinished(plan, "http://mo") is None


def test_a_journal_that_can_not_be_written_stops_the_plan(tmp_path):
    """The error says what to do."""
    with pytest.raises(PlanError, match="can not be written: Is a directory; nothing was sent") as caught:
        a_run(Journal(tmp_path))
    assert "MOTOOLKIT_JOURNAL" in caught.value.remedy


def test_what_became_of_it_can_only_be_warned_of(journal):
    """MO has it by then."""
    run = a_run(journal)
    journal.path.unlink()
    journal.path.mkdir()
    with pytest.warns(UserWarning, match=f"The plan was sent, but .* It will call the run {run} interrupted"):
        journal.tell("ended", run, outcomes=DONE, uuids=[], differing=[])
