"""Importing what completion needs while nobody waits for it."""

from __future__ import annotations

import importlib
import sys
import threading
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

_IDLE: Final = 0.5
_CLIENT: Final = "motoolkit.client"
_NEEDED: Final = (
    _CLIENT,
    "motoolkit.kernel.completion._help",
    "motoolkit.kernel.completion._keys",
    "motoolkit.kernel.completion._words",
)


def warm_up(shell: InteractiveShell) -> None:
    """Import it in a notebook, half a second after loading; nothing is asked of any MO.

    JupyterLab leaves out an answer that takes more than a second, and these imports take longer than that:
    the first Tab would do nothing.  Other front ends wait.
    """
    if getattr(shell, "kernel", None) is None:
        return
    timer = threading.Timer(_IDLE, _import)
    timer.daemon = True
    timer.start()


def _import() -> None:
    """Import, unless the notebook is at it: two threads in the same imports can meet half a module."""
    if _CLIENT in sys.modules:
        return
    for name in _NEEDED:
        importlib.import_module(name)
