"""Findings in Excel: a summary, a sheet a kind, and what the report is."""

from __future__ import annotations

import itertools
import re
import stat
import zipfile
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pandas as pd
import pytest

from motoolkit.errors import ReportError
from motoolkit.findings import Acceptance, Finding, Kind, Severity, Subject, write_workbook


@pytest.fixture
def read(tmp_path):
    """Write findings and read the workbook back."""

    def write_and_read(findings, **options):
        return openpyxl.load_workbook(write_workbook(findings, tmp_path, **options))

    return write_and_read


def rows(sheet):
    """Return the rows of a sheet with something in them."""
    return [[cell.value for cell in row] for row in sheet.iter_rows() if any(cell.value for cell in row)]


def by_heading(sheet, row=2):
    """Return a row of a kind's sheet by heading."""
    return {cell.value: sheet.cell(row, cell.column).value for cell in sheet[1]}


def test_there_is_a_summary_a_sheet_a_kind_and_what_it_is(three, read):
    """The gravest kind first; kinds that were not found have no sheet."""
    assert read(three).sheetnames == [
        "Overview",
        "Active in MO only",
        "Wrong unit",
        "Wrong title",
        "About the report",
    ]


def test_the_summary_counts_by_kind_and_severity_and_names_root_causes(three, read):
    """With what each kind means and what can be done; each leads to its sheet."""
    sheet = read(three)["Overview"]
    table = rows(sheet)
    assert [row[0] for row in table[:2]] == ["SD og MO", "As of 23-11-2026 · NS"]
    assert [row[:2] for row in table[2:6]] == [
        ["Critical", 1],
        ["Error", 1],
        ["Warning", 0],
        ["Information", 1],
    ]
    assert [row[:3] for row in table[7:]] == [
        ["Critical", "Active in MO only", 1],
        ["Error", "Wrong unit", 1],
        ["Information", "Wrong title", 1],
        ["Severity", "Root cause", "Found"],
        ["Error", "Dates are one month off", 1],
    ]
    assert table[8][8:] == [
        "The engagement is in another unit than SD says.",
        "Synchronise the employment again.",
    ]
    assert [cell.hyperlink.location for row in sheet for cell in row if cell.hyperlink] == [
        "'Active in MO only'!A1",
        "'Wrong unit'!A1",
        "'Wrong title'!A1",
    ]
    assert sheet.column_dimensions["D"].hidden


def test_a_finding_is_a_row_with_dates_both_values_and_words(three, read):
    """The last day as Danes read periods; patterns in words; what can be done."""
    sheet = read(three)["Wrong unit"]
    assert by_heading(sheet) == {
        "Severity": "Error",
        "Who or what": "Kaj Kajsen",
        "Key": "NS-04711/250284-xxxx",
        "Unit": "Nordby Skole",
        "Fact": "Unit",
        "From": datetime(2026, 3, 1),
        "Until and with": datetime(2026, 3, 31),
        "SD": "Nordby Skole",
        "MO": "Vig Skole",
        "How": "past, starts on another day",
        "Root cause": "Dates are one month off",
        "What can be done": "Synchronise the employment again.",
        "More": "days: 31",
    }
    assert sheet["F2"].number_format == "dd-mm-yyyy"


def test_no_value_and_an_empty_one_are_told_apart(three, read):
    """And open ends are empty cells."""
    book = read(three)
    extra, title = by_heading(book["Active in MO only"]), by_heading(book["Wrong title"])
    assert (extra["SD"], extra["MO"], extra["Until and with"]) == ("–", "Yes", None)
    assert (title["SD"], title["MO"], title["From"]) == ("(empty)", "Lærer", None)


