"""The notebook about identities, executed by papermill against a sandbox with planted faults."""

from __future__ import annotations

import json
import re
import stat
from collections import Counter
from datetime import date
from functools import partial

import openpyxl
import pytest
from notebook_runs import KEY, parameters_told
from notebook_runs import run as run_notebook
from support import TODAY, launch

from motoolkit.cli import main
from motoolkit.findings import FindingStore
from motoolkit.mirror import Mirror
from motoolkit.sandbox.municipality import municipality

pytestmark = pytest.mark.notebook

NAME = "identities"
EXECUTED, JSON, WORKBOOK = f"{NAME}.ipynb", "identities_fund.json", "identities_fund.xlsx"
ACCEPT = """\
[[accept]]
kind = "system_without_links"
subject = "*"
reason = "Én lønkonto pr. person er aftalt"
until = 2027-03-01
"""


run = partial(run_notebook, NAME)


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """A sandbox with planted faults of identities."""
    running = launch(
        "--today", TODAY, "--identities", "planted", log=tmp_path_factory.mktemp("sandbox") / "log"
    )
    yield running
    running.stop()


@pytest.fixture(scope="module")
def audited(planted, tmp_path_factory):
    """A run about everybody, kept in a mirror's file."""
    home = tmp_path_factory.mktemp("audit")
    (home / "accept.toml").write_text(ACCEPT)
    return run(
        home / "out",
        profile=planted.url,
        as_of="23-11-2026",
        accept=str(home / "accept.toml"),
        mirror_file=str(home / "mirror.duckdb"),
        pictures="2",
    )


def test_the_findings_are_in_a_workbook_and_in_json(audited):
    """One path a line on standard output; only the owner may read them."""
    assert (audited.done.returncode, audited.done.stderr) == (0, "")
    paths = [audited.out / name for name in (JSON, WORKBOOK, EXECUTED)]
    assert sorted(audited.done.stdout.splitlines()) == sorted(map(str, paths))
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths} == {0o600}
    assert openpyxl.load_workbook(audited.out / WORKBOOK).sheetnames[-1] == "Om rapporten"


def test_what_is_planted_is_found_and_what_is_accepted_says_so(audited):
    """The system whose accounts are for no engagement is accepted."""
    found = json.loads((audited.out / JSON).read_text())["findings"]
    kinds = Counter(one["kind"] for one in found)
    assert kinds["account_outlives_engagements"] == 4
    assert kinds["account_without_engagement"] == 2
    assert [one["kind"] for one in found if one["accepted"]] == ["system_without_links"]


def test_the_worst_persons_are_drawn(audited):
    """As images, which need no network and no trust; with a slider for where scripts run."""
    html = audited.html()
    told = re.findall(r'<img src="data:image/svg[^"]*" alt="([^·"]*) · 23-11-2026', html)
    assert told[0] == "Mona Mange"
    assert len(told) == 2
    assert html.count('class="mo-identity"') == 2
    assert "<svg" not in html
    assert re.findall(r"https?://(?!127\.0\.0\.1|www\.w3\.org)", html) == []


def test_no_file_holds_a_cpr_number(audited):
    """Neither of the findings' files, nor the executed notebook."""
    persons = (r for r in municipality(today=date(2026, 11, 23)) if r.collection == "persons")
    numbers = {s.values.get("cpr_number") for person in persons for s in person.slices} - {None, ""}
    for name in (JSON, EXECUTED):
        runs = re.findall(r"(?<![0-9])[0-9]{6}-?[0-9]{4}(?![0-9])", (audited.out / name).read_text())
        assert not numbers & {each.replace("-", "") for each in runs}


def test_the_run_is_kept_in_the_mirrors_file(audited, monkeypatch):
    """The next one tells what is new, still there and gone."""
    monkeypatch.setenv("MOTOOLKIT_MIRROR_KEY", KEY)
    with Mirror.open(audited.out.parent / "mirror.duckdb", must_exist=True) as mirror:
        (kept,) = FindingStore(mirror).runs()
    assert kept.audit == "identities"


def test_who_is_asked_for_is_drawn_whatever_was_found(planted, tmp_path):
    """Hans has two jobs and nothing wrong."""
    done = run(tmp_path / "out", profile=planted.url, as_of="2026-11-23", persons='["Hans Holm"]')
    assert done.done.returncode == 0
    assert json.loads((done.out / JSON).read_text())["findings"] == []
    assert 'alt="Hans Holm · 23-11-2026' in done.html()


def test_a_cpr_number_is_refused_and_kept_nowhere(planted, tmp_path):
    """Parameters stand in the executed notebook."""
    done = run(tmp_path / "out", profile=planted.url, persons='["010190 1234"]')
    assert done.done.returncode == 1
    assert "A person is asked for by CPR number (010190-xxxx)." in done.done.stderr


def test_papermills_own_help_shows_every_parameter():
    """With what it means, and its type."""
    assert parameters_told(NAME) == {
        **dict.fromkeys(("profile", "unit", "accept", "mirror_file", "out_dir"), "str"),
        "persons": "list[str]",
        "as_of": "date",
        "past": "bool",
        **dict.fromkeys(("level", "grace", "pictures"), "int"),
    }


def test_wrong_parameters_are_refused_before_a_kernel_starts(tmp_path, capsys):
    """Exit code 2, and the out folder is not even made."""
    out = tmp_path / "out"
    assert main(["run", NAME, "--out", str(out), "-p", "pictures", "many"]) == 2
    assert capsys.readouterr().err.startswith("Error: Parameter 'pictures' can not be 'many'.")
    assert not out.exists()
