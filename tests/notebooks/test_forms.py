"""The notebooks of the forms, executed by papermill: a list becomes persons, and the forms open."""

from __future__ import annotations

import re

import nbformat
import openpyxl
import pytest
from support import TODAY, launch

import motoolkit
from motoolkit.plan import read
from motoolkit.runner import run_notebook

pytestmark = pytest.mark.notebook


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """A sandbox that the lists may be entered into."""
    running = launch("--today", TODAY, "--persons", "60", log=tmp_path_factory.mktemp("town") / "log")
    yield running
    running.stop()


def _outputs(path, kind):
    notebook = nbformat.read(path, as_version=4)
    shown = (output for cell in notebook.cells for output in cell.get("outputs", ()))
    return [output.data[kind] for output in shown if kind in output.get("data", {})]


def test_a_list_is_offered_filled_in_tried_and_entered(town, tmp_path):
    """A template first; then a dry run keeps nothing, and the run itself everything."""
    given = {"profile": town.url, "as_of": TODAY}
    offered = run_notebook("onboarding_list", given, tmp_path / "first")
    assert [path.name for path in offered.files] == ["personer.xlsx"]
    workbook = openpyxl.load_workbook(offered.files[0])
    for title, values in (
        ("Personer", {"Nr.": "1", "CPR-nummer": "070707-4123", "Fornavn": "Lise", "Efternavn": "Listet"}),
        (
            "Engagementer",
            {
                "Nr.": "1",
                "Enhed": "Vig Skole",
                "Stillingsbetegnelse": "3001",
                "Engagementstype": "maanedsloen",
                "Første dag": "01-12-2026",
            },
        ),
    ):
        sheet = workbook[title]
        columns = {str(cell.value).removesuffix(" *"): cell.column for cell in sheet[1]}
        for name, value in values.items():
            sheet.cell(2, columns[name], value)
    filled = tmp_path / "nye.xlsx"
    workbook.save(filled)
    tried = run_notebook("onboarding_list", {**given, "people": str(filled)}, tmp_path / "tried")
    with motoolkit.connect(town.url) as mo:
        assert read(mo, "persons", {"cpr_numbers": ["0707074123"]}) == {}
        assert "MO ville tage imod det" in _outputs(tried.notebook, "text/plain")[-1]
        entered = run_notebook(
            "onboarding_list", {**given, "people": str(filled), "dry_run": "nej"}, tmp_path / "entered"
        )
        assert [path.name for path in entered.files] == ["nye_resultat.xlsx"]
        ((_, lise),) = read(mo, "persons", {"cpr_numbers": ["0707074123"]})
        assert len(read(mo, "engagements", {"employee": {"uuids": [lise]}})) == 1
    text = entered.notebook.read_text()
    assert "070707-xxxx" in text
    assert not re.search(r"070707-?4123", text)


@pytest.mark.parametrize(
    ("notebook", "given"),
    [
        ("onboarding", {"given_name": "Prøve", "unit": "Vig Skole", "start": "2026-12-01"}),
        ("remove_deputy", {"unit": "Hoved-MED"}),
    ],
)
def test_a_form_opens_with_what_it_is_given(town, tmp_path, notebook, given):
    """A notebook that papermill prepares is a form that somebody only has to finish."""
    done = run_notebook(notebook, {"profile": town.url, "as_of": TODAY, **given}, tmp_path)
    assert _outputs(done.notebook, "application/vnd.jupyter.widget-view+json")
