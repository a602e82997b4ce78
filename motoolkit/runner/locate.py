"""Where the toolkit's own notebooks are, in a checkout and after an installation."""

from __future__ import annotations

import sysconfig
from pathlib import Path

from motoolkit.errors import ParameterError


def notebook_folders() -> tuple[Path, ...]:
    """Return the folders that hold the toolkit's notebooks: the checkout's, then the installed one."""
    package = Path(__file__).resolve().parents[1]
    folders = (package.parent / "notebooks", Path(sysconfig.get_path("data")) / "share/motoolkit/notebooks")
    return tuple(folder for folder in folders if folder.is_dir())


def known_notebooks() -> dict[str, Path]:
    """Return the toolkit's notebooks by their short name: the file name without ``.ipynb``."""
    return {
        path.stem: path
        for folder in reversed(notebook_folders())
        for path in sorted(folder.rglob("*.ipynb"))
        if ".ipynb_checkpoints" not in path.parts
    }


def find_notebook(notebook: str | Path) -> Path:
    """Return the file of a notebook, given as a path or as the short name of one of the toolkit's own.

    Raises:
        ParameterError: there is none.
    """
    path = Path(notebook)
    if path.is_file():
        return path
    known = known_notebooks()
    if path.name == str(notebook) and (found := known.get(path.name.removesuffix(".ipynb"))):
        return found
    raise ParameterError.unknown("notebook", str(notebook), sorted(known))
