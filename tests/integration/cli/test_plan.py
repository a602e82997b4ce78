"""``motoolkit plan``, as a consultant types it."""

from __future__ import annotations

import json
import stat

import pytest

import motoolkit as toolkit
from motoolkit.cli import main
from motoolkit.plan import Journal, Plan, read_state

UNIT = "5d000000-0000-4000-8000-000000000001"


@pytest.fixture
def town(start_sandbox):
    """A small sandbox of the test's own."""
    return start_sandbox("--persons", "20")


@pytest.fixture
def motoolkit(capfd):
    """Run a command and return its exit code, its output and its errors."""

    def run(*words):
        capfd.readouterr()
        code = main([str(word) for word in words])
        done = capfd.readouterr()
        return code, done.out, done.err

    return run


@pytest.fixture
def file(town, tmp_path):
    """The plan of a new unit, as a file."""
    with toolkit.connect(town.url) as client:
        units = [o for page in client.read("org_units", fields=["unit_type"]) for o in page.objects]
        unit_type = units[0]["validities"][0]["unit_type_response"]["uuid"]
    plan = Plan("Ny enhed for 010190-1234")
    plan.create("org_unit", uuid=UNIT, start="2026-01-01", name="Ny", unit_type=unit_type)
    plan.save(tmp_path / "plan.json")
    return tmp_path / "plan.json"


def unit(town):
    """Return what MO holds of the new unit."""
    with toolkit.connect(town.url) as client:
        return read_state(client, [("org_units", UNIT)])


def test_a_good_plan_is_checked(motoolkit, town, file):
    """Exit code 0."""
    code, out, _ = motoolkit("plan", "check", file, "--profile", town.url)
    assert (code, out) == (0, "Nothing is wrong with a plan of 1 operation.\n")


def test_a_bad_plan_is_checked(motoolkit, town, tmp_path):
    """Exit code 1, and what is wrong with it."""
    plan = Plan()
    plan.update("org_unit", UNIT, start="2026-01-01", name="Ny")
    plan.save(tmp_path / "bad.json")
    code, out, _ = motoolkit("plan", "check", tmp_path / "bad.json", "--profile", town.url)
    assert code == 1
    assert f"MO has no org_unit {UNIT}" in out
    code, _, err = motoolkit("plan", "apply", "--yes", tmp_path / "bad.json", "--profile", town.url)
    assert (code, err) == (1, "Nothing was sent.\n")
    assert Journal().runs() == []


def test_a_preview_shows_what_would_change(motoolkit, town, file):
    """And nothing is sent."""
    code, out, _ = motoolkit("plan", "preview", file, "--profile", town.url)
    assert code == 0
    assert out.startswith("1 operation")
    assert "Ny" in out
    assert unit(town) == {}


def test_where_nobody_can_be_asked_nothing_is_applied_without_yes(motoolkit, town, file):
    """Exit code 2, before MO is asked anything."""
    code, _, err = motoolkit("plan", "apply", file, "--profile", "http://nowhere.invalid")
    assert code == 2
    assert "Nobody is here to be asked. Add --yes" in err
    assert unit(town) == {}


@pytest.mark.parametrize("answer", ["y", "n"])
def test_who_sits_at_a_terminal_is_asked(motoolkit, town, file, monkeypatch, answer):
    """After the check and the preview; exit code 1 for a no."""
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: answer)
    code, out, err = motoolkit("plan", "apply", file, "--profile", town.url)
    agreed = answer == "y"
    assert code == (0 if agreed else 1)
    assert "Nothing is wrong" in out
    assert ("Nothing was sent." in err) is not agreed
    assert bool(unit(town)) is agreed


def test_a_dry_run_keeps_nothing_and_asks_nobody(motoolkit, town, file):
    """MO runs all of it."""
    code, out, _ = motoolkit("plan", "apply", file, "--dry-run", "--profile", town.url)
    assert code == 0
    assert out.endswith("Dry run, nothing is kept: 1 valid.\n")
    assert unit(town) == {}
    assert Journal().runs() == []


