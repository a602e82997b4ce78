"""A page of a real Chromium that reaches this machine only."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from support import cannot_run

SCREENSHOTS = Path(__file__).resolve().parents[2] / "out" / "screenshots"
ELSEWHERE = re.compile(r"^https?://(?!127\.0\.0\.1)")


@pytest.fixture(scope="module")
def page():
    """A page of Debian's Chromium; ``page.elsewhere`` lists what it wanted from other machines."""
    chromium = shutil.which("chromium")
    if chromium is None:
        cannot_run("there is no chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        page = browser.new_page(viewport={"width": 1400, "height": 3200})
        page.elsewhere = []
        page.route(ELSEWHERE, lambda route: (page.elsewhere.append(route.request.url), route.abort()))
        yield page
        browser.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    """Keep what the page showed when a test failed."""
    report = yield
    page = item.funcargs.get("page")
    if report.when == "call" and report.failed and page is not None:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"\W+", "-", item.name)
        page.screenshot(path=SCREENSHOTS / f"{name}.png")
        report.sections.append(("Screenshot", str(SCREENSHOTS / f"{name}.png")))
    return report
