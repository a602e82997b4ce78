"""The Excel file: typed cells, safe texts, sheets, looks, and what happens when it can not be written."""

from __future__ import annotations

import itertools
import re
import stat
import subprocess
import sys
import zipfile
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from motoolkit.errors import ReportError
from motoolkit.reports import Column, write_workbook

A = "engagements-managers-cpr"
B = "engagements-managers"
CPR = re.compile(rb"(?<![0-9])[0-9]{6}-?[0-9]{4}(?![0-9])")


@pytest.fixture
def school(world):
    """A school with one teacher whose every number starts with a zero."""
    world.school = world.unit("Vig Skole", world.unit("Nordby"))
    world.bo = world.person("Bo Bo", "0101601296")
    world.engagement(world.bo, world.school, "NK-00012")
    return world


@pytest.fixture
def read(tmp_path):
    """Write a table and read the workbook back."""

    def write_and_read(table, **options):
        return openpyxl.load_workbook(write_workbook(table, tmp_path, **options))

    return write_and_read


def cells(sheet, heading):
    """Return the cells below a heading."""
    at = [cell.value for cell in sheet[1]].index(heading)
    return [row[at] for row in sheet.iter_rows(min_row=2)]


def part(path, name):
    """Return one file of the workbook's zip."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


def texts(sheet):
    """Return everything that is written on a sheet."""
    return [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_the_workbook_has_the_rows_then_what_it_is_then_what_it_warns_about(school, read):
    """Header in row 1, nothing above it."""
    book = read(school.report(B))
    assert book.sheetnames == ["Rapport", "Om rapporten", "Advarsler"]
    assert [cell.value for cell in book["Rapport"][1]] == list(school.report(B).headings)
    assert book["Rapport"].max_row == 3


def test_numbers_that_are_names_are_text_cells(school, read):
    """Leading zeros survive: CPR, Tjenestenummer and BvN are strings with the format @."""
    sheet = read(school.report(A, with_cpr=True, purpose="Test"))["Rapport CPR"]
    for heading, value in (
        ("CPR-nummer", "0101601296"),
        ("Tjenestenummer", "00012"),
        ("Brugervendt Nøgle (BvN)", "NK-00012"),
    ):
        cell = cells(sheet, heading)[-1]
        assert (cell.value, cell.data_type, cell.number_format) == (value, "s", "@")


def test_age_is_a_number(school, read):
    """It can be sorted and filtered; unknown is an empty cell."""
    school.engagement("Ib Ib", school.school)
    ages = cells(read(school.report(A))["Rapport"], "Alder")
    assert [cell.value for cell in ages] == [None, 66, None]
    assert (ages[1].data_type, ages[1].number_format) == ("n", "0")


def test_dates_percentages_and_yes_or_no_have_their_own_types(school, read):
    """For the reports to come: real dates as dd-mm-yyyy, Ja and Nej."""
    table = replace(
        school.report(A),
        columns=(
            Column("day", "Dag", lambda _: None, kind="date"),
            Column("share", "Andel", lambda _: None, kind="pct"),
            Column("yes", "Svar", lambda _: None, kind="bool"),
        ),
        rows=[(date(2026, 2, 28), 0.5, True), (None, None, False)],
    )
    sheet = read(table)["Rapport"]
    assert [(c.value, c.number_format) for c in sheet[2]] == [
        (datetime(2026, 2, 28), "dd-mm-yyyy"),
        (0.5, "0 %"),
        ("Ja", "@"),
    ]
    assert [cell.value for cell in sheet[3]] == [None, None, "Nej"]


@pytest.mark.parametrize("name", ["=1+1", "====", "+45", "-5", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_a_name_that_starts_like_a_formula_is_text(world, tmp_path, name):
    """No formula element in the sheet, and no apostrophe in the cell."""
    world.engagement(world.person(name), world.unit("Skole"))
    path = write_workbook(world.report(A), tmp_path)
    cell = cells(openpyxl.load_workbook(path)["Rapport"], "Medarbejder")[0]
    assert (cell.value, cell.data_type) == (name, "s")
    assert b"<f>" not in part(path, "xl/worksheets/sheet1.xml")


def test_addresses_are_no_links(school, tmp_path):
    """Neither http nor mailto becomes a hyperlink, and none is rewritten."""
    school.email("mailto:bo@x.dk", person_uuid=school.bo)
    school.unit("https://nordby.example", school.school)
    path = write_workbook(school.report(A), tmp_path)
    with zipfile.ZipFile(path) as archive:
        assert not any("_rels/sheet" in name for name in archive.namelist())
    sheet = openpyxl.load_workbook(path)["Rapport"]
    assert cells(sheet, "E-mail")[1].value == "mailto:bo@x.dk"
    assert cells(sheet, "Enhedsnavn")[2].value == "https://nordby.example"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Bo\x0bBo", "Bo Bo"),
        ("Bo\x00\x1fBo", "BoBo"),
        ("Bo\r\nBo", "Bo Bo"),
        ("Bo\ud800Bo", "BoBo"),
        ("x\u200bÅ", "x\u200bÅ"),
        ("_x0041_", "_x0041_"),
    ],
)
def test_texts_that_excel_can_not_hold_are_cleaned(school, read, name, shown):
    """Control characters go, line breaks become blanks, what looks like an escape is escaped."""
    table = school.report(A)
    at = table.headings.index("Medarbejder")
    row = list(table.rows[1])
    row[at] = name
    assert cells(read(replace(table, rows=[tuple(row)]))["Rapport"], "Medarbejder")[0].value == shown


def test_a_text_longer_than_a_cell_is_cut_and_warned_about(school, read):
    """32,767 characters is what Excel holds."""
    school.engagement(school.bo, school.school, extension_1="x" * 40_000)
    book = read(school.report(A))
    assert len(cells(book["Rapport"], "Stilling")[-1].value) == 32_767
    assert "En tekst er længere, end Excel kan vise, og er forkortet" in texts(book["Advarsler"])


def test_more_rows_than_a_sheet_holds_go_on_on_the_next(school, read):
    """They are on "Rapport (2)", with the header again."""
    for number in range(4):
        school.engagement(school.bo, school.school, f"NK-{number}")
    book = read(school.report(B), rows_per_sheet=4)
    assert book.sheetnames[:2] == ["Rapport", "Rapport (2)"]
    assert (book["Rapport"].max_row, book["Rapport (2)"].max_row) == (5, 3)
    assert book["Rapport (2)"]["A1"].value == "Niveau 1"


def test_rows_without_a_unit_have_a_sheet_of_their_own(school, read):
    """Only when there are any."""
    school.engagement("Ib Ib", school.unit("Lukket", school.school, end=date(2026, 1, 1)))
    book = read(school.report(A))
    assert book.sheetnames == ["Rapport", "Uden enhed", "Om rapporten", "Advarsler"]
    assert cells(book["Uden enhed"], "Medarbejder")[0].value == "Ib Ib"


def test_an_empty_report_is_a_header_and_says_so(school, read):
    """Nothing to show is a result too."""
    school.cls("org_unit_hierarchy", "skjult")
    book = read(school.report(B, hierarchy="skjult"))
    assert book["Rapport"].max_row == 1
    info = texts(book["Om rapporten"])
    assert info[info.index("Rækker") + 1] == 0
    assert "Ingen enheder er omfattet på datoen" in texts(book["Advarsler"])


def test_the_sheet_is_set_up_for_reading_and_printing(school, read):
    """Header frozen and bold, filters over everything, landscape, one page wide, header on each page."""
    sheet = read(school.report(B))["Rapport"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:Q3"
    assert sheet["A1"].font.bold
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    assert sheet.print_title_rows == "$1:$1"
    assert "opgjort pr. 23-11-2026" in sheet.oddFooter.left.text
    assert all(8 <= dimension.width <= 46 for dimension in sheet.column_dimensions.values())


def test_numbers_as_text_carry_no_green_triangles(school, tmp_path):
    """Excel is told that they are meant."""
    path = write_workbook(school.report(B), tmp_path)
    xml = part(path, "xl/worksheets/sheet1.xml")
    assert b'<ignoredError sqref="A1:Q3" numberStoredAsText="1"/>' in xml


def test_the_info_sheet_tells_what_when_from_where_and_by_which_rules(school, read):
    """All parameters, the source, the selection."""
    info = texts(read(school.report(B, root="Nordby"))["Om rapporten"])
    facts = dict(itertools.pairwise(info))
    assert info[:2] == ["Engagementer og ledere", "Opgjort pr. 23-11-2026"]
    assert facts["Udvalg"] == "Enheden Nordby med underenheder"
    assert facts["OS2mo"] == "https://mo.nordby.example"
    assert facts["GraphQL-version"] == "v30"
    assert facts["Data læst"] == "23-11-2026 kl. 07:00"
    assert facts["Rodenhed"] == "Nordby"
    assert facts["Ledertyper"] == "Leder"
    assert facts["CPR-numre"] == "Indgår ikke"


def test_the_time_of_making_is_told_when_it_is_given(school, read):
    """It is left out otherwise, so that the same report gives the same file."""
    made = datetime(2026, 11, 23, 8, 15, tzinfo=UTC)
    info = texts(read(school.report(B), generated_at=made)["Om rapporten"])
    assert info[info.index("Dannet") + 1] == "23-11-2026 kl. 08:15"


def test_full_cpr_numbers_are_marked_everywhere(school, tmp_path):
    """File name, sheet name, header cell, footer; the purpose comes first."""
    path = write_workbook(school.report(A, with_cpr=True, purpose="Lønkontrol"), tmp_path)
    book = openpyxl.load_workbook(path)
    assert path.name == "engagementer_og_ledere_cpr.xlsx"
    assert book.sheetnames == ["Om rapporten", "Rapport CPR", "Advarsler"]
    assert "Lønkontrol" in texts(book["Om rapporten"])
    header = next(cell for cell in book["Rapport CPR"][1] if cell.value == "CPR-nummer")
    assert header.fill.fgColor.rgb == "FFF6C7A8"
    assert "Fortroligt" in book["Rapport CPR"].oddFooter.center.text


def test_a_masked_report_says_so_and_is_still_useful(school, tmp_path):
    """Birthday and age are there; the number is not."""
    path = write_workbook(school.report(A), tmp_path)
    sheet = openpyxl.load_workbook(path)["Rapport"]
    assert path.name == "engagementer_og_ledere_cpr_maskeret.xlsx"
    assert cells(sheet, "CPR-nummer")[1].value == "010160-xxxx"
    assert cells(sheet, "Alder")[1].value == 66


@pytest.mark.parametrize("name", [A, B])
def test_no_part_of_a_masked_workbook_holds_a_cpr_number(school, tmp_path, name):
    """Every file inside the zip, styles and properties included."""
    path = write_workbook(school.report(name), tmp_path)
    with zipfile.ZipFile(path) as archive:
        for part in archive.namelist():
            assert not CPR.search(re.sub(rb"[0-9a-f-]{36}", b"", archive.read(part))), part


def test_the_names_of_files_stay_the_same_unless_a_date_is_asked_for(school, tmp_path):
    """Files replace each other by name."""
    table = school.report(B)
    assert write_workbook(table, tmp_path).name == "engagementer_og_ledere.xlsx"
    assert write_workbook(table, tmp_path, dated_name=True).name == "engagementer_og_ledere_2026-11-23.xlsx"


def test_the_same_report_gives_the_same_bytes(school, tmp_path):
    """Reproducible, so that two runs can be compared by their hashes."""
    one = write_workbook(school.report(A), tmp_path / "1").read_bytes()
    two = write_workbook(school.report(A), tmp_path / "2").read_bytes()
    assert one == two


def test_only_the_owner_can_read_the_file(school, tmp_path):
    """Mode 0600, with nothing beside it."""
    path = write_workbook(school.report(A), tmp_path / "out")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [item.name for item in path.parent.iterdir()] == [path.name]


def test_a_file_of_the_same_name_is_replaced(school, tmp_path):
    """The old one stays until the new one is complete."""
    old = tmp_path / "engagementer_og_ledere.xlsx"
    old.write_text("old")
    assert openpyxl.load_workbook(write_workbook(school.report(B), tmp_path)).sheetnames[0] == "Rapport"


def test_a_directory_that_can_not_be_written_is_one_plain_error(school, tmp_path):
    """Here: the directory is a file."""
    (tmp_path / "out").write_text("")
    with pytest.raises(ReportError, match=r"can not be written to .*out \((File exists|Not a directory)\)"):
        write_workbook(school.report(B), tmp_path / "out")


_FILL_THE_DISK = """
import resource, sys
from motoolkit.errors import ReportError
from motoolkit.reports import ReportParameters, ReportTable, Column, write_workbook

