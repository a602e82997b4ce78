"""``motoolkit sd``, as a consultant types it."""

from __future__ import annotations

import csv
import io
import json
import re
import stat
from datetime import date

import httpx
import pytest
import stamina
from sd_expected import expected
from support import launch

from motoolkit.cli import main
from motoolkit.client import connect
from motoolkit.findings import FindingStore
from motoolkit.mirror import Mirror
from motoolkit.sd.mo import COLLECTIONS, NEEDED

TODAY = "2026-11-23"
KEY = "a key that opens this file"


@pytest.fixture(autouse=True)
def surroundings(monkeypatch):
    """Say it in English, and try again without pauses."""
    monkeypatch.setenv("MOTOOLKIT_LANG", "en")
    monkeypatch.setenv("MOTOOLKIT_MIRROR_KEY", KEY)
    monkeypatch.setenv("MOTOOLKIT_SD_BULK", "true")
    monkeypatch.setenv("MOTOOLKIT_SD_CACHE_HOURS", "0")
    with stamina.set_testing(True, attempts=3, cap=True):
        yield


@pytest.fixture(scope="module")
def file(sandbox, tmp_path_factory):
    """A mirror file of the sandbox."""
    path = tmp_path_factory.mktemp("mirror") / "nordby.duckdb"
    with connect(sandbox.url) as client, Mirror.open(path, key=KEY) as mirror:
        mirror.load(client, (*COLLECTIONS, "itusers"))
    return path


@pytest.fixture
def sd(file, capfd):
    """Run a command on it, and return exit code, output and errors."""

    def run(command, *words, mirror=file):
        capfd.readouterr()
        day = () if command == "mapping" else ("--as-of", TODAY)
        code = main(["sd", command, *map(str, words), *day, "--mirror", str(mirror)])
        done = capfd.readouterr()
        return code, done.out, done.err

    return run


@pytest.fixture(scope="module")
def cpr(file):
    """The CPR number of somebody about whom something is found."""
    with Mirror.open(file, key=KEY) as mirror:
        query = """
            SELECT DISTINCT p.cpr_number FROM persons p JOIN engagements e ON e.person_uuid = p.uuid
            WHERE e.user_key = 'NK-00311'
        """
        [(found,)] = mirror.rows(query, show_cpr=True)
    return found.replace("-", "")


def of_kind(text):
    """Return how many findings the counts at the top tell."""
    counts = r"^  (?:Critical|Error|Warning|Information) +([0-9]+)  "
    return sum(map(int, re.findall(counts, text, re.MULTILINE)))


def test_a_whole_run_is_told_kept_and_compared_with_the_next(sd, file, tmp_path):
    """Exit code 1, a table that fits a terminal, a workbook; then what was mended is gone."""
    code, out, err = sd("diff", "--out", tmp_path)
    assert code == 1
    assert out.startswith("SD-Løn against MO, 23-11-2026, NK NS N2: Critical: 1, Error: 14")
    assert of_kind(out) == 28
    assert out.endswith("… and 8 more\n")
    assert max(map(len, out.splitlines())) <= 120
    workbook = tmp_path / "sd_fund.xlsx"
    assert err.splitlines()[-1] == str(workbook)
    assert stat.S_IMODE(workbook.stat().st_mode) == 0o600
    with Mirror.open(file, key=KEY) as mirror:
        query = "UPDATE base.engagements SET valid_to = '2026-10-01' WHERE user_key = 'NK-00311'"
        mirror.connection.execute(query + " AND valid_to IS NULL")
    code, out, _ = sd("diff", "--rows", 0, "--fail-on", "critical")
    assert code == 0
    assert "Since 23-11-2026: 0 new, 27 still there, 1 gone" in out
    assert "more" not in out
    with Mirror.open(file, key=KEY) as mirror:
        query = "UPDATE base.engagements SET valid_to = NULL WHERE user_key = 'NK-00311'"
        mirror.connection.execute(query + " AND valid_to = '2026-10-01'")
        assert [run.findings for run in FindingStore(mirror).runs()] == [27, 28]


def test_findings_of_a_unit_for_programs(sd):
    """As CSV."""
    code, out, _ = sd("diff", "--unit", "Borgerservice Nordby", "--format", "csv", "--from", "2027-01-01")
    (row,) = csv.DictReader(io.StringIO(out))
    assert (code, row["kind"], row["start"]) == (1, "wrong_unit", "2026-12-01")


