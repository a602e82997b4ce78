"""The widgets of a live view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets as w
from IPython.display import display

from motoolkit.events import _live_look as look

if TYPE_CHECKING:
    from collections.abc import Callable

    from motoolkit.events._live_look import Shot

_WIDGET = "application/vnd.jupyter.widget-view+json"
_PAUSE, _RESUME, _STOP = "Pause", "Fortsæt", "Stop"


class View:
    """Shows shots of a live view; its buttons call ``toggle`` and ``stop``.  For one thread at a time."""

    def __init__(self, *, toggle: Callable[[], None], stop: Callable[[], None]) -> None:
        self._head, self._rate, self._table = w.HTML(), w.HTML(), w.HTML()
        self._pause = w.Button(description=_PAUSE, icon="pause", layout=w.Layout(width="110px"))
        self._stop = w.Button(description=_STOP, icon="stop", layout=w.Layout(width="110px"))
        self._pause.on_click(lambda _button: toggle())
        self._stop.on_click(lambda _button: stop())
        buttons = w.HBox([self._pause, self._stop])
        top = w.HBox(
            [self._head, buttons],
            layout=w.Layout(justify_content="space-between", flex_flow="row wrap", max_width="900px"),
        )
        scrolled = w.Box([self._table], layout=w.Layout(max_height="420px", overflow="auto"))
        self._box = w.VBox([top, self._rate, scrolled], layout=w.Layout(width="100%"))

    def display(self, shot: Shot) -> None:
        """Show the widgets in the output of this cell."""
        self.update(shot)
        bundle = self._box._repr_mimebundle_()
        shown = {_WIDGET: bundle[_WIDGET], "text/html": look.instead(shot), "text/plain": look.words(shot)}
        self._handle: Any = display(shown, raw=True, display_id=True)  # type: ignore[no-untyped-call]

    def update(self, shot: Shot) -> None:
        """Show a shot; what is as it was is not sent."""
        self._head.value = look.head(shot)
        self._rate.value = look.rate(shot)
        self._table.value = look.table(shot)
        paused = shot.state == "paused"
        self._pause.description = _RESUME if paused else _PAUSE
        self._pause.icon = "play" if paused else "pause"

    def stopping(self) -> None:
        """Let nobody press a button any more."""
        self._pause.disabled = self._stop.disabled = True

    def finish(self, shot: Shot) -> None:
        """Leave what was shown in the notebook, as a page that needs no kernel."""
        self.update(shot)
        self._handle.update({"text/html": look.still(shot), "text/plain": look.words(shot)}, raw=True)
        for widget in (self._head, self._rate, self._table, self._pause, self._stop, self._box):
            widget.close()
