"""The systems that people have accounts in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from motoolkit.sandbox.municipality._ids import uid

if TYPE_CHECKING:
    from motoolkit.sandbox.municipality._book import Book

ITSYSTEMS = {
    "AD": "Active Directory",
    "SKOLE-AD": "Active Directory, skoler",
    "EXCHANGE": "Exchange",
    "SD": "SD-Løn",
    "OPUS": "OPUS Løn",
    "ROLLEKATALOG": "OS2rollekatalog",
    "FAGSYSTEM": "Fagsystem Skole",
}

_SINCE = date(1960, 1, 1)


def itsystem(user_key: str) -> str:
    """Return the UUID of an IT system.

    Raises:
        KeyError: the municipality has no such system.
    """
    return _UUIDS[user_key]


_UUIDS = {user_key: uid("itsystems", user_key) for user_key in ITSYSTEMS}


def write_itsystems(book: Book) -> None:
    """Write all IT systems."""
    for user_key, name in ITSYSTEMS.items():
        book.write("itsystems", user_key, _SINCE, user_key=user_key, name=name)