def test_a_plan_is_applied_listed_shown_and_undone(motoolkit, town, file, tmp_path):
    """The round that a consultant goes; undoing sends nothing before its file is applied."""
    profile = ("--profile", town.url)
    code, out, _ = motoolkit("plan", "apply", file, "--yes", *profile)
    run = Journal().find("last").id
    assert code == 0
    assert out.endswith(f"1 done.\nThis was the run {run}. Undo it: motoolkit plan undo {run}\n")
    _, out, err = motoolkit("plan", "list")
    assert out.splitlines()[1].startswith(run)
    assert "1 done" in out
    assert err == ""
    assert (
        f"Run:        {run}\nReason:     Ny enhed for 010190-xxxx\n" in motoolkit("plan", "show", "last")[1]
    )
    code, out, _ = motoolkit("plan", "undo", run)
    assert code == 0
    assert f"Nothing is changed yet. Write the plan: motoolkit plan undo {run} -o undo.json" in out
    undoing = tmp_path / "undo.json"
    assert f"motoolkit plan apply {undoing} --profile" in motoolkit("plan", "undo", run, "-o", undoing)[1]
    assert stat.S_IMODE(undoing.stat().st_mode) == 0o600
    assert unit(town)
    assert motoolkit("plan", "apply", undoing, "--yes", *profile)[0] == 0
    assert unit(town) == {}
    assert motoolkit("plan", "undo", run)[:2] == (0, f"There is nothing to undo of {run}.\n")


def test_what_was_changed_since_is_named(motoolkit, town, file):
    """Exit code 1: not all of the run can be undone."""
    motoolkit("plan", "apply", file, "--yes", "--profile", town.url)
    with toolkit.connect(town.url) as client:
        plan = client.plan()
        plan.update("org_unit", UNIT, name="Nyere")
        assert plan.apply(journal=False).ok
    code, out, err = motoolkit("plan", "undo", "last")
    assert code == 1
    assert err.startswith(f"Left as it is: The org_unit {UNIT} has been changed since the run")
    assert "There is nothing to undo" in out
    assert motoolkit("plan", "undo", "last", "--force")[0] == 0


def test_runs_are_listed_for_programs_and_by_mo(motoolkit, town, file):
    """JSON, and the profile's own runs unless all are asked for."""
    motoolkit("plan", "apply", file, "--yes", "--profile", town.url)
    (row,) = json.loads(motoolkit("plan", "list", "--format", "json")[1])
    assert (row["mo"], row["operations"], row["outcome"]) == (town.url, 1, "1 done")
    other = ("--profile", "https://mo.example.org", "--format", "csv")
    assert motoolkit("plan", "list", *other)[1].count("\n") == 1
    assert motoolkit("plan", "list", "--all", *other)[1].count("\n") == 2


def test_an_interrupted_run_says_what_to_do(motoolkit):
    """On standard error, beside the list."""
    facts = dict.fromkeys(["profile", "actor", "actor_name", "continues", "asserted"])
    lists = {"objects": [], "operations": [], "parts": 1, "undoable": True}
    run = Journal().begin({**facts, **lists, "mo_url": "http://mo", "reason": "Prøve", "plan": "0"})
    _, out, err = motoolkit("plan", "list")
    assert "interrupted" in out
    assert err.startswith(f"{run} was interrupted. Apply the same plan again: it is safe")


@pytest.mark.parametrize("command", ["check", "preview", "apply"])
def test_a_file_that_is_no_plan_is_told_before_mo_is_asked(motoolkit, tmp_path, command):
    """Exit code 1 and one sentence."""
    (tmp_path / "plan.json").write_text("{}")
    words = [command, tmp_path / "plan.json", *(["--yes"] if command == "apply" else [])]
    code, _, err = motoolkit("plan", *words, "--profile", "http://nowhere.invalid")
    assert code == 1
    assert err.startswith("Error: This JSON is no plan.")
