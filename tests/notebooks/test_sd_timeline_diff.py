"""The audit notebook, executed by papermill against a sandbox: findings in two files, and no CPR number."""

from __future__ import annotations

import json
import re
import stat
import zipfile
from datetime import date
from functools import partial

import httpx
import openpyxl
import pytest
from notebook_runs import KEY, parameters_told
from notebook_runs import run as run_notebook

from motoolkit.cli import main
from motoolkit.findings import FindingStore
from motoolkit.mirror import Mirror
from motoolkit.sandbox.municipality import municipality

pytestmark = pytest.mark.notebook

NAME = "sd_timeline_diff"
EXECUTED, JSON, WORKBOOK = f"{NAME}.ipynb", "sd_fund.json", "sd_fund.xlsx"
ACCEPT = """\
[[accept]]
kind = "wrong_title"
subject = "NK-00761/*"
reason = "Aftalt med Løn"
until = 2027-03-01
"""


run = partial(run_notebook, NAME)


@pytest.fixture(scope="module")
def audited(sandbox, tmp_path_factory):
    """A run about three persons, one of whom has what is accepted, kept in a mirror's file."""
    home = tmp_path_factory.mktemp("audit")
    (home / "accept.toml").write_text(ACCEPT)
    return run(
        home / "out",
        profile=sandbox.url,
        as_of="23-11-2026",
        persons='["NK-00311", "NK-00361", "NK-00761"]',
        accept=str(home / "accept.toml"),
        mirror_file=str(home / "mirror.duckdb"),
    )


@pytest.fixture(scope="module")
def cpr_numbers():
    """Every CPR number in the sandbox."""
    persons = (r for r in municipality(today=date(2026, 11, 23)) if r.collection == "persons")
    return {s.values.get("cpr_number") for person in persons for s in person.slices} - {None, ""}


def found_in(path, numbers):
    """Return which of the numbers are in a file, with or without dash, also inside a workbook's parts."""
    parts = [path.read_bytes()]
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as archive:
            parts = [archive.read(name) for name in archive.namelist()]
    found = (re.findall(r"(?<![0-9])[0-9]{6}-?[0-9]{4}(?![0-9])", p.decode("utf-8", "ignore")) for p in parts)
    return numbers & {run.replace("-", "") for runs in found for run in runs}


def test_the_findings_are_in_a_workbook_and_in_json(audited):
    """One path a line on standard output; only the owner may read them."""
    assert (audited.done.returncode, audited.done.stderr) == (0, "")
    paths = [audited.out / name for name in (JSON, WORKBOOK, EXECUTED)]
    assert sorted(audited.done.stdout.splitlines()) == sorted(map(str, paths))
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths} == {0o600}
    assert openpyxl.load_workbook(audited.out / WORKBOOK).sheetnames[-1] == "Om rapporten"


def test_the_planted_cases_are_what_is_found(audited):
    """Of the three persons, and nobody else's; what is accepted says so."""
    told = json.loads((audited.out / JSON).read_text())
    found = {(one["subject"]["key"].split("/")[0], one["kind"]) for one in told["findings"]}
    assert found == {
        ("NK-00311", "active_extra"),
        ("NK-00361", "wrong_unit"),
        ("NK-00761", "wrong_title"),
    }
    accepted = [one for one in told["findings"] if one["accepted"]]
    assert [one["kind"] for one in accepted] == ["wrong_title"]


def test_no_file_holds_a_cpr_number_or_the_password_of_sd(audited, cpr_numbers, sandbox):
    """Neither of the files, nor the executed notebook."""
    paths = [audited.out / name for name in (JSON, WORKBOOK, EXECUTED)]
    assert [found_in(path, cpr_numbers) for path in paths] == [set()] * 3
    password = httpx.get(f"{sandbox.url}/sandbox").json()["sd"]["password"]
    assert password not in (audited.out / EXECUTED).read_text()


def test_the_notebook_shows_the_mapping_the_findings_and_two_persons(audited):
    """What is accepted draws nobody; the pictures are images, which need no network and no trust."""
    html = audited.html()
    assert "extension_1" in html
    assert html.count("NK-00361") >= 2
    assert html.count('alt="NK-') == 2
    assert "<svg" not in html
    assert re.findall(r"https?://(?!127\.0\.0\.1|www\.w3\.org)", html) == []


def test_the_executed_notebook_tells_which_mo_it_read_as_of_when(audited, sandbox):
    """In metadata.motoolkit, for whoever finds the file in a year."""
    told = audited.notebook.metadata.motoolkit
    assert (told["mo"], told["as_of"]) == (sandbox.url.removeprefix("http://"), "2026-11-23")
    assert told["files"] == [JSON, WORKBOOK]


def test_the_run_is_kept_in_the_mirrors_file(audited, monkeypatch):
    """The next one tells what is new, still there and gone."""
    monkeypatch.setenv("MOTOOLKIT_MIRROR_KEY", KEY)
    with Mirror.open(audited.out.parent / "mirror.duckdb", must_exist=True) as mirror:
        (kept,) = FindingStore(mirror).runs()
    assert (kept.audit, kept.findings) == ("sd", 3)


def test_a_failed_audit_is_a_failed_run_that_leaves_what_was(audited, sandbox, tmp_path):
    """Somebody unknown: exit code 1, one sentence, and yesterday's file is still there."""
    (tmp_path / JSON).write_text("of yesterday")
    mirror = str(audited.out.parent / "mirror.duckdb")
    failed = run(
        tmp_path, profile=sandbox.url, as_of="2026-11-23", mirror_file=mirror, persons='["NK-99999"]'
    )
    assert failed.done.returncode == 1
    assert "(Sammenlign): Nobody with a CPR number is called 'NK-99999'" in failed.done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == [JSON, "sd_timeline_diff.failed.ipynb"]
    assert (tmp_path / JSON).read_text() == "of yesterday"


def test_papermills_own_help_shows_every_parameter():
    """With what it means, and its type."""
    assert parameters_told("sd_timeline_diff") == {
        **dict.fromkeys(("profile", "unit", "mapping", "accept", "mirror_file", "out_dir"), "str"),
        **dict.fromkeys(("institutions", "persons"), "list[str]"),
        **dict.fromkeys(("window_start", "window_end"), "Optional[date]"),
        "as_of": "date",
        "show_ignored": "bool",
        "pictures": "int",
    }


def test_wrong_parameters_are_refused_before_a_kernel_starts(tmp_path, capsys):
    """Exit code 2, and the out folder is not even made."""
    out = tmp_path / "out"
    assert main(["run", "sd_timeline_diff", "--out", str(out), "-p", "window_end", "2026-02-30"]) == 2
    assert capsys.readouterr().err.startswith("Error: Parameter 'window_end' can not be '2026-02-30'.")
    assert not out.exists()
