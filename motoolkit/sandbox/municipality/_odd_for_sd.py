"""What MO holds wrongly beside SD-Løn, for the cases that SD alone can not be odd in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from motoolkit.sandbox.municipality._book import Book
from motoolkit.sandbox.municipality._classes import class_uuid
from motoolkit.sandbox.municipality._ids import uid
from motoolkit.sandbox.municipality._jobs import write_engagement
from motoolkit.sandbox.municipality._line_units import unit_uuid

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from motoolkit.sandbox.records import Record

SOMEBODY: Final = uid("actors", "somebody")
"""Who edits MO by hand; everything else is the integration's."""

UNKNOWN_UNIT: Final = "Ukendt enhed"
UNKNOWN_JOB: Final = "ukendt"
_EDITED: Final = uid("engagements", "leap-day/1")


def odd_for_sd(today: date) -> list[Record]:
    """Return the objects that ``--sd everything`` adds to MO."""
    book = Book(today)
    _write_unknowns(book)
    _write_engagements(book)
    book.write(
        "addresses",
        "sd/second-phone",
        book.month(-7),
        user_key="+4500007777",
        value="+4500007777",
        address_type=class_uuid("org_unit_address_type", "PhoneUnit"),
        visibility=class_uuid("visibility", "Ekstern"),
        org_unit=unit_uuid("Sygeplejen"),
    )
    return list(book)


def edited_by_hand(records: Iterable[Record]) -> list[Record]:
    """Return the objects as somebody has edited them since."""
    title = {"extension_1": "Ledende landinspektør"}
    return [
        replace(record, slices=tuple(replace(each, values=each.values | title) for each in record.slices))
        for record in records
        if record.uuid == _EDITED
    ]


def _write_unknowns(book: Book) -> None:
    """Write the unit and the job function for what can not be placed."""
    book.write(
        "classes",
        f"engagement_job_function/{UNKNOWN_JOB}",
        book.founded,
        user_key=UNKNOWN_JOB,
        name="Ukendt stilling",
        facet=uid("facets", "engagement_job_function"),
        published="Publiceret",
    )
    book.write(
        "org_units",
        UNKNOWN_UNIT,
        book.founded,
        user_key="UKENDT",
        name=UNKNOWN_UNIT,
        parent=unit_uuid("Nordby Kommune"),
        unit_type=class_uuid("org_unit_type", "afdeling"),
        unit_hierarchy=class_uuid("org_unit_hierarchy", "linjeorg"),
    )


def _write_engagements(book: Book) -> None:
    recent = book.month(-15)
    unknown = {"job_function": uid("classes", f"engagement_job_function/{UNKNOWN_JOB}")}
    jobs: tuple[tuple[str, str, str, date, dict[str, Any]], ...] = (
        ("oekonomi", "Økonomi, HR og Digitalisering", "1002", book.month(-60), {"user_key": "NK-00331"}),
        ("vagt", "It-drift", "2005", recent, {"user_key": "NK-4812"}),
        ("Æblehaveskolen/1", UNKNOWN_UNIT, "1007", recent, {"user_key": "NK-04813"}),
        ("Ravnsnæs Skole/1", "Vig Skole", "1007", recent, {"user_key": "NK-04814", **unknown}),
    )
    for person, unit, function, start, values in jobs:
        write_engagement(
            book,
            f"sd/{person}",
            uid("persons", person),
            unit_uuid(unit),
            function,
            start=start,
            primary="non-primary",
            **values,
        )
