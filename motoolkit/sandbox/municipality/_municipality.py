"""The municipality, put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motoolkit.sandbox.municipality._book import Book
from motoolkit.sandbox.municipality._cast import Cast
from motoolkit.sandbox.municipality._classes import write_classes
from motoolkit.sandbox.municipality._hans import write_hans
from motoolkit.sandbox.municipality._itsystems import write_itsystems
from motoolkit.sandbox.municipality._line_units import write_line_units
from motoolkit.sandbox.municipality._other_units import write_other_units
from motoolkit.sandbox.municipality._people import People
from motoolkit.sandbox.municipality._planted_jobs import write_jobs
from motoolkit.sandbox.municipality._planted_leaders import write_leaders
from motoolkit.sandbox.municipality._planted_links import write_links
from motoolkit.sandbox.municipality._planted_persons import write_persons
from motoolkit.sandbox.municipality._staff import write_staff
from motoolkit.sandbox.municipality._units_contacts import write_unit_contacts

if TYPE_CHECKING:
    from datetime import date

    from motoolkit.sandbox.records import Record


def municipality(seed: int = 1, persons: int = 400, *, today: date) -> list[Record]:
    """Make up Nordby Kommune, as a real MO would hold it.

    The same arguments give the same municipality, and more persons leave the first ones as they are. The
    planted cases (``PLANTED``) are always there, so there are never fewer persons than they need.

    Args:
        seed: another number gives other ordinary persons.
        persons: how many persons.
        today: the day on which it is looked at; past and future changes lie around it.

    Returns:
        All objects, what is pointed at before what points. Each slice holds every stored field of the
        catalogue.
    """
    book = Book(today)
    people = People(book)
    write_itsystems(book)
    write_classes(book)
    write_line_units(book)
    write_other_units(book)
    write_unit_contacts(people)
    write_staff(people, seed, persons - _write_cast(people))
    return list(book)


def _write_cast(people: People) -> int:
    """Write the planted cases and return how many persons they are."""
    cast = Cast(people)
    write_hans(cast)
    write_leaders(cast)
    write_persons(cast)
    write_jobs(cast)
    write_links(cast)
    return cast.size
