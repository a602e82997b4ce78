"""What a consultant sees: the executed report notebook in a real JupyterLab, offline."""

from __future__ import annotations

import subprocess
import sys

import pytest
from browser.lab import keep, serve_lab

from motoolkit.runner import run_notebook

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def folder(sandbox, tmp_path_factory):
    """A folder with the executed notebook and its workbooks."""
    out = tmp_path_factory.mktemp("lab") / "out"
    run_notebook("engagements_and_managers", {"profile": sandbox.url, "as_of": "2026-11-23"}, out)
    return out


@pytest.fixture(scope="module")
def lab(folder):
    """Serve the folder in JupyterLab and return its address."""
    with serve_lab(folder) as url:
        yield url


def test_lab_shows_the_picture_and_the_tables_of_a_notebook_that_somebody_else_ran(lab, page):
    """It is not trusted, so that JupyterLab drops scripts, styles and bare SVG; nothing is fetched."""
    page.goto(f"{lab}/doc/tree/engagements_and_managers.ipynb?reset")
    picture = page.locator(".jp-OutputArea-output img")
    picture.wait_for(timeout=90_000)
    page.get_by_role("columnheader", name="CPR-nummer").wait_for(state="attached")
    keep(page, "lab")
    assert picture.evaluate("image => [image.complete, image.naturalWidth]") == [True, 860]
    assert picture.get_attribute("alt").startswith("Engagementer og ledere pr. 23-11-2026")
    headings = page.locator(".jp-OutputArea-output th")
    assert "CPR-nummer" in headings.all_inner_texts()
    assert headings.first.evaluate("cell => getComputedStyle(cell).whiteSpace") == "nowrap"
    assert page.elsewhere == []


def test_the_exported_page_shows_the_same_offline(folder, page):
    """The HTML of nbconvert, as a file: the picture is in it."""
    command = [sys.executable, "-m", "nbconvert", "--to", "html", "--log-level", "ERROR"]
    subprocess.run([*command, str(folder / "engagements_and_managers.ipynb")], check=True)
    page.goto((folder / "engagements_and_managers.html").as_uri())
    picture = page.locator(".jp-OutputArea-output img")
    picture.wait_for()
    keep(page, "html")
    assert picture.evaluate("image => [image.complete, image.naturalWidth]") == [True, 860]
