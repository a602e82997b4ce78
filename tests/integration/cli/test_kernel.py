"""``motoolkit kernel`` and ``motoolkit lab``: a kernel a customer, in a Jupyter that runs."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import httpx
import pytest
from jupyter_client.manager import start_new_kernel

from motoolkit.cli import main
from motoolkit.cli._lab import COPY, notebooks
from motoolkit.profile import add_profile

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE = 90


@pytest.fixture
def motoolkit(capsys, monkeypatch, tmp_path):
    """Run a command with a Jupyter of its own, and return its exit code, its output and its errors."""
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))

    def run(*words):
        code = main([str(word) for word in words])
        done = capsys.readouterr()
        return code, done.out, done.err

    return run


@pytest.fixture
def profile(sandbox, monkeypatch):
    """A customer, whose secret is in the environment."""
    monkeypatch.setenv("NORDBY_TOKEN", "et-hemmeligt-token")
    add_profile("Nordby", mo_url=sandbox.url, token="env:NORDBY_TOKEN")
    return "Nordby"


def test_a_kernel_is_installed_listed_and_removed(motoolkit, profile, tmp_path):
    """With its icons; installing again replaces it."""
    folder = tmp_path / "jupyter/kernels/os2mo-nordby"
    for _ in range(2):
        assert motoolkit("kernel", "install", "--profile", profile) == (
            0,
            f"OS2mo (Nordby): {folder}\n",
            "",
        )
    assert {path.name for path in folder.iterdir()} == {
        "kernel.json",
        "logo-32x32.png",
        "logo-64x64.png",
        "logo-svg.svg",
    }
    told = json.loads((folder / "kernel.json").read_text())
    assert told["env"] == {"MOTOOLKIT_PROFILE": "Nordby"}
    assert told["argv"][0] == sys.executable
    assert "hemmeligt" not in json.dumps(told)
    listed = json.loads(motoolkit("kernel", "list", "--format", "json")[1])
    assert [one["name"] for one in listed] == ["os2mo-nordby"]
    assert motoolkit("kernel", "remove", profile)[0] == 0
    assert not folder.exists()
    assert json.loads(motoolkit("kernel", "list", "--format", "json")[1]) == []


def test_what_is_not_there_is_named(motoolkit, profile):
    """Neither a profile nor a kernel is guessed."""
    code, _, told = motoolkit("kernel", "install", "--profile", "Nordbyen")
    assert (code, told.splitlines()[0]) == (1, "Error: There is no profile 'Nordbyen'.")
    motoolkit("kernel", "install", "--profile", profile)
    code, _, told = motoolkit("kernel", "remove", "Nordb")
    assert (code, "Did you mean Nordby?" in told) == (1, True)
    code, _, told = motoolkit("kernel", "remove")
    assert (code, told.splitlines()[0]) == (1, "Error: The kernel OS2mo is not installed.")


def test_a_kernel_starts_with_the_magics_loaded(motoolkit, sandbox, monkeypatch):
    """Its first cell may be ``%mo``."""
    monkeypatch.setenv("MOTOOLKIT_MO_URL", sandbox.url)
    motoolkit("kernel", "install")
    manager, client = start_new_kernel(kernel_name="os2mo", startup_timeout=PATIENCE)
    try:
        reply = client.execute_interactive("%mo", timeout=PATIENCE, output_hook=lambda _: None)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    assert reply["content"]["status"] == "ok"


@pytest.mark.usefixtures("profile")
def test_lab_offers_a_kernel_for_each_profile_and_one_sandbox_to_all(tmp_path):
    """JupyterLab runs, knows the kernels and the colours, and leaves nothing when it is stopped."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    command = [sys.executable, "-m", "motoolkit", "lab", str(folder), "--no-browser"]
    environ = {name: value for name, value in os.environ.items() if not name.startswith("MOTOOLKIT_")}
    environ |= {"JUPYTER_DATA_DIR": str(tmp_path / "jupyter"), "JUPYTER_RUNTIME_DIR": str(tmp_path / "run")}
    log = tmp_path / "lab.log"
    with log.open("w") as output:
        running = subprocess.Popen(command, stdout=output, stderr=output, env=environ)
    try:
        server = waited(tmp_path / "run")
        given = {"Authorization": f"token {server['token']}"}
        told = httpx.get(f"{server['url']}api/kernelspecs", headers=given, timeout=30).json()
        page = httpx.get(f"{server['url']}lab", headers=given, timeout=30).text
    finally:
        running.send_signal(signal.SIGINT)
        code = running.wait(timeout=60)
    offered = {name: one["spec"]["display_name"] for name, one in told["kernelspecs"].items()}
    assert offered.items() >= {"os2mo": "OS2mo", "os2mo-nordby": "OS2mo (Nordby)"}.items()
    assert server["root_dir"] == str(folder)
    assert "static/remoteEntry.js" in page
    assert "this is the sandbox, a made-up municipality" in log.read_text()
    assert code == 0, log.read_text()[-2000:]
    assert not (tmp_path / "jupyter" / "kernels").exists()


def waited(folder: Path):
    """Return what a JupyterLab tells of itself once it runs."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for path in folder.glob("jpserver-*.json"):
            found = json.loads(path.read_text())
            try:
                httpx.get(f"{found['url']}api", timeout=5)
            except httpx.TransportError:
                continue
            return found
        time.sleep(0.3)
    pytest.fail("JupyterLab did not start")


def test_lab_says_what_is_missing(motoolkit, tmp_path):
    """Before anything is started."""
    code, _, told = motoolkit("lab", tmp_path / "nowhere", "--no-browser")
    assert (code, told.splitlines()[0]) == (1, f"Error: There is no folder {tmp_path / 'nowhere'}.")
    code, _, told = motoolkit("lab", "--profile", "nobody", "--no-browser")
    assert (code, told.splitlines()[0]) == (1, "Error: There is no profile 'nobody'.")


def test_installed_notebooks_are_copied_once_and_never_overwritten(monkeypatch, tmp_path):
    """What a consultant has changed stays."""
    package = tmp_path / "share" / "notebooks"
    (package / "reports").mkdir(parents=True)
    (package / "reports" / "a.ipynb").write_text("{}")
    monkeypatch.setattr("motoolkit.runner.locate.notebook_folders", lambda: (package,))
    copied = notebooks(tmp_path)
    assert copied == tmp_path / COPY
    (copied / "reports" / "a.ipynb").write_text("mine")
    assert (notebooks(tmp_path) / "reports" / "a.ipynb").read_text() == "mine"
