"""Each notebook in ``broken`` fails in its own way, and the runner says how in one sentence."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import nbformat
import pytest

from motoolkit.errors import MoError, ParameterError, RunError
from motoolkit.runner import run_notebook

pytestmark = pytest.mark.notebook

BROKEN = Path(__file__).parent / "broken"
CPR = "0101901234"


def refused(name, parameters=None, out_dir=None, **options):
    """Return the error with which a run of a broken notebook ends."""
    with pytest.raises(MoError) as caught:
        run_notebook(BROKEN / name, parameters, out_dir, **options)
    return caught.value


def names(folder):
    """Return the names of all files in a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_an_error_of_the_toolkit_is_told_with_its_cell_heading_and_remedy(tmp_path):
    """The sentence is the one that was raised; the remedy comes along and names what was kept."""
    error = refused("raises_mo_error.ipynb", out_dir=tmp_path)
    assert type(error) is RunError
    assert error.message == (
        "raises_mo_error failed in cell 4 (Læs MO): MO at http://127.0.0.1:9 does not answer."
    )
    assert error.remedy == f"Is it running? See {tmp_path / 'raises_mo_error.failed.ipynb'}."


def test_the_partly_executed_notebook_is_kept_under_a_name_that_says_so(tmp_path):
    """Cells before the failure have their output, those after it none; only the owner may read it."""
    error = refused("raises_mo_error.ipynb", out_dir=tmp_path)
    assert names(tmp_path) == ["raises_mo_error.failed.ipynb"]
    assert stat.S_IMODE(Path(error.output).stat().st_mode) == 0o600
    cells = nbformat.read(error.output, as_version=4).cells
    assert cells[1].outputs[0].data["text/plain"] == "2"
    assert cells[3].outputs[0].ename == "TransportError"
    assert cells[4].outputs == []


def test_any_other_error_is_told_by_its_class(tmp_path):
    """A ZeroDivisionError has no remedy; its class and text are the sentence."""
    error = refused("raises_any_error.ipynb", out_dir=tmp_path)
    assert error.message == "raises_any_error failed in cell 2 (Regn): ZeroDivisionError: division by zero"


def test_a_kernel_that_dies_is_a_failure_of_the_cell_that_ran(tmp_path):
    """The DeadKernelError of nbclient becomes the same kind of sentence."""
    error = refused("kernel_dies.ipynb", out_dir=tmp_path)
    assert error.message == "kernel_dies failed in cell 2 (Dør): The kernel died."


def test_a_cell_that_takes_too_long_is_stopped(tmp_path):
    """The limit is for each cell."""
    error = refused("never_ends.ipynb", out_dir=tmp_path, cell_timeout=1)
    assert error.message == "never_ends failed in cell 2 (Venter): The cell took longer than it may."


def test_a_misspelt_magic_is_noticed(tmp_path):
    """IPython's UsageError leaves no error output, only a line on the cell's standard error."""
    error = refused("misspells_a_magic.ipynb", out_dir=tmp_path)
    assert error.message == "misspells_a_magic failed in cell 1: Line magic function `%lod_ext` not found."


def test_a_kernel_that_is_not_installed_is_named(tmp_path):
    """The remedy tells how to see which there are."""
    error = refused("names_a_kernel_that_is_not_there.ipynb", out_dir=tmp_path)
    assert "There is no kernel 'cobol' on this machine." in error.message


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("is_no_notebook.txt", "is no notebook."),
        ("parameters_are_no_python.ipynb", "Line 1 of the parameters cell is no Python"),
        (
            "parameter_of_a_type_no_text_can_become.ipynb",
            "The type of parameter 'when' is none that a run can give",
        ),
    ],
)
def test_what_can_not_run_is_refused_before_anything_is_made(name, sentence, tmp_path):
    """Nothing is written: not even the out folder."""
    error = refused(name, out_dir=tmp_path / "out")
    assert type(error) is ParameterError
    assert sentence in error.message
    assert not (tmp_path / "out").exists()


def test_a_failed_run_leaves_no_file_that_looks_finished(tmp_path):
    """The half-written workbook is gone, and yesterday's is still there."""
    (tmp_path / "half.xlsx").write_text("of yesterday")
    refused("leaves_a_file_and_fails.ipynb", out_dir=tmp_path)
    assert names(tmp_path) == ["half.xlsx", "leaves_a_file_and_fails.failed.ipynb"]
    assert (tmp_path / "half.xlsx").read_text() == "of yesterday"


