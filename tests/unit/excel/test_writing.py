"""Workbooks are put in place whole or not at all."""

from __future__ import annotations

import stat

import openpyxl
import pytest

from motoolkit.excel import workbook_at


def test_a_workbook_that_fails_half_way_leaves_the_old_one(tmp_path):
    """And nothing beside it."""
    path = tmp_path / "out" / "list.xlsx"
    with workbook_at(path) as workbook:
        workbook.add_worksheet("Old")
    with pytest.raises(ZeroDivisionError), workbook_at(path) as workbook:
        workbook.add_worksheet(f"New {1 / 0}")
    assert openpyxl.load_workbook(path).sheetnames == ["Old"]
    assert [item.name for item in path.parent.iterdir()] == ["list.xlsx"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_error_of_the_file_system_comes_through(tmp_path):
    """Those who write say in their own words what could not be written."""
    (tmp_path / "out").write_text("")
    with (
        pytest.raises(OSError, match=r"File exists|Not a directory"),
        workbook_at(tmp_path / "out" / "a.xlsx"),
    ):
        pass
