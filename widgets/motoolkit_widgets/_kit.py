"""Fields, buttons and cards of all forms: a label above each control, a sentence below it if it is wrong."""

from __future__ import annotations

from datetime import date, timedelta
from html import escape
from typing import TYPE_CHECKING, Any, Final

import ipywidgets as w

from motoolkit.errors import InputError
from motoolkit.forms import read_day
from motoolkit.language import tr
from motoolkit.model import Cpr, mask_all
from motoolkit_widgets._guard import Area, guarded
from motoolkit_widgets.typeahead import TypeAhead

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from motoolkit.forms import Found, Option, Source

__all__ = [
    "Area",
    "CprField",
    "Day",
    "Field",
    "LastDay",
    "Ticks",
    "button",
    "card",
    "choice",
    "guarded",
    "text",
]

_DAY: Final = timedelta(days=1)
_NOTHING: Final = ""


class Field(w.VBox):  # type: ignore[misc] # ipywidgets has no types
    """A control with its hint, and a sentence where it is wrong.

    Args:
        control: has a ``value``; its ``description`` is the label.
        hint: what people should know.
        required: mark it as such.
    """

    def __init__(self, control: w.Widget, *, hint: str = "", required: bool = False) -> None:
        self.control = control
        self._below = w.HTML()
        self._hint = hint
        self._error = ""
        super().__init__([control, self._below])
        self.add_class("mo-field")
        if required:
            self.add_class("mo-required")
        self._show()

    @property
    def value(self) -> Any:
        """What is entered; None where nothing is."""
        found = self.control.value
        return None if found == _NOTHING else found

    @value.setter
    def value(self, value: Any) -> None:
        self.control.value = _NOTHING if value is None and isinstance(self.control, w.Text) else value

    @property
    def error(self) -> str:
        """The sentence below the control, "" where nothing is wrong."""
        return self._error

    def mark(self, sentence: str, severity: str = "error") -> None:
        """Say what is wrong with the value; "" takes it back."""
        self._error = sentence
        for name in ("error", "warning"):
            (self.add_class if sentence and name == severity else self.remove_class)(f"mo-{name}")
        if hasattr(self.control, "error"):
            self.control.error = mask_all(sentence)
        self._show()

    def on_change(self, handler: Callable[[], object]) -> None:
        """Call a handler when the value becomes another."""
        self.control.observe(lambda _: handler(), "value")

    def _show(self) -> None:
        own = hasattr(self.control, "error")
        shown = "" if own else mask_all(self._error)
        said = f'<div class="mo-wrong" role="alert">{escape(shown)}</div>' if shown else ""
        hint = f'<div class="mo-hint">{escape(self._hint)}</div>' if self._hint else ""
        self._below.value = said + hint


class Day(Field):
    """A day, typed as Danes write it or taken from a calendar (``page.js`` puts that beside it).

    Its value is a date; what is none stays the text that was typed, for a check to tell.
    """

    def __init__(
        self, label: str, value: date | None = None, *, hint: str = "", required: bool = False
    ) -> None:
        control = w.Text(description=label, placeholder=tr("dd-mm-yyyy"), continuous_update=False)
        super().__init__(control, hint=hint, required=required)
        self.add_class("mo-day")
        self.value = value
        control.observe(lambda _: self._tidy(), "value")

    @property
    def value(self) -> Any:
        """The day, None where nothing is entered."""
        return self._read()

    @value.setter
    def value(self, value: Any) -> None:
        self._write(value)

    def _read(self) -> Any:
        typed = self.control.value.strip()
        try:
            return read_day(typed) if typed else None
        except InputError:
            return typed

    def _write(self, value: Any) -> None:
        self.control.value = f"{value:%d-%m-%Y}" if isinstance(value, date) else str(value or "")

    def _tidy(self) -> None:
        found = Day._read(self)
        if isinstance(found, date):
            Day._write(self, found)


class LastDay(Day):
    """A day that is shown as the last one and kept as the first one after it."""

    def _read(self) -> Any:
        shown = super()._read()
        return shown + _DAY if isinstance(shown, date) else shown

    def _write(self, value: Any) -> None:
        super()._write(value - _DAY if isinstance(value, date) else value)


class CprField(Field):
    """A CPR number, shown masked as soon as the field is left: no notebook is saved with it.

    Its value is the ten characters; what is no number stays the text that was typed, for a check to tell.
    """

    def __init__(self, label: str, *, hint: str = "", required: bool = False) -> None:
        self._held: Cpr | None = None
        control = w.Text(description=label, continuous_update=False)
        super().__init__(control, hint=hint, required=required)
        control.observe(lambda _: self._hide(), "value")

    @property
    def value(self) -> Any:
        """The number, None where nothing is entered."""
        shown = self.control.value.strip()
        return self._held.digits if self._held and shown == str(self._held) else shown or None

    @value.setter
    def value(self, value: Any) -> None:
        self.control.value = str(value or "")

    def _hide(self) -> None:
        shown = self.control.value.strip()
        if not (self._held and shown == str(self._held)):
            self._held = _cpr(shown)
            if self._held is not None:
                self.control.value = str(self._held)


def _cpr(text: str) -> Cpr | None:
    try:
        return Cpr.parse(text)
    except InputError:
        return None


