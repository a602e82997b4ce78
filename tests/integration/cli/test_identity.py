"""``motoolkit identity check``, as a consultant types it."""

from __future__ import annotations

import csv
import io
import json
import re

import openpyxl
import pytest
from support import launch

from motoolkit.cli import main
from motoolkit.client import connect
from motoolkit.identities import COLLECTIONS
from motoolkit.mirror import Mirror

TODAY = "2026-11-23"
KEY = "a key that opens this file"
# Neither a telephone's nor a part of a GUID.
TEN_DIGITS = re.compile(r"(?<![0-9a-fA-F.+-])[0-9]{6}-?[0-9]{4}(?![0-9a-fA-F-])")


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A municipality with the planted cases."""
    log = tmp_path_factory.mktemp("identity") / "sandbox.log"
    running = launch("--today", TODAY, "--persons", "60", "--identities", "planted", log=log)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def file(served, tmp_path_factory):
    """A mirror file of it."""
    path = tmp_path_factory.mktemp("mirror") / "nordby.duckdb"
    with connect(served.url) as client, Mirror.open(path, key=KEY) as mirror:
        mirror.load(client, COLLECTIONS)
    return path


@pytest.fixture
def run(file, served, monkeypatch, capfd):
    """Run a command and return exit code, output and errors."""
    monkeypatch.setenv("MOTOOLKIT_LANG", "en")
    monkeypatch.setenv("MOTOOLKIT_MIRROR_KEY", KEY)

    def run(*words, live=False):
        capfd.readouterr()
        where = ["--profile", served.url] if live else ["--mirror", str(file), "--no-refresh"]
        code = main(["identity", "check", *map(str, words), "--as-of", TODAY, *where])
        done = capfd.readouterr()
        return code, done.out, done.err

    return run


def found(out):
    """Return how many findings of each kind there are."""
    return {each["kind"] for each in json.loads(out)["findings"]}


def test_everybody_is_checked_and_written_to_excel(run, tmp_path):
    """It fails as grave as asked, and no CPR number is told."""
    code, out, err = run("--format", "json", "--out", tmp_path)
    assert (code, "username_of_several" in found(out)) == (1, True)
    assert not TEN_DIGITS.search(out)
    assert "identities" in err
    book = openpyxl.load_workbook(next(tmp_path.glob("*.xlsx")))
    assert "Account for no engagement" in book.sheetnames
    assert run("--fail-on", "critical")[0] == 0


def test_one_person_is_checked_by_any_of_their_names(run):
    """A name, a username or an employee number; of several, all."""
    for text in ("Mona Mange", "momange1", "mona.mange@nordby.example"):
        code, out, _ = run("--person", text, "--format", "csv")
        rows = list(csv.DictReader(io.StringIO(out)))
        assert (code, len(rows)) == (1, 5)
    assert "Mona Mange" in run("--person", "Mona Mange", "--person", "Blanka Blank")[1]


def test_a_unit_is_checked_with_all_below(run):
    """Who works elsewhere is left out."""
    _, out, _ = run("--unit", "Center for Skole", "--format", "json")
    assert "account_across_organisation" in found(out)
    _, out, _ = run("--unit", "Kultur og Fritid", "--format", "json")
    assert {each["subject"]["label"] for each in json.loads(out)["findings"]} == {"Mona Mange"}


def test_who_is_misspelt_is_one_sentence_with_what_was_meant(run):
    """Exit code 1, nothing on standard output."""
    code, out, err = run("--person", "Mona Mangel")
    assert (code, out) == (1, "")
    assert err.splitlines() == [
        "Error: Nobody is called 'Mona Mangel' in MO.",
        next(line for line in err.splitlines() if line.startswith("Did you mean Mona Mange")),
    ]
    code, _, err = run("--unit", "Vig Skola")
    assert (code, "Did you mean Vig Skole" in err) == (1, True)
    assert run("--level", "0")[0] == 2


def test_what_is_over_is_told_when_asked(run):
    """By default only what is so today or will be."""
    tenses = {each["tense"] for each in json.loads(run("--format", "json")[1])["findings"]}
    assert tenses == {"current", "future", ""}
    told = json.loads(run("--format", "json", "--past")[1])["findings"]
    assert "past" in {each["tense"] for each in told}


def test_days_of_grace_let_accounts_go_on(run):
    """Ove's account has gone on for 84 days, Olga's for 115: after 90 days one of them is an error."""
    _, out, _ = run("--format", "json", "--grace", "90")
    late = {
        each["subject"]["label"]: each["severity"]
        for each in json.loads(out)["findings"]
        if each["kind"] == "account_outlives_engagements"
    }
    assert late["Ove Overlever"] == "info"
    assert late["Olga Overalt"] == "error"


def test_runs_are_compared_and_accepted_findings_fail_nothing(run, tmp_path):
    """The second run has nothing new; what is accepted until a day does not count."""
    run("--rows", "1")
    code, out, _ = run("--rows", "1")
    assert (code, "0 new" in out) == (1, True)
    accept = tmp_path / "accept.toml"
    kinds = sorted(found(run("--format", "json")[1]))
    rules = [
        f'[[accept]]\nkind = "{kind}"\nsubject = "*"\nreason = "Kendt"\nuntil = 2027-01-01\n'
        for kind in kinds
    ]
    accept.write_text("\n".join(rules))
    code, out, err = run("--accept", accept)
    assert code == 0, err


def test_mo_itself_is_read_without_a_mirror(run):
    """The same findings."""
    assert found(run("--format", "json", live=True)[1]) == found(run("--format", "json")[1])
