"""What is asked for when a deputy is removed or replaced, and what MO holds of all that it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import UUID

from motoolkit.errors import InputError
from motoolkit.forms._days import read_day
from motoolkit.forms._trouble import Trouble
from motoolkit.forms.deputies._finding import seat_of, whole
from motoolkit.forms.deputies._reading import Facts, engaged, lives, names_of, reader_of
from motoolkit.forms.deputies._seats import Seat
from motoolkit.language import tr
from motoolkit.model import Timeline, Validity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from motoolkit.client import Client
    from motoolkit.forms.deputies._reading import Reader, State
    from motoolkit.plan.names import Names

_NOBODY: Final[Timeline[Facts]] = Timeline()


@dataclass(frozen=True)
class Chosen:
    """A seat that was chosen and all of its life, which is empty where MO has no such seat."""

    uuid: str
    life: Timeline[Facts]

    def within(self, period: Validity) -> Timeline[Facts]:
        """Return what holds of it in a period."""
        return self.life.window(period.start, period.end)


@dataclass(frozen=True)
class Candidate:
    """The new deputy: the periods of the person, of the engagements and of the own seats."""

    uuid: str
    life: tuple[Validity, ...]
    engaged: tuple[Validity, ...]
    seats: tuple[Timeline[Facts], ...]


@dataclass(frozen=True)
class Asked:
    """What is asked for.

    Attributes:
        chosen: the seats.
        start: the first day; None where it is missing or misread.
        end: the first day after; None for the end of each seat.
        candidate: the new deputy, None to have none.
        state: what MO holds of the seats.
        names: of all that it is about.
        misread: the dates that are none.
    """

    chosen: tuple[Chosen, ...]
    start: date | None
    end: date | None
    candidate: Candidate | None
    state: State
    names: Names
    misread: tuple[Trouble, ...]

    @property
    def period(self) -> Validity | None:
        """The period in which it shall hold, None where the dates make none."""
        if self.start is None or (self.end is not None and self.end <= self.start):
            return None
        return Validity(self.start, self.end)

    def seat(self, chosen: Chosen) -> Seat:
        """Return a seat as it is on the first day, else as it was last."""
        day = self.start or date.min
        living = (held for held in chosen.life if held.validity.contains(day))
        return seat_of(chosen.uuid, next(living, chosen.life[-1]), whole(chosen.life), self.names, day)

    def person(self, uuid: str) -> str:
        """Return what a person is called in the period, else was last."""
        return self.names.of(("persons", uuid), self.period or Validity())


def ask(
    client: Client,
    chosen: Iterable[Seat | str],
    start: date | str | None,
    end: date | str | None,
    replacement: str | UUID | None,
) -> Asked:
    """Read what a removal is about; six requests at most.

    Raises:
        MoError: MO did not answer, or not as it should.
    """
    uuids = [each.uuid if isinstance(each, Seat) else _canonical(each) for each in chosen]
    reader = reader_of(client)
    state = reader.of({("associations", uuid) for uuid in uuids if _is_uuid(uuid)})
    told = lives(state)
    misread: list[Trouble] = []
    first, after = _read("start", start, misread), _read("end", end, misread)
    if start in (None, ""):
        misread.append(Trouble("", 0, "start", "no-start", tr("Say from which day.")))
    candidate = None if replacement is None else _candidate(reader, _canonical(replacement))
    persons = [candidate.uuid] if candidate and candidate.life else []
    names = names_of(reader, {each for life in told.values() for _, each in life}, persons)
    seats = tuple(Chosen(uuid, told.get(uuid, _NOBODY)) for uuid in uuids)
    return Asked(seats, first, after, candidate, state, names, tuple(misread))


def _read(field: str, value: date | str | None, misread: list[Trouble]) -> date | None:
    if value is None or value == "":
        return None
    try:
        return read_day(value)
    except InputError:
        text = tr("{text} is no date. Write it as 31-12-2026.", text=str(value)[:40])
        misread.append(Trouble("", 0, field, "bad-date", text))
        return None


def _candidate(reader: Reader, uuid: str) -> Candidate:
    person = reader.of([("persons", uuid)]).get(("persons", uuid), ()) if _is_uuid(uuid) else ()
    if not person:
        return Candidate(uuid, (), (), ())
    seats = lives(reader.held_by([uuid])).values()
    return Candidate(
        uuid,
        tuple(span.validity for span in person),
        tuple(engaged(reader, [uuid])[uuid]),
        tuple(seats),
    )


def _canonical(uuid: str | UUID) -> str:
    try:
        return str(UUID(str(uuid)))
    except ValueError:
        return str(uuid)


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