table = ReportTable(
    name="big", title="Stor", file_name="stor", parameters=ReportParameters(as_of="2026-11-23"),
    columns=(Column("a", "A", lambda row: None),), rows=[(str(n) * 50,) for n in range(int(sys.argv[2]))],
    strays=[], selection="", provenance=(), notices=(), units=[], persons=0,
)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    write_workbook(table, sys.argv[1])
except ReportError as error:
    print(error)
"""


@pytest.mark.parametrize("rows", [2000, 30_000])
def test_a_disk_that_fills_up_is_one_plain_error_and_leaves_nothing(tmp_path, rows):
    """A real limit on the size of files, in memory and in constant-memory mode."""
    (tmp_path / "stor.xlsx").write_text("yesterday's")
    command = [sys.executable, "-c", _FILL_THE_DISK, str(tmp_path), str(rows)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.stdout.startswith(f"The report stor.xlsx can not be written to {tmp_path} (File too large).")
    assert run.stderr == ""
    assert [item.name for item in Path(tmp_path).iterdir()] == ["stor.xlsx"]
    assert (tmp_path / "stor.xlsx").read_text() == "yesterday's"


def test_a_large_report_is_the_same_as_a_small_one(school, tmp_path):
    """Above 20,000 rows the writer keeps one row in memory; formats and types stay."""
    table = school.report(A)
    large = replace(table, rows=[table.rows[1]] * 20_001)
    with closing(openpyxl.load_workbook(write_workbook(large, tmp_path), read_only=True)) as book:
        last = next(book["Rapport"].iter_rows(min_row=20_002))
        shown = {cell.value: cell.number_format for cell in last if cell.value is not None}
    assert shown == {
        "Nordby": "@",
        "Vig Skole": "@",
        "Afdeling": "@",
        "Bo Bo": "@",
        "Lærer": "@",
        "00012": "@",
        "010160-xxxx": "@",
        66: "0",
        "NK-00012": "@",
        "Månedslønnet": "@",
    }
