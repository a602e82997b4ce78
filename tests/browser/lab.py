"""A real JupyterLab or Voilà over a folder, and pictures of its pages for those who want to look."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

CONFIGURATION = """\
from jupyterlab.galata import configure_jupyter_server

configure_jupyter_server(c)
c.ServerApp.ip, c.ServerApp.port, c.ServerApp.root_dir = "127.0.0.1", {port}, {root!r}
c.ServerApp.allow_root = True
c.LabApp.user_settings_dir = {settings!r}
"""


@contextmanager
def serve_lab(folder: Path):
    """Serve a folder in JupyterLab and yield its address."""
    port = _free_port()
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
    _wait_for_server(url, server, log)
    yield url
    _stop(server)


@contextmanager
def serve_form(notebook: Path):
    """Serve a notebook as a page of its own, and yield the address."""
    port = _free_port()
    log = notebook.parent.parent / "form.log"
    command = [sys.executable, "-m", "motoolkit", "form", str(notebook), f"--port={port}", "--no-browser"]
    with log.open("w") as errors:
        server = subprocess.Popen(command, stdout=errors, stderr=errors)
    url = f"http://127.0.0.1:{port}"
    _wait_for_server(url, server, log, path="/static/favicon.ico")
    yield url
    _stop(server)


@contextmanager
def open_form(page, notebook: Path, where: str):
    """Open the form of a notebook in a page: in JupyterLab (``lab``) with its cells run, or by itself."""
    served = serve_lab(notebook.parent) if where == "lab" else serve_form(notebook)
    page.where = where
    with served as url:
        page.goto(f"{url}/doc/tree/{notebook.name}?reset" if where == "lab" else url)
        wait_for_form(page)
        yield


def wait_for_form(page):
    """Wait until the form is there; in JupyterLab the two cells of its notebook are run first."""
    if page.where == "lab":
        page.get_by_text("| Idle").wait_for(timeout=90_000)
        page.locator(".jp-CodeCell .cm-content").first.click()
        for key in ("Shift+Enter", "Control+Enter", "Escape"):
            page.keyboard.press(key)
    page.locator(".mo-form").wait_for(timeout=90_000)


def _stop(server):
    """End a server, if need be without asking: a page that is still open may start a kernel meanwhile.

    JupyterLab waits for ever for such a kernel (measured); that one ends with its server.
    """
    server.send_signal(signal.SIGTERM)
    try:
        server.wait(timeout=15)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _wait_for_server(url, server, log, path="/api/status"):
    """Wait until the server answers; its log is the message when it does not."""
    end = time.monotonic() + 90
    while time.monotonic() < end:
        if server.poll() is not None:
            break
        try:
            httpx.get(f"{url}{path}", timeout=1)
        except httpx.TransportError:
            time.sleep(0.2)
        else:
            return
    server.kill()
    pytest.fail(f"The server did not start:\n{log.read_text()}")


def keep(page, name, after=0):
    """Keep a picture of the page where SCREENSHOTS says, once it is calm, for those who want to look."""
    if folder := os.environ.get("SCREENSHOTS"):
        page.wait_for_timeout(after)
        page.screenshot(path=Path(folder) / f"{name}.png")
