"""What MO checks of one kind of object only, before it takes a mutation of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from motoolkit.model import Validity
from motoolkit.plan._checks_addresses import wrong_value
from motoolkit.plan._checks_case import at, life, outside
from motoolkit.plan._checks_words import Pointer, missing, periods

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.plan._checks_rehearsal import Turn
    from motoolkit.plan._problems import Problem


def itsystem(turn: Turn) -> Iterator[Problem]:
    """Check that an account is in a system that is there."""
    uuid = turn.write.values["itsystem"]
    if not turn.spans("itsystems", uuid):
        told = missing(turn.case, Pointer(turn.key, "itsystem", ("itsystems", uuid)))
        yield turn.error("itsystem", "unknown-reference", *told)


def account(turn: Turn) -> Iterator[Problem]:
    """Check that the person has no two accounts of one name in the system already.

    MO means to refuse the second, but compares the accounts that live today among each other only, and
    never with the new one (measured).
    """
    person, itsystem = (turn.write.values.get(name) for name in ("person", "itsystem"))
    if person is None or itsystem is None or not turn.write.values.get("user_key"):
        return
    today = (
        at(spans, turn.case.as_of)
        for (collection, uuid), spans in turn.world.items()
        if collection == "itusers" and uuid != turn.step.uuid
    )
    found = Counter(
        (values["user_key"], values["external_id"])
        for values in today
        if values is not None and values["person"] == person and values["itsystem"] == itsystem
    )
    twice = [name for (name, _), count in found.items() if count > 1]
    if twice:
        yield turn.error(
            "itsystem",
            "duplicate-username",
            f"The {turn.name} is for person {person}, who has two accounts {twice[0]!r} in"
            f" {turn.case.name(('itsystems', itsystem))}: MO takes no other in that system.",
            "First end one of the two, in a plan of its own.",
        )


def cpr(turn: Turn) -> Iterator[Problem]:
    """Check that no other person has the CPR number of a new one."""
    number = turn.write.values.get("cpr_number")
    if number is None:
        return
    born = turn.case.wanted[turn.key][0].start
    for (collection, uuid), spans in turn.world.items():
        if collection != "persons" or uuid == turn.step.uuid:
            continue
        if any(s.values["cpr_number"] == number and s.validity.overlaps(Validity(born)) for s in spans):
            yield turn.error(
                "cpr_number",
                "duplicate-cpr",
                f"The {turn.name} has the CPR number of person {uuid}.",
                "Update the person who is there.",
            )
            return


def address(turn: Turn) -> Iterator[Problem]:
    """Check a value against the scope of its type, by the types of today."""
    values = turn.write.values
    if values.get("value") is None or values.get("address_type") is None:
        return
    kind, today = ("classes", values["address_type"]), turn.case.as_of
    held = turn.world.get(kind, ())
    if not held:
        told = missing(turn.case, Pointer(turn.key, "address_type", kind))
        yield turn.error("address_type", "unknown-reference", *told)
        return
    alive = at(held, today)
    wrong = wrong_value((alive or {}).get("scope"), values["value"])
    if alive is None:
        yield turn.error(
            "address_type",
            "ended-class",
            f"The {turn.name} has the type {turn.case.name(kind)}, which lives in {periods(life(held))} only;"
            " MO checks addresses by the types of today.",
            "Choose a type that lives today.",
        )
    elif wrong:
        text = f"The {turn.name} has the type {turn.case.name(kind)}, but a value that {wrong[0]}."
        yield turn.error("value", "bad-address", text, wrong[1])


def deputy(turn: Turn) -> Iterator[Problem]:
    """Check that nobody is their own deputy."""
    substitute = turn.write.values.get("substitute")
    if substitute is not None and substitute == turn.value("person"):
        yield turn.error(
            "substitute",
            "bad-deputy",
            f"The {turn.name} has its own person {substitute} for a deputy.",
            "Choose another deputy, or substitute=None.",
        )


def leave(turn: Turn) -> Iterator[Problem]:
    """Check that one engagement of the person lives in all of a leave."""
    person = turn.value("person")
    engagements = [
        spans
        for (collection, _), spans in turn.world.items()
        if collection == "engagements" and any(span.values["person"] == person for span in spans)
    ]
    if all(outside(turn.period, spans) for spans in engagements):
        yield turn.error(
            "engagement",
            "outside-life",
            f"The {turn.name} is in {turn.period}, in all of which no engagement of person {person} lives.",
            "Choose dates within one engagement.",
        )


def named(turn: Turn) -> Iterator[Problem]:
    """Check a person's names: MO wants one of the two."""
    if not any(turn.write.values.get(name) for name in ("given_name", "surname")):
        yield turn.error("given_name", "empty-name", f"The {turn.name} has no name.", "Give a given_name.")
