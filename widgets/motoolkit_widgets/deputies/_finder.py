"""Where seats are found: by committee, by person, in a tree; and the table to tick them in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ipywidgets as w
import traitlets as t

from motoolkit.errors import InputError
from motoolkit.forms import Index
from motoolkit.language import tr
from motoolkit_widgets import _kit as kit
from motoolkit_widgets.deputies._rows import SEATS, person_options, seat_row, unit_options
from motoolkit_widgets.deputies._table import TickTable
from motoolkit_widgets.deputies._tree import UnitTree

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from motoolkit.forms import Option
    from motoolkit.forms.deputies import Seat, Seats

_MOST_ROWS = 500


class Finder(w.VBox):  # type: ignore[misc] # ipywidgets has no types
    """The seats of a committee and all below it, or of a person, in a table.

    Args:
        seats: all of them.
        unit: the committee to begin with, its UUID or its name, "" for all.
        person: the person to begin with, a UUID or a name, "" for all.

    Raises:
        InputError: no such unit or person has to do with any seat.
    """

    def __init__(self, seats: Seats, unit: str = "", person: str = "") -> None:
        self.seats = seats
        self.unit = kit.Search(
            tr("Committee, with all below it"), Index(unit_options(seats)), hint=tr("Empty: all of them.")
        )
        self.person = kit.Search(
            tr("Member or deputy"), Index(person_options(seats)), hint=tr("Empty: everybody.")
        )
        self.tree = UnitTree()
        self.only = w.Checkbox(value=False, description=tr("Only seats with a deputy"), indent=False)
        self.former = w.Checkbox(value=False, description=tr("Also seats that have ended"), indent=False)
        headings = [tr(each) for each in SEATS]
        self.table = TickTable(
            tr("Seats"), headings, tr("There are no such seats."), whole=[tr("Deputy"), tr("Period")]
        )
        self.told = w.HTML()
        fields, boxes = w.HBox([self.unit, self.person]), w.HBox([self.only, self.former])
        fields.add_class("mo-row")
        boxes.add_class("mo-foot")
        for box in (self.only, self.former):
            box.layout.width = "auto"
        self.unit.add_class("mo-first-seats")
        super().__init__([fields, self.tree, boxes, self.told, self.table])
        t.link((self.unit.control, "value"), (self.tree, "value"))
        self.unit.value = _meant(tr("committee"), unit, unit_options(seats))
        self.person.value = _meant(tr("member or deputy"), person, person_options(seats))
        for field in (self.unit, self.person):
            field.on_change(self.fill)
        for box in (self.only, self.former):
            box.observe(lambda _: self.fill(), "value")
        self.show(seats)

    def show(self, seats: Seats) -> None:
        """Show other seats: something has changed in MO."""
        self.seats = seats
        self.unit.search_in(Index(unit_options(seats)))
        self.person.search_in(Index(person_options(seats)))
        self.tree.show(seats.each())
        self.fill()

    def fill(self) -> None:
        """Show the seats that fit what is asked for."""
        found = list(self._wanted())
        self.table.show(seat_row(self.seats, seat) for seat in found[:_MOST_ROWS])
        left = len(found) - _MOST_ROWS
        text = tr("Seats: {count}.", count=len(found))
        more = tr(" The first {most} are shown: choose a committee.", most=_MOST_ROWS) if left > 0 else ""
        self.told.value = f'<div class="mo-hint">{text}{more}</div>'

    def _wanted(self) -> Iterator[Seat]:
        unit, person = self.unit.value, self.person.value
        for seat in self.seats.each():
            ahead = self.seats.ahead(seat.uuid)
            if not (ahead or self.former.value):
                continue
            if unit and unit not in {above.uuid for above in (*seat.above, seat.unit)}:
                continue
            slices = ahead or self.seats.of(seat.uuid)
            if person and not any(_has(each, person) for each in slices):
                continue
            if not self.only.value or any(each.deputy for each in slices):
                yield seat


def _meant(what: str, text: str, options: Sequence[Option]) -> str:
    """Return the UUID of what a text names; the first of namesakes would be a guess."""
    found = [each.value for each in options if text in {each.value, each.label}]
    if text and len(found) != 1:
        raise InputError.unknown(what, text, [each.label for each in options])
    return found[0] if text else ""


def _has(seat: Seat, person: str) -> bool:
    return any(who is not None and who.uuid == person for who in (seat.member, seat.deputy))
