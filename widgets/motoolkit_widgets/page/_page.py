"""The one widget of a form that is not seen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import anywidget
import traitlets as t

if TYPE_CHECKING:
    from collections.abc import Callable

_HERE: Final = Path(__file__).parent


class Page(anywidget.AnyWidget):
    """What a form needs of its page.

    It carries the styles of all forms, marks controls that are wrong for screen readers, moves the focus,
    and keeps a short text for as long as the browser's tab lives.  That text never becomes part of the
    widget's state, which notebooks may be saved with.

    Args:
        name: of what is kept; forms of one name share it.
    """

    _esm = _HERE / "page.js"
    _css = _HERE / "page.css"

    name = t.Unicode().tag(sync=True)

    def __init__(self, name: str) -> None:
        super().__init__(name=name)
        self._found: Callable[[str], None] | None = None
        self.on_msg(self._told)

    def on_found(self, handler: Callable[[str], None]) -> None:
        """Call a handler with what the browser's tab keeps ("" for nothing), once the page is there."""
        self._found = handler

    def keep(self, text: str) -> None:
        """Let the browser's tab keep a text; "" lets it forget."""
        self.send({"keep": text})

    def focus(self, css_class: str) -> None:
        """Move the focus to the first control within what has a class."""
        self.send({"focus": css_class})

    def _told(self, _widget: Any, content: Any, _buffers: Any) -> None:
        if self._found is not None and isinstance(content, dict) and "found" in content:
            self._found(str(content["found"] or ""))
