"""Writing persons with jobs, accounts and addresses in a line each, for cases of identities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from motoolkit.sandbox.municipality._chance import chance_of
from motoolkit.sandbox.municipality._classes import class_uuid
from motoolkit.sandbox.municipality._cpr import birth_date, invented_number
from motoolkit.sandbox.municipality._ids import uid
from motoolkit.sandbox.municipality._itsystems import itsystem
from motoolkit.sandbox.municipality._jobs import write_engagement
from motoolkit.sandbox.municipality._line_units import unit_uuid

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from motoolkit.sandbox.municipality._book import Book

SINCE: Final = -40
"""Months: since when everything is, unless said otherwise."""
MITID: Final = "MitID"
"""The user_key of the address type for MitIDs, which only the cases have."""


def key_of(person: str, number: int | str = "") -> str:
    """Return the key that UUIDs of a case's things are made of."""
    return f"idn/{person}/{number}" if number != "" else f"idn/{person}"


class Plot:
    """One person of the cases.

    Months are counted from the month of today; a thing begins and ends on the first of one.
    """

    def __init__(self, book: Book, key: str, name: str) -> None:
        self.book = book
        self.key = key
        rng = chance_of("idn", key)
        given, _, surname = name.rpartition(" ")
        born = birth_date(rng, book.today, 30 + len(key) % 25)
        self.person = book.write(
            "persons",
            key_of(key),
            born,
            cpr_number=invented_number(rng, born, woman=True),
            given_name=given,
            surname=surname,
            nickname_given_name="",
            nickname_surname="",
        )

    def job(
        self,
        number: int,
        unit: str,
        *,
        start: int = SINCE,
        end: int | None = None,
        primary: str | None = None,
        moves: Iterable[tuple[int, str]] = (),
        function: str = "3001",
    ) -> None:
        """Write an engagement; the first one is primary unless said otherwise."""
        write_engagement(
            self.book,
            key_of(self.key, number),
            self.person,
            unit_uuid(unit),
            function,
            start=self.book.month(start),
            end=self._month(end),
            primary=primary or ("primary" if number == 1 else "non-primary"),
            user_key=f"ID-{self._digits()}{number}",
            changes=[(self.book.month(month), {"org_unit": unit_uuid(new)}) for month, new in moves],
        )

    def account(
        self,
        number: int,
        system: str,
        user_key: str,
        *,
        jobs: Iterable[int | str] = (),
        start: int = SINCE,
        end: int | None = None,
        primary: bool = False,
        **more: Any,
    ) -> None:
        """Write an account, for some of the person's engagements or (``person/number``) another's."""
        self.book.write(
            "itusers",
            key_of(self.key, number),
            self.book.month(start),
            self._month(end),
            user_key=user_key,
            itsystem=itsystem(system),
            person=self.person,
            engagements=tuple(uid("engagements", self._of(job)) for job in jobs),
            primary=class_uuid("primary_type", "primary" if primary else "non-primary"),
            **more,
        )

    def address(
        self,
        number: int,
        value: str,
        *,
        kind: str = "EmailEmployee",
        account: int | str | None = None,
        job: int | None = None,
        start: int = SINCE,
        end: int | None = None,
    ) -> None:
        """Write an address: on an account, for an engagement, or the person's alone."""
        address_type = uid("classes", f"idn/{MITID}") if kind == MITID else class_uuid(_FACET, kind)
        self.book.write(
            "addresses",
            key_of(self.key, number),
            self.book.month(start),
            self._month(end),
            user_key=value,
            value=value,
            address_type=address_type,
            visibility=class_uuid("visibility", "Ekstern"),
            person=self.person,
            ituser=None if account is None else uid("itusers", self._of(account)),
            engagement=None if job is None else uid("engagements", self._of(job)),
        )

    def role(
        self,
        number: int,
        role: str,
        account: int,
        *,
        unit: str = "",
        start: int = SINCE,
        end: int | None = None,
    ) -> None:
        """Write a role of an account, perhaps for one unit."""
        self.book.write(
            "rolebindings",
            key_of(self.key, number),
            self.book.month(start),
            self._month(end),
            ituser=uid("itusers", self._of(account)),
            role=class_uuid("role", role),
            org_unit=unit_uuid(unit) if unit else None,
        )

    def log_on(self, user_key: str, *, jobs: Iterable[int] = (1,), **more: Any) -> None:
        """Write what everybody has: a primary account and its mail address, both number 1."""
        self.account(1, "AD", user_key, jobs=jobs, primary=True, **more)
        period = {name: more[name] for name in ("start", "end") if name in more}
        self.address(1, f"{user_key}@nordby.example", account=1, **period)

    def _of(self, number: int | str) -> str:
        if isinstance(number, str):
            person, _, other = number.rpartition("/")
            return key_of(person, other)
        return key_of(self.key, number)

    def _month(self, offset: int | None) -> date | None:
        return None if offset is None else self.book.month(offset)

    def _digits(self) -> str:
        return f"{chance_of('idn', self.key).randrange(10_000):04}"


_FACET: Final = "employee_address_type"
