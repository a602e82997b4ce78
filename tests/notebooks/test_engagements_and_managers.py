"""The report notebook, executed by papermill against a sandbox, leaves two workbooks and no secret."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import nbformat
import openpyxl
import pytest
from notebook_runs import parameters_told

from motoolkit.cli import main
from motoolkit.runner import find_notebook
from motoolkit.sandbox.municipality import municipality

pytestmark = pytest.mark.notebook

MANAGERS = "engagementer_og_ledere.xlsx"
WITH_CPR, MASKED = "engagementer_og_ledere_cpr.xlsx", "engagementer_og_ledere_cpr_maskeret.xlsx"
EXECUTED = "engagements_and_managers.ipynb"


@dataclass(frozen=True)
class Run:
    """A finished run and where its results went."""

    done: subprocess.CompletedProcess[str]
    out: Path

    @property
    def notebook(self):
        """The executed notebook."""
        return nbformat.read(self.out / EXECUTED, as_version=4)

    def outputs(self, kind):
        """Return every output of a MIME type."""
        shown = (o for cell in self.notebook.cells for o in cell.get("outputs", ()))
        return [output.data[kind] for output in shown if kind in output.get("data", {})]

    def cells(self, workbook):
        """Return every cell of the report's sheet as text."""
        sheet = openpyxl.load_workbook(self.out / workbook).worksheets[0]
        return [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]


def run(out, *parameters, env=None):
    """Run the notebook in a process of its own."""
    command = [sys.executable, "-m", "motoolkit", "run", "engagements_and_managers", "--out", str(out)]
    pairs = [word for name, value in parameters for word in ("-p", name, value)]
    environ = {**os.environ, **(env or {})}
    return subprocess.run([*command, *pairs], capture_output=True, text=True, env=environ, check=False)


@pytest.fixture(scope="module")
def masked(sandbox, tmp_path_factory):
    """A run as ``make demo`` makes it."""
    out = tmp_path_factory.mktemp("masked")
    return Run(run(out, ("profile", sandbox.url), ("as_of", "2026-11-23")), out)


@pytest.fixture(scope="module")
def full(sandbox, tmp_path_factory):
    """A run that shows CPR numbers, in Danish words."""
    out = tmp_path_factory.mktemp("full")
    asked = (("with_cpr", "ja"), ("purpose", "Kontrol af lønnumre"))
    return Run(run(out, ("profile", sandbox.url), ("as_of", "23-11-2026"), *asked), out)


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
    digits = {run.replace("-", "") for part in parts for run in _ten_digits(part)}
    return numbers & digits


def _ten_digits(part):
    return re.findall(r"(?<![0-9])[0-9]{6}-?[0-9]{4}(?![0-9])", part.decode("utf-8", errors="ignore"))


def test_both_reports_are_made_and_named_on_standard_output(masked):
    """The two workbooks and the executed notebook, one path a line; nothing else on either stream."""
    assert (masked.done.returncode, masked.done.stderr) == (0, "")
    assert masked.done.stdout.splitlines() == [
        str(masked.out / name) for name in (MANAGERS, MASKED, EXECUTED)
    ]
    assert all(path.exists() for path in map(Path, masked.done.stdout.splitlines()))


def test_the_workbooks_hold_the_municipality(masked):
    """Each has its headings and a row for every one of some four hundred engagements."""
    for workbook, heading in ((MANAGERS, "Uddannelsesansvarlig"), (MASKED, "CPR-nummer")):
        first, *rows = masked.cells(workbook)
        assert heading in first
        assert len(rows) > 400


def test_without_being_asked_no_file_holds_a_cpr_number(masked, cpr_numbers):
    """Neither of the workbooks, nor the executed notebook."""
    assert len(cpr_numbers) > 300
    assert [found_in(path, cpr_numbers) for path in sorted(masked.out.iterdir())] == [set()] * 3


def test_the_notebook_shows_counts_a_preview_and_a_picture(masked):
    """What is shown is Danish, masked and needs no network."""
    html = "".join(masked.outputs("text/html"))
    assert "Enheder med egen leder" in html
    assert "<th " in html
    assert "CPR-nummer" in html
    assert "-xxxx" in html
    assert html.count("<img ") == 1
    assert 'src="data:image/svg+xml' in html
    assert re.findall(r"https?://(?!127\.0\.0\.1|www\.w3\.org)", html) == []
    assert f"{masked.out}/{MANAGERS}" in str(masked.notebook.cells[-1].outputs)


