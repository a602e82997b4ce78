"""CPR numbers stay out of IPython's history, which is a file: ``%mo person 0101901234`` is quickly typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from motoolkit.kernel._hooks import give_back, take_over

if TYPE_CHECKING:
    from collections.abc import Callable

    from IPython.core.interactiveshell import InteractiveShell

_STORE: Final = "store_inputs"


def install(shell: InteractiveShell) -> None:
    """Mask CPR numbers in what is remembered of each cell; the cell itself runs as it was written."""
    take_over(shell.history_manager, _STORE, _masking)


def uninstall(shell: InteractiveShell) -> None:
    """Let the history be as it was."""
    give_back(shell.history_manager, _STORE)


def _masking(store: Callable[..., Any]) -> Callable[..., Any]:
    def masking(line_number: int, source: str, source_raw: str | None = None) -> Any:
        from motoolkit.model import mask_all

        return store(line_number, mask_all(source), None if source_raw is None else mask_all(source_raw))

    return masking
