"""Engagements that are odd in one way each, and the mailboxes that go with them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from motoolkit.sandbox.municipality._classes import class_uuid
from motoolkit.sandbox.municipality._ids import uid
from motoolkit.sandbox.municipality._jobs import FULL_TIME, job
from motoolkit.sandbox.municipality._line_units import unit_uuid
from motoolkit.sandbox.municipality._other_units import UNKNOWN_CLASS

if TYPE_CHECKING:
    from motoolkit.sandbox.municipality._cast import Cast
    from motoolkit.sandbox.municipality._people import Person


def write_jobs(cast: Cast) -> None:
    """Write the persons whose engagements, leaves or mailboxes are odd."""
    _write_several(cast)
    _write_bound_addresses(cast)
    _write_changed_address(cast)
    _write_dates(cast)
    _write_changes(cast)
    _write_mailboxes(cast)
    _write_keys(cast)
    _write_kinds(cast)


def _write_several(cast: Cast) -> None:
    two = cast.hire("mailboxes", "Birgitte Skov", "Økonomi og Analyse", "2006", user_key="NK-20001").person
    second = _second(cast, two, "HR og Løn", "2007", user_key="NK-20002")
    cast.mailbox(two, second, start=cast.book.month(-20), number=2, primary="non-primary")
    five = cast.hire("five-jobs", "Poul Mange Krogh", "Nordby Musikskole", "7002", fraction=200_000).person
    for number, unit in enumerate(("Ørnhøj Skole", "Vig Skole", "Nordby Bibliotek", "Idræt og Haller"), 2):
        _second(cast, five, unit, "7002", number=number, fraction=number * 50_000)
    both = cast.hire("two-primaries", "Åge Dobbelt", "Lokalplaner", "6001", woman=False).person
    _second(cast, both, "Natur og Miljø", "6001", primary="explicitly-primary")
    moved = cast.hire("account-moved", "Zeynep Flyttet", "Budget", "2006", mail="")
    target = _second(cast, moved.person, "Regnskab", "2006")
    cast.people.account(
        "account-moved",
        "AD",
        cast.people.log_on(moved.person),
        start=cast.book.month(-60),
        primary="primary",
        person=moved.person.uuid,
        engagements=(moved.engagement,),
        changes=[(cast.book.month(-3), {"engagements": (target,)})],
    )
    cast.person("no-job", "Ejnar Uden Ansættelse", age=70, woman=False)


def _write_bound_addresses(cast: Cast) -> None:
    month = cast.book.month
    bound = cast.hire("bound-mail", "Vibeke Toft", "Regnskab", "2006", mail="").person
    cast.mailbox(bound, _second(cast, bound, "Budget", "2006"), start=month(-20))
    own = cast.hire("engagement-mail", "Oscar Lund", "Regnskab", "2006", woman=False)
    belongs: dict[str, Any] = {"person": own.person.uuid, "engagement": own.engagement}
    for key, kind, value in (
        ("mail", "EmailEngagement", "regnskab.post@nordby.example"),
        ("phone", "PhoneEngagement", "+4500007788"),
    ):
        cast.people.address(f"engagement-mail/own-{key}", kind, value, start=month(-6), **belongs)


def _write_changed_address(cast: Cast) -> None:
    changed = cast.hire("mail-changed", "Emma Nymail", "Budget", "2006", mail="").person
    new = [
        (cast.book.month(-11), {"value": cast.people.mailbox(changed)}),
        (cast.book.month(1), {"visibility": class_uuid("visibility", "Hemmelig")}),
    ]
    cast.people.address(
        "mail-changed",
        "EmailEmployee",
        "emma.gammelmail@nordby.example",
        start=cast.book.month(-60),
        visibility="Intern",
        changes=new,
        person=changed.uuid,
    )


def _second(cast: Cast, person: Person, unit: str, function: str, **more: Any) -> str:
    values: dict[str, Any] = {"number": 2, "months": -20, "primary": "non-primary"}
    return cast.employ(person, unit, function, **values | more)


def _write_dates(cast: Cast) -> None:
    book, home = cast.book, "Servicedesk"
    gap = (book.month(-40), book.month(-25))
    cast.hire("ended-yesterday", "Bo Farvel", home, "2005", woman=False, end=book.today)
    cast.hire("starts-tomorrow", "Freja Velkommen", home, "2005", start=book.day(1))
    cast.hire("came-back", "Lone Igen", home, "2005", start=book.month(-80), gap=gap, mail=None)
    closed = book.month(-20)
    cast.hire(
        "school-closed",
        "Ole Tidligere",
        "Nørreskov Skole",
        "3001",
        woman=False,
        start=closed - timedelta(days=1),
        end=closed,
    )
    # The unit closed; MO lets the engagement live on (SD, which would not, has nothing of it).
    cast.hire("no-unit", "Rikke Arkiv", "Dokumentcentret", "2004", age=61, user_key="10023457")


def _write_changes(cast: Cast) -> None:
    month, home = cast.book.month, "Servicedesk"
    career = [
        (month(-30), {"job_function": job("2003"), "fraction": FULL_TIME}),
        (month(-10), {"job_function": job("2005"), "extension_1": "It-supporter"}),
        (month(1), {"job_function": job("2002"), "extension_1": "Specialkonsulent, drift"}),
    ]
    cast.hire("promoted", "Jesper Stigende", home, "2008", woman=False, fraction=540_500, changes=career)
    move = [(month(1), {"org_unit": unit_uuid("Data og Integration")})]
    cast.hire("moving", "Trine Flytter", home, "2005", changes=move)


def _write_mailboxes(cast: Cast) -> None:
    for key, name, mail in (
        ("secret-mail", "Helle Skjult", "Hemmelig"),
        ("internal-mail", "Stine Intern", "Intern"),
        ("plain-mail", "Maja Uklassificeret", None),
        ("no-mail", "Trine Tavs", ""),
    ):
        cast.hire(key, name, "Borgerbutikken", "7005", mail=mail)


def _write_keys(cast: Cast) -> None:
    key = uid("engagements", "uuid-key/1")
    cast.hire("opus", "Lars Opus", "Lønkontoret", "2006", woman=False, user_key="10023456")
    cast.hire("uuid-key", "Dorte Nøgle", "Lønkontoret", "2006", user_key=key)
    # Made by hand, so none of SD's: its type is not.
    cast.hire("no-key", "Kim Blank", "Lønkontoret", "2006", woman=False, user_key="", type="ekstern")
    cast.hire("title", "Charlotte Titel", "Lønkontoret", "2007", extension_1="@ chefkonsulent; -1")


def _write_kinds(cast: Cast) -> None:
    book = cast.book
    cast.hire(
        "unknown-job",
        "Ali Ukendt",
        "Lønkontoret",
        "2006",
        woman=False,
        job_function=UNKNOWN_CLASS,
        user_key="10023458",
    )
    cast.hire("councillor", "Per Rådmand", "Byrådet", "9001", woman=False, type="ekstern", fraction=None)
    cast.hire(
        "hourly",
        "Emma Timelærer",
        "Vig Skole, mellemtrin",
        "3001",
        age=19,
        type="timeloen",
        fraction=None,
        user_key="NK-T0791",
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
