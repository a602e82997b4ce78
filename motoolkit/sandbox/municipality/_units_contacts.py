"""What units have: telephones, mailboxes, accounts, KLE numbers, relations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from motoolkit.sandbox.municipality._classes import class_uuid
from motoolkit.sandbox.municipality._line_units import line_units, unit_uuid
from motoolkit.sandbox.municipality._names import plain

if TYPE_CHECKING:
    from motoolkit.sandbox.municipality._book import Book
    from motoolkit.sandbox.municipality._people import People

_INSTITUTION: Final = 3
"""The depth of schools, homes and departments."""

_KLES: Final = {
    "Byrådssekretariatet": ("00.01", ("ansvarlig", "udfoerer")),
    "Økonomi og Analyse": ("00.32", ("ansvarlig",)),
    "Vej og Park": ("05.01", ("indsigt", "udfoerer")),
    "Natur og Miljø": ("09.00", ("ansvarlig", "indsigt", "udfoerer")),
    "Center for Skole": ("17.01", ("ansvarlig",)),
    "Idræt og Haller": ("18.15", ("udfoerer",)),
    "Nordby Bibliotek": ("20.00", ("ansvarlig", "udfoerer")),
    "Center for Ældre": ("27.36", ("ansvarlig",)),
    "Center for Dagtilbud": ("28.06", ("ansvarlig", "indsigt")),
    "HR og Løn": ("81.00", ("udfoerer",)),
    "It og Digitalisering": ("85.02", ("ansvarlig", "udfoerer")),
}
_RELATED: Final = (
    ("Center for Skole", "Løn, Børn og Unge"),
    ("Center for Dagtilbud", "Løn, Børn og Unge"),
    ("Center for Ældre", "Løn, Ældre og Sundhed"),
    ("HR og Løn", "Løn, Rådhus og Drift"),
)


def write_unit_contacts(people: People) -> None:
    """Write addresses and accounts of units, their KLE numbers and which pay unit belongs to which."""
    book = people.book
    for number, unit in enumerate(unit for unit in line_units() if unit.depth == _INSTITUTION):
        _write_reach(people, unit.name, number)
    for name, (number_key, aspects) in _KLES.items():
        book.write(
            "kles",
            name,
            book.month(-60),
            org_unit=unit_uuid(name),
            kle_number=class_uuid("kle_number", number_key),
            kle_aspects=tuple(class_uuid("kle_aspect", aspect) for aspect in aspects),
        )
    for line, pay in _RELATED:
        _write_relation(book, line, pay)


def _write_reach(people: People, name: str, number: int) -> None:
    unit, start = unit_uuid(name), people.book.month(-48)
    box = f"{plain(name.partition(',')[0])}@nordby.example"
    values = {"mail": ("EmailUnit", box), "telefon": ("PhoneUnit", f"+4500{number:06}")}
    if number % 4 == 0:
        # Numbers that are not given to anybody: neither EAN nor P-numbers begin like this.
        values["ean"] = "EAN", f"00000{number:08}"
        values["p"] = "p-nummer", f"{number + 1:010}"
        values["post"] = "PostUnit", f"Rådhustorvet {number + 1}, 9999, Nordby"
    for key, (kind, value) in values.items():
        people.address(f"{name}/{key}", kind, value, start=start, org_unit=unit)
    if number % 3 == 0:
        people.account(f"{name}/konto", "EXCHANGE", box, start=start, org_unit=unit)


def _write_relation(book: Book, line: str, pay: str) -> None:
    units = tuple(sorted((unit_uuid(line), unit_uuid(pay))))
    book.write("related_units", line, book.month(-36), org_units=units)
