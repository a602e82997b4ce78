"""The sentences that several checks say: what is wrong, and a way out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from motoolkit.plan._checks_case import noun
from motoolkit.plan._said import a
from motoolkit.plan._state import Key  # noqa: TC001 - a NamedTuple names it

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from motoolkit.model import Validity
    from motoolkit.plan._checks_case import Case

_MOST: Final = 3


def periods(found: Iterable[Validity]) -> str:
    """Return periods in words."""
    return " and ".join(str(each) for each in found)


def counted(number: int, name: str) -> str:
    """Return a number of things."""
    plural = {"address": "addresses", "class": "classes", "person": "persons"}.get(name, f"{name}s")
    return f"{number} {name if number == 1 else plural}"


def list_of(keys: Sequence[Key]) -> str:
    """Return how many objects of which kind, and the first few of them."""
    counts = Counter(noun(collection) for collection, _ in keys)
    shown = ", ".join(uuid for _, uuid in keys[:_MOST]) + (", …" if len(keys) > _MOST else "")
    return f"{' and '.join(counted(number, name) for name, number in counts.items())} ({shown})"


class Pointer(NamedTuple):
    """A field of an object that points at another."""

    key: Key
    name: str
    target: Key


def missing(case: Case, pointer: Pointer) -> tuple[str, str]:
    """Say that a field points at nothing."""
    kind = noun(pointer.target[0])
    text = (
        f"The {case.name(pointer.key)} has for {pointer.name} {pointer.target[1]},"
        f" but neither MO nor the plan has such {a(kind)}."
    )
    return text, f"Check the UUID, or let the plan create the {kind} first."


def inside(case: Case, pointer: Pointer, period: Validity, lives: Iterable[Validity]) -> tuple[str, str]:
    """Say that a field points at something that does not live in all of a period."""
    text = (
        f"The {case.name(pointer.key)} has for {pointer.name} in {period} the {case.name(pointer.target)},"
        f" which lives in {periods(lives)} only."
    )
    return text, _REMEDIES.get(pointer.target[0], "Choose dates within its life, or prolong it first.")


_REMEDIES: Final[dict[str, str]] = {
    "persons": "Choose dates within the person's life: it begins on the birthday in the CPR number.",
    "classes": "Choose a class that lives in all of the period.",
}
