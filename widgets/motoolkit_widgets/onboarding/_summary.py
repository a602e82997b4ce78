"""The last step: what is wrong, what will be in MO, and the button that sends it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

import ipywidgets as w

from motoolkit.errors import MoError
from motoolkit.forms.onboarding import NOUNS, enter, field_of, plan_of, unsent, within
from motoolkit.language import N_, tr
from motoolkit_widgets import _kit as kit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from motoolkit.forms import Trouble
    from motoolkit.forms.onboarding import Draft
    from motoolkit_widgets.onboarding._form import OnboardingForm


class SummaryStep(w.VBox):  # type: ignore[misc] # ipywidgets has no types
    """The plan's preview, with everything that is wrong above it."""

    def __init__(self, form: OnboardingForm) -> None:
        self.form = form
        self.troubles = w.VBox()
        self.send = kit.button(tr("Create in MO"), look="primary")
        self.send.on_click(form.guard(form.submit, self.send))
        self.send.add_class("mo-first-summary")
        self.preview = w.HTML()
        super().__init__([self.troubles, self.preview, self.send])
        found = form.check()
        self.show(found)
        if not unsent(found):
            self._preview()

    def show(self, troubles: Sequence[Trouble]) -> None:
        """Show what is wrong, each with a way to its field."""
        self.troubles.children = [self._line(each) for each in troubles]
        # What MO refused may be tried again; what is wrong here may not.
        self.send.disabled = unsent(self.form.check())

    def mark(self, troubles: Iterable[Trouble]) -> None:
        """Show what is wrong."""
        self.show(list(troubles))

    def _preview(self) -> None:
        entered = enter(self.form.draft, self.form.choices, self.form.as_of)
        try:
            shown = plan_of(entered).preview(self.form.client)
        except MoError as error:
            self.form.area.say(str(error), "error")
            self.send.disabled = True
            return
        # A region that scrolls can be scrolled by keys only if it can have the focus.
        named = escape(tr("What will be in MO"))
        region = f'class="mo-preview" tabindex="0" role="region" aria-label="{named}"'
        self.preview.value = f"<div {region}>{shown._repr_html_()}</div>"

    def _line(self, trouble: Trouble) -> w.HBox:
        area = kit.Area()
        area.say(f"{place(trouble)}: {trouble.text}", trouble.severity)
        there = kit.button(
            tr("Go there"),
            self.form.guard(lambda: self._there(trouble)),
            look="quiet",
            name=f"{tr('Go there')}: {place(trouble)}",
        )
        return w.HBox([area, there])

    def _there(self, trouble: Trouble) -> None:
        self.form.go(trouble.step, trouble.field, trouble.row)
        self.form.shown.mark([trouble])


def place(trouble: Trouble) -> str:
    """Return where something is wrong, as people say it."""
    row = f" {trouble.row + 1}" if trouble.step != "person" else ""
    field = f", {within(field_of(trouble.step, trouble.field))}" if trouble.field else ""
    return f"{tr(NOUNS[trouble.step])}{row}{field}"


_COUNTED: Final = {
    "engagements": (N_("{n} engagement"), N_("{n} engagements")),
    "itusers": (N_("{n} IT account"), N_("{n} IT accounts")),
    "managers": (N_("{n} manager role"), N_("{n} manager roles")),
    "addresses": (N_("{n} address"), N_("{n} addresses")),
}


def told(draft: Draft) -> str:
    """Return in one sentence what is in MO now."""
    counts = [
        tr(_COUNTED[step][len(rows) != 1], n=len(rows))
        for step, rows in draft.rows.items()
        if step in _COUNTED and rows
    ]
    name = f"{draft.person.get('given_name') or ''} {draft.person.get('surname') or ''}".strip()
    if draft.existing:
        return tr("The person now has {things} more in MO.", things=", ".join(counts))
    if not counts:
        return tr("{name} is in MO.", name=name)
    return tr("{name} is in MO with {things}.", name=name, things=", ".join(counts))
