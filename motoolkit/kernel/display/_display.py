"""How the toolkit's own objects look in a notebook and in a terminal.

IPython is told the names of their classes, so none is imported before one is shown.  ``Plan`` and what
comes of it have looks of their own.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from IPython.core.interactiveshell import InteractiveShell

_HERE: Final = "motoolkit.kernel.display."
_LOOKS: Final = {
    ("motoolkit.model.timeline", "Timeline"): ("_timeline", ""),
    ("motoolkit.model.orgtree", "OrgTree"): ("_tree", ""),
    ("motoolkit.profile._profile", "Profile"): ("_cards", "profile_"),
    ("motoolkit.client._client", "Client"): ("_cards", "client_"),
    ("motoolkit.client._async_client", "AsyncClient"): ("_cards", "client_"),
}
"""The module beside this one and the beginning of its functions' names, by class."""
_HTML: Final = "text/html"
_PLAIN: Final = "text/plain"


def install(shell: InteractiveShell) -> None:
    """Tell a shell how the toolkit's objects look."""
    formatters = _formatters(shell)
    for (module, name), (part, prefix) in _LOOKS.items():
        formatters[_HTML].for_type_by_name(module, name, _html(part, f"{prefix}html"))
        formatters[_PLAIN].for_type_by_name(module, name, _plain(part, f"{prefix}text"))


def uninstall(shell: InteractiveShell) -> None:
    """Let them look as Python has them."""
    for mime in (_HTML, _PLAIN):
        for module, name in _LOOKS:
            _formatters(shell)[mime].pop(f"{module}.{name}", None)


def _formatters(shell: InteractiveShell) -> dict[str, Any]:
    formatter: Any = shell.display_formatter
    formatters: dict[str, Any] = formatter.formatters
    return formatters


def _html(part: str, name: str) -> Callable[[Any], str]:
    def look(shown: Any) -> str:
        return str(getattr(import_module(f"{_HERE}{part}"), name)(shown))

    return look


def _plain(part: str, name: str) -> Callable[[Any, Any, bool], None]:
    def look(shown: Any, printer: Any, cycle: bool) -> None:  # noqa: FBT001 - IPython's own order
        """Print an object alone as it looks; one that is inside another as one line."""
        if cycle or len(printer.stack) > 1:
            printer.text(repr(shown))
        else:
            printer.text(str(getattr(import_module(f"{_HERE}{part}"), name)(shown)))

    return look
