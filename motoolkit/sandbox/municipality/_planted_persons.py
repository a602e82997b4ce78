"""Persons whose data is odd in one way each: numbers, names, jobs."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING

from motoolkit.sandbox.municipality._classes import class_uuid
from motoolkit.sandbox.municipality._ids import uid
from motoolkit.sandbox.municipality._jobs import FULL_TIME, job, write_engagement
from motoolkit.sandbox.municipality._line_units import unit_uuid
from motoolkit.sandbox.municipality._other_units import UNKNOWN_CLASS

if TYPE_CHECKING:
    from motoolkit.sandbox.municipality._cast import Cast

_HOME = "Plan og Byg"


def write_persons(cast: Cast) -> None:
    """Write the planted persons."""
    _write_numbers(cast)
    _write_names(cast)
    _write_several_jobs(cast)
    _write_job_changes(cast)
    _write_odd_jobs(cast)


def _write_numbers(cast: Cast) -> None:
    """Write persons by what is odd about their CPR number."""
    book, people = cast.book, cast.people
    chance = Random("cast/numbers")  # noqa: S311  no secret

    def numbered(key: str, name: str, born: date, *, seventh: str = "", replacement: bool = False) -> None:
        number = people.number(chance, born, woman=True, seventh=seventh, replacement=replacement)
        cast.size += 1
        given, _, surname = name.rpartition(" ")
        person = people.person(chance, key, given, surname, born, woman=True, cpr=number)
        write_engagement(book, f"{key}/1", person.uuid, unit_uuid(_HOME), "2003", book.month(-9))

    numbered("replacement", "Olga Erstatning Ivanova", date(1988, 4, 17), replacement=True)
    numbered("century-5", "Alberte Bæk", date(2003, 9, 14), seventh="5")
    numbered("century-18", "Sigrid Gammelgaard", date(1899, 6, 30), seventh="8")
    numbered("century-4", "Bente Midtby", date(1961, 11, 23), seventh="4")
    numbered("leap-day", "Frida Skudstrup", date(1996, 2, 29))
    jobless_number = cast.person("no-cpr", "Linh Uden Nummer", 30, cpr=None)
    write_engagement(book, "no-cpr/1", jobless_number.uuid, unit_uuid(_HOME), "2003", book.month(-12))
    fictive = cast.person("fictive", "Fiktiv Systembruger", 40, cpr="0202800000")
    write_engagement(book, "fictive/1", fictive.uuid, unit_uuid("It-drift"), "2005", book.month(-30))
    born = date(1990, 7, 8)
    first = people.number(chance, born, woman=True, replacement=True)
    proper = people.number(chance, born, woman=True)
    got = cast.person(
        "got-cpr", "Natalia Kowalska", 36, cpr=first, changes=[(book.month(-8), {"cpr_number": proper})]
    )
    write_engagement(book, "got-cpr/1", got.uuid, unit_uuid("Materielgården"), "6003", book.month(-11))


def _write_names(cast: Cast) -> None:
    book = cast.book
    for key, given, surname, more in (
        ("formula", "=1+1", "Formelsen", {}),
        ("one-name", "Suharto", "", {}),
        ("nickname", "Margrethe", "Åkjær", {"nickname_given_name": "Maggi", "nickname_surname": "Å"}),
        ("long-name", "Anna-Sofie Karoline Elisabeth", "von Ørsted-Østergaard de la Cour", {}),
        (
            "married",
            "Signe",
            "Bjerregaard",
            {"changes": [(book.month(-7), {"surname": "Åkjær Bjerregaard"})]},
        ),
        ("marrying", "Kaj", "Høj", {"changes": [(book.month(2), {"surname": "Høj-Nørgaard"})]}),
        ("senior", "Grethe", "Juhl", {"seniority": date(1984, 8, 1)}),
    ):
        cast.size += 1
        chance = Random(f"cast/{key}")  # noqa: S311  no secret
        person = cast.people.person(chance, key, given, surname, date(1971, 3, 12), woman=True, **more)
        uuid = write_engagement(
            book, f"{key}/1", person.uuid, unit_uuid("Byggesager"), "6002", book.month(-40)
        )
        cast.mailbox(person, uuid, book.month(-40))


def _write_several_jobs(cast: Cast) -> None:
    month = cast.book.month
    two = cast.hire("mailboxes", "Birgitte Skov", "Økonomi og Analyse", "2006", user_key="NK-20001")
    second = _extra_job(cast, two.person.uuid, "mailboxes/2", "HR og Løn", "2007", user_key="NK-20002")
    cast.mailbox(two.person, second, month(-20), number=2, primary="non-primary")
    five = cast.hire("five-jobs", "Poul Mange Krogh", "Nordby Musikskole", "7002", fraction=200_000)
    for number, unit in enumerate(
        ("Ørnhøj Skole", "Vig Skole", "Nordby Bibliotek", "Idræt og Haller"), start=2
    ):
        _extra_job(cast, five.person.uuid, f"five-jobs/{number}", unit, "7002", fraction=number * 50_000)
    both = cast.hire("two-primaries", "Åge Dobbelt", "Lokalplaner", "6001", woman=False)
    _extra_job(
        cast, both.person.uuid, "two-primaries/2", "Natur og Miljø", "6001", primary="explicitly-primary"
    )
    bound = cast.hire("bound-mail", "Vibeke Toft", "Regnskab", "2006", mail="")
    other = _extra_job(cast, bound.person.uuid, "bound-mail/2", "Budget", "2006")
    cast.mailbox(bound.person, other, month(-20))
    own = cast.hire("engagement-mail", "Oscar Lund", "Regnskab", "2006", woman=False)
    links = {"person": own.person.uuid, "engagement": own.engagement}
    cast.people.address(
        "engagement-mail/e", "EmailEngagement", "regnskab.post@nordby.example", month(-6), **links
    )
    cast.people.address("engagement-mail/t", "PhoneEngagement", "+4599007788", month(-6), **links)
    cast.person("no-job", "Ejnar Uden Ansættelse", 70, woman=False)


def _extra_job(cast: Cast, person: str, key: str, unit: str, function: str, **more: int | str | None) -> str:
    values = {"primary": "non-primary"} | more
    return write_engagement(cast.book, key, person, unit_uuid(unit), function, cast.book.month(-20), **values)


def _write_job_changes(cast: Cast) -> None:
    book = cast.book
    month, home = book.month, "Servicedesk"
    cast.hire("ended-yesterday", "Bo Farvel", home, "2005", woman=False, end=book.today)
    cast.hire("starts-tomorrow", "Freja Velkommen", home, "2005", start=book.day(1))
    cast.hire(
        "promoted",
        "Jesper Stigende",
        home,
        "2008",
        woman=False,
        fraction=540_541,
        changes=[
            (month(-30), {"job_function": job("2003"), "fraction": FULL_TIME}),
            (month(-10), {"job_function": job("2005"), "extension_1": "It-supporter"}),
            (month(1), {"job_function": job("2002"), "extension_1": "Specialkonsulent, drift"}),
        ],
    )
    cast.hire(
        "moving",
        "Trine Flytter",
        home,
        "2005",
        changes=[(month(1), {"org_unit": unit_uuid("Data og Integration")})],
    )
    cast.hire(
        "came-back", "Lone Igen", home, "2005", start=month(-80), gap=(month(-40), month(-25)), mail=None
    )
    cast.hire("school-closed", "Ole Nørreskov", "Nørreskov Skole", "3001", woman=False, end=month(-20))


def _write_odd_jobs(cast: Cast) -> None:
    book = cast.book
    cast.hire("secret-mail", "Helle Skjult", "Borgerbutikken", "7005", mail="Hemmelig")
    cast.hire("internal-mail", "Stine Intern", "Borgerbutikken", "7005", mail="Intern")
    cast.hire("plain-mail", "Maja Uklassificeret", "Borgerbutikken", "7005", mail=None)
    cast.hire("no-mail", "Thomas Tavs", "Borgerbutikken", "7005", woman=False, mail="")
    cast.hire("title", "Charlotte Titel", "Borgerbutikken", "7005", extension_1="@ chefkonsulent; -1")
    cast.hire("opus", "Lars Opus", "Lønkontoret", "2006", woman=False, user_key="10023456")
    cast.hire("uuid-key", "Dorte Nøgle", "Lønkontoret", "2006", user_key=uid("engagements", "uuid-key/1"))
    cast.hire("no-key", "Kim Blank", "Lønkontoret", "2006", woman=False, user_key="")
    cast.hire("unknown-job", "Ali Ukendt", "Lønkontoret", "2006", woman=False, job_function=UNKNOWN_CLASS)
    cast.hire("no-unit", "Rikke Arkiv", "Dokumentcentret", "2004", age=61)
    cast.hire("councillor", "Per Byrådsmedlem", "Byrådet", "9001", woman=False, type="ekstern", fraction=None)
    cast.hire(
        "hourly", "Emma Timelærer", "Vig Skole, mellemtrin", "3001", age=19, type="timeloen", fraction=None
    )
    cast.hire(
        "young", "Noah Fritidsjob", "Rønnebo, køkken", "4003", age=14, woman=False, start=book.month(-2)
    )
    away = cast.hire("on-leave", "Cecilie Orlov", "Sygeplejen", "5003", age=31)
    book.write(
        "leaves",
        "on-leave",
        book.month(-2),
        book.month(4),
        person=away.person.uuid,
        engagement=away.engagement,
        leave_type=class_uuid("leave_type", "uddannelse"),
    )
