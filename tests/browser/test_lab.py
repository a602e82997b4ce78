"""What a consultant sees: the executed report notebook in a real JupyterLab, offline."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from motoolkit.runner import run_notebook

pytestmark = pytest.mark.browser

CONFIGURATION = """\
from jupyterlab.galata import configure_jupyter_server

configure_jupyter_server(c)
c.ServerApp.ip, c.ServerApp.port, c.ServerApp.root_dir = "127.0.0.1", {port}, {root!r}
c.ServerApp.allow_root = True
c.LabApp.user_settings_dir = {settings!r}
"""


@pytest.fixture(scope="module")
def folder(sandbox, tmp_path_factory):
    """A folder with the executed notebook and its workbooks."""
    out = tmp_path_factory.mktemp("lab") / "out"
    run_notebook("engagements_and_managers", {"profile": sandbox.url, "as_of": "2026-11-23"}, out)
    return out


@pytest.fixture(scope="module")
def lab(folder):
    """Serve the folder in JupyterLab and return its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = folder.parent / "jupyter_server_config.py"
    settings = folder.parent / "settings"
    config.write_text(CONFIGURATION.format(port=port, root=str(folder), settings=str(settings)))
    quiet = settings / "@jupyterlab/apputils-extension/notification.jupyterlab-settings"
    quiet.parent.mkdir(parents=True)
    quiet.write_text('{"fetchNews": "false", "checkForUpdates": false}')
    log = folder.parent / "lab.log"
    command = [sys.executable, "-m", "jupyterlab", "--config", str(config), "--no-browser"]
    with log.open("w") as errors:
        server = subprocess.Popen(command, stdout=errors, stderr=errors)
    url = f"http://127.0.0.1:{port}"
    wait_for_server(url, server, log)
    yield url
    server.send_signal(signal.SIGTERM)
    server.wait(timeout=30)


def wait_for_server(url, server, log):
    """Wait until JupyterLab answers; its log is the message when it does not."""
    end = time.monotonic() + 90
    while time.monotonic() < end:
        if server.poll() is not None:
            break
        try:
            httpx.get(f"{url}/api/status", timeout=1)
        except httpx.TransportError:
            time.sleep(0.2)
        else:
            return
    server.kill()
    pytest.fail(f"JupyterLab did not start:\n{log.read_text()}")


def keep(page, name):
    """Keep a picture of the page where SCREENSHOTS says, for those who want to look."""
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png")


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
