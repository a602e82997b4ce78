"""The bulk view: deputies that somebody should look at, ticked many at a time."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TYPE_CHECKING

import ipywidgets as w

from motoolkit.forms import Option
from motoolkit.forms.deputies import CODES
from motoolkit.language import tr
from motoolkit_widgets import _kit as kit
from motoolkit_widgets.deputies._rows import REMARKS, remark_rows
from motoolkit_widgets.deputies._table import TickTable

if TYPE_CHECKING:
    from motoolkit.forms.deputies import Review


class Reviewing(w.VBox):  # type: ignore[misc] # ipywidgets has no types
    """A review as a table, of all that was noticed or of one kind."""

    def __init__(self) -> None:
        self.review: Review | None = None
        self.code = kit.choice(tr("What was noticed"), [], hint=tr("Empty: everything."))
        self.code.add_class("mo-first-review")
        self.table = TickTable(
            tr("What was noticed"), [tr(each) for each in REMARKS], tr("Nothing was noticed.")
        )
        self.told = w.HTML()
        super().__init__([self.told, self.code, self.table])
        self.code.on_change(self.fill)

    def show(self, review: Review) -> None:
        """Show a review."""
        self.review = review
        counts = Counter(remark.code for remark in review)
        options = [Option(code, f"{tr(text)} ({counts[code]})") for code, text in CODES.items()]
        kept = self.code.value
        self.code.control.options = kit.pairs(options)
        self.code.value = kept
        self.told.value = "".join(
            f'<p class="mo-lead">{escape(text)}</p>' for text in (review.headline, review.note) if text
        )
        self.fill()

    def fill(self) -> None:
        """Show the remarks of the kind that is asked for."""
        wanted = self.code.value
        self.table.show(remark_rows(r for r in self.review or () if wanted in (None, r.code)))
