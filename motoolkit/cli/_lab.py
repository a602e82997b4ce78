"""JupyterLab on the toolkit's notebooks, with a kernel for each profile and one sandbox behind them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from motoolkit.errors import InputError
from motoolkit.kernel import _kernelspec
from motoolkit.profile import is_chosen, list_profiles, load_profile

if TYPE_CHECKING:
    from collections.abc import Sequence

COPY: Final = "motoolkit-notebooks"
"""What a copy of the installed notebooks is called, in the folder where it is made."""

_QUIET: Final = (
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
)
"""JupyterLab asks the network for news and updates otherwise."""


def serve(folder: Path | None, profile: str | None, options: Sequence[str]) -> int:
    """Run JupyterLab until it ends, and return its exit code.

    Args:
        folder: what it opens; None for the toolkit's notebooks.
        profile: which MO kernels mean that say nothing themselves; None for what the environment says, else
            one sandbox that all kernels share and that ends with JupyterLab.
        options: further ones of JupyterLab's.

    Raises:
        InputError: JupyterLab is not installed, or there is no such folder.
        ProfileError: there is no such profile.
    """
    if find_spec("jupyterlab") is None:
        raise InputError("JupyterLab is not installed.", remedy="pip install 'motoolkit[lab]'.")
    if folder is not None and not folder.is_dir():
        raise InputError(f"There is no folder {folder}.", remedy="Make it, or leave it out.")
    environ = {**os.environ, **place(profile)}
    with tempfile.TemporaryDirectory(prefix="motoolkit-lab-") as own:
        kernels = Path(own) / "kernels"
        for name in (None, *(each.name for each in list_profiles())):
            _kernelspec.write(kernels, name)
        environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, (own, os.environ.get("JUPYTER_PATH"))))
        command = [sys.executable, "-m", "jupyterlab", str(folder or notebooks()), *_QUIET, *options]
        # In a container one is root, and JupyterLab wants to be told that it is meant.
        root = ["--allow-root"] if os.geteuid() == 0 else []
        return run([*command, *root], environ)


def notebooks(here: Path | None = None) -> Path:
    """Return a folder with the toolkit's notebooks that may be written to.

    A checkout's are used where they are.  Of an installed toolkit a copy is made in ``here`` (the working
    folder); what is there already stays as it is.
    """
    from motoolkit.runner.locate import notebook_folders

    found = notebook_folders()[0]
    if (found.parent / "pyproject.toml").is_file():
        return found
    copy = (here or Path.cwd()) / COPY
    if not copy.exists():
        shutil.copytree(found, copy)
    return copy


def place(profile: str | None) -> dict[str, str]:
    """Return the environment that says which MO a notebook means that says nothing itself."""
    from motoolkit.client import embedded_sandbox

    if profile is not None:
        return {"MOTOOLKIT_PROFILE": load_profile(profile).name or profile}
    return {} if is_chosen(None, {}) else {"MOTOOLKIT_MO_URL": embedded_sandbox()}


def run(command: Sequence[str], environ: dict[str, str]) -> int:
    """Run a server in the foreground and return its exit code; Ctrl-C is its own to answer."""
    running = subprocess.Popen(command, env=environ)  # noqa: S603 - this Python, and what was typed
    while True:
        try:
            return running.wait()
        except KeyboardInterrupt:
            if running.poll() is None:
                running.terminate()
