"""What comes with a job: accounts, mailboxes, telephones, rights, leaves, seats on committees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple
from uuid import UUID

from motoolkit.sandbox.municipality._chance import happens
from motoolkit.sandbox.municipality._class_lists import ROLES
from motoolkit.sandbox.municipality._classes import class_uuid
from motoolkit.sandbox.municipality._line_units import unit_uuid
from motoolkit.sandbox.municipality._other_units import COMMITTEES

if TYPE_CHECKING:
    from datetime import date
    from random import Random

    from motoolkit.sandbox.municipality._book import Book
    from motoolkit.sandbox.municipality._line_units import Unit
    from motoolkit.sandbox.municipality._people import People, Person


class Engaged(NamedTuple):
    """An engagement: which of the person's it is, its UUID and period."""

    number: int
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
        system = "SKOLE-AD" if unit.work == "s" else "AD"
        _write_account(people, rng, person, engagements[0], system)
        if len(engagements) > 1 and happens(rng, 0.5):
            _write_account(people, rng, person, engagements[1], "AD")
        _write_leave(people.book, rng, person, engagements[0])
        _write_seat(people.book, rng, person, engagements[0])
    _write_at_home(people, rng, person)


def _write_account(people: People, rng: Random, person: Person, engaged: Engaged, system: str) -> None:
    """Write the account and mailbox of an engagement; now and then there is none, or it is not linked."""
    if happens(rng, 0.12):
        return
    key = f"{person.key}/{engaged.number}"
    account = people.account(
        key,
        system,
        people.log_on(person),
        start=engaged.start,
        end=engaged.end,
        primary="primary" if engaged.number == 1 else "non-primary",
        person=person.uuid,
        engagements=(engaged.uuid,) if happens(rng, 0.8) else (),
        external_id=str(UUID(int=rng.getrandbits(128))) if happens(rng, 0.9) else None,
    )
    people.address(
        f"{key}/mail",
        "EmailEmployee",
        people.mailbox(person),
        start=engaged.start,
        end=engaged.end,
        visibility=rng.choice(_VISIBILITIES),
        person=person.uuid,
        ituser=account,
    )
    for role in [role for role in ROLES[system] if happens(rng, 0.3)]:
        people.book.write(
            "rolebindings",
            f"{key}/{role}",
            engaged.start,
            engaged.end,
            ituser=account,
            role=class_uuid("role", role),
        )


def _write_leave(book: Book, rng: Random, person: Person, engaged: Engaged) -> None:
    if engaged.end or engaged.start > book.month(-4) or not happens(rng, 0.04):
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
    if engaged.end or not happens(rng, 0.08):
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
    belongs: dict[str, Any] = {"start": since, "person": person.uuid}
    if happens(rng, 0.5):
        # No Danish telephone number begins with a 0, so nobody gets called.
        phone, visibility = f"+450{rng.randrange(10_000_000):07}", rng.choice(_VISIBILITIES)
        people.address(f"{person.key}/mobil", "MobileEmployee", phone, visibility=visibility, **belongs)
    belongs["visibility"] = "Hemmelig"
    if happens(rng, 0.25):
        post = f"{rng.choice(_STREETS)} {rng.randrange(1, 90)}, 9999 Nordby"
        people.address(f"{person.key}/post", "PostEmployee", post, **belongs)
    if happens(rng, 0.08):
        mail = people.mailbox(person, "privat.example")
        people.address(f"{person.key}/privat", "EmailPrivat", mail, **belongs)
