"""The toolkit's own notebooks are found by name, others by path."""

from __future__ import annotations

import pytest

from motoolkit.errors import ParameterError
from motoolkit.runner import find_notebook, notebook_parameters


def test_an_own_notebook_is_found_by_its_short_name():
    """With or without the ending, from any folder."""
    found = find_notebook("engagements_and_managers")
    assert found.parts[-2:] == ("reports", "engagements_and_managers.ipynb")
    assert find_notebook("engagements_and_managers.ipynb") == found


def test_an_installed_notebook_is_found_where_the_wheel_puts_it(tmp_path, monkeypatch):
    """The wheel's shared data is share/motoolkit/notebooks below the environment."""
    installed = tmp_path / "share/motoolkit/notebooks/audits"
    installed.mkdir(parents=True)
    (installed / "my_audit.ipynb").write_text("{}")
    monkeypatch.setattr("sysconfig.get_path", lambda name: {"data": str(tmp_path)}[name])
    assert find_notebook("my_audit") == installed / "my_audit.ipynb"


def test_a_file_of_that_name_in_the_folder_wins(tmp_path, monkeypatch):
    """A consultant's own copy is what is meant."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "engagements_and_managers.ipynb").write_text("{}")
    assert find_notebook("engagements_and_managers.ipynb").resolve().parent == tmp_path


def test_a_misspelt_name_is_answered_with_the_near_one():
    """As every unknown name is."""
    with pytest.raises(ParameterError) as caught:
        find_notebook("engagement_and_managers")
    assert str(caught.value) == (
        "There is no notebook 'engagement_and_managers'. Did you mean engagements_and_managers?"
    )


def test_the_report_notebook_can_be_asked_for_all_that_the_issue_names():
    """Its parameters and their types, as --help-notebook shows them."""
    found = notebook_parameters("engagements_and_managers")
    assert [(p.name, str(p.type)) for p in found] == [
        ("profile", "str"),
        ("as_of", "date"),
        ("root", "str"),
        ("hierarchy", "str"),
        ("preset", "str"),
        ("with_cpr", "bool"),
        ("purpose", "str"),
        ("out_dir", "str"),
    ]
    assert all(p.help for p in found)
