"""CPR numbers stay out of tracebacks too: the line of code that failed may hold one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from motoolkit.kernel._hooks import give_back, take_over

if TYPE_CHECKING:
    from collections.abc import Callable

    from IPython.core.interactiveshell import InteractiveShell

_SHOW: Final = "_showtraceback"
"""The one place in IPython through which every traceback goes."""


def install(shell: InteractiveShell) -> None:
    """Mask CPR numbers in what is shown of every error of this shell."""
    take_over(shell, _SHOW, _masking)


def uninstall(shell: InteractiveShell) -> None:
    """Let tracebacks be as they were."""
    give_back(shell, _SHOW)


def _masking(show: Callable[..., Any]) -> Callable[..., Any]:
    def masking(etype: Any, evalue: Any, stb: list[str]) -> None:
        from motoolkit.model import mask_all

        show(etype, _Masked(evalue), [mask_all(str(line)) for line in stb])

    return masking


class _Masked:
    """An error as a text: a kernel sends it beside the traceback."""

    def __init__(self, error: Any) -> None:
        self._error = error

    def __str__(self) -> str:
        from motoolkit.model import mask_all

        return mask_all(str(self._error))
