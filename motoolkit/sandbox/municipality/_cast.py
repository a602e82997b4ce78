"""Hiring for the planted cases: named persons with an engagement, an account and a mailbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from motoolkit.sandbox.municipality._chance import chance_of
from motoolkit.sandbox.municipality._cpr import birth_date
from motoolkit.sandbox.municipality._ids import uid
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
    """Writes named persons and counts them."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.size = 0

    @property
    def book(self) -> Book:
        """The book that all is written in."""
        return self.people.book

    def person(
        self,
        key: str,
        name: str,
        *,
        age: int | None = None,
        born: date | None = None,
        woman: bool = True,
        **more: Any,
    ) -> Person:
        """Write a person called ``name``, the last word of it the surname; by chance from 28 to 63 years."""
        self.size += 1
        rng = chance_of("cast", key)
        given, _, surname = name.rpartition(" ")
        born = born or birth_date(rng, self.book.today, age or rng.randrange(28, 64))
        return self.people.person(rng, key, given, surname, born=born, woman=woman, **more)

    def employ(
        self, person: Person, unit: str, function: str, *, number: int = 1, months: int = -60, **job: Any
    ) -> str:
        """Write an engagement, the person's ``number``-th, since so many months; return its UUID.

        Its user_key is like SD's unless given.
        """
        values: dict[str, Any] = {
            "start": self.book.month(months),
            "user_key": f"NK-{self.size:04}{number}",
        } | job
        self.people.claim(values["user_key"])
        return write_engagement(
            self.book, f"{person.key}/{number}", person.uuid, unit_uuid(unit), function, **values
        )

    def hire(
        self,
        key: str,
        name: str,
        unit: str,
        function: str,
        *,
        age: int | None = None,
        woman: bool = True,
        start: date | None = None,
        end: date | None = None,
        mail: str | None = "Ekstern",
        **job: Any,
    ) -> Hired:
        """Write a person with an engagement in ``unit``, and with a mailbox of that visibility.

        ``mail=None`` is a mailbox without visibility; ``mail=""`` is none.
        """
        person = self.person(key, name, age=age, woman=woman)
        start = start or self.book.month(-60)
        engagement = self.employ(person, unit, function, start=start, end=end, **job)
        if mail != "":
            self.mailbox(person, engagement, start=start, end=end, visibility=mail)
        return Hired(person, engagement)

    def mailbox(
        self,
        person: Person,
        engagement: str,
        *,
        start: date,
        end: date | None = None,
        number: int = 1,
        visibility: str | None = "Ekstern",
        primary: str = "primary",
    ) -> None:
        """Write an AD account, linked to the engagement, and its mail address."""
        key = f"{person.key}/{number}"
        account = self.people.account(
            key,
            "AD",
            self.people.log_on(person),
            start=start,
            end=end,
            primary=primary,
            person=person.uuid,
            engagements=(engagement,),
            external_id=uid("ad", key),
        )
        self.people.address(
            f"{key}/mail",
            "EmailEmployee",
            self.people.mailbox(person),
            start=start,
            end=end,
            visibility=visibility,
            person=person.uuid,
            ituser=account,
        )

    def lead(
        self, key: str, unit: str, leader: Hired | None, *, start: date | None = None, **role: Any
    ) -> None:
        """Write a manager role of ``unit``, since four years and linked to no engagement unless said."""
        person = leader.person.uuid if leader else None
        write_manager(self.book, key, unit_uuid(unit), person, start=start or self.book.month(-48), **role)
