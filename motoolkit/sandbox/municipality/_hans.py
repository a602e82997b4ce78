"""Hans, who has two jobs and several accounts: the newsletter's figure (section 7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from motoolkit.sandbox.municipality._ids import uid

if TYPE_CHECKING:
    from motoolkit.sandbox.municipality._cast import Cast

_JOBS: Final = (
    # The number in the figure, the unit, since how many months, and the fields.
    (1, "Ravnsnæs Skole", -70, {"fraction": 600_000, "user_key": "NS-04711", "primary": "primary"}),
    (2, "Vig Skole", -16, {"fraction": 400_000, "user_key": "NS-04712", "primary": "non-primary"}),
    (3, "Vig Skole, specialklasser", 3, {"user_key": "NS-04713", "fraction": None, "primary": None}),
)
_ACCOUNTS: Final = (
    # The number in the figure, the system, the log-on that is the mail address too, in which jobs, primary.
    (1, "SKOLE-AD", "hans.holm@ravnsnaes-skole.example", (1,), "primary"),
    (2, "SKOLE-AD", "hans.holm@vig-skole.example", (2, 3), "primary"),
    (3, "FAGSYSTEM", "hh.laerer@ravnsnaes-skole.example", (1,), "non-primary"),
    (4, "ROLLEKATALOG", "hh.roller@ravnsnaes-skole.example", (1,), "non-primary"),
    (5, "FAGSYSTEM", "hh.laerer@vig-skole.example", (2,), "non-primary"),
)


def write_hans(cast: Cast) -> None:
    """Write Hans: three systems at Ravnsnæs Skole, two at Vig Skole, a mail address for each account.

    The third engagement begins in three months. Account 2 serves both jobs at Vig Skole and has a telephone
    besides its mail address.
    """
    people = cast.people
    hans = cast.person("hans", "Hans Holm", age=44, woman=False)
    jobs = {
        number: cast.employ(hans, unit, "3001", number=number, months=months, **fields)
        for number, unit, months, fields in _JOBS
    }
    since = {number: cast.book.month(months) for number, _, months, _ in _JOBS}
    for number, system, log_on, serves, primary in _ACCOUNTS:
        start = since[serves[0]]
        account = people.account(
            f"hans/{number}",
            system,
            log_on,
            start=start,
            primary=primary,
            person=hans.uuid,
            engagements=[jobs[each] for each in serves],
            external_id=uid("ad", f"hans/{number}") if system == "SKOLE-AD" else None,
        )
        belongs: dict[str, Any] = {"start": start, "person": hans.uuid, "ituser": account}
        people.address(f"hans/{number}/mail", "EmailEmployee", log_on, **belongs)
        if serves == (2, 3):
            people.address("hans/2/telefon", "PhoneEmployee", "+4500001122", **belongs)
