"""What comes with a job: accounts, mailboxes, telephones, rights, leaves, seats on committees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from motoolkit.sandbox.municipality._class_lists import ROLES
from motoolkit.sandbox.municipality._classes import class_uuid
from motoolkit.sandbox.municipality._other_units import COMMITTEES
from motoolkit.sandbox.municipality._line_units import unit_uuid

if TYPE_CHECKING:
    from datetime import date
    from random import Random

    from motoolkit.sandbox.municipality._book import Book
    from motoolkit.sandbox.municipality._line_units import Unit
    from motoolkit.sandbox.municipality._people import People, Person


class Engaged(NamedTuple):
    """An engagement: its UUID and period."""

    uuid: str
    start: date
    end: date | None


_STREETS: Final = ("Ågade", "Østergade", "Møllevej", "Kærvej", "Ærøvej", "Havnegade", "Skolebakken", "Engvej")
_VISIBILITIES: Final = ("Ekstern",) * 6 + ("Intern",) * 2 + (None,)
_SEATS: Final = ("Medlem", "Medlem", "TR", "AMR", "Sekretær")
_UNIONS: Final = ("FOA", "HK", "BUPL", "DSR", "3F", "DJØF", "IDA", "DLF")
_LEAVES: Final = ("barsel", "syg", "uddannelse", "tjenestefri")


def write_private_life(
    people: People, rng: Random, person: Person, engagements: list[Engaged], unit: Unit
) -> None:
    """Write what a person has besides the engagements; chance decides which of it."""
    if engagements:
        for number, engaged in enumerate(engagements, start=1):
            if number == 1 or rng.random() < 0.5:
                _write_account(people, rng, person, number, engaged, unit)
        _write_leave(people.book, rng, person, engagements[0])
        _write_seat(people.book, rng, person, engagements[0])
    _write_at_home(people, rng, person)


def _write_account(
    people: People, rng: Random, person: Person, number: int, engaged: Engaged, unit: Unit
) -> None:
    if rng.random() < 0.12:
        return
    key = f"{person.key}/{number}"
    system = "SKOLE-AD" if unit.work == "s" and number == 1 else "AD"
    linked = (engaged.uuid,) if rng.random() < 0.8 else ()
    account = people.account(
        key,
        system,
        people.log_on(person),
        engaged.start,
        engaged.end,
        primary="primary" if number == 1 else "non-primary",
        person=person.uuid,
        engagements=linked,
        external_id=person.uuid[::-1].replace("-", "") if rng.random() < 0.9 else None,
    )
    people.address(
        f"{key}/mail",
        "EmailEmployee",
        people.mailbox(person),
        engaged.start,
        engaged.end,
        visibility=rng.choice(_VISIBILITIES),
        person=person.uuid,
        ituser=account,
    )
    _write_rights(people.book, rng, key, system, account, engaged)


def _write_rights(book: Book, rng: Random, key: str, system: str, account: str, engaged: Engaged) -> None:
    for role in [role for role in ROLES[system] if rng.random() < 0.3]:
        book.write(
            "rolebindings",
            f"{key}/{role}",
            engaged.start,
            engaged.end,
            ituser=account,
            role=class_uuid("role", role),
        )


def _write_leave(book: Book, rng: Random, person: Person, engaged: Engaged) -> None:
    if rng.random() < 0.96 or engaged.end or engaged.start > book.month(-4):
        return
    book.write(
        "leaves",
        person.key,
        book.month(rng.randrange(-3, 1)),
        book.month(rng.randrange(1, 10)),
        person=person.uuid,
        engagement=engaged.uuid,
        leave_type=class_uuid("leave_type", rng.choice(_LEAVES)),
    )


def _write_seat(book: Book, rng: Random, person: Person, engaged: Engaged) -> None:
    if rng.random() < 0.92 or engaged.end:
        return
    book.write(
        "associations",
        person.key,
        max(engaged.start, book.month(-30)),
        person=person.uuid,
        org_unit=unit_uuid(rng.choice([*COMMITTEES])),
        association_type=class_uuid("association_type", rng.choice(_SEATS)),
        trade_union=class_uuid("trade_union", rng.choice(_UNIONS)),
    )


def _write_at_home(people: People, rng: Random, person: Person) -> None:
    since = people.book.month(-rng.randrange(1, 60))
    if rng.random() < 0.5:
        phone = f"+4520{rng.randrange(1_000_000):06}"
        visibility = rng.choice(_VISIBILITIES)
        people.address(
            f"{person.key}/mobil", "MobileEmployee", phone, since, visibility=visibility, person=person.uuid
        )
    if rng.random() < 0.25:
        post = f"{rng.choice(_STREETS)} {rng.randrange(1, 90)}, 9999 Nordby"
        people.address(
            f"{person.key}/post", "PostEmployee", post, since, visibility="Hemmelig", person=person.uuid
        )
    if rng.random() < 0.08:
        mail = people.mailbox(person, "privat.example")
        people.address(
            f"{person.key}/privat", "EmailPrivat", mail, since, visibility="Hemmelig", person=person.uuid
        )
