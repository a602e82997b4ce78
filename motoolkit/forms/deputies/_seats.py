"""Seats in committees: who sits in them as what, who is the deputy, where and when."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from motoolkit.forms.deputies import _look
from motoolkit.language import N_, tr
from motoolkit.model import danish_key, mask_all

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date

    import pandas as pd
    from rich.console import Group

    from motoolkit.model import Validity

COLUMNS: Final = (
    "uuid",
    "unit",
    "path",
    "role",
    "member",
    "deputy",
    "trade_union",
    "start",
    "end",
    "begins",
    "ends",
    "org_unit_uuid",
    "association_type_uuid",
    "person_uuid",
    "substitute_uuid",
    "trade_union_uuid",
)
HIDDEN: Final = N_(
    "None of the seats shows a deputy. MO shows deputies only for the roles that its setting"
    " CONFDB_SUBSTITUTE_ROLES lists, so there may be some that nobody sees."
)
_BETWEEN: Final = " › "


class Named(NamedTuple):
    """Something in MO: its UUID and what it is called, the UUID again where nothing is known of it."""

    uuid: str
    name: str


@dataclass(frozen=True, slots=True)
class Seat:
    """One seat (an association in MO) in a period in which nothing that is shown of it changes.

    Attributes:
        uuid: of the association.
        period: ``[start, end)`` of what is told here.
        life: from the first day of the association to the first day after it.
        unit: the committee.
        above: the units above it, from the top of the organisation.
        role: the association type (chair, member), None where it has none.
        member: who sits in it, None where it is vacant.
        deputy: MO's ``substitute``, None where there is none, or MO shows none.
        union: the trade union, None where it has none.
    """

    uuid: str
    period: Validity
    life: Validity
    unit: Named
    above: tuple[Named, ...] = ()
    role: Named | None = None
    member: Named | None = None
    deputy: Named | None = None
    union: Named | None = None

    @property
    def path(self) -> tuple[str, ...]:
        """The names from the top of the organisation down to the committee."""
        return (*(unit.name for unit in self.above), self.unit.name)

    @property
    def name(self) -> str:
        """What people call it: the member, the role and the committee."""
        who = self.member.name if self.member else tr("vacant seat")
        return ", ".join([who, *([self.role.name] if self.role else []), self.unit.name])


@dataclass(frozen=True, repr=False)
class Seats:
    """Seats as they were read, in order of committee, member and time.

    Attributes:
        slices: a seat once for each of its periods.
        as_of: the day on which the organisation and its names are looked at.
    """

    slices: tuple[Seat, ...]
    as_of: date

    def on(self, day: date) -> tuple[Seat, ...]:
        """Return the seats that live on a day, as they are then."""
        return tuple(seat for seat in self.slices if seat.period.contains(day))

    def each(self) -> tuple[Seat, ...]:
        """Return every seat once: as it is on the day, else as it will be next, else as it was last."""
        return tuple((self.ahead(uuid) or slices[-1:])[0] for uuid, slices in self._by_uuid.items())

    def ahead(self, uuid: str) -> tuple[Seat, ...]:
        """Return the slices of one seat from the day on, none where it has ended."""
        ends = ((seat, seat.period.end) for seat in self.of(uuid))
        return tuple(seat for seat, end in ends if end is None or end > self.as_of)

    def of(self, uuid: str) -> tuple[Seat, ...]:
        """Return the slices of one seat."""
        return self._by_uuid.get(uuid, ())

    @cached_property
    def _by_uuid(self) -> dict[str, tuple[Seat, ...]]:
        found: dict[str, tuple[Seat, ...]] = {}
        for seat in self.slices:
            found[seat.uuid] = (*found.get(seat.uuid, ()), seat)
        return found

    def renewed(self, units: Collection[str], fresh: Iterable[Seat]) -> Seats:
        """Return seats of which those in some units are others."""
        kept = (seat for seat in self.slices if seat.unit.uuid not in units)
        return Seats(tuple(sorted((*kept, *fresh), key=order)), self.as_of)

    @property
    def note(self) -> str:
        """What must be known to read the deputies right; "" where there is nothing.

        MO shows the deputies of those association types only that its ``CONFDB_SUBSTITUTE_ROLES`` lists,
        and of no others, although it keeps them (measured).
        """
        if not self.slices or any(seat.deputy for seat in self.slices):
            return ""
        return tr(HIDDEN)

    def frame(self) -> pd.DataFrame:
        """Return the slices as a data frame.

        ``start`` and ``end`` are the slice's, ``begins`` and ``ends`` the whole seat's; ends are the first
        day after.
        """
        import pandas as pd

        return pd.DataFrame([_row(seat) for seat in self.slices], columns=list(COLUMNS))

    def __iter__(self) -> Iterator[Seat]:
        return iter(self.slices)

    def __len__(self) -> int:
        return len(self.slices)

    def __str__(self) -> str:
        return _look.text(self)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return _look.html(self)

    def __rich__(self) -> Group:
        return _look.rich(self)


def order(seat: Seat) -> tuple[object, ...]:
    """Return the key by which seats are sorted: by path, member and time."""
    member = danish_key(seat.member.name) if seat.member else ""
    return (tuple(map(danish_key, seat.path)), member, seat.uuid, seat.period)


def _row(seat: Seat) -> tuple[object, ...]:
    references = (seat.role, seat.member, seat.deputy, seat.union)
    named = (seat.unit.name, _BETWEEN.join(seat.path), *(each.name if each else None for each in references))
    times = (seat.period.start, seat.period.end, seat.life.start, seat.life.end)
    uuids = (seat.unit.uuid, *(each.uuid if each else None for each in references))
    return (seat.uuid, *(text and mask_all(text) for text in named), *times, *uuids)
