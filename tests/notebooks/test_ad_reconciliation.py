"""The audit of AD as a notebook, executed by papermill against a sandbox with its directories."""

from __future__ import annotations

import json
import re
import stat
import zipfile
from functools import partial

import httpx
import openpyxl
import pytest
from notebook_runs import KEY, parameters_told
from notebook_runs import run as run_notebook

from motoolkit.ad import Readings
from motoolkit.findings import FindingStore
from motoolkit.mirror import Mirror

pytestmark = pytest.mark.notebook

NAME = "ad_reconciliation"
EXECUTED, JSON, WORKBOOK = f"{NAME}.ipynb", "ad_fund.json", "ad_fund.xlsx"
ACCEPT = """\
[[accept]]
kind = "XAD-FIELD-CLASH"
subject = "skole/*"
reason = "Mobilnumre rettes i begge"
until = 2027-03-01
"""
TEN_DIGITS = re.compile(r"(?<![0-9a-fA-F.+-])[0-9]{6}-?[0-9]{4}(?![0-9a-fA-F-])")


run = partial(run_notebook, NAME)


@pytest.fixture(scope="module")
def audited(sandbox, tmp_path_factory):
    """A run over both directories, kept in a mirror's file."""
    home = tmp_path_factory.mktemp("audit")
    (home / "accept.toml").write_text(ACCEPT)
    return run(
        home / "out",
        profile=sandbox.url,
        as_of="23-11-2026",
        accept=str(home / "accept.toml"),
        mirror_file=str(home / "mirror.duckdb"),
    )


@pytest.fixture(scope="module")
def cpr_numbers(sandbox):
    """Every CPR number that the directories hold, which are those of MO and some that MO does not have."""
    pages = (
        httpx.get(f"{sandbox.url}/sandbox/ad/{name}.ldif", timeout=60).text for name in ("admin", "skole")
    )
    told = (re.findall(r"^employeeID: ([0-9-]+)", page, re.MULTILINE) for page in pages)
    found = {number.replace("-", "") for numbers in told for number in numbers}
    return {number for number in found if len(number) == 10}


def numbers_in(path):
    """Return all ten-digit numbers in a file, without dash, also inside a workbook's parts."""
    parts = [path.read_bytes()]
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as archive:
            parts = [archive.read(name) for name in archive.namelist()]
    return {
        each.replace("-", "") for part in parts for each in TEN_DIGITS.findall(part.decode("utf-8", "ignore"))
    }


def test_the_findings_are_in_a_workbook_and_in_json(audited):
    """One path a line on standard output; only the owner may read them."""
    assert (audited.done.returncode, audited.done.stderr) == (0, "")
    paths = [audited.out / name for name in (JSON, WORKBOOK, EXECUTED)]
    assert sorted(audited.done.stdout.splitlines()) == sorted(map(str, paths))
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths} == {0o600}


def test_no_file_holds_a_cpr_number(audited, cpr_numbers):
    """Neither of the files, nor the executed notebook."""
    assert len(cpr_numbers) > 100
    paths = [audited.out / name for name in (JSON, WORKBOOK, EXECUTED)]
    assert [numbers_in(path) & cpr_numbers for path in paths] == [set()] * 3


def test_critical_findings_were_read_twice_and_what_is_accepted_does_not_count(audited):
    """None is undecided; the sandbox's planted ones are there."""
    told = json.loads((audited.out / JSON).read_text())["findings"]
    critical = {one["kind"]: one["undecided"] for one in told if one["severity"] == "critical"}
    assert {"ENG-ENDED-ENABLED", "CPR-DIFF", "GRP-PRIV"} <= critical.keys()
    assert not any(critical.values())
    assert [one["kind"] for one in told if one["accepted"]] == ["XAD-FIELD-CLASH"]


def test_the_workbook_tells_whom_to_phone(audited):
    """Units after the overview, with managers; every sheet goes unit by unit."""
    book = openpyxl.load_workbook(audited.out / WORKBOOK)
    assert book.sheetnames[:2] == ["Oversigt", "Enheder"]
    unit, *_ = book["Enheder"].iter_rows(min_row=2, values_only=True)
    assert unit[0] == "Byggesager"
    assert "Tina Mikkelsen Bæk" in unit
    places = [row[1] for row in book["Ansættelse uden konto"].iter_rows(min_row=2, values_only=True)]
    assert len(places) > 3
    assert places == sorted(places, key=str.casefold)


def test_the_notebook_shows_coverage_units_trees_groups_and_no_svg(audited):
    """The pictures are images, which need no network and no trust."""
    html = audited.html()
    for told in ("Vaccinationscentret", "Projekt Kystvej", "AD_ad-bruger", "Byggesager"):
        assert told in html
    assert html.count("<img") == 5
    assert "<svg" not in html
    assert "<script" not in html
    assert re.findall(r"https?://(?!127\.0\.0\.1|www\.w3\.org)", html) == []


def test_the_executed_notebook_tells_which_mo_it_read_as_of_when(audited, sandbox):
    """In metadata.motoolkit, for whoever finds the file in a year."""
    told = audited.notebook.metadata.motoolkit
    assert (told["mo"], told["as_of"]) == (sandbox.url.removeprefix("http://"), "2026-11-23")
    assert told["files"] == [JSON, WORKBOOK]


def test_the_run_and_what_the_directories_held_are_kept(audited, monkeypatch):
    """The next run tells what is new, and whether a directory has shrunk."""
    monkeypatch.setenv("MOTOOLKIT_MIRROR_KEY", KEY)
    with Mirror.open(audited.out.parent / "mirror.duckdb", must_exist=True) as mirror:
        (kept,) = FindingStore(mirror).runs()
        held = Readings(mirror).last()
    assert (kept.audit, kept.findings) == (
        "ad",
        len(json.loads((audited.out / JSON).read_text())["findings"]),
    )
    assert sorted(held) == ["admin", "skole"]


def test_a_failed_run_leaves_what_was(sandbox, tmp_path):
    """A directory that is not there is told before anything is read."""
    (tmp_path / JSON).write_text("of yesterday")
    failed = run(tmp_path, profile=sandbox.url, as_of="2026-11-23", directories='["skoel"]')
    assert failed.done.returncode == 1
    assert "There is no directory 'skoel'" in failed.done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == [JSON, "ad_reconciliation.failed.ipynb"]
    assert (tmp_path / JSON).read_text() == "of yesterday"


def test_papermills_own_help_shows_every_parameter():
    """With what it means, and its type."""
    assert parameters_told("ad_reconciliation") == {
        **dict.fromkeys(("profile", "accept", "mirror_file", "out_dir"), "str"),
        **dict.fromkeys(("directories", "snapshots"), "list[str]"),
        "as_of": "date",
        "once": "bool",
    }
