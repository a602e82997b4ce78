"""Notebooks as documents: the parameters cell, the injected cell, the heading above a cell."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from motoolkit.errors import ParameterError
from motoolkit.runner._secrets import is_reference

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from nbformat import NotebookNode

PARAMETERS: Final = "parameters"
INJECTED: Final = "injected-parameters"
_IMPORT: Final = "from motoolkit.profile import secret_at"


def from_dict(plain: dict[str, Any]) -> NotebookNode:
    """Make a notebook of plain dictionaries and lists."""
    import nbformat

    node: NotebookNode = nbformat.from_dict(plain)  # type: ignore[no-untyped-call] # nbformat has few types
    return node


def read_notebook(path: Path) -> NotebookNode:
    """Read a notebook file of any version as version 4.

    Raises:
        ParameterError: the file is no notebook.
    """
    import nbformat

    try:
        notebook: NotebookNode = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    except (
        nbformat.reader.NotJSONError,
        nbformat.ValidationError,
        UnicodeDecodeError,
        KeyError,
        AttributeError,
    ):
        raise ParameterError(f"{path} is no notebook.", remedy="Name a file that JupyterLab opens.") from None
    return notebook


def write_notebook(notebook: NotebookNode, path: Path) -> None:
    """Write a notebook that only its owner may read."""
    import nbformat

    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        nbformat.write(notebook, file)  # type: ignore[no-untyped-call]


def tagged(notebook: NotebookNode, tag: str) -> int | None:
    """Return the index of the first cell with ``tag``, None when there is none."""
    found = (i for i, cell in enumerate(notebook.cells) if tag in cell.metadata.get("tags", ()))
    return next(found, None)


def parameters_source(notebook: NotebookNode) -> str:
    """Return the source of the parameters cell, empty when the notebook has none."""
    at = tagged(notebook, PARAMETERS)
    return "" if at is None else str(notebook.cells[at].source)


def inject(notebook: NotebookNode, values: Mapping[str, Any]) -> None:
    """Put the values into a cell after the parameters cell, where papermill puts its own.

    A reference to a secret is resolved by the cell, so that the secret itself is never written.
    """
    import nbformat

    if not values:
        return
    imports = [_IMPORT] if any(map(is_reference, values.values())) else []
    lines = [f"{name} = {_literal(value)}" for name, value in values.items()]
    source = "\n".join(["# Parameters", *imports, *lines])
    cell = nbformat.v4.new_code_cell(source, metadata={"tags": [INJECTED]})  # type: ignore[no-untyped-call]
    notebook.cells = [cell for cell in notebook.cells if INJECTED not in cell.metadata.get("tags", ())]
    at = tagged(notebook, PARAMETERS)
    notebook.cells.insert(0 if at is None else at + 1, cell)


def _literal(value: Any) -> str:
    return f"secret_at({value!r}).reveal()" if is_reference(value) else repr(value)


def heading_above(cells: list[NotebookNode], index: int) -> str:
    """Return the last markdown heading at or before a cell, empty when there is none."""
    for cell in reversed(cells[: index + 1]):
        if cell.cell_type == "markdown":
            headings = [line.lstrip("# ") for line in cell.source.splitlines() if line.startswith("#")]
            if headings:
                return str(headings[-1])
    return ""