class Ticks(Field):
    """Several of a few, each with a box to tick; its value is a tuple of UUIDs."""

    def __init__(
        self, label: str, options: Sequence[Option], *, hint: str = "", required: bool = False
    ) -> None:
        self._boxes: dict[str, w.Checkbox] = {}
        self._handlers: list[Callable[[], object]] = []
        control = w.VBox()
        super().__init__(control, hint=hint, required=required)
        self.add_class("mo-ticks")
        self._legend = w.HTML(f'<div class="mo-legend">{escape(mask_all(label))}</div>')
        empty = tr("There is nothing to choose yet.")
        self._nothing = w.HTML(f'<div class="mo-hint">{escape(empty)}</div>')
        self.options = options

    @property
    def options(self) -> Sequence[Option]:
        """What can be ticked."""
        return self._options

    @options.setter
    def options(self, options: Sequence[Option]) -> None:
        self._options = options
        # A box that stays is the same one: a tick on its way from the browser would be lost with it.
        self._boxes = {each.value: self._boxes.get(each.value) or self._box() for each in options}
        for each in options:
            self._boxes[each.value].description = each.label
        self.control.children = [self._legend, *(self._boxes.values() or [self._nothing])]

    @property
    def value(self) -> Any:
        """The UUIDs of what is ticked, in order."""
        return tuple(value for value, box in self._boxes.items() if box.value)

    @value.setter
    def value(self, value: Any) -> None:
        for each, box in self._boxes.items():
            box.value = each in (value or ())

    def on_change(self, handler: Callable[[], object]) -> None:
        """Call a handler when a box is ticked or not any more."""
        self._handlers.append(handler)

    def _box(self) -> w.Checkbox:
        box = w.Checkbox(indent=False)
        box.observe(lambda _: self._changed(), "value")
        return box

    def _changed(self) -> None:
        for handler in self._handlers:
            handler()


def text(label: str, value: str = "", *, hint: str = "", required: bool = False) -> Field:
    """Return a field for a line of text."""
    control = w.Text(value=value, description=label, continuous_update=False)
    return Field(control, hint=hint, required=required)


def choice(
    label: str, options: Sequence[Option], value: str | None = None, *, hint: str = "", required: bool = False
) -> Field:
    """Return a field for one of some; typing a letter leads to what begins with it (newsletter 11)."""
    control = w.Dropdown(options=pairs(options), value=None, description=label)
    field = Field(control, hint=hint, required=required)
    if any(option.value == value for option in options):
        control.value = value
    return field


class Search(Field):
    """A field to search in; with ``several`` its value is a tuple."""

    def __init__(
        self, label: str, source: Source, *, several: bool = False, hint: str = "", required: bool = False
    ) -> None:
        self._source = Switch(source)
        self._several = several
        super().__init__(
            TypeAhead(self._source, label=label, multiple=several, required=required),
            hint=hint,
            required=required,
        )

    @property
    def value(self) -> Any:
        """The UUID that is chosen, or the UUIDs."""
        return tuple(self.control.values) if self._several else self.control.value or None

    @value.setter
    def value(self, value: Any) -> None:
        if self._several:
            self.control.values = list(value or ())
        else:
            self.control.value = value or ""

    def on_change(self, handler: Callable[[], object]) -> None:
        """Call a handler when something else is chosen."""
        self.control.observe(lambda _: handler(), "values" if self._several else "value")

    def search_in(self, source: Source) -> None:
        """Search in something else from now on; what is chosen stays."""
        self._source.source = source


class Switch:
    """A source that can be changed under a search."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def search(self, text: str, limit: int = 30) -> Found:
        """Return what fits a text, the best first."""
        return self.source.search(text, limit)

    def get(self, value: str) -> Option | None:
        """Return what has a UUID."""
        return self.source.get(value)

    def __getattr__(self, name: str) -> Any:
        # A search that can be awaited is one only where the source's is.
        return getattr(self.source, name)


def pairs(options: Sequence[Option]) -> list[tuple[str, str | None]]:
    """Return options as a drop-down has them, namesakes with what tells them apart."""
    labels = [option.label for option in options]
    shown = (
        f"{option.label} ({option.hint or option.words})" if labels.count(option.label) > 1 else option.label
        for option in options
    )
    return [("", None), *zip(shown, (option.value for option in options), strict=True)]


def button(
    label: str, handler: Callable[[Any], None] | None = None, *, look: str = "", name: str = ""
) -> w.Button:
    """Return a button.

    Args:
        label: what it says.
        handler: what a press does; make it with ``guarded``.
        look: ``primary`` for the one that people come for, ``quiet`` for those beside it.
        name: what screen readers say, where the label alone is not enough.
    """
    found = w.Button(description=label, tooltip=name or label)
    found.add_class("mo-button")
    if look:
        found.add_class(f"mo-{look}")
    if handler is not None:
        found.on_click(handler)
    return found


def card(title: str, children: Sequence[w.Widget], beside: Sequence[w.Widget] = ()) -> w.VBox:
    """Return a frame with a heading and buttons beside it."""
    heading = w.HTML(f'<div class="mo-title" role="heading" aria-level="3">{escape(mask_all(title))}</div>')
    top = w.HBox([heading, *beside])
    top.add_class("mo-top")
    found = w.VBox([top, *children])
    found.add_class("mo-card")
    return found
