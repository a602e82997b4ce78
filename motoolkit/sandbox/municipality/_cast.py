"""Hiring for the planted cases: named persons with an engagement, an account and a mailbox."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

from motoolkit.sandbox.municipality._cpr import birth_date
from motoolkit.sandbox.municipality._jobs import write_engagement, write_manager
from motoolkit.sandbox.municipality._line_units import unit_uuid

if TYPE_CHECKING:
    from datetime import date

    from motoolkit.sandbox.municipality._book import Book
    from motoolkit.sandbox.municipality._people import People, Person


class Hired(NamedTuple):
    """A person and the UUID of the engagement."""

    person: Person
    engagement: str


class Cast:
    """Writes named persons; how many there are is counted."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.size = 0

    @property
    def book(self) -> Book:
        """The book that all is written in."""
        return self.people.book

    def person(self, key: str, name: str, age: int, *, woman: bool = True, **more: Any) -> Person:
        """Write a person called ``name``, the last word of it being the surname."""
        self.size += 1
        rng = Random(f"cast/{key}")  # noqa: S311  no secret
        given, _, surname = name.rpartition(" ")
        born = birth_date(rng, self.book.today, age)
        return self.people.person(rng, key, given, surname, born, woman=woman, **more)

    def hire(
        self,
        key: str,
        name: str,
        unit: str,
        function: str,
        *,
        age: int = 47,
        woman: bool = True,
        start: date | None = None,
        end: date | None = None,
        mail: str | None = "Ekstern",
        **engagement: Any,
    ) -> Hired:
        """Write a person with an engagement in ``unit``, and with a mailbox of that visibility.

        ``mail=None`` is a mailbox without visibility; ``mail=""`` is none.
        """
        person = self.person(key, name, age, woman=woman)
        start = start or self.book.month(-60)
        uuid = write_engagement(
            self.book, f"{key}/1", person.uuid, unit_uuid(unit), function, start, end, **engagement
        )
        if mail != "":
            self.mailbox(person, uuid, start, end, visibility=mail)
        return Hired(person, uuid)

    def mailbox(
        self,
        person: Person,
        engagement: str | None,
        start: date,
        end: date | None = None,
        *,
        number: int = 1,
        visibility: str | None = "Ekstern",
        primary: str = "primary",
    ) -> str:
        """Write an AD account, linked to the engagement, and its mail address; return the account."""
        key = f"{person.key}/{number}"
        account = self.people.account(
            key,
            "AD",
            self.people.log_on(person),
            start,
            end,
            primary=primary,
            person=person.uuid,
            engagements=(engagement,) if engagement else (),
        )
        self.people.address(
            f"{key}/mail",
            "EmailEmployee",
            self.people.mailbox(person),
            start,
            end,
            visibility=visibility,
            person=person.uuid,
            ituser=account,
        )
        return account

    def lead(self, key: str, unit: str, leader: Hired | None, **role: Any) -> str:
        """Write a manager role of ``unit``, since four years and linked to no engagement unless said."""
        start = role.pop("start", None) or self.book.month(-48)
        person = leader.person.uuid if leader else None
        return write_manager(self.book, key, unit_uuid(unit), person, start, **role)
