"""Persons, and what they are reached at and log on with."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from motoolkit.sandbox.municipality._classes import class_uuid
from motoolkit.sandbox.municipality._cpr import invented_number
from motoolkit.sandbox.municipality._itsystems import itsystem
from motoolkit.sandbox.municipality._names import plain

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from random import Random

    from motoolkit.sandbox.municipality._book import Book, Change


_DAYS: Final = "0123"
"""What days of the month begin with; the days of replacement numbers tell MO no date."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be employed."""

    key: str
    uuid: str
    given: str
    surname: str
    born: date


class People:
    """Writes persons, accounts and addresses; no two persons share a CPR number, log-on or mailbox."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._numbers: set[str] = set()
        self._names: Counter[str] = Counter()
        self._employments: set[str] = set()

    def person(
        self,
        rng: Random,
        key: str,
        given: str,
        surname: str,
        *,
        born: date,
        woman: bool,
        cpr: str | None = "",
        changes: Iterable[Change] = (),
        **values: Any,
    ) -> Person:
        """Write a person, from the day of birth that its CPR number tells; always, without number.

        ``cpr`` is the number where it is given; None for no number.
        """
        if cpr == "":
            cpr = self.number(rng, born, woman=woman)
        uuid = self.book.write(
            "persons",
            key,
            born if cpr and cpr[0] in _DAYS else None,
            cpr_number=cpr,
            given_name=given,
            surname=surname,
            changes=changes,
            **{"nickname_given_name": "", "nickname_surname": ""} | values,
        )
        return Person(key, uuid, given, surname, born)

    def number(self, rng: Random, born: date, **kind: Any) -> str:
        """Invent a CPR number that nobody else has; ``kind`` as for ``invented_number``."""
        while (number := invented_number(rng, born, **kind)) in self._numbers:
            pass
        self._numbers.add(number)
        return number

    def claim(self, number: str) -> bool:
        """Take an employment number, and tell whether it was free: in SD each is one person's."""
        free = number not in self._employments
        self._employments.add(number)
        return free

    def log_on(self, person: Person) -> str:
        """Return a user name that nobody else has: four letters and a number."""
        letters = (plain(person.given)[:2] + plain(person.surname)[:2]).replace(".", "x") or "user"
        self._names[letters] += 1
        return f"{letters}{self._names[letters]:02}"

    def mailbox(self, person: Person, domain: str = "nordby.example") -> str:
        """Return a mail address that nobody else has."""
        first, last = plain(person.given).split(".")[0], plain(person.surname).split(".")[-1]
        box = f"{first}.{last}".strip(".") or "post"
        self._names[f"{box}@{domain}"] += 1
        count = self._names[f"{box}@{domain}"]
        return f"{box}{count if count > 1 else ''}@{domain}"

    def account(
        self,
        key: str,
        system: str,
        user_key: str,
        *,
        start: date,
        end: date | None = None,
        primary: str | None = None,
        **links: Any,
    ) -> str:
        """Write an account and return its UUID; ``links`` are its other fields, and ``changes``."""
        return self.book.write(
            "itusers",
            key,
            start,
            end,
            user_key=user_key,
            itsystem=itsystem(system),
            primary=class_uuid("primary_type", primary) if primary else None,
            **links,
        )

    def address(
        self,
        key: str,
        kind: str,
        value: str,
        *,
        start: date,
        end: date | None = None,
        visibility: str | None = "Ekstern",
        **links: Any,
    ) -> str:
        """Write an address of the class ``kind`` and return its UUID; ``links`` are its other fields."""
        return self.book.write(
            "addresses",
            key,
            start,
            end,
            user_key=value,
            value=value,
            address_type=class_uuid(_facet(kind), kind),
            visibility=class_uuid("visibility", visibility) if visibility else None,
            **links,
        )


def _facet(kind: str) -> str:
    if kind.endswith("Engagement"):
        return "engagement_address_type"
    unit_kinds = ("Unit", "EAN", "p-nummer")
    return "org_unit_address_type" if kind.endswith(unit_kinds) else "employee_address_type"
