"""The probe notebooks, executed by papermill against a sandbox at a real MO's pace."""

from __future__ import annotations

import json
import re
import stat

import openpyxl
import pytest
from notebook_runs import parameters_told, run
from support import TODAY, launch

from motoolkit.cli import main

pytestmark = pytest.mark.notebook


@pytest.fixture(scope="module")
def paced(tmp_path_factory):
    """Serve 40 persons at a tenth of a real MO's pace."""
    log = tmp_path_factory.mktemp("paced") / "log"
    running = launch("--today", TODAY, "--persons", "40", "--pace", "0.4", log=log)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def probed(paced, tmp_path_factory):
    """A run of two queries, one of which has an error."""
    home = tmp_path_factory.mktemp("probed")
    (home / "mine.graphql").write_text("{ engagements { objects { uuid current { person { name } } } } }")
    (home / "bad.graphql").write_text("{ engagements { objects { navn } } }")
    return run(
        "nested_queries",
        home / "out",
        profile=paced.url,
        as_of="23-11-2026",
        probes=json.dumps([str(home / "mine.graphql"), str(home / "bad.graphql")]),
        rounds="3",
        page_size="16",
        follow_advice="true",
    )


def test_the_run_is_in_a_workbook_and_in_json(probed):
    """For their owner only."""
    assert (probed.done.returncode, probed.done.stderr) == (0, "")
    paths = [probed.out / name for name in ("proever.json", "proever.xlsx")]
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths} == {0o600}
    assert json.loads(paths[0].read_text())["version"] == 1
    assert openpyxl.load_workbook(paths[1]).sheetnames[-1] == "Om rapporten"


def test_the_notebook_shows_pictures_and_names_the_error(probed):
    """Images, which need no network and no trust."""
    html = probed.html()
    assert 'alt="mine: ' in html
    assert "bad: " in html
    assert "<svg" not in html
    assert re.findall(r"https?://(?!127\.0\.0\.1|www\.w3\.org)", html) == []


def test_the_advice_is_followed(probed):
    """What it came to is printed."""
    printed = "".join(
        output.get("text", "") for cell in probed.notebook.cells for output in cell.get("outputs", ())
    )
    assert re.search(r"\d+,\d (s|gange|times)", printed)


def test_the_concurrency_notebook_tells_whether_parallel_requests_help(paced, tmp_path):
    """And keeps the result."""
    ran = run("concurrency", tmp_path, profile=paced.url, pages="3", page_size="8", rounds="2")
    assert (ran.done.returncode, ran.done.stderr) == (0, "")
    assert "<img" in ran.html()
    assert json.loads((tmp_path / "samtidighed.json").read_text())["limit"] == 2


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "nested_queries",
            {
                **dict.fromkeys(("profile", "baseline_file", "out_dir"), "str"),
                **dict.fromkeys(("rounds", "page_size", "pictures"), "int"),
                **dict.fromkeys(("keep_baseline", "follow_advice"), "bool"),
                "as_of": "date",
                "probes": "list[str]",
                "versions": "list[int]",
                "seconds": "float",
            },
        ),
        (
            "concurrency",
            {
                **dict.fromkeys(("profile", "out_dir"), "str"),
                **dict.fromkeys(("most", "pages", "page_size", "rounds"), "int"),
            },
        ),
    ],
)
def test_papermills_own_help_shows_every_parameter(name, expected):
    """With what it means, and its type."""
    assert parameters_told(name) == expected


def test_wrong_parameters_are_refused_before_a_kernel_starts(tmp_path, capsys):
    """Exit code 2, and the out folder is not even made."""
    out = tmp_path / "out"
    assert main(["run", "nested_queries", "--out", str(out), "-p", "rounds", "many"]) == 2
    assert capsys.readouterr().err.startswith("Error: Parameter 'rounds' can not be 'many'.")
    assert not out.exists()
