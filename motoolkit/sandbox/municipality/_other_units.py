"""Units with a life of their own, and the organisations beside the line organisation."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from motoolkit.sandbox.municipality._classes import class_uuid
from motoolkit.sandbox.municipality._ids import uid
from motoolkit.sandbox.municipality._line_units import unit_uuid

if TYPE_CHECKING:
    from motoolkit.sandbox.municipality._book import Book

UNKNOWN_CLASS: Final = uid("classes", "deleted long ago")
"""A class that does not exist any more; MO never checks and never tidies up."""

COMMITTEES: Final = {
    "MED-organisationen": None,
    "Hoved-MED": "MED-organisationen",
    "Område-MED Børn, Unge og Læring": "Hoved-MED",
    "Område-MED Social, Sundhed og Ældre": "Hoved-MED",
    "Område-MED Teknik og Administration": "Hoved-MED",
    "Lokal-MED Ravnsnæs Skole": "Område-MED Børn, Unge og Læring",
    "Lokal-MED Vig Skole": "Område-MED Børn, Unge og Læring",
    "Lokal-MED Dagtilbud": "Område-MED Børn, Unge og Læring",
    "Lokal-MED Hjemmeplejen": "Område-MED Social, Sundhed og Ældre",
    "Lokal-MED Søgården": "Område-MED Social, Sundhed og Ældre",
    "Lokal-MED Rådhuset": "Område-MED Teknik og Administration",
    "AMR-gruppe Materielgården": "Område-MED Teknik og Administration",
}
"""The MED organisation: the name of each committee and of the one above."""

_PAY: Final = {
    "Lønorganisation": None,
    "Løn, Børn og Unge": "Lønorganisation",
    "Løn, Ældre og Sundhed": "Lønorganisation",
    "Løn, Rådhus og Drift": "Lønorganisation",
}
_OUTSIDE: Final = {
    "Eksterne": None,
    "Byrådet": "Eksterne",
    "Konsulenthuset Øresø": "Eksterne",
    "Frivilligcenter Nordby": "Eksterne",
}


def write_other_units(book: Book) -> None:
    """Write the units that come and go, then the MED, pay and outside organisations."""
    _write_short_lives(book)
    _write_oddities(book)
    for hierarchy, kind, tree in (
        ("MED", "udvalg", COMMITTEES),
        ("loenorg", "loenenhed", _PAY),
        ("eksternorg", "ekstern", _OUTSIDE),
    ):
        for number, (name, parent) in enumerate(tree.items()):
            unit_type = "amr-gruppe" if name.startswith("AMR") else kind
            _write(
                book,
                name,
                parent,
                unit_type,
                book.founded,
                hierarchy,
                user_key=f"{hierarchy[:3].upper()}{number:02}",
            )


def _write_short_lives(book: Book) -> None:
    gone, month = book.founded, book.month
    lives: tuple[tuple[str, str, str, date, date | None], ...] = (
        ("Nørreskov Skole", "Center for Skole", "skole", gone, month(-20)),
        ("Dokumentcentret", "Økonomi, HR og Digitalisering", "center", gone, month(-6)),
        # Its parent is closed: climbing from here ends at a unit that is missing.
        ("Byarkivet", "Dokumentcentret", "afdeling", gone, None),
        ("Klimasekretariatet", "Teknik, Miljø og Klima", "center", month(3), None),
        ("Vaccinationscentret", "Center for Sundhed og Forebyggelse", "afdeling", month(-50), month(2)),
        ("Valgsekretariatet", "Direktionssekretariatet", "team", month(-3), month(1)),
        ("Legatudvalget", "Borgmesterkontoret", "center", month(-40), book.today),
    )
    for number, (name, parent, kind, start, end) in enumerate(lives, start=9001):
        _write(book, name, parent, kind, start, "linjeorg", end, user_key=f"N{number}")


def _write_oddities(book: Book) -> None:
    _write(
        book,
        "Sommerskolen",
        "Center for Skole",
        "skole",
        book.month(-60),
        "linjeorg",
        user_key="N9101",
        gap=(book.month(-30), book.month(-18)),
    )
    _write(
        book,
        "Projekthuset Delta",
        "It og Digitalisering",
        "afdeling",
        book.month(-30),
        None,
        unit_type=UNKNOWN_CLASS,
        unit_level=None,
    )


def _write(
    book: Book,
    name: str,
    parent: str | None,
    kind: str,
    start: date,
    hierarchy: str | None,
    end: date | None = None,
    **more: Any,
) -> None:
    values = {
        "name": name,
        "parent": unit_uuid(parent) if parent else None,
        "unit_type": class_uuid("org_unit_type", kind),
        "unit_hierarchy": class_uuid("org_unit_hierarchy", hierarchy) if hierarchy else None,
    }
    book.write("org_units", name, start, end, **(values | more))