def test_what_is_accepted_fails_nothing(sd, tmp_path):
    """And entries about others are no news where only some are compared."""
    file = tmp_path / "accepted.toml"
    entry = '[[accept]]\nkind = "{}"\nsubject = "{}"\nreason = "Aftalt"\nuntil = 2027-01-01\n'
    file.write_text(entry.format("wrong_unit", "NK-00361/*") + entry.format("wrong_title", "NK-00761/*"))
    code, out, _ = sd("diff", "--unit", "Borgerservice Nordby", "--accept", file)
    assert code == 0
    assert "1 accepted" in out
    assert "fits nothing" not in out
    code, _, err = sd("diff", "--accept", tmp_path / "nowhere.toml")
    assert code == 1
    assert err.startswith("Error: ")


def test_one_person_by_number(sd, tmp_path):
    """What is found, and a page with both timelines that fetches nothing and is for its owner only."""
    page = tmp_path / "person.html"
    page.write_text("old")
    code, out, err = sd("person", "NK-00311", "--html", page)
    assert code == 1
    assert out.splitlines()[:2] == ["Gitte Bonde", "  NK-00311"]
    assert "Active in MO only" in out
    assert err.splitlines()[-1] == str(page)
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    html = page.read_text()
    assert "Gitte Bonde" in html
    fetched = re.findall(r"(?:src|href)=[\"'](?!data:)|@import|url\((?!['\"]?data:)|<script|<link", html)
    assert fetched == []


def test_a_cpr_number_is_read_and_appears_nowhere(sd, cpr, monkeypatch, tmp_path):
    """Neither in what is shown nor in what is written."""
    page = tmp_path / "person.html"
    for format_ in ("table", "json"):
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{cpr[:6]}-{cpr[6:]}\n"))
        code, out, err = sd("person", "-", "--html", page, "--format", format_)
        assert code == 1
        assert "history" not in err
        for text in (out, err, page.read_text()):
            assert cpr not in text.replace("-", "")
    monkeypatch.setattr("sys.stdin", io.StringIO("\n"))
    assert sd("person", "-")[::2] == (
        1,
        "Error: Nobody was named on standard input.\nWrite a CPR number and Enter.\n",
    )


def test_a_cpr_number_as_an_argument_is_warned_of(sd, cpr):
    """It stays in the shell's history."""
    code, out, err = sd("person", cpr)
    assert code == 1
    assert (
        err == "Warning: The CPR number stays in the shell's history. Next time give -, and type it then.\n"
    )
    assert cpr not in out


def test_whoever_is_unknown_is_one_sentence(sd):
    """And so is a mapping, an institution or a file that is not there."""
    for words in (
        ("person", "nobody"),
        ("diff", "--unit", "Nowhere"),
        ("diff", "--institution", "XX"),
        ("diff", "--mapping", "sdlonn"),
        ("diff", "--mapping", "nowhere.toml"),
    ):
        code, out, err = sd(*words)
        assert (code, out) == (1, ""), words
        assert err.startswith("Error: "), words
        assert len(err.splitlines()) <= 2, words


@pytest.mark.parametrize("fault", ["sd-closed", "sd-html", "sd-truncated", "sd-500"])
def test_when_sd_fails_nothing_is_written(sd, sandbox, tmp_path, fault):
    """One sentence and what to do; neither workbook nor page nor run."""
    sandbox.post("/sandbox/faults", [f"{fault}=9"])
    try:
        code, out, err = sd("diff", "--out", tmp_path / "out", "--format", "json")
        assert (code, out) == (1, "")
        assert re.fullmatch(r"Error: SD-Løn.*\n.+\n|Error: .*SD-Løn.*\n(.+\n)?", err)
    finally:
        sandbox.post("/sandbox/faults", [f"{fault}=0"])
    assert list(tmp_path.iterdir()) == []


def test_a_page_that_can_not_be_written(sd, tmp_path):
    """A file is where the folder should be; what was found is printed before."""
    (tmp_path / "nowhere").touch()
    code, out, err = sd("person", "NK-00311", "--html", tmp_path / "nowhere" / "page.html")
    assert code == 1
    assert "Active in MO only" in out
    assert err.startswith("Error: page.html can not be written to")


def test_a_mirror_without_what_is_needed(sd, sandbox, tmp_path):
    """It is told before SD is asked."""
    path = tmp_path / "poor.duckdb"
    with connect(sandbox.url) as client, Mirror.open(path, key=KEY) as mirror:
        mirror.load(client, ["facets", "classes"])
    code, out, err = sd("diff", mirror=path)
    assert (code, out) == (1, "")
    assert err.startswith("Error: The mirror does not hold ")
    assert sd("diff", mirror=tmp_path / "none.duckdb")[2].startswith("Error: There is no mirror file")


