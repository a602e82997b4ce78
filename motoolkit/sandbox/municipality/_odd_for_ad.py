"""What MO holds beside the directories, for the cases that a directory alone can not be odd in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from motoolkit.sandbox.municipality._book import Book
from motoolkit.sandbox.municipality._chance import chance_of
from motoolkit.sandbox.municipality._classes import class_uuid
from motoolkit.sandbox.municipality._cpr import invented_number
from motoolkit.sandbox.municipality._ids import uid
from motoolkit.sandbox.municipality._itsystems import itsystem
from motoolkit.sandbox.municipality._jobs import write_engagement
from motoolkit.sandbox.municipality._line_units import unit_uuid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from motoolkit.sandbox.records import Record

FK: Final = "FK-ORG"
NOT_PAIRED: Final = "museum/1"
PAIRED_WITH_NOTHING: Final = "hr/1"
PAIRED_TWICE: Final = "kultur/1"
_HOME: Final = "Byggesager"
_PEOPLE: Final = (
    ("braces", "Klaus Klamme", _HOME),
    ("swapped", "Bente Bytter", _HOME),
    ("convention", "Gerda Gammel", _HOME),
    ("elsewhere", "Svend Skolemand", "Vig Skole"),
    ("double", "Dina Dobbelt", _HOME),
    ("same-a", "Sara Mmoeller", _HOME),
    ("same-b", "Samuel Mmadsen", _HOME),
    ("two", "Tove Tokonti", _HOME),
    ("role", "Rolf Rolle", _HOME),
)


def swapped(guid: str) -> str:
    """Return a GUID as a program writes it that reads its bytes in the wrong order."""
    return str(UUID(bytes=UUID(guid).bytes_le))


def odd_for_ad(records: Iterable[Record], today: date) -> list[Record]:
    """Return the objects that ``--ad everything`` adds to MO, whose objects are ``records``."""
    book = Book(today)
    for number, (key, name, unit) in enumerate(_PEOPLE, start=1):
        _hire(book, number, key, name, unit)
    _write_links(book)
    _write_times(book)
    _write_outsiders(book)
    _write_units(book)
    _write_fk(book, [*records, *book])
    return list(book)


def _person(book: Book, number: int, key: str, name: str) -> str:
    given, _, surname = name.partition(" ")
    born = date(1975, 5, 1 + number)
    cpr = invented_number(chance_of("ad", key), born, woman=True)
    names: dict[str, Any] = {
        "given_name": given,
        "surname": surname,
        "nickname_given_name": "",
        "nickname_surname": "",
    }
    return book.write("persons", f"ad-{key}", born, cpr_number=cpr, **names)


def _hire(
    book: Book,
    number: int,
    key: str,
    name: str,
    unit: str,
    *,
    start: date | None = None,
    end: date | None = None,
    **more: Any,
) -> str:
    """Write a person with an engagement, and return the engagement's UUID."""
    person = _person(book, number, key, name)
    return write_engagement(
        book,
        f"ad-{key}/1",
        person,
        unit_uuid(unit),
        "6002",
        start=start or book.month(-40),
        end=end,
        **{"user_key": f"AD-{number:04}1"} | more,
    )


def _account(
    book: Book, key: str, user_key: str, *, number: int = 1, start: date | None = None, **more: Any
) -> str:
    """Write an IT user of a person, linked to the first engagement unless said otherwise."""
    values: dict[str, Any] = {
        "external_id": uid("ad", f"ad-{key}/{number}"),
        "engagements": (uid("engagements", f"ad-{key}/1"),),
        "itsystem": itsystem("AD"),
        "person": uid("persons", f"ad-{key}"),
        "primary": class_uuid("primary_type", "primary" if number == 1 else "non-primary"),
    } | more
    end = values.pop("end", None)
    return book.write(
        "itusers", f"ad-{key}/{number}", start or book.month(-40), end, user_key=user_key, **values
    )


def _write_links(book: Book) -> None:
    """Write IT users whose GUID, name or engagement is wrong in one way each."""
    _account(book, "braces", "klkl71", external_id=f"{{{uid('ad', 'ad-braces/1').upper()}}}")
    _account(book, "swapped", "beby71", external_id=swapped(uid("ad", "ad-swapped/1")))
    _account(book, "convention", uid("ad", "ad-convention/1"), external_id=None)
    school = uid("ad", f"skole/person/{uid('persons', 'ad-elsewhere')}")
    _account(book, "elsewhere", "svsk71", external_id=school)
    _account(book, "double", "dido71")
    _account(book, "double", "dido71", number=2, external_id=uid("ad", "ad-double/1"), engagements=())
    _account(book, "same-a", "samm71")
    _account(book, "same-b", "samm71")
    _account(book, "two", "toto71")
    _account(book, "two", "toto72", number=2)
    _account(book, "role", "roro71")
    book.write(
        "rolebindings",
        "ad-role",
        book.month(-20),
        book.month(-1),
        ituser=uid("itusers", "ad-role/1"),
        role=class_uuid("role", "ad-fjern"),
    )