def test_a_cpr_number_stays_out_of_the_error_and_of_what_is_kept(tmp_path):
    """Neither the message, nor the traceback and the injected cell in the kept notebook show it."""
    error = refused("names_a_cpr_number_in_its_error.ipynb", {"cpr": CPR}, tmp_path)
    assert "no such person: 010190-xxxx" in error.message
    assert CPR not in Path(error.output).read_text()


def test_a_cpr_number_is_masked_in_every_kind_of_output(tmp_path):
    """Streams, HTML, JSON and the value of a cell, with and without dash; the cell itself got the number."""
    result = run_notebook(BROKEN / "prints_a_cpr_number.ipynb", {"cpr": CPR}, tmp_path)
    text = result.notebook.read_text()
    assert re.findall(r"010190-?\d{4}", text) == []
    assert text.count("010190-xxxx") == 6


def test_parameters_reach_the_notebook_with_their_types(tmp_path):
    """The traps of papermill's own -p: a number that is a text, a false that is true, a date."""
    given = {"name": CPR, "dry_run": "nej", "as_of": "23-11-2026", "count": "7"}
    result = run_notebook(BROKEN / "shows_its_parameters.ipynb", given, tmp_path)
    assert result.files == (tmp_path / "values.json",)
    assert result.files[0].read_text() == '["0101901234", false, "2026-11-23", 7]'


def test_results_belong_to_their_owner_alone(tmp_path):
    """Every file has mode 0600, and the private folder that they were made in is gone."""
    run_notebook(BROKEN / "shows_its_parameters.ipynb", {}, tmp_path / "deep" / "out")
    made = tmp_path / "deep" / "out"
    assert names(made) == ["shows_its_parameters.ipynb", "values.json"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in made.iterdir()} == {0o600}


def test_the_executed_notebook_tells_of_its_run_but_not_of_the_machine(tmp_path):
    """metadata.motoolkit has the version, the times and the files; there is no path and no user."""
    result = run_notebook(BROKEN / "shows_its_parameters.ipynb", {}, tmp_path)
    metadata = nbformat.read(result.notebook, as_version=4).metadata
    assert metadata.motoolkit["files"] == ["values.json"]
    assert set(metadata.motoolkit) == {"version", "started", "ended", "files"}
    assert str(tmp_path) not in str(metadata)
    assert str(BROKEN) not in str(metadata)


def test_success_removes_what_an_earlier_failure_left(tmp_path):
    """Else the folder would tell two stories."""
    (tmp_path / "shows_its_parameters.failed.ipynb").write_text("{}")
    run_notebook(BROKEN / "shows_its_parameters.ipynb", {}, tmp_path)
    assert names(tmp_path) == ["shows_its_parameters.ipynb", "values.json"]


def test_an_out_folder_that_can_not_be_made_is_told_before_a_kernel_starts(tmp_path):
    """Here a file stands where the folder should be."""
    (tmp_path / "out").write_text("")
    error = refused("raises_any_error.ipynb", out_dir=tmp_path / "out")
    assert error.message == f"The results can not be written to {tmp_path / 'out'}: File exists."


def test_a_secret_is_passed_by_name_and_never_written(tmp_path, monkeypatch):
    """The kernel gets it, the cell shows only where it is kept, and what is printed is hidden."""
    monkeypatch.setenv("HR_PASSWORD", "correct horse battery")
    result = run_notebook(BROKEN / "prints_a_secret.ipynb", {"password": "env:HR_PASSWORD"}, tmp_path)
    cells = nbformat.read(result.notebook, as_version=4).cells
    assert "password = secret_at('env:HR_PASSWORD').reveal()" in cells[1].source
    assert cells[2].outputs[0].text == "(secret) 21\n"
    assert "correct horse" not in result.notebook.read_text()


def test_a_secret_that_is_not_there_is_told_before_a_kernel_starts(tmp_path):
    """The out folder is not even made."""
    error = refused("prints_a_secret.ipynb", {"password": "env:NOT_SET"}, tmp_path / "out")
    assert error.message == "The environment variable NOT_SET is not set."
    assert not (tmp_path / "out").exists()


def test_what_the_environment_holds_for_the_client_is_hidden_too(tmp_path, monkeypatch):
    """A notebook that prints os.environ does not give the client's secret away."""
    monkeypatch.setenv("MOTOOLKIT_CLIENT_SECRET", "correct horse battery")
    result = run_notebook(BROKEN / "prints_a_secret.ipynb", {"password": "correct horse battery"}, tmp_path)
    assert "correct horse" not in result.notebook.read_text()
