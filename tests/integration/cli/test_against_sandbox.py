"""The commands that talk to a MO, as a consultant types them."""

from __future__ import annotations

import csv
import json

import pytest

from motoolkit.cli import main

SQL = ("mirror", "sql", "--file")


@pytest.fixture
def motoolkit(capsys, monkeypatch):
    """Run a command and return its exit code, its output and its errors."""
    monkeypatch.setenv("MOTOOLKIT_MIRROR_KEY", "a key for the tests")

    def run(*words):
        code = main([str(word) for word in words])
        done = capsys.readouterr()
        return code, done.out, done.err

    return run


@pytest.fixture
def loaded(motoolkit, sandbox, tmp_path):
    """A mirror file of persons and units."""
    file = tmp_path / "mirrors" / "nordby.duckdb"
    words = ("--file", file, "--profile", sandbox.url, "--only", "persons", "--only", "org_units")
    assert motoolkit("mirror", "load", *words)[0] == 0
    return file


def test_a_mirror_is_loaded_and_tells_what_it_holds(motoolkit, loaded, sandbox):
    """The file, the MO, the version and the number of objects."""
    code, out, _ = motoolkit("mirror", "info", "--file", loaded)
    first, second, *rows = out.splitlines()
    assert code == 0
    assert first == f"{loaded}: {sandbox.url} (GraphQL v30)"
    assert second.startswith("loaded 20")
    assert [row.split()[0] for row in rows[-2:]] == ["org_units", "persons"]


def test_a_mirror_whose_load_was_cut_says_so(motoolkit, start_sandbox, monkeypatch, tmp_path):
    """It is no use yet; how far it came and the way on are named."""
    file = tmp_path / "cut.duckdb"
    town = start_sandbox("--persons", "81", "--client", "half:secret:read_facet,read_registration")
    settings = {
        "MO_URL": town.url,
        "AUTH_SERVER": f"{town.url}/auth",
        "CLIENT_ID": "half",
        "CLIENT_SECRET": "secret",
    }
    for name, value in settings.items():
        monkeypatch.setenv(f"MOTOOLKIT_{name}", value)
    assert motoolkit("mirror", "load", "--file", file)[0] == 1
    code, out, _ = motoolkit("mirror", "info", "--file", file)
    assert code == 0
    assert "a load was cut after " in out
    assert out.endswith(" of 15 collections. Go on with: motoolkit mirror load.\n")


def test_a_mirror_is_refreshed_from_where_it_came(motoolkit, loaded, sandbox):
    """Nothing changed, so it tells the same."""
    before = motoolkit("mirror", "info", "--file", loaded)[1].splitlines()
    code, out, _ = motoolkit("mirror", "refresh", "--file", loaded, "--profile", sandbox.url)
    assert code == 0
    assert out.splitlines()[2:] == before[2:]


def test_sql_answers_as_csv_and_json(motoolkit, loaded):
    """Names and rows; programs read both."""
    query = "SELECT count(*) AS units, DATE '2026-11-23' AS day FROM org_units_at(DATE '2026-11-23')"
    units = int(
        next(csv.DictReader(motoolkit(*SQL, loaded, "--format", "csv", query)[1].splitlines()))["units"]
    )
    assert units > 100
    told = json.loads(motoolkit(*SQL, loaded, "--format", "json", f"{query};")[1])
    assert told == [{"units": units, "day": "2026-11-23"}]


def test_sql_masks_cpr_numbers_until_they_are_asked_for(motoolkit, loaded):
    """By the view, and once more in what is printed."""
    query = "SELECT cpr_number FROM persons WHERE cpr_number IS NOT NULL LIMIT 1"
    masked = motoolkit(*SQL, loaded, "--format", "csv", query)[1].splitlines()[1]
    shown = motoolkit(*SQL, loaded, "--format", "csv", query, "--show-cpr")[1].splitlines()[1]
    assert masked.endswith("-xxxx")
    assert shown.isdigit()
    assert shown[:6] == masked[:6]


def test_a_wrong_query_is_one_sentence(motoolkit, loaded):
    """DuckDB's own, without its pointer."""
    code, _, err = motoolkit(*SQL, loaded, "SELECT nme FROM persons")
    assert code == 1
    assert err.startswith("Error: The query can not be answered: Binder Error")
    assert len(err.splitlines()) == 2


def test_a_mirror_that_is_not_there_is_told(motoolkit, tmp_path):
    """The remedy is the command that makes it."""
    code, _, err = motoolkit("mirror", "info", "--file", tmp_path / "no.duckdb")
    assert code == 1
    assert err.splitlines() == [
        f"Error: There is no mirror file {tmp_path / 'no.duckdb'}.",
        "Load one: motoolkit mirror load.",
    ]


def test_the_short_form_writes_the_same_two_reports(motoolkit, sandbox, tmp_path):
    """One path a line on standard output, the counts on standard error."""
    words = ("--out", tmp_path, "--as-of", "2026-11-23", "--profile", sandbox.url)
    code, out, err = motoolkit("report", "engagements-managers", *words)
    assert code == 0
    assert out.splitlines() == [
        str(tmp_path / "engagementer_og_ledere.xlsx"),
        str(tmp_path / "engagementer_og_ledere_cpr_maskeret.xlsx"),
    ]
    assert "warnings (see the sheet Advarsler)." in err


def test_a_profile_is_tested_by_logging_in(motoolkit, sandbox, monkeypatch):
    """It tells the version that both speak."""
    monkeypatch.setenv("NORDBY_SECRET", "sandbox")
    way_in = ("--auth-server", f"{sandbox.url}/auth", "--client-id", "motoolkit")
    motoolkit("profile", "add", "nordby", sandbox.url, *way_in, "--client-secret", "env:NORDBY_SECRET")
    assert motoolkit("profile", "test", "nordby")[:2] == (
        0,
        f"{sandbox.url}: GraphQL v30 (client credentials)\n",
    )


def test_the_doctor_finds_a_sandbox_well(motoolkit, sandbox):
    """Every check is told; with --json as data."""
    code, out, _ = motoolkit("doctor", sandbox.url)
    assert (code, {line[:4] for line in out.splitlines()}) == (0, {"ok  "})
    told = json.loads(motoolkit("doctor", sandbox.url, "--json")[1])
    assert told["state"] == "ok"
    assert told["checks"][0].keys() == {"name", "state", "sentence", "remedy"}


def test_the_doctor_fails_where_nothing_answers(motoolkit):
    """Exit code 1, so that a script can tell."""
    code, out, _ = motoolkit("doctor", "http://127.0.0.1:9")
    assert code == 1
    assert out.splitlines()[-1].startswith("FAIL  reachable: ")
