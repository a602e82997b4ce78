"""The form: its steps, what goes from one to the next, and what is sent in the end."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Final

import ipywidgets as w

from motoolkit.forms import Choices, FormError
from motoolkit.forms.onboarding import (
    KINDS,
    STEPS,
    TITLES,
    Draft,
    Lookup,
    check,
    refusals,
    settle,
    submit,
    unsent,
)
from motoolkit.language import N_, tr
from motoolkit.model import today_in_denmark
from motoolkit_widgets import _kit as kit
from motoolkit_widgets.onboarding._drafts import drafts
from motoolkit_widgets.onboarding._keeping import TabDraft
from motoolkit_widgets.onboarding._person import PersonStep, theirs
from motoolkit_widgets.onboarding._rows import RowsStep
from motoolkit_widgets.onboarding._summary import SummaryStep, told
from motoolkit_widgets.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from motoolkit.client import Client
    from motoolkit.forms import Trouble
    from motoolkit.mirror import Mirror
    from motoolkit.plan import Result

SUMMARY: Final = "summary"
ALL: Final = (*STEPS, SUMMARY)
_TITLES: Final = {**TITLES, SUMMARY: N_("Summary")}


class OnboardingForm(w.VBox):  # type: ignore[misc] # ipywidgets has no types
    """Onboarding in six steps, of which the last shows the plan and sends it (newsletter section 2).

    Args:
        client: the MO.
        draft: what is entered already; None for an empty one.
        mirror: a mirror with all persons, which makes searches among them faster.
        as_of: today, None for today in Denmark.
        choices: what can be chosen; None reads it from the mirror, else from MO.
        name: by which the browser's tab knows the form again.

    Attributes:
        draft: what is entered so far.
        result: what became of the plan, None before it is sent.
        step: where the form is.
    """

    def __init__(
        self,
        client: Client,
        draft: Draft | None = None,
        *,
        mirror: Mirror | None = None,
        as_of: date | None = None,
        choices: Choices | None = None,
        name: str = "onboarding",
    ) -> None:
        self.client = client
        self.as_of = as_of or today_in_denmark()
        self.choices = choices or Choices.of(client, mirror)
        self.lookup = Lookup(client)
        self.draft = draft or Draft()
        self.result: Result | None = None
        self.step = "person"
        self._edited = False
        self.area = kit.Area()
        settle(self.draft, self.choices, self.as_of)
        self.page = Page(name)
        self.kept = TabDraft(self.page)
        self.page.on_found(self._restore)
        self._body = w.VBox()
        self._steps = {step: self._step_button(step) for step in ALL}
        self._bar = w.HBox(list(self._steps.values()))
        self._bar.add_class("mo-steps")
        self._back = kit.button(tr("Back"), self._guard(lambda: self._turn(-1)), name=tr("Back a step"))
        self._next = kit.button(tr("Next"), self._guard(lambda: self._turn(1)), look="primary")
        self._foot = w.HBox([self._back, self._next, drafts(self)])
        self._foot.add_class("mo-foot")
        super().__init__([self.page, _head(client), self._bar, self.area, self._body, self._foot])
        self.add_class("mo-form")
        self.go("person")

    def go(self, step: str, field: str = "", row: int = 0) -> None:
        """Show a step, and move the focus to its first field, or to the one that is named."""
        self.step = step
        self.area.say("")
        self.shown = self._make(step)
        self._body.children = [self.shown]
        for name, button in self._steps.items():
            (button.add_class if name == step else button.remove_class)("mo-here")
        self._count()
        self._back.disabled = step == ALL[0]
        self._next.layout.display = "none" if step == SUMMARY else ""
        self.page.focus(f"mo-at-{step}-{row}-{field}" if field else f"mo-first-{step}")

    def _make(self, step: str) -> Any:
        if step == SUMMARY:
            return SummaryStep(self)
        return PersonStep(self) if step == "person" else RowsStep(self, step)

    def check(self) -> list[Trouble]:
        """Return all that is wrong with what is entered."""
        return check(self.draft, self.choices, self.lookup, self.as_of)

    def changed(self, step: str, row: int, field: str) -> None:
        """Look at what was just entered, and keep it."""
        self.area.say("")
        found = [trouble for trouble in self.check() if trouble.where == (step, row, field)]
        given = self.draft.rows[step][row].get(field) not in (None, "", [], ())
        self.shown.mark([trouble for trouble in found if given or trouble.severity == "error"])
        self._count()
        self._keep()

    def structure_changed(self) -> None:
        """Draw the step anew: a row was added or taken away, or the person is another."""
        self._keep()
        self.go(self.step)

    def submit(self) -> None:
        """Send the plan; a second time there is nothing to send."""
        if self.result is not None and self.result.ok:
            self.area.say(tr("It is in MO already; nothing was sent again."), "info")
            return
        self.area.say(tr("Sending …"))
        try:
            self.result = submit(self.draft, self.choices, self.lookup, self.as_of)
        except FormError as error:
            self._refused(error.troubles)
            return
        if self.result.ok:
            self.draft.sent = True
            self.kept.keep(self.draft)
            self._done()
        else:
            # What the form offers may be what has changed in MO since it was opened.
            self.choices = self.choices.again()
            self._refused(refusals(self.result, self.draft))

    def restart(self) -> None:
        """Begin with somebody else."""
        self.kept.forget()
        self.draft, self.result, self._edited = Draft(), None, False
        self.lookup.forget()
        self._bar.layout.display = self._foot.layout.display = ""
        self.area.say("")
        self.go("person")

    def save(self, path: str) -> None:
        """Save the draft to an encrypted file."""
        self.draft.save(path)
        self.area.say(tr("The draft is saved in {path}.", path=path), "good")

    def load(self, path: str) -> None:
        """Go on with a draft from a file."""
        self._take(Draft.load(path))
        self.area.say(tr("The draft is loaded."), "good")

    def _refused(self, troubles: Sequence[Trouble]) -> None:
        self.go(SUMMARY)
        unclear = self.result is not None and any(o.became == "unknown" for o in self.result.outcomes)
        text = tr("It is not known what became of it: press again; nothing is made twice.") if unclear else ""
        self.area.say(text or tr("Nothing was made in MO."), "error")
        self.shown.show(troubles)

    def _done(self) -> None:
        assert self.result is not None  # noqa: S101 - it was set just now
        self._bar.layout.display = "none"
        self._foot.layout.display = "none"
        self.area.say(told(self.draft), "good")
        again = kit.button(tr("Enter another person"), self._guard(self.restart), look="primary")
        again.add_class("mo-first-done")
        done = tr("What was done")
        table = f"<details><summary>{escape(done)}</summary>{self.result._repr_html_()}</details>"
        self._body.children = [again, w.HTML(table)]
        self.page.focus("mo-first-done")

    def _turn(self, by: int) -> None:
        """Go a step on if nothing is wrong with this one, or back in any case."""
        wrong = [trouble for trouble in self.check() if trouble.step == self.step]
        if by > 0 and unsent(wrong):
            self.shown.mark(wrong)
            first = next(trouble for trouble in wrong if trouble.severity == "error")
            self.area.say(tr("Something has to be put right first."), "error")
            self.page.focus(f"mo-at-{first.step}-{first.row}-{first.field}")
            return
        self.area.say("")
        self.go(ALL[ALL.index(self.step) + by])

    def _step_button(self, step: str) -> w.Button:
        button = kit.button(tr(_TITLES[step]), self._guard(lambda: self.go(step)), look="step")
        button.add_class("mo-step")
        return button

    def _count(self) -> None:
        for step in KINDS:
            number = len(self.draft.rows[step])
            counted = f" ({number})" if step != "person" and number else ""
            self._steps[step].description = f"{ALL.index(step) + 1}. {tr(_TITLES[step])}{counted}"
        self._steps[SUMMARY].description = f"{len(ALL)}. {tr(_TITLES[SUMMARY])}"

    def theirs(self) -> dict[str, Any]:
        """Return what the person has in MO already, by step, to be linked to."""
        return theirs(self.draft, self.lookup, self.choices, self.as_of)

    def _keep(self) -> None:
        self._edited = True
        self.kept.keep(self.draft)

    def _restore(self, token: str) -> None:
        """Go on with the draft of this browser tab, if this form is new to it."""
        if self._edited or (found := self.kept.found(token)) is None:
            return
        self._take(found)
        if found.sent:
            self.go(SUMMARY)
            self.area.say(told(found), "good")
        else:
            self.area.say(tr("Here is what you had entered."), "info")

    def _take(self, draft: Draft) -> None:
        self.draft, self.result = draft, None
        self.lookup.forget()
        self._keep()
        self.go("person")

    def guard(self, handler: Callable[[], object], *busy: w.Button) -> Callable[..., None]:
        """Return a callback whose errors stand in the form."""
        return kit.guarded(handler, self.area, *busy)

    _guard = guard


def _head(client: Client) -> w.HTML:
    place = client.profile.name or client.url
    lead = tr("Everything is sent to {place} in one go, or not at all.", place=place)
    return w.HTML(f'<p class="mo-lead">{escape(lead)}</p>')
