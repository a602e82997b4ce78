"""Hans, who has two jobs and several accounts: the newsletter's figure (section 7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motoolkit.sandbox.municipality._jobs import write_engagement
from motoolkit.sandbox.municipality._line_units import unit_uuid

if TYPE_CHECKING:
    from motoolkit.sandbox.municipality._cast import Cast

_ACCOUNTS = (
    # The number in the figure, the system, the log-on that is also the mail address, and in which jobs.
    (1, "SKOLE-AD", "hans.holm@ravnsnaes-skole.example", (1,), "primary"),
    (2, "SKOLE-AD", "hans.holm@vig-skole.example", (2, 3), "primary"),
    (3, "FAGSYSTEM", "hh.laerer@ravnsnaes-skole.example", (1,), "non-primary"),
    (4, "ROLLEKATALOG", "hh.roller@ravnsnaes-skole.example", (1,), "non-primary"),
    (5, "FAGSYSTEM", "hh.laerer@vig-skole.example", (2,), "non-primary"),
)


def write_hans(cast: Cast) -> None:
    """Write Hans: three systems at Ravnsnæs Skole, two at Vig Skole, a mail address for each account.

    The third engagement begins in three months; account 2 serves both jobs at Vig Skole and has a
    telephone besides its mail address.
    """
    month = cast.book.month
    hans = cast.person("hans", "Hans Holm", 44, woman=False)
    jobs = {
        1: _job(cast, hans.uuid, 1, "Ravnsnæs Skole", "3001", -70, fraction=600_000, user_key="NS-04711"),
        2: _job(cast, hans.uuid, 2, "Vig Skole", "3001", -16, fraction=400_000, user_key="NS-04712"),
        3: _job(
            cast, hans.uuid, 3, "Vig Skole, specialklasser", "3003", 3, fraction=None, user_key="NS-04713"
        ),
    }
    for number, system, log_on, serves, primary in _ACCOUNTS:
        start = month(-70 if 1 in serves else -16)
        account = cast.people.account(
            f"hans/{number}",
            system,
            log_on,
            start,
            primary=primary,
            person=hans.uuid,
            engagements=tuple(sorted(jobs[each] for each in serves)),
        )
        cast.people.address(
            f"hans/{number}/mail", "EmailEmployee", log_on, start, person=hans.uuid, ituser=account
        )
        if number == 2:
            cast.people.address(
                "hans/2/telefon", "PhoneEmployee", "+4599001122", start, person=hans.uuid, ituser=account
            )


def _job(
    cast: Cast, person: str, number: int, unit: str, function: str, month: int, **more: int | str | None
) -> str:
    return write_engagement(
        cast.book,
        f"hans/{number}",
        person,
        unit_uuid(unit),
        function,
        cast.book.month(month),
        primary="primary" if number == 1 else "non-primary",
        **more,
    )
