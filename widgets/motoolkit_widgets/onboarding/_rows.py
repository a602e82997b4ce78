"""A step with several rows: add, copy, remove."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import ipywidgets as w

from motoolkit.forms.onboarding import NOUNS, STEPS, suggestions
from motoolkit.language import N_, tr
from motoolkit_widgets import _kit as kit
from motoolkit_widgets.onboarding._row import RowCard

if TYPE_CHECKING:
    from collections.abc import Iterable

    from motoolkit.forms import Trouble
    from motoolkit.forms.onboarding import Row
    from motoolkit_widgets.onboarding._form import OnboardingForm

_ADD: Final = {
    "engagements": N_("Add an engagement"),
    "itusers": N_("Add an IT account"),
    "managers": N_("Add a manager role"),
    "addresses": N_("Add an address"),
}
_NONE: Final = {
    "engagements": N_("No engagements yet."),
    "itusers": N_("No IT accounts yet."),
    "managers": N_("No manager roles; most people have none."),
    "addresses": N_("No addresses yet."),
}


class RowsStep(w.VBox):  # type: ignore[misc] # ipywidgets has no types
    """The rows of one step as cards."""

    def __init__(self, form: OnboardingForm, step: str) -> None:
        self.form = form
        self.step = step
        theirs = form.theirs()
        self.cards = [
            RowCard(
                step,
                row,
                form.draft,
                form.choices,
                form.as_of,
                theirs=theirs,
                changed=partial(form.changed, step, number),
            )
            for number, row in enumerate(form.draft.rows[step])
        ]
        self.add = kit.button(tr(_ADD[step]), form.guard(self._add))
        self.add.add_class(f"mo-first-{step}" if not self.cards else "mo-add")
        shown = [self._card(number, one) for number, one in enumerate(self.cards)]
        nothing = w.HTML(f'<p class="mo-lead">{tr(_NONE[step])}</p>')
        super().__init__([*(shown or [nothing]), self.add])

    def mark(self, troubles: Iterable[Trouble]) -> None:
        """Say at the fields what is wrong with them."""
        for trouble in sorted(troubles, key=lambda each: each.severity == "error"):
            if trouble.field:
                self.cards[trouble.row].mark(trouble.field, trouble.text, trouble.severity)
            else:
                self.form.area.say(trouble.text, trouble.severity)

    def _card(self, number: int, one: RowCard) -> w.VBox:
        noun = f"{tr(NOUNS[self.step])} {number + 1}"
        for name, field in one.fields.items():
            field.add_class(f"mo-at-{self.step}-{number}-{name}")
        first = one.fields[STEPS[self.step][0].name]
        if number == len(self.cards) - 1:
            first.add_class(f"mo-first-{self.step}")
        beside = [
            kit.button(
                tr("Copy"),
                self.form.guard(lambda: self._copy(number)),
                look="quiet",
                name=f"{tr('Copy')}: {noun}",
            ),
            kit.button(
                tr("Remove"),
                self.form.guard(lambda: self._remove(number)),
                look="quiet",
                name=f"{tr('Remove')}: {noun}",
            ),
        ]
        if self.step == "itusers":
            self._suggest(one, number)
        return kit.card(noun, one.body(), beside)

    def _suggest(self, one: RowCard, number: int) -> None:
        """Put a button below the username that fills in one that is free."""

        def fill() -> None:
            person = self.form.draft.person
            taken = {row.get("user_key") for row in self.form.draft.rows["itusers"]}
            names = suggestions(
                person.get("given_name") or "", person.get("surname") or "", self.form.lookup, 6
            )
            free = [name for name in names if name not in taken]
            if free:
                one.fields["user_key"].value = free[0]
                self.form.changed(self.step, number, "user_key")
            else:
                one.mark("user_key", tr("There is no name to make a username of."), "warning")

        press = kit.button(tr("Suggest a username"), self.form.guard(fill), look="quiet")
        press.add_class("mo-suggest")
        field = one.fields["user_key"]
        field.children = [*field.children, press]

    def _add(self) -> None:
        self.form.draft.add(self.step, defaults(self.form, self.step))
        self.form.structure_changed()

    def _copy(self, number: int) -> None:
        copied = self.form.draft.copy(self.step, number)
        for name in _OWN.get(self.step, ()):
            copied[name] = None
        self.form.structure_changed()

    def _remove(self, number: int) -> None:
        self.form.draft.remove(self.step, number)
        self.form.structure_changed()


_OWN: Final = {"itusers": ("user_key",), "engagements": ("user_key",), "addresses": ("value",)}
"""What a copy does not take over: it belongs to one row only."""


def defaults(form: OnboardingForm, step: str) -> Row:
    """Return what a new row begins with: the dates of the first engagement, and which is primary."""
    jobs = form.draft.rows["engagements"]
    first: dict[str, Any] = jobs[0] if jobs else {}
    row: Row = {"start": first.get("start") or form.as_of}
    if step != "engagements":
        row["end"] = first.get("end")
    if step in ("engagements", "itusers"):
        day = row["start"]
        has = step == "engagements" and (form.draft.rows[step] or form.theirs()[step])
        row["primary"] = form.choices.first_of_facet("primary_type", "non-primary" if has else "primary", day)
    if step == "itusers" and len(jobs) == 1:
        row["engagements"] = [jobs[0]["uuid"]]
    return row
