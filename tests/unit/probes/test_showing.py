"""What is shown: no script, no network, no CPR number; images with hover texts."""

from __future__ import annotations

import openpyxl
import pytest
from lxml import etree
from unit.probes.runs import result, run

from motoolkit.probes import ProbePicture, compare, write_workbook
from motoolkit.probes.results import ProbeResult
from motoolkit.probes.showing import run_html, run_text


@pytest.fixture(autouse=True)
def english(monkeypatch):
    """Show it in the language of the tests."""
    monkeypatch.setenv("MOTOOLKIT_LANG", "en")


def test_the_picture_shows_depth_fields_and_flat_against_nested():
    """In words too, for those who do not see it."""
    told = repr(ProbePicture(run(), result()))
    assert told.splitlines() == [
        "By depth, 100 objects a page: the objects alone 300 ms",
        "By depth, 100 objects a page: one link deep 1.0 s",
        "By field, with all that is in it: person 603 ms · 60 %",
        "By field, with all that is in it: job_function_response 20 ms · 2 %",
        "All 1,000 objects: nested 10 s",
        "All 1,000 objects: flat 4.0 s, 2.5 times faster",
    ]


def test_the_picture_is_svg_of_its_own_with_hover_texts():
    """Each piece of a bar tells what it is."""
    svg = etree.fromstring(ProbePicture(run(), result()).svg())
    titles = [title.text for title in svg.iter("{http://www.w3.org/2000/svg}title")]
    assert "persons: 1.0 s" in titles
    assert any(title.startswith("person: 603 ms, a query for each parent (N+1)") for title in titles)


def test_a_page_holds_images_and_no_script():
    """JupyterLab drops SVG of notebooks that it does not trust."""
    html = run_html(run(), compare(run(), run()))
    assert "<script" not in html
    assert "<svg" not in html
    assert html.count("<img") == 1
    assert "Since the baseline" in html


def test_a_query_that_could_not_be_measured_is_named_with_its_error():
    """The others are shown all the same."""
    broken = ProbeResult("broken", document="{ x }", error="Cannot query field 'x' on type 'Query'.")
    told = run_text(run(result(), broken))
    assert "! broken: Cannot query field 'x' on type 'Query'." in told
    assert "recorded" in told


def test_a_partial_run_and_a_mo_that_got_slower_say_so():
    """Before the numbers."""
    told = run_text(run(partial=True, control=(0.1, 0.1, 0.1, 0.3, 0.3, 0.3)))
    assert "! The run is partial" in told
    assert "took 3.0 times as long in the second half: the results are unsure" in told


def test_the_workbook_has_a_sheet_for_each_table(tmp_path):
    """Advice first; queries and joins can be copied; no formula."""
    path = write_workbook(run(), tmp_path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == [
        "Advice",
        "Slow fields",
        "Queries",
        "Read flat",
        "Measurements",
        "Queries and joins",
        "About the report",
    ]
    lines = [row[0] for row in book["Queries and joins"].iter_rows(values_only=True)]
    assert "# join: engagements.person_uuid = persons.uuid" in lines
    assert path.stat().st_mode & 0o777 == 0o600
