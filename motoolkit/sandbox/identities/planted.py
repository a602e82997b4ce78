"""What ``--identities planted`` adds to MO."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from motoolkit.sandbox.identities._book import MITID
from motoolkit.sandbox.identities._cases_accounts import write_accounts
from motoolkit.sandbox.identities._cases_many import write_many
from motoolkit.sandbox.identities._cases_others import write_others
from motoolkit.sandbox.municipality._book import Book
from motoolkit.sandbox.municipality._ids import uid

if TYPE_CHECKING:
    from motoolkit.sandbox.records import Record

_SINCE: Final = date(1960, 1, 1)


def odd_identities(today: date) -> list[Record]:
    """Return the objects of the cases."""
    book = Book(today)
    book.write(
        "classes",
        f"idn/{MITID}",
        _SINCE,
        user_key=MITID,
        name="MitID",
        scope="TEXT",
        facet=uid("facets", "employee_address_type"),
        published="Publiceret",
    )
    write_accounts(book)
    write_others(book)
    write_many(book)
    return list(book)
