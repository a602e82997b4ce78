"""A form as a page of its own, through Voilà."""

from __future__ import annotations

import os
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from motoolkit.cli._lab import place, run
from motoolkit.errors import InputError
from motoolkit.runner import prepare_notebook

if TYPE_CHECKING:
    from collections.abc import Mapping


def serve(
    notebook: str, parameters: Mapping[str, str], profile: str | None, port: int, *, browser: bool
) -> int:
    """Serve a notebook through Voilà until it ends, and return its exit code.

    Args:
        notebook: a path, or the short name of one of the toolkit's notebooks.
        parameters: what it begins with.
        profile: which MO it means; None for what the environment says, else a sandbox of its own.
        port: on this machine.
        browser: open one.

    Raises:
        InputError: Voilà is not installed.
        ParameterError: a parameter is unknown or mistyped, or there is no such notebook.
        ProfileError: there is no such profile.
    """
    if find_spec("voila") is None:
        raise InputError("Voilà is not installed.", remedy="pip install 'motoolkit[pages]'.")
    with tempfile.TemporaryDirectory(prefix="motoolkit-form-") as own:
        path = prepare_notebook(notebook, parameters, Path(own))
        environ = {**os.environ, **place(profile)}
        options = [
            f"--port={port}",
            "--template=motoolkit",
            "--VoilaConfiguration.show_tracebacks=False",
            *(() if browser else ("--no-browser",)),
        ]
        return run([sys.executable, "-m", "voila", str(path), *options], environ)
