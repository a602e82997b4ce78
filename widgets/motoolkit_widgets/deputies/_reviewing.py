"""The bulk view: deputies that somebody should look at, ticked many at a time."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TYPE_CHECKING

import ipywidgets as w

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
        self.code = kit.Field(w.Dropdown(options=[""], description=tr("What was noticed")))
        self.code.add_class("mo-first-review")
        row = w.HBox([self.code])
        row.add_class("mo-row")
        self.table = TickTable(
            tr("What was noticed"), [tr(each) for each in REMARKS], tr("Nothing was noticed.")
        )
        self.told = w.HTML()
        super().__init__([self.told, row, self.table])
        self.code.on_change(self.fill)

    def show(self, review: Review) -> None:
        """Show a review."""
        self.review = review
        counts = Counter(remark.code for remark in review)
        kinds = [(f"{tr(text)} ({counts[code]})", code) for code, text in CODES.items() if counts[code]]
        kept = self.code.value
        self.code.control.options = [(tr("everything ({count})", count=len(review)), ""), *kinds]
        self.code.value = kept if counts[kept] else ""
        self.code.layout.display = "" if len(review) else "none"
        self.told.value = "".join(
            f'<p class="mo-lead">{escape(text)}</p>' for text in (review.headline, review.note) if text
        )
        self.fill()

    def fill(self) -> None:
        """Show the remarks of the kind that is asked for."""
        wanted = self.code.value
        self.table.show(remark_rows(r for r in self.review or () if wanted in (None, r.code)))
