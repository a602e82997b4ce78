"""CPR numbers stay out of tracebacks too: the line of code that failed may hold one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

_HOOK = "_showtraceback"


def install(shell: InteractiveShell) -> None:
    """Mask CPR numbers in what is shown of every error of this shell."""
    if _HOOK in vars(shell):
        return
    show = shell._showtraceback  # noqa: SLF001 - IPython's one place through which every traceback goes

    def masking(etype: Any, evalue: Any, stb: list[str]) -> None:
        from motoolkit.model import mask_all

        show(etype, _Masked(evalue), [mask_all(str(line)) for line in stb])

    setattr(shell, _HOOK, masking)


def uninstall(shell: InteractiveShell) -> None:
    """Let tracebacks be as they were."""
    vars(shell).pop(_HOOK, None)


class _Masked:
    """An error as a text: a kernel sends it beside the traceback."""

    def __init__(self, error: Any) -> None:
        self._error = error

    def __str__(self) -> str:
        from motoolkit.model import mask_all

        return mask_all(str(self._error))
