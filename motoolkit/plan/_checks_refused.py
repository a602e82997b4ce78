"""What MO checks of a mutation before it takes it: not the same for a create as for an update.

MO checks less than one thinks; the table says what it does check (read in its source, held against a real
MO).  All else it takes in silence.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from motoolkit.model import Validity
from motoolkit.plan._checks_addresses import wrong_value
from motoolkit.plan._checks_case import at, life, outside, reference
from motoolkit.plan._checks_words import Pointer, inside, list_of, missing, periods

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from motoolkit.plan._checks_rehearsal import Turn
    from motoolkit.plan._problems import Problem

_DAY: Final = timedelta(days=1)


def _within(*names: str) -> Callable[[Turn], Iterator[Problem]]:
    """Check that what some fields point at is there, and lives in all of the period."""

    def check(turn: Turn) -> Iterator[Problem]:
        for name in names:
            uuid = turn.value(name)
            if uuid is None:
                continue
            target = reference(turn.step.collection, name).target, uuid
            pointer, held = Pointer(turn.key, name, target), turn.world.get(target, ())
            if not held:
                yield turn.error(name, "unknown-reference", *missing(turn.case, pointer))
            elif outside(turn.period, held):
                told = inside(turn.case, pointer, turn.period, life(held))
                yield turn.error(name, "outside-life", *told)

    return check


def _new_parent(turn: Turn) -> Iterator[Problem]:
    """Check a unit's parent, where it is named, and that it is not below the unit on the first day."""
    parent, day = turn.write.values.get("parent"), turn.write.start or date.min
    if parent is None:
        return
    yield from _within("parent")(turn)
    step: str | None = parent
    seen: set[str] = set()
    while step is not None and step != turn.step.uuid and step not in seen:
        seen.add(step)
        step = (at(turn.spans("org_units", step), day) or {}).get("parent")
    if step == turn.step.uuid:
        yield turn.error(
            "parent",
            "moved-below-itself",
            f"The {turn.name} shall be moved below {turn.case.name(('org_units', parent))} on {day},"
            " which is the unit itself or below it.",
            "Choose another parent, or first move that unit out, in a plan of its own.",
        )


def _itsystem(turn: Turn) -> Iterator[Problem]:
    uuid = turn.write.values["itsystem"]
    if not turn.spans("itsystems", uuid):
        told = missing(turn.case, Pointer(turn.key, "itsystem", ("itsystems", uuid)))
        yield turn.error("itsystem", "unknown-reference", *told)


def _account(turn: Turn) -> Iterator[Problem]:
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


def _cpr(turn: Turn) -> Iterator[Problem]:
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


def _address(turn: Turn) -> Iterator[Problem]:
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


def _deputy(turn: Turn) -> Iterator[Problem]:
    substitute = turn.write.values.get("substitute")
    if substitute is not None and substitute == turn.value("person"):
        yield turn.error(
            "substitute",
            "bad-deputy",
            f"The {turn.name} has its own person {substitute} for a deputy.",
            "Choose another deputy, or substitute=None.",
        )


def _leave(turn: Turn) -> Iterator[Problem]:
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


def _distinct(turn: Turn) -> Iterator[Problem]:
    """Check a person's names: MO wants one of the two."""
    if not any(turn.write.values.get(name) for name in ("given_name", "surname")):
        yield turn.error("given_name", "empty-name", f"The {turn.name} has no name.", "Give a given_name.")


def _free(turn: Turn) -> Iterator[Problem]:
    """Check that nothing needs what is ended, on the day from which it is dead."""
    day = turn.write.start or date.min
    collections = _HOLDING[turn.step.collection]
    using = turn.case.pointing(turn.world, turn.key, Validity(day, day + _DAY))
    using = [key for key in using if collections is None or key[0] in collections]
    if using:
        yield turn.error(
            "end",
            "still-in-use",
            f"The {turn.name} shall end on {day}, but then has {list_of(using)}.",
            "Let the plan end or move these too.",
        )


_HOLDING: Final[Mapping[str, tuple[str, ...] | None]] = {"org_units": None, "itusers": ("rolebindings",)}

CHECKS: Final[Mapping[tuple[str, str], tuple[Callable[[Turn], Iterator[Problem]], ...]]] = {
    ("create", "person"): (_distinct, _cpr),
    ("create", "org_unit"): (_within("parent"),),
    ("create", "engagement"): (_within("person", "org_unit"),),
    ("create", "manager"): (_within("person"),),
    ("create", "association"): (_deputy, _within("org_unit", "person")),
    ("create", "itassociation"): (_within("org_unit", "person"),),
    ("create", "ituser"): (_itsystem, _within("org_unit", "person"), _account),
    ("create", "address"): (_address, _within("org_unit", "person")),
    ("create", "rolebinding"): (_within("org_unit"),),
    ("create", "leave"): (_within("person"), _leave),
    ("create", "kle"): (_within("org_unit"),),
    ("create", "owner"): (_within("org_unit", "person", "owner"),),
    ("update", "org_unit"): (_new_parent,),
    ("update", "engagement"): (_within("person"),),
    ("update", "manager"): (_within("org_unit", "person"),),
    ("update", "association"): (_deputy, _within("person")),
    ("update", "itassociation"): (_within("person"),),
    ("update", "ituser"): (_account,),
    ("update", "address"): (_address, _within("person")),
    ("update", "leave"): (_within("person"), _leave),
    ("update", "owner"): (_within("org_unit", "person", "owner"),),
    ("terminate", "org_unit"): (_free,),
    ("terminate", "ituser"): (_free,),
}
"""What MO checks, by action and kind."""