def test_sheets_are_set_up_for_reading_and_printing(three, read):
    """Header frozen, filters, one page wide, the header on each page; UUIDs and the like are not printed."""
    sheet = read(three)["Active in MO only"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("A2", "A1:I2", "$1:$1")
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert sheet.print_area == "'Active in MO only'!$A$1:$H$2"
    assert sheet["I1"].value == "UUID in MO"


def test_severities_are_coloured(three, read):
    """The critical one strongest."""
    book = read(three)
    assert book["Active in MO only"]["A2"].fill.fgColor.rgb == "FFB3261E"
    assert book["Wrong unit"]["A2"].fill.fgColor.rgb == "FFF9D8D6"
    assert book["Overview"]["A4"].fill.fgColor.rgb == "FFB3261E"


def test_a_compared_run_tells_what_is_new_still_there_and_gone(make, three, read):
    """In the summary, in each row, and on a sheet of those that are gone."""
    before = make(three[0], three[1], as_of=date(2026, 11, 20)).compared(None)
    book = read(make(three[1], three[2]).compared(before))
    assert book.sheetnames == ["Overview", "Wrong unit", "Wrong title", "Gone", "About the report"]
    overview = rows(book["Overview"])
    assert overview[2][0] == "Since 20-11-2026: 1 new, 1 still there, 1 gone"
    assert [row[:6] for row in overview[8:11]] == [
        ["Critical", "Active in MO only", None, None, None, 1],
        ["Error", "Wrong unit", 1, None, 1, None],
        ["Information", "Wrong title", 1, 1, None, None],
    ]
    assert by_heading(book["Wrong unit"])["Since last time"] == "still there"
    assert by_heading(book["Wrong unit"])["First seen"] == datetime(2026, 11, 20)
    assert by_heading(book["Gone"])["Who or what"] == "Bo Bo"


def test_accepted_findings_are_marked_with_reason_and_last_day(make, three, read):
    """They are not hidden."""
    row = by_heading(
        read(make(replace(three[1], accepted=Acceptance("Aftalt", date(2027, 1, 1)))))["Wrong unit"]
    )
    assert (row["Accepted"], row["Accepted until"]) == ("Aftalt", datetime(2027, 1, 1))


def test_it_tells_where_the_data_came_from_and_what_was_asked(three, read):
    """Source, counts, parameters, notices; no CPR number among them."""
    told = [
        v for row in rows(read(three.holding(three, notices=["Husk det."]))["About the report"]) for v in row
    ]
    facts = dict(itertools.pairwise(told))
    assert facts["OS2mo"] == "https://mo.nordby.example"
    assert (facts["Ansættelser"], facts["Udeladt"]) == (400, 3)
    assert (facts["Person"], facts["Mapping"]) == ("250284-xxxx", "sdlon")
    assert facts["Found"] == "Critical: 1, Error: 1, Information: 1"
    assert facts["Notice"] == "Husk det."


def test_a_clean_run_is_a_workbook_too(make, read):
    """It says that nothing was found."""
    book = read(make())
    assert book.sheetnames == ["Overview", "About the report"]
    assert rows(book["Overview"])[-1][0] == "Nothing was found."


@pytest.mark.parametrize("name", ["=1+1", "@SUM(A1)", "+45", "-5"])
def test_a_name_that_starts_like_a_formula_is_text(make, three, read, name):
    """As in all workbooks of the toolkit."""
    cell = read(make(replace(three[1], subject=Subject("person", "1", name))))["Wrong unit"]["B2"]
    assert (cell.value, cell.data_type) == (name, "s")


def test_kinds_whose_titles_are_alike_for_31_characters_have_two_sheets(make, three, read):
    """Excel allows no more, and none of ``/?*[]:``."""
    kinds = [Kind(code, Severity.ERROR, f"Engagement/leave of more than one kind {code}") for code in "ab"]
    book = read(make(*(Finding(kind, three[0].subject) for kind in kinds)))
    assert book.sheetnames[1:3] == ["Engagement leave of more than o", "Engagement leave of more th (2)"]


def test_no_part_of_the_file_holds_a_cpr_number(make, three, tmp_path):
    """Only its owner can read it, and the same findings give the same bytes."""
    found = make(replace(three[1], source="2502841234", detail="250284-1234", mo=["250284 1234"]))
    one, two = (write_workbook(found, tmp_path / each) for each in "ab")
    assert stat.S_IMODE(one.stat().st_mode) == 0o600
    assert (one.name, one.read_bytes()) == ("sd_fund.xlsx", two.read_bytes())
    with zipfile.ZipFile(one) as archive:
        assert not any(re.search(rb"(?<![0-9])1234(?![0-9])", archive.read(n)) for n in archive.namelist())


def test_a_folder_that_can_not_be_written_is_one_plain_error(three, tmp_path):
    """Here: it is a file."""
    (tmp_path / "out").write_text("")
    with pytest.raises(ReportError, match=r"sd_fund_2026-11-23\.xlsx can not be written to .*out"):
        write_workbook(three, tmp_path / "out", dated_name=True)


def test_by_unit_whoever_phones_goes_down_the_sheet(make, read):
    """Units in order, people within, those of no unit last; an audit without periods has no days."""
    whom = (("Ørnhøj", "Bo"), ("", "Ane"), ("Vig", "Ida"), ("Vig", "Åse"), ("ballum", "Eva"))
    kind = Kind("no_account", Severity.ERROR, "No account")
    found = make(*(Finding(kind, Subject("person", name, name, unit=unit)) for unit, name in whom))
    found.by_unit = True
    table = rows(read(found)["No account"])
    assert table[0][:4] == ["Severity", "Unit", "Who or what", "Key"]
    assert [row[1:3] for row in table[1:]] == [
        ["ballum", "Eva"],
        ["Vig", "Ida"],
        ["Vig", "Åse"],
        ["Ørnhøj", "Bo"],
        [None, "Ane"],
    ]
    assert not {"From", "Until and with"} & set(table[0])


def test_an_audit_may_have_tables_of_its_own(three, read):
    """After the overview, numbers as numbers, a zero blank, CPR numbers masked, nothing a formula."""
    units = pd.DataFrame({"Unit": ["Vig", "=1+1"], "Found": [3, 0], "Manager": ["Bo, 250284-9996", ""]})
    book = read(three, tables={"Units": units})
    assert book.sheetnames[:2] == ["Overview", "Units"]
    table = [[cell.value for cell in row] for row in book["Units"].iter_rows()]
    assert table == [
        ["Unit", "Found", "Manager"],
        ["Vig", 3, "Bo, 250284-xxxx"],
        ["=1+1", None, None],
    ]
    assert book["Units"]["A3"].data_type == "s"
