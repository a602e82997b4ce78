"""One row of a step as a card of fields, which follow each other: the system decides on roles, and so on."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import ipywidgets as w

from motoolkit.forms import Index, Option
from motoolkit.forms.onboarding import STEPS, Field, label, offered
from motoolkit.language import tr
from motoolkit_widgets import _kit as kit

if TYPE_CHECKING:
    from collections.abc import Callable

    from motoolkit.forms import Choices
    from motoolkit.forms.onboarding import Draft, Row

_FEW: Final = 40
"""Up to so many options a drop-down is quicker than a search."""


class RowCard:
    """The fields of one row; what is entered goes into the draft at once.

    Args:
        step: of the form.
        row: of the draft.
        draft: for the links between its rows.
        choices: what can be chosen.
        as_of: today, for rows without a first day.
        theirs: what the person has in MO already, by step, to be linked to.
        changed: called with the name of a field whose value became another.
    """

    def __init__(
        self,
        step: str,
        row: Row,
        draft: Draft,
        choices: Choices,
        as_of: date,
        *,
        theirs: dict[str, list[Option]],
        changed: Callable[[str], None],
    ) -> None:
        self.step = step
        self.row = row
        self.draft = draft
        self.choices = choices
        self.as_of = as_of
        self._theirs = theirs
        self._changed = changed
        self._quiet = False
        self.fields: dict[str, kit.Field] = {}
        for each in STEPS[step]:
            field = self._make(each)
            self._fill(each, field)
            field.on_change(partial(self._took, each))
            self.fields[each.name] = field

    @property
    def day(self) -> date:
        """The day of which the choices are."""
        start = self.row.get("start")
        return start if isinstance(start, date) else self.as_of

    def body(self) -> list[w.Widget]:
        """Return the fields as they stand in the card, those that few need folded away."""
        shown = [self.fields[each.name] for each in STEPS[self.step] if not each.folded]
        folded = [self.fields[each.name] for each in STEPS[self.step] if each.folded]
        return [_grid(shown), *([_folded(folded)] if folded else [])]

    def mark(self, name: str, sentence: str, severity: str = "error") -> None:
        """Say what is wrong with a field."""
        self.fields[name].mark(sentence, severity)

    def clear(self) -> None:
        """Take back all that was said to be wrong."""
        for field in self.fields.values():
            if field.error:
                field.mark("")

    def _make(self, each: Field) -> kit.Field:
        about = {"hint": tr(each.hint), "required": each.required}
        return _MAKERS[each.kind](self, each, label(each), about)

    def options(self, each: Field) -> list[Option]:
        """Return what a field offers at the moment."""
        if each.to:
            rows = [_linkable(self, each.to, n, row) for n, row in enumerate(self.draft.rows[each.to])]
            return [*rows, *self._theirs.get(each.to, [])]
        return list(offered(self.choices, each, self.row, self.day))

    def refresh(self, *kinds: str) -> None:
        """Offer anew what depends on other fields, or on other rows."""
        for each in STEPS[self.step]:
            if each.kind in kinds:
                self._offer(each, self.fields[each.name])

    def _offer(self, each: Field, field: kit.Field) -> None:
        self._quiet = True
        try:
            if each.kind == "unit":
                field.search_in(self.choices.unit_index(self.day))
            else:
                _offer(field, self.options(each), self.row.get(each.name))
        finally:
            self._quiet = False
        value = field.value
        self.row[each.name] = list(value) if isinstance(value, tuple) else value

    def _fill(self, each: Field, field: kit.Field) -> None:
        value = self.row.get(each.name)
        if value in (None, "", [], ()):
            return
        field.value = str(value) if each.kind in ("text", "cpr", "percent") else value

    def _took(self, each: Field) -> None:
        if self._quiet:
            return
        field = self.fields[each.name]
        value = field.value
        self.row[each.name] = list(value) if isinstance(value, tuple) else value
        field.mark("")
        self.refresh(*_FOLLOWING.get((self.step, each.name), ()))
        self._changed(each.name)


_FOLLOWING: Final[dict[tuple[str, str], tuple[str, ...]]] = {
    **{(step, "start"): ("unit", "class", "classes", "itsystem", "roles") for step in STEPS},
    ("engagements", "org_unit"): ("class",),
    ("managers", "org_unit"): ("class", "classes"),
    ("itusers", "itsystem"): ("roles",),
}
"""The kinds of fields that offer something else when a field becomes another."""


def _linkable(card: RowCard, step: str, number: int, row: Row) -> Option:
    """Return a row of the draft as something to link to: what it is and where."""
    named = (("org_units", "org_unit"), ("classes", "job_function"), ("itsystems", "itsystem"))
    parts = [card.choices.name(where, row[name], card.day) for where, name in named if row.get(name)]
    parts += [row["user_key"]] if step == "itusers" and row.get("user_key") else []
    called = ", ".join(parts) or tr("not filled in yet")
    return Option(row["uuid"], f"{number + 1}: {called}")


def _offer(field: kit.Field, options: list[Option], value: Any) -> None:
    """Let a field offer something else, and keep its value where that is still offered."""
    if isinstance(field, kit.Ticks):
        field.options = options
        return
    if isinstance(field, kit.Search):
        field.search_in(Index(options))
        return
    pairs = kit.pairs(options)
    # New options empty the drop-down for a moment, in which a quick choice would be lost.
    if list(field.control.options) != pairs:
        field.control.options = pairs
        field.control.value = value if any(value == each for _, each in pairs) else None


def _grid(fields: list[kit.Field]) -> w.Box:
    box = w.Box(fields)
    box.add_class("mo-row")
    return box


def _folded(fields: list[kit.Field]) -> w.VBox:
    """Return fields that few need below a button that shows them; those with a value are shown at once."""
    grid = _grid(fields)
    shown = any(field.value for field in fields)
    press = kit.button(tr("Fewer fields") if shown else tr("More fields"), look="quiet")
    grid.layout.display = "" if shown else "none"

    def toggle(_: w.Button) -> None:
        hidden = grid.layout.display == "none"
        grid.layout.display = "" if hidden else "none"
        press.description = tr("Fewer fields") if hidden else tr("More fields")

    press.on_click(toggle)
    return w.VBox([press, grid])


def _text(_card: RowCard, _each: Field, text: str, about: dict[str, Any]) -> kit.Field:
    return kit.text(text, **about)


def _cpr(_card: RowCard, _each: Field, text: str, about: dict[str, Any]) -> kit.Field:
    return kit.CprField(text, **about)


def _day(_card: RowCard, _each: Field, text: str, about: dict[str, Any]) -> kit.Field:
    return kit.Day(text, **about)


def _last_day(_card: RowCard, _each: Field, text: str, about: dict[str, Any]) -> kit.Field:
    return kit.LastDay(text, **about)


def _class(card: RowCard, each: Field, text: str, about: dict[str, Any]) -> kit.Field:
    """Return a drop-down for a few classes, a search for many (job functions)."""
    options = card.options(each)
    value = card.row.get(each.name)
    if len(options) <= _FEW:
        return kit.choice(text, options, value, **about)
    return kit.Search(text, Index(options), **about)


def _unit(card: RowCard, _each: Field, text: str, about: dict[str, Any]) -> kit.Field:
    return kit.Search(text, card.choices.unit_index(card.day), **about)


def _roles(card: RowCard, each: Field, text: str, about: dict[str, Any]) -> kit.Field:
    return kit.Search(text, Index(card.options(each)), several=True, **about)


def _several(card: RowCard, each: Field, text: str, about: dict[str, Any]) -> kit.Field:
    options = card.options(each)
    return kit.Ticks(text, options, **about)


def _link(card: RowCard, each: Field, text: str, about: dict[str, Any]) -> kit.Field:
    return kit.choice(text, card.options(each), card.row.get(each.name), **about)


_MAKERS: Final[dict[str, Callable[[RowCard, Field, str, dict[str, Any]], kit.Field]]] = {
    "text": _text,
    "cpr": _cpr,
    "percent": _text,
    "day": _day,
    "last day": _last_day,
    "unit": _unit,
    "class": _class,
    "itsystem": _link,
    "classes": _several,
    "roles": _roles,
    "links": _several,
    "link": _link,
}
