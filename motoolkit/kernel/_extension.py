"""``%load_ext motoolkit``: registers what there is, and imports nothing of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motoolkit.errors import InputError
from motoolkit.kernel import _history, _tracebacks
from motoolkit.kernel._session import Session
from motoolkit.kernel.completion import _complete
from motoolkit.kernel.display import _display
from motoolkit.kernel.magics import _magics

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

_sessions: dict[InteractiveShell, Session] = {}


def load(shell: InteractiveShell) -> None:
    """Make a MO workbench of a shell; a second time changes nothing."""
    if shell in _sessions:
        return
    session = _sessions[shell] = Session(shell.user_ns)
    _magics.install(shell, session)
    _history.install(shell)
    _tracebacks.install(shell)
    _complete.install(shell, session)
    _display.install(shell)


def unload(shell: InteractiveShell) -> None:
    """Take everything away again."""
    if session := _sessions.pop(shell, None):
        for part in (_display, _complete, _tracebacks, _history, _magics):
            part.uninstall(shell)
        session.close()


def session() -> Session:
    """Return the session of the running shell.

    Raises:
        InputError: the extension is not loaded.
    """
    from IPython import get_ipython

    found = _sessions.get(get_ipython())
    if found is None:
        raise InputError("The extension is not loaded.", remedy="Run %load_ext motoolkit first.")
    return found
