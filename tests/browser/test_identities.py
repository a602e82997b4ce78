"""Somebody picked in a real JupyterLab, and the figure with its slider as a notebook shows it."""

from __future__ import annotations

import re

import nbformat
import pytest
from browser.lab import keep, serve_lab
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

SETUP = """from datetime import date
from motoolkit import connect
from motoolkit.identities import COLLECTIONS, persons_of
from motoolkit.identities.picture import identity_picture
from motoolkit.mirror import Mirror
from motoolkit_widgets import PersonPicker

day, mirror = date(2026, 11, 23), Mirror.open()
mirror.load(connect("{url}"), COLLECTIONS)
PersonPicker(mirror, as_of=day)"""
SHOWN = """(hans,) = persons_of(mirror, ["Hans Holm"])
picture = identity_picture(mirror, hans, day)
display(picture, picture)"""
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
RUN_ALL = "() => window.jupyterapp.commands.execute('notebook:run-all-cells')"
SAVE = "() => window.jupyterapp.commands.execute('docmanager:save')"
THEME = 'theme => window.jupyterapp.commands.execute("apputils:change-theme", {theme})'


@pytest.fixture(scope="module")
def opened(tmp_path_factory, page, sandbox):
    """A notebook with a picker and two pictures, run."""
    folder = tmp_path_factory.mktemp("identities") / "notebooks"
    folder.mkdir()
    cells = [nbformat.v4.new_code_cell(source) for source in (SETUP.replace("{url}", sandbox.url), SHOWN)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=KERNEL), folder / "identities.ipynb")
    with serve_lab(folder) as url:
        page.set_viewport_size({"width": 1300, "height": 3400})
        page.goto(f"{url}/doc/tree/identities.ipynb?reset")
        page.get_by_text("| Idle").wait_for(timeout=90_000)
        page.evaluate(RUN_ALL)
        page.get_by_role("combobox", name="Person").wait_for(timeout=60_000)
        page.folder = folder
        yield page


def picture(page, which):
    """Return one of the pictures of the second cell."""
    return page.locator(".mo-identity").nth(which)


def told_on(where, day):
    """Return Hans' figure of a day."""
    return where.get_by_role("img", name=re.compile(f"^Hans Holm · {day}"))


def test_hans_is_picked_and_his_figure_is_seen(opened):
    """By typing a part of his name and of his school's account, and Enter."""
    opened.get_by_role("combobox", name="Person").click()
    opened.keyboard.type("holm hans")
    opened.locator(".mo-ta-list:popover-open [role=option]").first.wait_for()
    opened.keyboard.press("Enter")
    picker = opened.locator(".mo-person-picker")
    told_on(picker, "23-11-2026").wait_for(timeout=30_000)
    keep(opened, "identities-picked", after=500)
    hover = picker.locator("[title^='hans.holm@vig-skole.example'][title*='Active Directory, skoler']")
    box = hover.bounding_box()
    assert min(box["width"], box["height"]) > 20


def test_the_pickers_slider_moves_to_another_day(opened):
    """By the keyboard: the job that begins in February."""
    picker = opened.locator(".mo-person-picker")
    handle = picker.locator(".noUi-handle")
    handle.focus()
    opened.keyboard.press("ArrowRight")
    told_on(picker, "01-02-2027").wait_for(timeout=30_000)


def test_a_pictures_own_slider_works_without_the_kernel_and_alone(opened):
    """The other picture of the page stays; JupyterLab's own keys stay out of it."""
    first, second = picture(opened, 0), picture(opened, 1)
    slider = first.get_by_role("slider")
    expect(slider).to_have_attribute("aria-valuetext", "23-11-2026")
    slider.focus()
    opened.keyboard.press("ArrowRight")
    expect(told_on(first, "01-02-2027")).to_be_visible()
    expect(told_on(second, "23-11-2026")).to_be_visible()
    opened.keyboard.press("Home")
    expect(slider).to_have_attribute("aria-valuetext", "01-01-2021")
    opened.keyboard.press("ArrowDown")
    expect(slider).to_be_focused()
    keep(opened, "identities-slider")


def test_it_is_read_in_the_dark(opened):
    """Seen by eye."""
    opened.evaluate(THEME, "JupyterLab Dark")
    opened.locator("body[data-jp-theme-light=false]").wait_for(state="attached", timeout=30_000)
    keep(opened, "identities-dark", after=500)
    opened.evaluate(THEME, "JupyterLab Light")


def test_a_notebook_that_is_not_trusted_shows_the_day_without_a_slider(opened):
    """Somebody else, or a schedule, ran it: JupyterLab drops scripts, and nothing of them stays as text."""
    opened.evaluate(SAVE)
    path = opened.folder / "identities.ipynb"
    opened.wait_for_timeout(1500)
    notebook = nbformat.read(path, as_version=4)
    assert any("mo-identity" in str(output) for output in notebook.cells[1].outputs)
    notebook.cells = notebook.cells[1:]
    nbformat.write(notebook, opened.folder / "elsewhere.ipynb")
    opened.goto(opened.url.replace("identities.ipynb", "elsewhere.ipynb"))
    shown = told_on(opened.locator(".jp-OutputArea").first, "23-11-2026")
    expect(shown.first).to_be_visible(timeout=60_000)
    expect(opened.locator(".jp-OutputArea input[type=range]")).to_have_count(0)
    expect(opened.locator(".jp-OutputArea").first).not_to_contain_text("frames")
    keep(opened, "identities-untrusted", after=500)


def test_nothing_came_from_elsewhere(opened):
    """All of it is on this machine."""
    assert opened.elsewhere == []
