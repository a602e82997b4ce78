"""What shall become of the chosen seats: no deputy or another one, from when, until when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import ipywidgets as w

from motoolkit.language import tr
from motoolkit_widgets import _kit as kit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from motoolkit.forms import Source, Trouble

REMOVE: Final = "remove"
REPLACE: Final = "replace"


class Wish(w.VBox):  # type: ignore[misc] # ipywidgets has no types
    """The fields.

    Args:
        persons: where the new deputy is searched.
        start: the first day to begin with.
    """

    def __init__(self, persons: Source, start: date) -> None:
        options = [(tr("Remove the deputy"), REMOVE), (tr("Give the seat another deputy"), REPLACE)]
        self.what = w.RadioButtons(options=options, value=REMOVE, layout=w.Layout(width="auto"))
        self.fields: dict[str, kit.Field] = {
            "replacement": kit.Search(tr("New deputy"), persons, required=True),
            "start": kit.Day(tr("First day"), start, required=True),
            "end": kit.LastDay(tr("Last day"), hint=tr("Empty: for as long as each seat lasts.")),
            "reason": kit.text(tr("Reason"), hint=tr("Kept in the journal on this machine.")),
        }
        for name, field in self.fields.items():
            field.add_class(f"mo-at-{name}")
        row = w.HBox(list(self.fields.values()))
        row.add_class("mo-row")
        super().__init__([self.what, row])
        self.what.observe(lambda _: self._turn(), "value")
        self._turn()

    def _turn(self) -> None:
        self.fields["replacement"].layout.display = "" if self.replacing else "none"

    @property
    def replacing(self) -> bool:
        """Whether the seats shall have another deputy."""
        return bool(self.what.value == REPLACE)

    @property
    def asked(self) -> dict[str, Any]:
        """What ``removal`` is asked."""
        new = (self.fields["replacement"].value or "") if self.replacing else None
        return {"start": self.fields["start"].value, "end": self.fields["end"].value, "replacement": new}

    @property
    def reason(self) -> str:
        """Why."""
        return str(self.fields["reason"].value or "")

    def on_change(self, handler: Callable[[], object]) -> None:
        """Call a handler when something else is asked for."""
        self.what.observe(lambda _: handler(), "value")
        for field in self.fields.values():
            field.on_change(handler)

    def mark(self, troubles: Iterable[Trouble]) -> None:
        """Say what is wrong, each at its field; what is wrong with nothing takes it back."""
        found: dict[str, list[Trouble]] = {}
        for trouble in troubles:
            found.setdefault(trouble.field, []).append(trouble)
        for name, field in self.fields.items():
            theirs = found.get(name, [])
            grave = any(trouble.severity == "error" for trouble in theirs)
            sentence = " ".join(dict.fromkeys(trouble.text for trouble in theirs))
            field.mark(sentence, "error" if grave else "warning")
