"""Finding seats: those of a committee and all below it, those of a person, or all."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from motoolkit.errors import InputError
from motoolkit.forms.deputies._reading import line, lives, names_of, reader_of
from motoolkit.forms.deputies._seats import Named, Seat, Seats, order
from motoolkit.language import tr
from motoolkit.model import Validity

if TYPE_CHECKING:
    from datetime import date

    from motoolkit.client import Client
    from motoolkit.forms.deputies._reading import Facts, Reader
    from motoolkit.mirror import Mirror
    from motoolkit.model import Span, Timeline
    from motoolkit.plan.names import Names


def seats(
    source: Client | Mirror,
    *,
    unit: str | UUID | None = None,
    person: str | UUID | None = None,
    as_of: date,
    below: bool = True,
) -> Seats:
    """Read seats with their members and deputies, former and coming ones too.

    Args:
        source: a MO, or a mirror that holds associations, persons, units and classes.
        unit: the committee, None for all.
        person: only where this one is the member or the deputy.
        as_of: the day on which the organisation and its names are looked at.
        below: with the committees below ``unit`` on that day.

    Raises:
        InputError: there is no such unit or person.
        MoError: the source can not be read.
    """
    reader = reader_of(source)
    committee, who = _known(reader, "org_units", unit), _known(reader, "persons", person)
    units = None if committee is None else reader.below(committee, as_of) if below else {committee}
    told = lives(reader.associations(units))
    wanted = {uuid: [each for each in life if _wanted(each.value, units, who)] for uuid, life in told.items()}
    names = names_of(reader, {told for found in wanted.values() for _, told in found})
    found = [
        seat_of(uuid, each, whole(told[uuid]), names, as_of)
        for uuid, slices in wanted.items()
        for each in slices
    ]
    return Seats(tuple(sorted(found, key=order)), as_of)


def _known(reader: Reader, collection: str, uuid: str | UUID | None) -> str | None:
    if uuid is None:
        return None
    try:
        known = str(UUID(str(uuid)))
    except ValueError:
        known = ""
    if not known or not reader.of([(collection, known)]):
        what = tr("unit") if collection == "org_units" else tr("person")
        raise InputError(
            tr("There is no {what} {uuid}.", what=what, uuid=str(uuid)[:60]),
            remedy=tr("Give the UUID of one that MO has."),
        )
    return known


def _wanted(told: Facts, units: set[str] | None, person: str | None) -> bool:
    return (units is None or told.org_unit in units) and (
        person is None or person in {told.person, told.substitute}
    )


def whole(life: Timeline[Facts]) -> Validity:
    """Return the period from the first day of a life to the first day after it, holes included."""
    return Validity(life[0].validity.start, life[-1].validity.end)


def seat_of(uuid: str, held: Span[Facts], life: Validity, names: Names, as_of: date) -> Seat:
    """Return a slice of a seat with the names of all that it is about.

    The names are those of the day, where the slice holds then, else those of its own period.
    """
    period, told = held
    on = Validity(as_of, as_of + timedelta(days=1)) if period.contains(as_of) else period

    def named(collection: str, one: str | None) -> Named | None:
        return None if one is None else Named(one, names.of((collection, one), on))

    *above, unit = (Named(step, names.of(("org_units", step), on)) for step in line(names, told.org_unit, on))
    return Seat(
        uuid,
        period,
        life,
        unit=unit,
        above=tuple(above),
        role=named("classes", told.association_type),
        member=named("persons", told.person),
        deputy=named("persons", told.substitute),
        union=named("classes", told.trade_union),
    )
