"""A field in which people type to find one of many; ``typeahead.js`` is what they see."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import anywidget
import traitlets as t

from motoolkit.errors import MoError
from motoolkit.forms import marks
from motoolkit.language import tr
from motoolkit.model import mask_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.forms import Found, Option, Source

_HERE: Final = Path(__file__).parent


class TypeAhead(anywidget.AnyWidget):
    """A field to search in while one types; it holds the UUID of what is chosen.

    The browser asks the kernel at each pause in the typing, each question has a number, and an answer to
    any but the last is dropped.  A source that has ``asearch`` is searched while the kernel does other
    things, and a search that a newer one replaces is cancelled.

    Args:
        source: what is searched; ``search(text, limit)`` and ``get(value)``, and ``asearch`` if it can.
        label: what the field is called.
        value: the UUID that is chosen from the start.
        multiple: let several be chosen; they are ``values`` then, and ``value`` stays empty.
        placeholder: what stands in the empty field; None for a sentence that says what to do.
        required: tell people that something must be chosen.
        limit: how many hits are shown.

    Attributes:
        value: the UUID that is chosen, "" for none.
        values: the UUIDs that are chosen where several can be.
        chosen_label: the name of what is chosen.
        error: a sentence of the form's own, shown at the field.
        unmatched: what was typed and chose nothing (CPR numbers masked); the field says so until it is
            gone, and ``value`` is empty meanwhile.
    """

    _esm = _HERE / "typeahead.js"
    _css = _HERE / "typeahead.css"

    value = t.Unicode().tag(sync=True)
    values = t.List(t.Unicode()).tag(sync=True)
    label = t.Unicode().tag(sync=True)
    placeholder = t.Unicode().tag(sync=True)
    chosen_label = t.Unicode().tag(sync=True)
    error = t.Unicode().tag(sync=True)
    unmatched = t.Unicode().tag(sync=True)
    disabled = t.Bool().tag(sync=True)
    required = t.Bool().tag(sync=True)
    multiple = t.Bool().tag(sync=True)
    _chips = t.List(t.Dict()).tag(sync=True)
    _texts = t.Dict().tag(sync=True)

    def __init__(
        self,
        source: Source,
        *,
        label: str = "",
        value: str = "",
        multiple: bool = False,
        placeholder: str | None = None,
        required: bool = False,
        limit: int = 30,
    ) -> None:
        self.source = source
        self._limit = limit
        self._offered: dict[str, Option] = {}
        self._search: asyncio.Task[None] | None = None
        super().__init__(
            label=label,
            multiple=multiple,
            placeholder=tr("Type to search") if placeholder is None else placeholder,
            required=required,
            _texts=_texts(),
        )
        self.on_msg(self._told)
        self.value = value

    def clear(self) -> None:
        """Choose nothing, and forget what was typed."""
        self.value, self.values, self.unmatched = "", [], ""

    @property
    def trouble(self) -> str:
        """The sentence shown at the field; "" where nothing is wrong."""
        if self.error or not self.unmatched:
            return self.error
        return str(self._texts["unmatched"]).replace("{text}", self.unmatched)

    @t.observe("value")
    def _valued(self, change: Any) -> None:
        self.unmatched = ""
        self.chosen_label = self._named(change.new)["label"] if change.new else ""

    @t.observe("values")
    def _several_valued(self, change: Any) -> None:
        named = [self._named(value) for value in change.new]
        labels = [each["label"] for each in named]
        self._chips = [
            each | {"label": f"{each['label']} ({each['hint']})"} if labels.count(each["label"]) > 1 else each
            for each in named
        ]

    def _named(self, value: str) -> dict[str, str]:
        option = self._offered.get(value) or self.source.get(value)
        if option is None:
            return {"value": value, "label": value, "hint": ""}
        return {"value": value, "label": option.label, "hint": option.hint}

    def _told(self, _widget: Any, content: Any, _buffers: Any) -> None:
        """Do what the browser asks: search, choose, remove, or take note that the field was left."""
        match content:
            case {"search": str(text), "number": int(number)}:
                self._asked(text, number)
            case {"choose": str(value)}:
                self._choose(value)
            case {"remove": str(value)}:
                self.values = [each for each in self.values if each != value]
            case {"left": str(text)}:
                self._left(text)

    def _choose(self, value: str) -> None:
        with self.hold_sync():
            self.unmatched = ""
            if not self.multiple:
                self.value = value
            elif value not in self.values:
                self.values = [*self.values, value]

    def _left(self, text: str) -> None:
        """Take note that people went on: what they typed is chosen nothing, and not forgotten."""
        with self.hold_sync():
            if not self.multiple:
                self.value = ""
            self.unmatched = mask_all(text.strip())

    def _asked(self, text: str, number: int) -> None:
        if self._search is not None:
            self._search.cancel()
            self._search = None
        loop = _running_loop()
        if loop is not None and getattr(self.source, "asearch", None) is not None:
            self._search = loop.create_task(self._search_aside(text, number))
            return
        with self._failures_shown(number):
            self._answer(text, number, self.source.search(text, self._limit))

    async def _search_aside(self, text: str, number: int) -> None:
        with self._failures_shown(number):
            found = await self.source.asearch(text, self._limit)  # type: ignore[attr-defined] # asked for above
            self._answer(text, number, found)

    def _answer(self, text: str, number: int, found: Found) -> None:
        self._offered = {option.value: option for option in found.options}
        options = [
            {
                "value": option.value,
                "label": marks(mask_all(option.label), text),
                "hint": marks(mask_all(option.hint), text),
            }
            for option in found.options
        ]
        self.send({"number": number, "options": options, "total": found.total, "capped": found.capped})

    @contextmanager
    def _failures_shown(self, number: int) -> Iterator[None]:
        """Say in the list what goes wrong; an error that is no trouble with MO is raised too."""
        try:
            yield
        except Exception as error:
            self.send({"number": number, "failed": mask_all(str(error) or type(error).__name__)})
            if not isinstance(error, MoError):
                raise


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def _texts() -> dict[str, str]:
    """Return what the browser shows, with ``{n}`` and such for it to fill in."""
    return {
        "searching": tr("Searching …"),
        "none": tr("No hits"),
        "one": tr("1 hit"),
        "many": tr("{n} hits"),
        "more": tr("{shown} of {n} hits; write more to see fewer"),
        "capped": tr("There may be more; write more"),
        "short": tr("Write more to search"),
        "remove": tr("Remove {label}"),
        "removed": tr("{label} is removed"),
        "chosen": tr("{label} is chosen"),
        "unmatched": tr("Nothing is chosen for “{text}”: choose from the list, or empty the field."),
    }
