"""Rows are printed as a table for people, as CSV and JSON for programs."""

from __future__ import annotations

from datetime import date

import pytest

from motoolkit.cli._rows import print_rows

NAMES = ("name", "since", "staff")
ROWS = [("Børn, unge", date(2026, 1, 1), 7), ("[bold]Havn", None, None)]


TABLE = """\
name        since       staff
Børn, unge  2026-01-01  7
[bold]Havn
"""
CSV = """\
name,since,staff
"Børn, unge",2026-01-01,7
[bold]Havn,,
"""
JSON = """\
[
  {
    "name": "Børn, unge",
    "since": "2026-01-01",
    "staff": 7
  },
  {
    "name": "[bold]Havn",
    "since": null,
    "staff": null
  }
]
"""


@pytest.mark.parametrize(("form", "printed"), [("table", TABLE), ("csv", CSV), ("json", JSON)])
def test_each_form_shows_dates_as_iso_and_nothing_as_nothing(form, printed, capsys):
    """Names from MO are printed as they are: brackets are no markup."""
    print_rows(form, NAMES, ROWS)
    lines = capsys.readouterr().out.splitlines()
    assert "".join(f"{line.rstrip()}\n" for line in lines) == printed


def test_a_table_that_is_piped_is_not_folded(capsys):
    """Programs read lines; only a terminal has a width."""
    print_rows("table", ("name",), [("æ" * 300,)])
    assert capsys.readouterr().out.splitlines()[1] == "æ" * 300
