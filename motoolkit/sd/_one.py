"""One person out of both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motoolkit.errors import InputError
from motoolkit.model import mask_all

if TYPE_CHECKING:
    from motoolkit.sd._side import Side


def one_person(sd: Side, mo: Side, person: str | None) -> tuple[str, Side, Side]:
    """Return the CPR number of a person and what both sides have of that person.

    Args:
        sd: SD's side.
        mo: MO's side.
        person: MO's UUID, or the CPR number; None where there is only one.

    Raises:
        InputError: nobody is called so, or there are several and none was named.
    """
    cpr = _only(sd, mo) if person is None else _named(sd, mo, person)
    return cpr, sd.only(sd.subjects["cpr"] == cpr), mo.only(mo.subjects["cpr"] == cpr)


def everybody(sd: Side, mo: Side) -> list[str]:
    """Return the CPR numbers of all persons."""
    return sorted({str(cpr) for side in (sd, mo) for cpr in side.subjects["cpr"] if cpr})


def _only(sd: Side, mo: Side) -> str:
    found = everybody(sd, mo)
    if len(found) != 1:
        raise InputError(
            f"The comparison holds {len(found)} persons.",
            remedy="Say whose picture: MO's UUID of the person.",
        )
    return found[0]


def _named(sd: Side, mo: Side, person: str) -> str:
    digits = person.replace("-", "")
    for side in (mo, sd):
        subjects = side.subjects
        found = subjects["cpr"][(subjects["person_uuid"] == person.lower()) | (subjects["cpr"] == digits)]
        if len(found):
            return str(found.iloc[0])
    raise InputError(
        f"The comparison does not hold {mask_all(person)!r}.", remedy="Compare that person first."
    )
