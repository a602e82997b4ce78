"""Employments, derived from MO's engagements and leaves so that both say the same."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from motoolkit.sandbox.sd.facts import Employment, Section, written_on

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from motoolkit.sandbox.records import Record
    from motoolkit.sandbox.sd._world import Made
    from motoolkit.sandbox.sd.facts import Sections, Values

_KEY: Final = re.compile(r"(NK|NS|N2)-([0-9A-Z]{1,5})")
_SALARIED: Final = {"maanedsloen": "true", "timeloen": "false"}
_WORKING, _ON_LEAVE, _RESIGNED = "1", "3", "8"
_DIGITS: Final = 5
_FULL_TIME: Final = 1_000_000

Span = tuple[date, date | None]


def number_of(made: Made, engagement: Record) -> tuple[str, str] | None:
    """Return the institution and number that an engagement has in SD, None for one that is not SD's."""
    values = made.now(engagement)
    found = _KEY.fullmatch(values["user_key"] or "")
    if not found or made.key(values["engagement_type"]) not in _SALARIED:
        return None
    return found[1], found[2].zfill(_DIGITS)


def employment_of(made: Made, engagement: Record, number: str) -> Employment:
    """Return what SD knows of an engagement that is its own."""

    def sections(values_of: Callable[[dict[str, Any]], Values], *, goes_on: bool) -> Sections:
        return tuple(
            Section(start, end, values, written_on(start, made.today, number))
            for start, end, values in _series(engagement, values_of, goes_on=goes_on)
        )

    first = engagement.slices[0].start or date.min
    return Employment(
        number=number,
        employment_date=first,
        anniversary_date=first,
        status=tuple(_status(made, engagement, number)),
        department=sections(lambda values: _department(made, values), goes_on=True),
        profession=sections(lambda values: _profession(made, values), goes_on=True),
        working_time=sections(lambda values: _working_time(made, values), goes_on=False),
        phone=made.reached("jobs", engagement.uuid, "PhoneEngagement"),
        email=made.reached("jobs", engagement.uuid, "EmailEngagement"),
    )


def _series(
    engagement: Record, values_of: Callable[[dict[str, Any]], Values], *, goes_on: bool
) -> Iterator[tuple[date | None, date | None, Values]]:
    """Yield the sections of one series; one that ``goes_on`` fills interruptions and has no end."""
    found: list[tuple[date | None, date | None, Values]] = []
    for each in engagement.slices:
        values = values_of(each.values)
        if found and (goes_on or found[-1][1] == each.start):
            start, _, before = found.pop()
            if before == values:
                found.append((start, each.end, values))
                continue
            found.append((start, each.start, before))
        found.append((each.start, each.end, values))
    if found and goes_on:
        found[-1] = (found[-1][0], None, found[-1][2])
    yield from found


def _department(made: Made, values: dict[str, Any]) -> Values:
    unit = made.get("org_units", values["org_unit"])
    code = "" if unit is None else str(made.now(unit)["user_key"])
    return ("DepartmentIdentifier", code), ("DepartmentUUIDIdentifier", values["org_unit"])


def _profession(made: Made, values: dict[str, Any]) -> Values:
    title = values["extension_1"]
    named: Values = (("EmploymentName", title),) if title else ()
    return ("JobPositionIdentifier", made.key(values["job_function"])), *named, ("AppointmentCode", "0")


def _working_time(made: Made, values: dict[str, Any]) -> Values:
    salaried = _SALARIED.get(made.key(values["engagement_type"]) or "", "true")
    return working_time(values["fraction"], salaried=salaried)


def working_time(fraction: int | None, *, salaried: str = "true") -> Values:
    """Return a section of working time.

    MO keeps a fraction of zero as none at all (measured), so none is SD's 0.0000.
    """
    rate = f"{Decimal(fraction or 0) / _FULL_TIME:.4f}"
    # SD may leave the indicator out where it is false.
    full: Values = () if not fraction else (("FullTimeIndicator", str(fraction == _FULL_TIME).lower()),)
    return ("OccupationRate", rate), ("SalaryRate", rate), ("SalariedIndicator", salaried), *full


def _status(made: Made, engagement: Record, number: str) -> Iterator[Section]:
    """Yield the statuses: working, on leave, and resigned in every interruption and after the end."""
    spans = _active(engagement)
    leaves = sorted(
        (each.start or date.min, each.end)
        for record in made.linked("leaves", engagement.uuid)
        for each in record.slices
    )
    for number_of_span, (start, end) in enumerate(spans):
        yield from _working(made, number, (start, end), leaves)
        if end is not None:
            later = spans[number_of_span + 1][0] if number_of_span + 1 < len(spans) else None
            yield _section(made, number, _RESIGNED, end, later)


def _active(engagement: Record) -> list[Span]:
    spans: list[Span] = []
    for each in engagement.slices:
        start = each.start or date.min
        if spans and spans[-1][1] == start:
            start = spans.pop()[0]
        spans.append((start, each.end))
    return spans


def _working(made: Made, number: str, span: Span, leaves: Iterable[Span]) -> Iterator[Section]:
    day, end = span
    for first, after in leaves:
        start = max(day, first)
        until = min(after or date.max, end or date.max)
        if start >= until:
            continue
        if day < start:
            yield _section(made, number, _WORKING, day, start)
        yield _section(made, number, _ON_LEAVE, start, None if until == date.max else until)
        day = until
    if day < (end or date.max):
        yield _section(made, number, _WORKING, day, end)


def _section(made: Made, number: str, code: str, start: date, end: date | None) -> Section:
    return Section(start, end, (("EmploymentStatusCode", code),), written_on(start, made.today, number))
