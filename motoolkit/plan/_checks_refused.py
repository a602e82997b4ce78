"""What MO checks of a mutation before it takes it: not the same for a create as for an update.

MO checks less than one thinks; the table says what it does check (read in its source, held against a real
MO).  All else it takes in silence.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from motoolkit.model import Validity
from motoolkit.plan._checks_case import at, life, outside, reference
from motoolkit.plan._checks_particular import account, address, cpr, deputy, itsystem, leave, named
from motoolkit.plan._checks_words import Pointer, inside, list_of, missing

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


def _first_unit(turn: Turn) -> Iterator[Problem]:
    """Check a manager's first unit, which MO looks at also where the manager shall be in another."""
    held = turn.spans(*turn.key)
    unit = "org_units", held[0].values["org_unit"] if held else ""
    if held and outside(turn.period, turn.world.get(unit, ())):
        yield turn.error(
            "org_unit",
            "outside-life",
            f"The {turn.name} shall change in {turn.period}, in all of which its first unit does not live,"
            f" {turn.case.name(unit)}: MO looks at that one, wherever the manager is now.",
            "Make a new manager, and end this one.",
        )


def _one_of(turn: Turn) -> Iterator[Problem]:
    """Check that a change names a person or a unit: MO takes no move from the one to the other."""
    person, unit = (turn.write.values.get(name) for name in ("person", "org_unit"))
    if person is not None and unit is not None:
        yield turn.error(
            "org_unit",
            "two-owners",
            f"The {turn.name} would belong to both person {person} and org_unit {unit}.",
            "Make a new one, and end this one.",
        )


def _inferred(turn: Turn) -> Iterator[Problem]:
    """Check that an owner is named or inferred, not both, and inferred for persons only."""
    owner, person = (turn.write.values.get(name) for name in ("owner", "person"))
    if turn.write.values.get("owner_inference_priority") and (owner is not None or person is None):
        yield turn.error(
            "owner_inference_priority",
            "bad-owner",
            f"The {turn.name} is inferred, which MO does for persons only, and where no owner is named.",
            "Leave out owner_inference_priority, or the owner.",
        )


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
    ("create", "person"): (named, cpr),
    ("create", "org_unit"): (_within("parent"),),
    ("create", "engagement"): (_within("person", "org_unit"),),
    ("create", "manager"): (_within("person"),),
    ("create", "association"): (deputy, _within("org_unit", "person")),
    ("create", "itassociation"): (_within("org_unit", "person"),),
    ("create", "ituser"): (itsystem, _within("org_unit", "person"), account),
    ("create", "address"): (address, _within("org_unit", "person")),
    ("create", "rolebinding"): (_within("org_unit"),),
    ("create", "leave"): (_within("person"), leave),
    ("create", "kle"): (_within("org_unit"),),
    ("create", "owner"): (
        _inferred,
        _within("org_unit", "person", "owner"),
    ),
    ("update", "org_unit"): (_new_parent,),
    ("update", "engagement"): (_within("person"),),
    ("update", "manager"): (_first_unit, _within("person")),
    ("update", "association"): (deputy, _within("person")),
    ("update", "itassociation"): (_within("person"),),
    ("update", "ituser"): (account,),
    ("update", "address"): (_one_of, address, _within("person")),
    ("update", "leave"): (_within("person"), leave),
    ("update", "owner"): (
        _one_of,
        _inferred,
        _within("org_unit", "person", "owner"),
    ),
    ("terminate", "org_unit"): (_free,),
    ("terminate", "ituser"): (_free,),
}
"""What MO checks, by action and kind."""
