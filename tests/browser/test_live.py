"""Events as they come, in a JupyterLab that somebody works in meanwhile."""

from __future__ import annotations

import subprocess
import sys
import time

import httpx
import nbformat
import pytest
from browser.lab import keep, serve_lab
from support import TODAY, launch

import motoolkit

pytestmark = pytest.mark.browser

LIVE = """\
import motoolkit
from motoolkit import events

mo = motoolkit.connect("{url}")
view = events.live(mo, "org_unit", "person", "engagement", changes=True, minutes=2)"""
OTHER = 'print("imens:", sum(range(1000)))'
LISTENERS = "{ event_listeners { objects { user_key } } }"
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """Serve a municipality of the module's own, whose events come at once."""
    log = tmp_path_factory.mktemp("town") / "log"
    running = launch("--today", TODAY, "--persons", "60", "--event-delay", "0.2", log=log)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def folder(town, tmp_path_factory):
    """A folder with a notebook of two cells."""
    folder = tmp_path_factory.mktemp("live") / "notebooks"
    folder.mkdir()
    cells = [nbformat.v4.new_code_cell(source) for source in (LIVE.format(url=town.url), OTHER)]
    for name in ("live", "left"):
        nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=KERNEL), folder / f"{name}.ipynb")
    return folder


@pytest.fixture(scope="module")
def lab(folder):
    """Serve the folder in JupyterLab."""
    with serve_lab(folder) as url:
        yield url


@pytest.fixture
def mo(town):
    """Log in to the municipality."""
    with motoolkit.connect(town.url) as client:
        yield client


def left_in(mo):
    """Return the listeners that MO holds."""
    return [one["user_key"] for one in mo.execute(LISTENERS)["event_listeners"]["objects"]]


def rename(mo, number, name):
    """Rename the unit ``number``."""
    units = [unit["uuid"] for page in mo.read("org_units", fields=["name"]) for unit in page.objects]
    plan = mo.plan("Nye navne")
    plan.update("org_unit", units[number], start="2026-12-01", name=name)
    assert plan.apply().ok


def command(page, name, arguments=None):
    """Do what a menu of JupyterLab does."""
    page.evaluate(
        "([name, given]) => window.jupyterapp.commands.execute(name, given)", [name, arguments or {}]
    )


def until(condition, seconds=30.0):
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.1)


def run_cells(page, url):
    """Open a notebook in a JupyterLab as it is the first time, and run all of it."""
    page.set_viewport_size({"width": 1400, "height": 1000})
    page.goto(url)
    page.get_by_text("| Idle").wait_for(timeout=90_000)
    page.get_by_text("Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()


def test_events_show_while_other_cells_run_and_stay_when_it_is_stopped(lab, folder, mo, page):
    """It grows while the kernel is free; paused it waits; stopped it is a page that needs no kernel."""
    run_cells(page, f"{lab}/doc/tree/live.ipynb?reset")
    page.get_by_text("Lytter").wait_for(timeout=60_000)
    page.get_by_text("imens: 499500").wait_for(timeout=30_000)
    assert len(left_in(mo)) == 3
    keep(page, "live-begun")

    rename(mo, 3, "<b>Nyt navn</b>")
    view = page.locator(".jp-OutputArea").first
    view.get_by_text("<b>Nyt navn</b>").first.wait_for(timeout=10_000)
    for number in range(4, 10):
        rename(mo, number, f"Enhed {number}")
    view.get_by_text("Enhed 9").first.wait_for(timeout=10_000)
    keep(page, "live")
    command(page, "apputils:change-theme", {"theme": "JupyterLab Dark"})
    page.locator("body[data-jp-theme-light=false]").wait_for(state="attached")
    page.locator("#jupyterlab-splash").wait_for(state="detached")
    keep(page, "live-dark")

    page.get_by_role("button", name="Pause").click()
    page.get_by_text("På pause").wait_for(timeout=5_000)
    rename(mo, 10, "Under pausen")
    view.get_by_text("1 venter").wait_for(timeout=15_000)
    assert view.get_by_text("Under pausen").count() == 0
    keep(page, "live-paused")
    page.get_by_role("button", name="Fortsæt").click()
    view.get_by_text("Under pausen").first.wait_for(timeout=10_000)

    view.locator("button", has_text="Stop").click()
    page.get_by_text("Stoppet").wait_for(timeout=20_000)
    keep(page, "live-stopped")
    assert left_in(mo) == []
    assert view.get_by_text("Under pausen").count() > 0
    command(page, "apputils:change-theme", {"theme": "JupyterLab Light"})
    command(page, "docmanager:save")
    assert page.elsewhere == []

    html = [sys.executable, "-m", "nbconvert", "--to", "html", "--log-level", "ERROR"]
    subprocess.run([*html, str(folder / "live.ipynb")], check=True)
    page.goto((folder / "live.html").as_uri())
    page.get_by_text("Under pausen").first.wait_for()
    keep(page, "live-html")


def test_a_view_leaves_nothing_in_mo_however_it_ends(lab, mo, page):
    """An interrupt is not meant for it; another run of its cell replaces it; a restart ends it."""
    run_cells(page, f"{lab}/doc/tree/left.ipynb?reset")
    page.get_by_text("Lytter").wait_for(timeout=60_000)
    first = left_in(mo)
    (kernel,) = [each["id"] for each in httpx.get(f"{lab}/api/kernels").json() if each["connections"]]
    assert httpx.post(f"{lab}/api/kernels/{kernel}/interrupt").is_success
    rename(mo, 11, "Efter afbrydelsen")
    page.get_by_text("Efter afbrydelsen").first.wait_for(timeout=10_000)

    command(page, "notebook:run-all-cells")
    until(lambda: len(left_in(mo)) == 3 and not set(first) & set(left_in(mo)))
    httpx.post(f"{lab}/api/kernels/{kernel}/restart", timeout=60)
    until(lambda: left_in(mo) == [])
