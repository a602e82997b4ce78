"""CPR numbers stay out of IPython's history, which is a file: ``%mo person 0101901234`` is quickly typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell


def install(shell: InteractiveShell) -> None:
    """Mask CPR numbers in what is remembered of each cell; the cell itself runs as it was written."""
    manager = shell.history_manager
    if manager is None or "store_inputs" in vars(manager):
        return
    store = manager.store_inputs

    def masking(line_number: int, source: str, source_raw: str | None = None) -> Any:
        from motoolkit.model import mask_all

        return store(line_number, mask_all(source), None if source_raw is None else mask_all(source_raw))

    manager.store_inputs = masking


def uninstall(shell: InteractiveShell) -> None:
    """Let the history be as it was."""
    if shell.history_manager is not None:
        vars(shell.history_manager).pop("store_inputs", None)
