"""Departments and what they lie under, derived from MO's units and their addresses."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from motoolkit.sandbox.municipality import unit_uuid
from motoolkit.sandbox.sd.facts import Department, Parent, Period

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.sandbox.records import Record, Slice
    from motoolkit.sandbox.sd._world import Made

_KINDS: Final = {"p_number": "p-nummer", "phone": "PhoneUnit", "email": "EmailUnit", "postal": "PostUnit"}
_REALMS: Final = {
    unit_uuid("Børn, Unge og Læring"): "NS",
    unit_uuid("Social, Sundhed og Ældre"): "N2",
}
"""The units that the institutions beside NK are made of, with all that lies under them."""


def departments_of(made: Made) -> Iterator[Department]:
    """Yield the units that SD has: those that MO gives a level."""
    for unit in made.all("org_units"):
        if any(each.values["unit_level"] for each in unit.slices):
            yield Department(_institution(made, unit), unit.uuid, _periods(made, unit), _parents(unit))


def _institution(made: Made, unit: Record) -> str:
    at: Record | None = unit
    seen: set[str] = set()
    while at is not None and at.uuid not in seen:
        if at.uuid in _REALMS:
            return _REALMS[at.uuid]
        seen.add(at.uuid)
        at = made.get("org_units", made.now(at)["parent"] or "")
    return "NK"


def _parents(unit: Record) -> tuple[Parent, ...]:
    found: list[Parent] = []
    for each in unit.slices:
        parent = each.values["parent"]
        if found and found[-1].end == each.start and found[-1].uuid == parent:
            found[-1] = Parent(found[-1].start, each.end, parent)
        else:
            found.append(Parent(each.start, each.end, parent))
    return tuple(found)


def _periods(made: Made, unit: Record) -> tuple[Period, ...]:
    addresses = [
        (name, each)
        for record in made.linked("addresses", unit.uuid)
        for each in record.slices
        for name, kind in _KINDS.items()
        if made.key(each.values["address_type"]) == kind
    ]
    found: list[Period] = []
    for each in unit.slices:
        for period in _cut(made, each, addresses):
            if found and found[-1].end == period.start and _same(found[-1], period):
                period = Period(found.pop().start, period.end, *_told(period))  # noqa: PLW2901  two in one
            found.append(period)
    return tuple(found)


def _cut(made: Made, each: Slice, addresses: list[tuple[str, Slice]]) -> Iterator[Period]:
    """Yield the stretches of a slice on which no address changes."""
    start, end = each.start or date.min, each.end or date.max
    borders = {day for _, a in addresses for day in (a.start, a.end) if day and start < day < end}
    for first, until in pairwise(sorted({start, end, *borders})):
        reached: dict[str, Any] = {
            name: a.values["value"]
            for name, a in addresses
            if (a.start or date.min) <= first < (a.end or date.max)
        }
        yield Period(
            None if first == date.min else first,
            None if until == date.max else until,
            str(each.values["user_key"]),
            made.name(each.values["unit_level"]) or "",
            str(each.values["name"]),
            **reached,
        )


def _told(period: Period) -> tuple[str, ...]:
    return (
        period.code,
        period.level,
        period.name,
        period.p_number,
        period.phone,
        period.email,
        period.postal,
    )


def _same(one: Period, other: Period) -> bool:
    return _told(one) == _told(other)
