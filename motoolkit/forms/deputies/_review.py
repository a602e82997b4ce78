"""Deputies that somebody should look at: who left, was never engaged, or has a seat of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Literal

from motoolkit.forms.deputies import _look
from motoolkit.forms.deputies._finding import seat_of, whole
from motoolkit.forms.deputies._reading import engaged, lives, names_of, reader_of
from motoolkit.forms.deputies._seats import HIDDEN, Seats, order
from motoolkit.language import N_, tr
from motoolkit.model import mask_all
from motoolkit.plan.danish import day

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    import pandas as pd
    from rich.console import Group

    from motoolkit.client import Client
    from motoolkit.forms.deputies._reading import Facts
    from motoolkit.forms.deputies._seats import Seat
    from motoolkit.mirror import Mirror
    from motoolkit.model import Span, Timeline, Validity

Code = Literal["left", "no-engagement", "own-seat", "self"]

CODES: Final[Mapping[Code, str]] = {
    "left": N_("has left"),
    "no-engagement": N_("has never been engaged"),
    "own-seat": N_("has a seat in the committee as well"),
    "self": N_("is the deputy of themselves"),
}
"""What each code says of a deputy, in English."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing about a deputy that somebody should look at.

    Attributes:
        seat: as it is on the day.
        code: for programs, one of ``CODES``.
        what: what is to be said of the deputy, in the language in use.
    """

    seat: Seat
    code: Code
    what: str

    @property
    def sentence(self) -> str:
        """All of it for people, in the language in use."""
        who = self.seat.deputy.name if self.seat.deputy else ""
        return mask_all(tr("{seat}: the deputy {who} {what}.", seat=self.seat.name, who=who, what=self.what))


@dataclass(frozen=True, repr=False)
class Review:
    """All remarks about the deputies of a day.

    Attributes:
        remarks: in order of committee and member.
        as_of: the day.
        deputies: how many seats have a deputy on it.
        seats: how many seats there are on it.
    """

    remarks: tuple[Remark, ...]
    as_of: date
    deputies: int
    seats: int

    @property
    def headline(self) -> str:
        """The review in one line."""
        told = {"count": len(self.remarks), "deputies": self.deputies, "day": day(self.as_of)}
        return tr("{count} remarks about {deputies} seats with a deputy on {day}.", **told)

    @property
    def note(self) -> str:
        """What must be known to read it right; "" where there is nothing."""
        if self.deputies or not self.seats:
            return ""
        return tr(HIDDEN)

    def frame(self) -> pd.DataFrame:
        """Return the remarks as a data frame, with all that is told of each seat."""
        frame = Seats(tuple(remark.seat for remark in self.remarks), self.as_of).frame()
        frame.insert(0, "code", [remark.code for remark in self.remarks])
        frame.insert(1, "sentence", [remark.sentence for remark in self.remarks])
        return frame

    def __iter__(self) -> Iterator[Remark]:
        return iter(self.remarks)

    def __len__(self) -> int:
        return len(self.remarks)

    def __str__(self) -> str:
        return _look.text(self)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return _look.review_html(self)

    def __rich__(self) -> Group:
        return _look.review_rich(self)


def review(source: Client | Mirror, as_of: date) -> Review:
    """Look through the deputies of a day for those whom somebody should look at.

    Read flat: all associations, the engagements of those who are deputies, and names; from a mirror it
    takes seconds at most.

    Args:
        source: a MO, or a mirror that holds associations, engagements, persons, units and classes.
        as_of: the day.

    Raises:
        MoError: the source can not be read.
    """
    reader = reader_of(source)
    told = lives(reader.associations(None))
    today = {uuid: span for uuid, life in told.items() if (span := _on(life, as_of))}
    held = {uuid: span for uuid, span in today.items() if span.value.substitute}
    deputies = {each.substitute for _, each in held.values() if each.substitute}
    jobs = engaged(reader, deputies)
    members = {(each.org_unit, each.person) for _, each in today.values()}
    names = names_of(reader, {each for _, each in held.values()})
    seats = [seat_of(uuid, each, whole(told[uuid]), names, as_of) for uuid, each in held.items()]
    remarks = (
        Remark(seat, code, what)
        for seat in sorted(seats, key=order)
        for code, what in _about(seat, jobs, members, as_of)
    )
    return Review(tuple(remarks), as_of, len(held), len(today))


def _on(life: Timeline[Facts], on: date) -> Span[Facts] | None:
    return next((held for held in life if held.validity.contains(on)), None)


def _about(
    seat: Seat, jobs: Mapping[str, Sequence[Validity]], members: set[tuple[str, str | None]], on: date
) -> Iterator[tuple[Code, str]]:
    """Yield the codes of a seat's deputy, and what each says."""
    if seat.deputy is None:
        return
    theirs = jobs.get(seat.deputy.uuid, ())
    yield from ((code, tr(CODES[code])) for code in _seated(seat, members))
    if any(period.contains(on) for period in theirs):
        return
    ended = [period.end for period in theirs if period.end is not None and period.end <= on]
    if ended:
        yield "left", tr("left on {last}", last=day(max(ended) - timedelta(days=1)))
    else:
        code: Code = "no-engagement"
        yield code, tr(CODES[code])


def _seated(seat: Seat, members: set[tuple[str, str | None]]) -> list[Code]:
    if seat.deputy is None:
        return []
    if seat.member is not None and seat.member.uuid == seat.deputy.uuid:
        return ["self"]
    return ["own-seat"] if (seat.unit.uuid, seat.deputy.uuid) in members else []
