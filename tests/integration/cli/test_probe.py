"""``motoolkit probe``: measured, compared, and every error a sentence."""

from __future__ import annotations

import json

import openpyxl
import pytest
from support import TODAY, launch

from motoolkit.cli import main

GOOD = "{ engagements { objects { uuid current { user_key person { name } } } } }"


@pytest.fixture(scope="module")
def paced(tmp_path_factory):
    """Serve 40 persons at a tenth of a real MO's pace."""
    log = tmp_path_factory.mktemp("paced") / "log"
    running = launch("--today", TODAY, "--persons", "40", "--pace", "0.4", log=log)
    yield running
    running.stop()


@pytest.fixture(autouse=True)
def english(monkeypatch):
    """Tell it in the language of the tests."""
    monkeypatch.setenv("MOTOOLKIT_LANG", "en")


@pytest.fixture
def probe(paced, tmp_path):
    """Run the user's own query: ``probe("--save", ...)``."""
    (tmp_path / "mine.graphql").write_text(GOOD)
    common = ["--profile", paced.url, "--as-of", TODAY, "--rounds", "3", "--page-size", "16"]
    return lambda *args: main(["probe", "run", str(tmp_path / "mine.graphql"), *common, *args])


def test_a_run_prints_slow_fields_and_advice(probe, capsys):
    """The user's own query, from a file."""
    assert probe() == 0
    told = capsys.readouterr().out
    assert "Why nested queries are slow" in told
    assert "a query for each parent (N+1)" in told
    assert "The query and the join, written out (mine)" in told


def test_a_run_is_kept_compared_and_written(probe, tmp_path, capsys):
    """JSON, page, workbook and the baseline of this MO; the next run tells what changed."""
    saved, page, out = tmp_path / "run.json", tmp_path / "page.html", tmp_path / "out"
    assert probe("--save", str(saved), "--html", str(page), "--out", str(out), "--keep") == 0
    assert "Since the baseline" not in capsys.readouterr().out
    assert json.loads(saved.read_text())["version"] == 1
    assert "<img" in page.read_text()
    assert openpyxl.load_workbook(out / "proever.xlsx").sheetnames[-1] == "About the report"
    assert probe() == 0
    assert "Since the baseline" in capsys.readouterr().out
    assert main(["probe", "compare", str(saved), str(saved), "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(row["Query"], row["Verdict"]) for row in told] == [
        ("mine", "no more than noise"),
        ("MO's own pace", "no more than noise"),
    ]


def test_a_query_with_an_error_is_named_and_the_run_fails(paced, tmp_path, capsys):
    """The other one is measured all the same."""
    (tmp_path / "bad.graphql").write_text("{ engagements { objects { uuid current { navn } } } }")
    (tmp_path / "mine.graphql").write_text(GOOD)
    files = [str(tmp_path / name) for name in ("bad.graphql", "mine.graphql")]
    asked = ["--profile", paced.url, "--as-of", TODAY, "--rounds", "1", "--page-size", "8"]
    assert main(["probe", "run", *files, *asked]) == 1
    told = capsys.readouterr()
    assert "Warning: bad: Line 1, column" in told.err
    assert "person" in told.out


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (
            ["run", "engagement-links"],
            1,
            "There is no probe 'engagement-links'. Did you mean engagements-links",
        ),
        (["run", "no.graphql"], 1, "no.graphql can not be read: No such file or directory."),
        (["run", "tree", "--versions", "new"], 2, "'new' are no GraphQL versions."),
        (["run", "tree", "--variables", "no.json"], 1, "no.json can not be read"),
        (["compare", "no.json", "no.json"], 1, "no.json can not be read"),
    ],
)
def test_every_mistake_is_a_sentence(paced, args, code, told, capsys):
    """Before anything is sent."""
    where = ["--profile", paced.url] if args[0] == "run" else []
    assert main(["probe", *args, *where]) == code
    assert told in capsys.readouterr().err.replace("\n", " ")


def test_the_concurrency_probe_tells_whether_parallel_requests_help(paced, tmp_path, capsys):
    """The sandbox answers one at a time."""
    asked = ["--profile", paced.url, "--pages", "3", "--page-size", "8", "--rounds", "2"]
    assert main(["probe", "concurrency", *asked, "--save", str(tmp_path / "c.json")]) == 0
    assert "All answers were the same as one at a time." in capsys.readouterr().out
    assert json.loads((tmp_path / "c.json").read_text())["kind"] == "concurrency"
