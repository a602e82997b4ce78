"""GetPerson and GetPersonChangedAtDate: who there is on one day, and by which numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from motoolkit.sd._shapes import Persons
from motoolkit.sd.parsing._source import LIMIT
from motoolkit.sd.parsing._walk import child_texts, local_name, walk

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from motoolkit.sd.parsing._source import Readable

_PROTECTED: Final = "ADRESSEBESKYT"
_CPR: Final = "PersonCivilRegistrationIdentifier"


def read_persons(answer: bytes | Readable, institution: str = "", *, limit: int = LIMIT) -> Persons:
    """Return the persons of an answer, and the numbers of their employments.

    Answers about employments have the same persons, without names: who changed is read from them too.

    Raises:
        SdClosedError, SdUnreadableError, SdFaultError: there is nothing to read.
    """
    persons: list[tuple[str, str | None, str | None, bool]] = []
    numbers: list[tuple[str, str | None]] = []

    def person(element: Element) -> None:
        texts = child_texts(element)
        cpr = (texts.get(_CPR) or "").replace("-", "")
        persons.append(
            (cpr, texts.get("PersonGivenName"), texts.get("PersonSurnameName"), _is_protected(element))
        )
        numbers.extend(
            (cpr, child_texts(each).get("EmploymentIdentifier"))
            for each in element
            if local_name(each.tag) == "Employment"
        )

    found = walk(answer, _SERVICES, {"Person": person}, institution=institution, limit=limit)
    return Persons.of(
        persons=_columns(("cpr", "given_name", "surname", "protected"), persons, found),
        employments=_columns(("cpr", "number"), numbers, found),
    )


_SERVICES: Final = (
    "GetPerson",
    "GetPersonChangedAtDate",
    "GetEmployment",
    "GetEmploymentChanged",
    "GetEmploymentChangedAtDate",
)


def _is_protected(person: Element) -> bool:
    """Tell whether SD hides the address; whatever else stands there is not read."""
    for address in (each for each in person if local_name(each.tag) == "PostalAddress"):
        return _PROTECTED in (child_texts(address).get("StandardAddressIdentifier") or "").upper()
    return False


def _columns(names: tuple[str, ...], rows: list[Any], institution: str) -> dict[str, list[Any]]:
    columns = zip(*rows, strict=True) if rows else ([] for _ in names)
    return {
        "institution": [institution] * len(rows),
        **{name: list(column) for name, column in zip(names, columns, strict=True)},
    }
