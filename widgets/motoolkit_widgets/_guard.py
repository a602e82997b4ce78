"""Handlers whose errors people see: in the form's own area, not in a log that nobody opens."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import ipywidgets as w

from motoolkit.errors import MoError
from motoolkit.language import tr
from motoolkit.model import mask_all

if TYPE_CHECKING:
    from collections.abc import Callable


class Area(w.HTML):  # type: ignore[misc] # ipywidgets has no types
    """Where a form tells what happened; screen readers read it out.

    Attributes:
        raised: the last error that a handler raised, for tests and for those who look.
    """

    raised: BaseException | None = None

    def say(self, text: str, look: str = "info") -> None:
        """Show a sentence; ``look`` is info, good, warning or error.  CPR numbers are masked."""
        role = "alert" if look == "error" else "status"
        said = escape(mask_all(text))
        self.value = f'<div class="mo-said mo-{look}" role="{role}">{said}</div>' if text else ""

    def show(self, markup: str) -> None:
        """Show HTML."""
        self.value = markup


def guarded(handler: Callable[[], object], area: Area, *busy: w.Button) -> Callable[..., None]:
    """Return a callback that shows what goes wrong, and disables the buttons while it runs.

    Args:
        handler: what to do.
        area: where an error is shown, as a sentence with a way out.
        busy: the buttons that can not be pressed meanwhile.
    """

    def callback(_: Any = None) -> None:
        for button in busy:
            button.disabled = True
        try:
            handler()
        except MoError as error:
            area.raised = error
            area.say(str(error), "error")
        except Exception as error:
            # A kernel would log it where nobody looks.
            area.raised = error
            area.say(tr("This should not happen: {error}", error=f"{type(error).__name__}: {error}"), "error")
            raise
        finally:
            for button in busy:
                button.disabled = False

    return callback
