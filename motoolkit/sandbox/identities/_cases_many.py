"""Somebody with six engagements and nine accounts, for the picture: most of it is in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motoolkit.sandbox.identities._book import Plot

if TYPE_CHECKING:
    from motoolkit.sandbox.municipality._book import Book

_JOBS = (
    # Number, unit, job function, since and until how many months.
    (1, "Ravnsnæs Skole", "3001", -60, None),
    (2, "Vig Skole", "3001", -36, None),
    (3, "Ungdomsskolen Nordby", "3001", -30, None),
    (4, "Nordby Musikskole", "7002", -24, None),
    (5, "Nordby Bibliotek", "7001", -18, -1),
    (6, "Byggesager", "6002", -9, None),
)
_ACCOUNTS = (
    # Number, system, username, jobs, since and until, primary.
    (1, "SKOLE-AD", "mona.mange@ravnsnaes-skole.example", (1,), -60, None, True),
    (2, "SKOLE-AD", "mona.mange@vig-skole.example", (2, 3), -36, None, True),
    (3, "FAGSYSTEM", "mm.laerer@ravnsnaes-skole.example", (1,), -60, None, False),
    (4, "FAGSYSTEM", "mm.laerer@vig-skole.example", (2,), -36, None, False),
    (5, "ROLLEKATALOG", "mm.roller@nordby.example", (1, 2), -36, None, False),
    (6, "AD", "momange1", (4,), -24, None, True),
    # Its engagement has ended.
    (7, "AD", "momange2", (5,), -18, None, True),
    # One account for work in two parts of the organisation.
    (8, "EXCHANGE", "mona.mange@nordby.example", (4, 6), -9, None, False),
    # For none of them.
    (9, "FAGSYSTEM", "mm.fri@nordby.example", (), -6, None, False),
)


def write_many(book: Book) -> None:
    """Write Mona: three of her nine accounts are wrong, and two addresses."""
    mona = Plot(book, "many", "Mona Mange")
    for number, unit, function, start, end in _JOBS:
        mona.job(number, unit, function=function, start=start, end=end)
    for number, system, username, jobs, start, end, primary in _ACCOUNTS:
        mona.account(number, system, username, jobs=jobs, start=start, end=end, primary=primary)
        if "@" in username and number != len(_ACCOUNTS):
            mona.address(number, username, account=number, start=start, end=end)
    mona.address(10, "+4500009999", kind="PhoneEmployee", account=2, start=-36)
    # On no account, and on one that is for another engagement.
    mona.address(11, "mona@nordby.example", start=-12)
    mona.address(12, "bibliotek@nordby.example", account=6, job=4, start=-20)
    mona.address(13, "musik@nordby.example", account=6, job=1, start=-12)
