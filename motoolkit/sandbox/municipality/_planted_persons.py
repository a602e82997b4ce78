"""Persons whose data is odd in one way each: their numbers and names."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from motoolkit.sandbox.municipality._chance import chance_of

if TYPE_CHECKING:
    from motoolkit.sandbox.municipality._cast import Cast
    from motoolkit.sandbox.municipality._people import Person

_NUMBERS: Final[tuple[tuple[str, str, date, dict[str, Any]], ...]] = (
    ("replacement", "Olga Erstatning Ivanova", date(1988, 4, 17), {"replacement": True}),
    ("century-5", "Alberte Bæk", date(2003, 9, 14), {"seventh": "5"}),
    ("century-18", "Sigrid Gammelgaard", date(1899, 6, 30), {"seventh": "8"}),
    ("century-4", "Bente Midtby", date(1961, 11, 23), {"seventh": "4"}),
    ("leap-day", "Frida Skudstrup", date(1996, 2, 29), {}),
)
_FICTIVE: Final = "0202800000"


def write_persons(cast: Cast) -> None:
    """Write the persons whose number or name is odd."""
    _write_numbers(cast)
    _write_names(cast)


def _write_numbers(cast: Cast) -> None:
    for key, name, born, kind in _NUMBERS:
        number = cast.people.number(chance_of("number", key), born, woman=True, **kind)
        _settle(cast, cast.person(key, name, born=born, cpr=number))
    _settle(cast, cast.person("no-cpr", "Linh Uden Nummer", age=30, cpr=None))
    _settle(cast, cast.person("fictive", "Fiktiv Systembruger", born=date(1980, 2, 2), cpr=_FICTIVE))
    born, rng = date(1990, 7, 8), chance_of("number", "got-cpr")
    first = cast.people.number(rng, born, woman=True, replacement=True)
    proper = cast.people.number(rng, born, woman=True)
    changes = [(cast.book.month(-8), {"cpr_number": proper})]
    _settle(cast, cast.person("got-cpr", "Natalia Kowalska", born=born, cpr=first, changes=changes))


def _write_names(cast: Cast) -> None:
    month = cast.book.month
    nickname: dict[str, Any] = {"nickname_given_name": "Maggi", "nickname_surname": "Å"}
    _settle(cast, cast.person("formula", "=1+1 Formelsen"))
    _settle(cast, cast.person("one-name", "Suharto "))
    _settle(cast, cast.person("nickname", "Margrethe Åkjær", **nickname))
    _settle(cast, cast.person("long-name", "Anna-Sofie Karoline von Ørsted-Østergaard"))
    _settle(cast, cast.person("senior", "Grethe Juhl", age=63, seniority="1984-08-01"))
    married, engaged = {"surname": "Åkjær Bjerregaard"}, {"surname": "Høj-Nørgaard"}
    _settle(cast, cast.person("married", "Signe Bjerregaard", changes=[(month(-7), married)]))
    _settle(cast, cast.person("marrying", "Kaj Høj", woman=False, changes=[(month(2), engaged)]))


def _settle(cast: Cast, person: Person) -> None:
    """Give the person an ordinary job and mailbox, so that reports have a row."""
    engagement = cast.employ(person, "Byggesager", "6002", months=-9)
    cast.mailbox(person, engagement, start=cast.book.month(-9))