def test_who_is_employed(sd):
    """By institution and status, with how many of them MO has."""
    code, out, _ = sd("population", "--institution", "NS", "--format", "json")
    assert code == 0
    assert json.loads(out) == [
        {"institution": "NS", "status": "1 on the payroll", "employments": 75, "persons": 71, "in_mo": 75},
        {"institution": "NS", "status": "3 on leave", "employments": 4, "persons": 4, "in_mo": 4},
        {"institution": "NS", "status": "8 resigned", "employments": 2, "persons": 2, "in_mo": 0},
    ]


def test_a_guess_may_be_kept_as_a_file(sd, tmp_path):
    """What it says is what --mapping reads."""
    code, out, _ = sd("mapping")
    assert code == 0
    assert out.startswith("sdlon\n")
    file = tmp_path / "nordby.toml"
    file.write_text(sd("mapping", "--toml")[1])
    assert sd("person", "NK-00121", "--mapping", file, "--format", "json")[1] == (
        sd("person", "NK-00121", "--format", "json")[1].replace('"sdlon"', '"nordby"')
    )


def test_straight_from_mo(sandbox, capfd):
    """Without a mirror file MO is read, and asked who changed what is wrong."""
    code = main(["sd", "person", "NK-00761", "--profile", sandbox.url, "--as-of", TODAY, "--format", "json"])
    done = capfd.readouterr()
    assert code == 0
    (found,) = json.loads(done.out)["findings"]
    assert (found["kind"], found["patterns"]) == ("wrong_title", [])


@pytest.fixture(scope="module")
def moved_on(tmp_path_factory):
    """A municipality in which somebody was ended since it was read into a file; as (sandbox, file)."""
    folder = tmp_path_factory.mktemp("moved-on")
    running = launch("--today", TODAY, "--persons", "100", log=folder / "sandbox.log")
    path = folder / "nordby.duckdb"
    with connect(running.url) as client, Mirror.open(path, key=KEY) as mirror:
        mirror.load(client, NEEDED)
        [(uuid,)] = mirror.rows("SELECT DISTINCT uuid FROM engagements WHERE user_key = 'NK-00311'")
        plan = client.plan("Resigned")
        plan.terminate("engagement", uuid, end="2026-10-01")
        assert plan.apply(journal=False).ok
    yield running, path
    running.stop()


def test_a_mirror_is_refreshed_first_where_there_is_a_mo(sd, moved_on, sandbox):
    """Unless that is not wanted, or the profile names no MO; of another MO it is no mirror."""
    running, path = moved_on
    there = ("person", "NK-00311", "--profile", running.url)
    for words in (("person", "NK-00311"), (*there, "--no-refresh")):
        code, out, _ = sd(*words, mirror=path)
        assert (code, "Active in MO only" in out) == (1, True), words
    code, out, err = sd("person", "NK-00311", "--profile", sandbox.url, mirror=path)
    assert (code, out) == (1, "")
    assert err.startswith(f"Error: The mirror is of {running.url}")
    code, out, err = sd(*there, mirror=path)
    assert (code, "SD and MO agree." in out) == (0, True)
    assert "MO is as it was" not in err


def test_of_a_mo_that_can_not_be_reached_the_age_is_told(sd, moved_on, sandbox, monkeypatch):
    """The comparison is made all the same: with what MO was."""
    running, path = moved_on
    running.stop()
    access = httpx.get(f"{sandbox.url}/sandbox").json()["sd"]
    monkeypatch.setenv("MOTOOLKIT_SD_URL", sandbox.url)
    monkeypatch.setenv("MOTOOLKIT_SD_USERNAME", access["username"])
    monkeypatch.setenv("MOTOOLKIT_SD_PASSWORD", access["password"])
    monkeypatch.setenv("MOTOOLKIT_SD_INSTITUTIONS", "NK,NS,N2")
    monkeypatch.setenv("MOTOOLKIT_SD_HOURS", "always")
    code, out, err = sd("person", "NK-00361", "--profile", running.url, mirror=path)
    assert (code, "Wrong unit" in out) == (1, True), err
    assert re.search(
        r"^MO is as it was [0-9-]{10} [0-9:]{5}; what changed since was not read: ", err, re.MULTILINE
    )


def test_severities_have_colours_on_a_terminal(monkeypatch):
    """Unless NO_COLOR says otherwise."""
    from motoolkit.cli import _findings
    from motoolkit.findings import Severity

    text = f"  {Severity.ERROR.label}  1  Wrong unit\n"
    assert _findings._coloured(text) == text
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert _findings._coloured(text) == "  \x1b[31m\x1b[1mError\x1b[0m  1  Wrong unit\n"
    monkeypatch.setenv("NO_COLOR", "1")
    assert _findings._coloured(text) == text


def test_the_counts_are_those_of_the_planted_cases():
    """The numbers above follow from the sandbox's own list."""
    assert len(expected(date(2026, 11, 23))) == 28
