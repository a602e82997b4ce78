"""All that is wrong with a list, each at its cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motoolkit.forms.onboarding import check, enter
from motoolkit.forms.people._columns import UUID_COLUMN
from motoolkit.forms.people._listed import Flaw
from motoolkit.language import N_, tr

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator
    from datetime import date

    from motoolkit.forms._choices import Choices
    from motoolkit.forms.onboarding import Lookup
    from motoolkit.forms.people._listed import Listed, People


def check_people(people: People, choices: Choices, lookup: Lookup, as_of: date) -> list[Flaw]:
    """Return what is wrong with a list, person by person; last the rows that belong to nobody.

    Args:
        people: as ``read_people`` returns it.
        choices: what can be chosen in the MO.
        lookup: whom to ask about persons and usernames.
        as_of: today.

    Raises:
        MoError: MO did not answer, or not as it should.
    """
    shared = rivals(people, choices, as_of)
    found = [
        flaw
        for each in people.persons
        for flaw in flaws_of(each, shared.get(each.number, ()), choices, lookup, as_of)
    ]
    return [*found, *people.flaws]


def flaws_of(
    listed: Listed, shared: tuple[Flaw, ...], choices: Choices, lookup: Lookup, as_of: date
) -> list[Flaw]:
    """Return what is wrong with one person; of a cell that can not be read, only that.

    Args:
        listed: the person.
        shared: what is wrong because of another person in the list.
        choices: as in ``check_people``, and so the others.
        lookup: whom to ask.
        as_of: today.
    """
    unreadable = {flaw.cell for flaw in listed.flaws}
    found = [listed.flaw(trouble) for trouble in check(listed.draft, choices, lookup, as_of)]
    return [*listed.flaws, *(flaw for flaw in found if flaw.cell not in unreadable), *shared]


def rivals(people: People, choices: Choices, as_of: date) -> dict[str, tuple[Flaw, ...]]:
    """Return, by number, where two persons of a list want what only one can have."""
    first: dict[Hashable, tuple[str, str]] = {}
    found: dict[str, tuple[Flaw, ...]] = {}
    for each in people.persons:
        for what, cell in _claims(each, choices, as_of):
            number, other = first.setdefault(what, (each.number, cell))
            if number != each.number:
                told = tr(_RIVALS[what[0]], cell=other)
                flaw = Flaw(cell, each.number, f"{what[0]}-twice", told)
                found[each.number] = (*found.get(each.number, ()), flaw)
    return found


_RIVALS = {
    "cpr": N_("{cell} has the same CPR number."),
    "uuid": N_("{cell} is the same person: put all in one."),
    "username": N_("{cell} has the same username in the same system."),
}


def _claims(listed: Listed, choices: Choices, as_of: date) -> Iterator[tuple[tuple[str, ...], str]]:
    entered = enter(listed.draft, choices, as_of)
    person = entered.rows["person"][0]
    if listed.draft.existing:
        yield ("uuid", person["uuid"]), listed.cell("person", 0, UUID_COLUMN)
    elif person["cpr_number"]:
        yield ("cpr", person["cpr_number"]), listed.cell("person", 0, "cpr_number")
    for at, row in enumerate(entered.rows["itusers"]):
        if row["itsystem"] and row["user_key"]:
            claim = ("username", row["itsystem"], row["user_key"].casefold())
            yield claim, listed.cell("itusers", at, "user_key")
