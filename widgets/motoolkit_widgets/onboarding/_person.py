"""The first step: who it is, and whether that person is in MO already."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import ipywidgets as w

from motoolkit.forms import Option
from motoolkit.language import tr
from motoolkit.plan.danish import period
from motoolkit_widgets import _kit as kit
from motoolkit_widgets.onboarding._row import RowCard

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from motoolkit.forms import Choices, Trouble
    from motoolkit.forms.onboarding import Draft, Lookup
    from motoolkit_widgets.onboarding._form import OnboardingForm


class PersonStep(w.VBox):  # type: ignore[misc] # ipywidgets has no types
    """The person: new, or one who is in MO and gets additions."""

    def __init__(self, form: OnboardingForm) -> None:
        self.form = form
        self.known = w.VBox()
        self.card: RowCard | None = None
        if form.draft.existing:
            super().__init__([self._existing()])
            return
        self.card = RowCard(
            "person",
            form.draft.person,
            form.draft,
            form.choices,
            form.as_of,
            theirs={},
            changed=self._changed,
        )
        for name, field in self.card.fields.items():
            field.add_class(f"mo-at-person-0-{name}")
        self.card.fields["cpr_number"].add_class("mo-first-person")
        self.picker = kit.Search(
            tr("Somebody who is in MO already"),
            form.choices.persons(form.as_of),
            hint=tr("Search by name or username to add to a person instead."),
        )
        self.picker.on_change(form.guard(lambda: self._use(self.picker.value)))
        super().__init__(
            [
                kit.card(tr("Who is it?"), [*self.card.body(), self.known]),
                kit.card(tr("Or give somebody more"), [self.picker]),
            ]
        )

    def _changed(self, field: str) -> None:
        if field == "cpr_number":
            self.known.children = ()
        self.form.changed("person", 0, field)

    def mark(self, troubles: Iterable[Trouble]) -> None:
        """Say at the fields what is wrong with them."""
        for trouble in sorted(troubles, key=lambda each: each.severity == "error"):
            if self.card is not None and trouble.field:
                self.card.mark(trouble.field, trouble.text, trouble.severity)
            else:
                self.form.area.say(trouble.text, trouble.severity)
            if trouble.code == "known-person":
                self._offer_known()

    def _offer_known(self) -> None:
        """Offer to add to the person who has this CPR number."""
        from motoolkit.model import Cpr

        digits = Cpr.parse(str(self.form.draft.person["cpr_number"])).digits
        for _, uuid in self.form.lookup.with_cpr(digits):
            label = tr("Add to {name}", name=name_of(self.form.lookup, uuid))
            press = self.form.guard(partial(self._use, uuid))
            self.known.children = [kit.button(label, press, look="primary")]

    def _use(self, uuid: str | None) -> None:
        if uuid:
            self.form.draft.existing = True
            self.form.draft.rows["person"] = [{"uuid": uuid}]
            self.form.structure_changed()

    def _forget(self) -> None:
        from uuid import uuid4

        self.form.draft.existing = False
        self.form.draft.rows["person"] = [{"uuid": str(uuid4())}]
        self.form.structure_changed()

    def _existing(self) -> w.VBox:
        uuid = self.form.draft.person["uuid"]
        held = theirs(self.form.draft, self.form.lookup, self.form.choices, self.form.as_of)
        has = [*held["engagements"], *held["itusers"]]
        lines = "".join(f"<li>{_safe(each.label)} <i>{_safe(each.hint)}</i></li>" for each in has)
        lead = tr("In MO already; nothing about the person is changed, and this is added to what is there:")
        nothing = f"<p>{_safe(tr('The person has no engagements and no accounts.'))}</p>"
        other = kit.button(tr("Somebody else"), self.form.guard(self._forget), look="quiet")
        other.add_class("mo-first-person")
        body = w.HTML(f'<p class="mo-lead">{_safe(lead)}</p>{f"<ul>{lines}</ul>" if lines else nothing}')
        return kit.card(name_of(self.form.lookup, uuid), [body], [other])


def _safe(text: str) -> str:
    from html import escape

    from motoolkit.model import mask_all

    return escape(mask_all(text))


def name_of(lookup: Lookup, uuid: str) -> str:
    """Return the name of a person who is in MO."""
    spans = lookup.person(uuid).get(("persons", uuid), ())
    values: dict[str, Any] = spans[-1].values if spans else {}
    return f"{values.get('given_name') or ''} {values.get('surname') or ''}".strip() or uuid


def theirs(draft: Draft, lookup: Lookup, choices: Choices, as_of: date) -> dict[str, list[Option]]:
    """Return the engagements and accounts that a person has in MO now or later, by step."""
    found: dict[str, list[Option]] = {"engagements": [], "itusers": []}
    if not draft.existing:
        return found
    for (collection, uuid), spans in lookup.belongings(draft.person["uuid"]).items():
        last = spans[-1]
        if collection not in found or (last.end is not None and last.end <= as_of):
            continue
        found[collection].append(
            Option(uuid, _called(collection, last.values, choices), period(last.validity))
        )
    return found


def _called(collection: str, values: dict[str, Any], choices: Choices) -> str:
    named = {
        "engagements": (("classes", "job_function"), ("org_units", "org_unit")),
        "itusers": (("itsystems", "itsystem"),),
    }[collection]
    parts = [choices.name(where, values[name]) for where, name in named if values[name]]
    return ", ".join([*parts, *([values["user_key"]] if collection == "itusers" else [])])