def test_the_executed_notebook_tells_which_mo_it_read_as_of_when(masked, sandbox):
    """In metadata.motoolkit, for whoever finds the file in a year."""
    told = masked.notebook.metadata.motoolkit
    assert told["mo"] == sandbox.url.removeprefix("http://")
    assert told["graphql_version"] == 30
    assert told["as_of"] == "2026-11-23"
    assert told["files"] == [MANAGERS, MASKED]


def test_with_a_purpose_the_second_workbook_has_the_numbers(full, cpr_numbers):
    """The first one and the notebook have none, and the purpose is in the file."""
    assert (full.done.returncode, full.done.stderr) == (0, "")
    assert len(found_in(full.out / WITH_CPR, cpr_numbers)) > 300
    assert found_in(full.out / MANAGERS, cpr_numbers) == set()
    assert found_in(full.out / EXECUTED, cpr_numbers) == set()
    about = openpyxl.load_workbook(full.out / WITH_CPR)["Om rapporten"]
    assert "Kontrol af lønnumre" in [cell.value for row in about.iter_rows() for cell in row]


def test_the_notebook_runs_under_papermill_alone_too(sandbox, tmp_path):
    """Other schedulers start it so."""
    command = [sys.executable, "-m", "papermill", str(find_notebook("engagements_and_managers"))]
    given = ("-p", "profile", sandbox.url, "-p", "as_of", "2026-11-23", "-p", "out_dir", str(tmp_path))
    subprocess.run([*command, str(tmp_path / "executed.ipynb"), *given], capture_output=True, check=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == [MANAGERS, MASKED, "executed.ipynb"]


def test_papermills_own_help_shows_every_parameter():
    """With what it means, and its type."""
    assert parameters_told("engagements_and_managers") == {
        **dict.fromkeys(("profile", "root", "hierarchy", "preset", "purpose", "out_dir"), "str"),
        "as_of": "date",
        "with_cpr": "bool",
    }


@pytest.mark.parametrize(
    ("parameter", "message"),
    [
        (("as_of", "2026-02-30"), "Error: Parameter 'as_of' can not be '2026-02-30'."),
        (("with_cpr", "maybe"), "Error: Parameter 'with_cpr' can not be 'maybe'."),
        (("rot", "Nordby"), "Error: engagements_and_managers has no parameter 'rot'."),
    ],
)
def test_wrong_parameters_are_refused_before_a_kernel_starts(parameter, message, tmp_path, capsys):
    """Exit code 2, and the out folder is not even made."""
    assert main(["run", "engagements_and_managers", "--out", str(tmp_path / "out"), "-p", *parameter]) == 2
    assert capsys.readouterr().err.splitlines()[0] == message
    assert not (tmp_path / "out").exists()


def test_what_the_report_refuses_is_a_failed_run(sandbox, tmp_path):
    """Exit code 1; what was executed is kept, and no workbook."""
    done = run(tmp_path, ("profile", sandbox.url), ("root", "Nordbi Kommune"))
    assert done.returncode == 1
    assert "(Rapporterne): There is no unit 'Nordbi Kommune'." in done.stderr.splitlines()[0]
    assert [path.name for path in tmp_path.iterdir()] == ["engagements_and_managers.failed.ipynb"]


def test_a_wrong_secret_is_told_and_stays_secret(sandbox, tmp_path):
    """Neither the error nor the kept notebook shows it."""
    env = {
        "MOTOOLKIT_MO_URL": sandbox.url,
        "MOTOOLKIT_AUTH_SERVER": f"{sandbox.url}/auth",
        "MOTOOLKIT_CLIENT_ID": "motoolkit",
        "MOTOOLKIT_CLIENT_SECRET": "wrong-horse-battery",
    }
    done = run(tmp_path, env=env)
    assert done.returncode == 1
    assert "(Læs MO): " in done.stderr
    assert "secret" in done.stderr
    kept = (tmp_path / "engagements_and_managers.failed.ipynb").read_text()
    assert "wrong-horse-battery" not in done.stderr + kept
