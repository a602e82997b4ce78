"""What MO takes in silence and people get lost in: circles of units, what is left behind, no names."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from motoolkit.plan._checks_case import at
from motoolkit.plan._checks_words import list_of, periods
from motoolkit.plan._problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.plan._checks_case import Case
    from motoolkit.plan._state import Key


def moves(case: Case) -> Iterator[Problem]:
    """Say where a unit is below itself on some day: MO looks at the first day of a move only."""
    for key in case.touched:
        if key[0] != "org_units" or (key, "parent") in case.said:
            continue
        for day in _days(case, key):
            if _below_itself(case, key[1], day):
                yield Problem(
                    "warning",
                    case.last(key),
                    "moved-below-itself",
                    f"The {case.name(key)} is below itself on {day}.",
                    "Choose another parent, or move the unit between them out first.",
                )
                break


def _days(case: Case, key: Key) -> Iterator[date]:
    """Yield the days from which on a unit, or one above it, has a parent."""
    seen, above = {key}, [key]
    while above:
        each = above.pop()
        for span in case.wanted.get(each, ()):
            yield span.start or date.min
            parent = ("org_units", span.values["parent"])
            if span.values["parent"] and parent not in seen:
                seen.add(parent)
                above.append(parent)


def _below_itself(case: Case, unit: str, day: date) -> bool:
    seen: set[str] = set()
    values = at(case.wanted.get(("org_units", unit), ()), day)
    while values and values["parent"] and values["parent"] not in seen:
        if values["parent"] == unit:
            return True
        seen.add(values["parent"])
        values = at(case.wanted.get(("org_units", values["parent"]), ()), day)
    return False


def left_behind(case: Case) -> Iterator[Problem]:
    """Say what points at an object after its end."""
    for key in case.touched:
        if (key, "end") in case.said:
            continue
        dead = case.dead(key)
        using = {other: None for period in dead for other in case.pointing(case.wanted, key, period)}
        if using:
            yield Problem(
                "warning",
                case.last(key),
                "still-in-use",
                f"The {case.name(key)} shall not live in {periods(dead)}, but then has {list_of([*using])}.",
                "Let the plan end or move these too.",
            )


def nameless(case: Case) -> Iterator[Problem]:
    """Say where a name is empty or blank."""
    for key in case.touched:
        for period, _, after in case.news(key):
            names = _NAMES.get(key[0], ())
            if names and not any((after[name] or "").strip() for name in names):
                if (key, names[0]) not in case.said:
                    yield Problem(
                        "warning",
                        case.last(key),
                        "empty-name",
                        f"The {case.name(key)} has no name in {period}, and MO stumbles over it in lists.",
                        f"Give it a {names[0]}.",
                    )
                break


_NAMES: Final = {
    "org_units": ("name",),
    "itsystems": ("name",),
    "classes": ("name",),
    "persons": ("given_name", "surname"),
}
