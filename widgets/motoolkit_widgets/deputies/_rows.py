"""Seats and remarks as rows that can be ticked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from motoolkit.forms import Option
from motoolkit.language import N_, tr
from motoolkit.plan.danish import day, period
from motoolkit_widgets.deputies._table import Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from motoolkit.forms.deputies import Named, Remark, Seat, Seats

SEATS: Final = (N_("Committee"), N_("Role"), N_("Member"), N_("Deputy"), N_("Trade union"), N_("Period"))
REMARKS: Final = (N_("Committee"), N_("Role"), N_("Member"), N_("Deputy"), N_("What was noticed"))
_NONE: Final = "–"
_BETWEEN: Final = " › "
_MOST_SEATS: Final = 2


def seat_row(seats: Seats, seat: Seat) -> Row:
    """Return a seat as it is, with the deputies that it will have."""
    ahead = seats.ahead(seat.uuid)
    cells = (_named(seat.unit), _named(seat.role), _named(seat.member), _deputies(ahead or (seat,)))
    whole = (_named(seat.union), period(seat.life))
    return Row(seat.uuid, seat.name, (*cells, *whole), _BETWEEN.join(seat.path), quiet=not ahead)


def _named(one: Named | None) -> str:
    return one.name if one else _NONE


def _deputies(slices: Sequence[Seat]) -> str:
    """Return who is the deputy, and who will be from when, a line each."""
    said, last = [_named(slices[0].deputy)], slices[0].deputy
    for seat in slices[1:]:
        if (seat.deputy and seat.deputy.uuid) != (last and last.uuid) and seat.period.start:
            who = seat.deputy.name if seat.deputy else tr("none")
            said.append(tr("{who} from {day}", who=who, day=day(seat.period.start)))
            last = seat.deputy
    return ",\n".join(said)


def remark_rows(remarks: Iterable[Remark]) -> Iterator[Row]:
    """Yield the seats that something was noticed about, each once."""
    found: dict[str, list[Remark]] = {}
    for remark in remarks:
        found.setdefault(remark.seat.uuid, []).append(remark)
    for uuid, theirs in found.items():
        seat = theirs[0].seat
        cells = (_named(seat.unit), _named(seat.role), _named(seat.member), _named(seat.deputy))
        told = "; ".join(remark.what for remark in theirs)
        yield Row(uuid, f"{seat.name}: {told}", (*cells, told), _BETWEEN.join(seat.path))


def unit_options(seats: Iterable[Seat]) -> list[Option]:
    """Return the committees of seats and the units above them, with their paths."""
    found: dict[str, Option] = {}
    for seat in seats:
        line = (*seat.above, seat.unit)
        for at, unit in enumerate(line):
            path = _BETWEEN.join(above.name for above in line[:at])
            found.setdefault(unit.uuid, Option(unit.uuid, unit.name, path))
    return list(found.values())


def person_options(seats: Iterable[Seat]) -> list[Option]:
    """Return the members and deputies of seats, told apart by what they are where."""
    found: dict[str, tuple[Named, dict[str, None]]] = {}
    for seat in seats:
        for who, as_what in ((seat.member, seat.role), (seat.deputy, None)):
            if who is not None:
                what = as_what.name if as_what else tr("deputy")
                _, places = found.setdefault(who.uuid, (who, {}))
                places[f"{what}, {seat.unit.name}"] = None
    return [
        Option(who.uuid, who.name, " · ".join(list(places)[:_MOST_SEATS])) for who, places in found.values()
    ]