def _write_times(book: Book) -> None:
    """Write engagements that begin, end or were interrupted, with their accounts."""
    month = book.month
    _hire(book, 11, "later", "Lene Senere", _HOME, start=month(3))
    _account(book, "later", "lese71", start=month(3))
    _hire(book, 12, "temp", "Tim Tidsbegrænset", _HOME, end=month(2))
    _account(book, "temp", "titi71", end=month(2))
    _hire(book, 13, "back", "Bachar Tilbage", _HOME, start=month(-60), gap=(month(-30), month(-20)))
    _account(book, "back", "bati71", start=month(-60), end=month(-30))
    _account(book, "back", "bati72", number=2, start=month(-20))
    _hire(book, 14, "link", "Lise Linket", _HOME, end=month(-5))
    _account(book, "link", "lili71")
    write_engagement(
        book,
        "ad-link/2",
        uid("persons", "ad-link"),
        unit_uuid(_HOME),
        "6002",
        start=month(-5),
        user_key="AD-00142",
    )
    _hire(book, 18, "primaries", "Pia Primær", _HOME)
    second = write_engagement(
        book,
        "ad-primaries/2",
        uid("persons", "ad-primaries"),
        unit_uuid(_HOME),
        "6002",
        start=month(-10),
        user_key="AD-00182",
    )
    both = (uid("engagements", "ad-primaries/1"), second)
    _account(book, "primaries", "pipr71", engagements=both)
    _hire(book, 15, "gone", "Gorm Gået", _HOME, end=month(-1))
    _account(book, "gone", "goga71")


def _write_outsiders(book: Book) -> None:
    for number, key, name, end in (
        (16, "consultant", "Kurt Konsulent", book.month(6)),
        (17, "former", "Fie Forhenværende", book.month(-2)),
    ):
        _hire(book, number, key, name, "Konsulenthuset Øresø", end=end, type="ekstern", fraction=None)
        _account(book, key, f"kons{70 + number}", end=end)


def _write_units(book: Book) -> None:
    """Give units the GUIDs of their OUs, as IT users of the units."""
    for key, name, place in (
        ("delta", "Projekthuset Delta", "Projekthuset Delta"),
        ("valg", "Valgsekretariatet", "Valgsekretariatet"),
        ("arkiv", "Byarkivet", "Byarkivet"),
        ("sommer", "Sommerskolen", "Sommerskolen"),
        ("sommer-d", "Sommerskolen", "Sommerskolen igen"),
    ):
        book.write(
            "itusers",
            f"ad-unit/{key}",
            book.month(-3),
            user_key=f"ou-{key}",
            itsystem=itsystem("AD"),
            external_id=uid("ad", f"admin/unit/{unit_uuid(place)}"),
            org_unit=unit_uuid(name),
        )


def _write_fk(book: Book, records: Iterable[Record]) -> None:
    """Pair each account that has a GUID with one in FK Organisation, but for three."""
    system = book.write("itsystems", FK, date(1960, 1, 1), user_key=FK, name="FK Organisation")
    paired: set[str] = set()
    for uuid, values in _accounts_of_today(records, book.today):
        guid = _guid(values["external_id"]) or _guid(values["user_key"])
        if not guid or guid in paired or uuid == uid("itusers", NOT_PAIRED):
            continue
        paired.add(guid)
        if uuid == uid("itusers", PAIRED_WITH_NOTHING):
            guid = uid("ad", "of nobody")
        pairs: dict[str, Any] = {"user_key": guid, "itsystem": system, "person": values["person"]}
        start = book.month(-2)
        book.write("itusers", f"fk/{uuid}", start, external_id=uid("fk", uuid), **pairs)
        if uuid == uid("itusers", PAIRED_TWICE):
            book.write("itusers", f"fk/{uuid}/2", start, external_id=uid("fk", f"{uuid}/2"), **pairs)


def _accounts_of_today(records: Iterable[Record], today: date) -> Iterator[tuple[str, dict[str, Any]]]:
    systems = {itsystem("AD"), itsystem("SKOLE-AD")}
    for record in records:
        for each in record.slices if record.collection == "itusers" else ():
            now = (each.start is None or each.start <= today) and (each.end is None or today < each.end)
            if now and each.values["person"] and each.values["itsystem"] in systems:
                yield record.uuid, each.values


def _guid(text: str | None) -> str:
    try:
        return str(UUID(text)) if text else ""
    except ValueError:
        return ""
