"""Run the runbooks against a fresh sandbox and keep what they show: nbval holds them to it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

TODAY = "2026-11-23"


def refresh(path: Path, url: str, home: str) -> None:
    """Execute one runbook and write it with its outputs, without times."""
    os.environ |= {"MOTOOLKIT_MO_URL": url, "MOTOOLKIT_PROGRESS": "off"}
    os.environ["MOTOOLKIT_EVENTS"] = str(Path(home) / "events.sqlite3")
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": home}}).execute()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    notebook.metadata.language_info = {"name": "python"}
    nbformat.write(notebook, path)


def main(paths: list[str]) -> int:
    """Refresh the named runbooks, or all of them."""
    for path in [Path(p) for p in paths] or sorted(Path("notebooks/runbooks").glob("*.ipynb")):
        command = [sys.executable, "-m", "motoolkit", "sandbox", "--port", "0", "--today", TODAY]
        with tempfile.TemporaryDirectory() as home:
            serving = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
            try:
                line = serving.stdout.readline() if serving.stdout else ""
                found = re.match(r"sandbox ready at (http://\S+)", line)
                if found is None:
                    return 1
                refresh(path, found[1], home)
            finally:
                serving.terminate()
                serving.wait()
        print(f"{path} shows what it shows now.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
