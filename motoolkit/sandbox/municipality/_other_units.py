"""Units with a life of their own, and the organisations beside the line organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from motoolkit.sandbox.municipality._classes import class_uuid
from motoolkit.sandbox.municipality._ids import uid
from motoolkit.sandbox.municipality._line_units import unit_uuid

if TYPE_CHECKING:
    from datetime import date

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


_BESIDE: Final = (
    ("MED", "udvalg", COMMITTEES),
    ("loenorg", "loenenhed", _PAY),
    ("eksternorg", "ekstern", _OUTSIDE),
)


def write_other_units(book: Book) -> None:
    """Write the units that come and go, then the MED, pay and outside organisations."""
    _write_short_lives(book)
    _write_oddities(book)
    for hierarchy, kind, tree in _BESIDE:
        for number, (name, parent) in enumerate(tree.items()):
            values = _values(name, parent, "amr-gruppe" if name.startswith("AMR") else kind, hierarchy)
            key = f"{hierarchy[:3].upper()}{number:02}"
            book.write("org_units", name, book.founded, user_key=key, **values)


def _write_short_lives(book: Book) -> None:
    founded, month = book.founded, book.month
    lives: tuple[tuple[str, str, str, date, date | None], ...] = (
        ("Nørreskov Skole", "Center for Skole", "skole", founded, month(-20)),
        ("Dokumentcentret", "Økonomi, HR og Digitalisering", "center", founded, month(-6)),
        # Its parent is closed: climbing from here ends at a unit that is missing.
        ("Byarkivet", "Dokumentcentret", "afdeling", founded, None),
        ("Klimasekretariatet", "Teknik, Miljø og Klima", "center", month(3), None),
        ("Vaccinationscentret", "Center for Sundhed og Forebyggelse", "afdeling", month(-50), month(2)),
        ("Valgsekretariatet", "Direktionssekretariatet", "team", month(-3), month(1)),
        ("Legatudvalget", "Borgmesterkontoret", "center", month(-40), book.today),
    )
    for number, (name, parent, kind, start, end) in enumerate(lives, start=9001):
        values = _values(name, parent, kind, "linjeorg") | {"unit_level": _level(kind)}
        book.write("org_units", name, start, end, user_key=f"N{number}", **values)


def _write_oddities(book: Book) -> None:
    reopened = _values("Sommerskolen", "Center for Skole", "skole", "linjeorg")
    reopened["unit_level"] = _level("skole")
    gap = (book.month(-30), book.month(-18))
    book.write("org_units", "Sommerskolen", book.month(-60), user_key="N9101", gap=gap, **reopened)
    name = "Projekthuset Delta"
    bare: dict[str, Any] = {
        "name": name,
        "parent": unit_uuid("It og Digitalisering"),
        "unit_type": UNKNOWN_CLASS,
    }
    book.write("org_units", name, book.month(-30), **bare)


def _level(kind: str) -> str:
    level = {"center": "NY4-niveau", "team": "afdelings-niveau"}.get(kind, "NY3-niveau")
    return class_uuid("org_unit_level", level)


def _values(name: str, parent: str | None, kind: str, hierarchy: str) -> dict[str, Any]:
    return {
        "name": name,
        "parent": unit_uuid(parent) if parent else None,
        "unit_type": class_uuid("org_unit_type", kind),
        "unit_hierarchy": class_uuid("org_unit_hierarchy", hierarchy),
    }
