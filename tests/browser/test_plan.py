"""What a consultant sees of a plan in a notebook that is being worked in."""

from __future__ import annotations

import nbformat
import pytest
from browser.lab import keep, serve_lab

pytestmark = pytest.mark.browser

PLAN = """\
import motoolkit

mo = motoolkit.connect("{url}")


def some(collection, **filter):
    return next(iter(mo.read(collection, fields=["user_key"], filter=filter))).objects[0]["uuid"]


plan = mo.plan("Omorganisering, sag 2026-117")
kind = some("classes", user_keys=["team"])
team = plan.create("org_unit", start="2027-01-01", name="<b>Sociale medier</b>", unit_type=kind)
karen = plan.create("person", given_name="Karen", surname="Prøvesen", cpr_number="0101905050")
plan.update("org_unit", some("org_units", user_keys=["N0004"]), start="2027-01-01", parent=team)
plan.update("org_unit", some("org_units", user_keys=["N0005"]), start="1900-01-01", name="Presse")
plan.check()"""


@pytest.fixture(scope="module")
def lab(sandbox, tmp_path_factory):
    """Serve a notebook that makes a plan and looks at it."""
    folder = tmp_path_factory.mktemp("plans") / "notebooks"
    folder.mkdir()
    sources = [PLAN.format(url=sandbox.url), "plan.preview()", "plan.apply()"]
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), folder / "plan.ipynb")
    with serve_lab(folder) as url:
        yield url


def test_a_plan_is_checked_shown_and_applied_in_tables(lab, page):
    """In Danish headings, by names, masked and escaped; what is refused stands first."""
    page.goto(f"{lab}/doc/tree/plan.ipynb?reset")
    page.get_by_text("| Idle").wait_for(timeout=90_000)
    page.get_by_text("Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    page.get_by_role("columnheader", name="Udfald").wait_for(timeout=90_000)
    keep(page, "plan")
    shown = page.locator(".jp-OutputArea-output").all_inner_texts()
    # One each: rich would show its own in a notebook, beside the page's.
    check, preview, result = (text for text in shown if text.strip())
    assert "Fejl" in check
    assert preview.startswith("Planen kan ikke sendes, som den er:")
    assert "Enhed: <b>Sociale medier</b> · ny · Omorganisering, sag 2026-117" in preview
    assert "010190-xxxx" in preview
    assert "ikke sendt" in result
    assert page.elsewhere == []
