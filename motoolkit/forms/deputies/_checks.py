"""What is wrong with the removal of a deputy, before anything is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from motoolkit.forms._trouble import Trouble
from motoolkit.forms.deputies._finding import whole
from motoolkit.language import N_, tr
from motoolkit.plan.danish import day
from motoolkit.plan.danish import period as written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from motoolkit.forms._trouble import Severity
    from motoolkit.forms.deputies._asked import Asked, Candidate, Chosen
    from motoolkit.forms.deputies._reading import Facts
    from motoolkit.model import Timeline, Validity

SEATS: Final = "seats"


def troubles_of(asked: Asked) -> Iterator[Trouble]:
    """Yield what is wrong: with what was entered for all seats, then seat by seat."""
    for rule in (_none_chosen, _dates, _replacement):
        yield from rule(asked)
    for row, chosen in enumerate(asked.chosen):
        yield from _of_seat(asked, row, chosen)


def _none_chosen(asked: Asked) -> Iterator[Trouble]:
    if not asked.chosen:
        yield Trouble("", 0, SEATS, "no-seat", tr("Choose at least one seat."))


def _dates(asked: Asked) -> Iterator[Trouble]:
    yield from asked.misread
    if asked.start is not None and asked.end is not None and asked.end <= asked.start:
        text = tr("The last day is before the first day, {first}.", first=day(asked.start))
        yield Trouble("", 0, "end", "end-before-start", text)


def _replacement(asked: Asked) -> Iterator[Trouble]:
    new, period = asked.candidate, asked.period
    if new is None:
        return
    if not new.uuid:
        yield Trouble("", 0, "replacement", "no-replacement", tr("Choose the new deputy."))
    elif not new.life:
        text = tr("There is no person {uuid} in MO.", uuid=new.uuid[:60])
        yield Trouble("", 0, "replacement", "unknown-person", text)
    elif period is not None and not _alive(new, period):
        told = tr(
            "{who} is not in MO in all of the period, only {when}.",
            who=asked.person(new.uuid),
            when=", ".join(map(written, new.life)),
        )
        yield Trouble("", 0, "replacement", "not-alive", told)
    elif period is not None and not any(each.overlaps(period) for each in new.engaged):
        text = tr("{who} has no engagement in the period.", who=asked.person(new.uuid))
        yield Trouble("", 0, "replacement", "no-engagement", text, "warning")


def _alive(new: Candidate, period: Validity) -> bool:
    """Tell whether a person lives on the first day; persons never end in MO, but they begin."""
    first, last = min(new.life), max(new.life)
    began = first.start is None or (period.start is not None and first.start <= period.start)
    return began and (last.end is None or (period.end is not None and period.end <= last.end))


def _of_seat(asked: Asked, row: int, chosen: Chosen) -> Iterator[Trouble]:
    if chosen.uuid in {earlier.uuid for earlier in asked.chosen[:row]}:
        yield Trouble(SEATS, row, "", "same-seat", tr("The same seat is chosen twice."))
    elif not chosen.life:
        text = tr("There is no seat {uuid} in MO.", uuid=chosen.uuid[:60])
        yield Trouble(SEATS, row, "", "unknown-seat", text)
    elif asked.start is not None and (outside := _outside(asked, row, chosen, asked.start)):
        yield outside
    elif asked.period is not None:
        yield from _in_period(asked, row, chosen, asked.period)


def _outside(asked: Asked, row: int, chosen: Chosen, start: date) -> Trouble | None:
    life = whole(chosen.life)
    if life.start is not None and start < life.start:
        code, text = (
            "before-life",
            tr("{seat}: the seat begins on {day} only.", **_named(asked, chosen, life.start)),
        )
    elif life.end is not None and start >= life.end:
        last = life.last_day
        code, text = "after-life", tr("{seat}: the seat ended on {day}.", **_named(asked, chosen, last))
    else:
        return None
    return Trouble(SEATS, row, "start", code, text)


def _named(asked: Asked, chosen: Chosen, on: date | None) -> dict[str, str]:
    return {"seat": asked.seat(chosen).name, "day": day(on) if on else ""}


def _in_period(asked: Asked, row: int, chosen: Chosen, period: Validity) -> Iterator[Trouble]:
    told = chosen.within(period)
    seat = asked.seat(chosen).name
    if not told:
        text = tr("{seat}: there is no such seat in the period.", seat=seat)
        yield Trouble(SEATS, row, "start", "outside-life", text)
    elif asked.candidate is not None:
        new = asked.candidate
        for rule, code, words, severity in _RULES if new.life else ():
            if rule(new, told):
                yield Trouble(SEATS, row, "replacement", code, tr(words, seat=seat), severity)
    elif not any(each.substitute for _, each in told):
        text = tr("{seat}: there is no deputy to remove in the period.", seat=seat)
        yield Trouble(SEATS, row, "", "no-deputy", text, "warning")


def _own_deputy(new: Candidate, told: Timeline[Facts]) -> bool:
    return any(each.person == new.uuid for _, each in told)


def _same(new: Candidate, told: Timeline[Facts]) -> bool:
    return all(each.substitute == new.uuid for _, each in told)


def _own_seat(new: Candidate, told: Timeline[Facts]) -> bool:
    """Tell whether the new deputy sits in the same committee at some time, in another seat."""
    return not _own_deputy(new, told) and any(
        (their.person, their.org_unit) == (new.uuid, each.org_unit)
        for period, each in told
        for own in new.seats
        for _, their in own.window(period.start, period.end)
    )


_RULES: Final[tuple[tuple[Callable[[Candidate, Timeline[Facts]], bool], str, str, Severity], ...]] = (
    # MO refuses it too: V_CANNOT_SUBSTITUTE_SELF.
    (_own_deputy, "own-deputy", N_("{seat}: nobody can be their own deputy."), "error"),
    (_same, "same-deputy", N_("{seat}: that person is the deputy already."), "warning"),
    (_own_seat, "own-seat", N_("{seat}: the new deputy has a seat in the committee already."), "warning"),
)
"""What a new deputy may not be, or better were not: the rule, its code, its sentence, how grave it is."""
