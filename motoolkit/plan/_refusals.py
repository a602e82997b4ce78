"""What MO can not be brought to hold, whatever is sent, and what to do instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from motoolkit.plan._state import EMPTY, changes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from motoolkit.catalogue import Writing
    from motoolkit.model import Validity
    from motoolkit.plan._rows import Keeping
    from motoolkit.plan._state import Span


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why MO can not be brought to hold what is wanted: a code, a clause, and a way out."""

    code: str
    text: str
    remedy: str


def refused(keeping: Keeping, held: Sequence[Span], wanted: Sequence[Span]) -> Refusal | None:
    """Return the first reason for which MO can not be brought from ``held`` to ``wanted``, if any."""
    found = (refusal for rule in _RULES for refusal in rule(keeping, held, wanted))
    return next(found, None)


def unreachable(held: Sequence[Span], wanted: Sequence[Span]) -> Refusal:
    """Say where MO's algorithm would leave something else than is wanted."""
    for period, before, after in _alive(held, wanted):
        names = ", ".join(name for name, value in after.items() if before[name] != value)
        return Refusal(
            "would-spread",
            f"MO would also change {names} in {period}, where it shall stay as it is",
            "Give the field a value in all periods, or make a new object and end this one.",
        )
    return Refusal(
        "unreachable",
        "MO's mutations can not make this life of the object",
        "Make a new object and end this one.",
    )


def without(writing: Writing, wanted: Sequence[Span]) -> Refusal | None:
    """Return why MO can not make an object as it is wanted: it lacks what MO wants, or gives it itself.

    Of a person's two names MO wants one, and sees to that when it makes the person.
    """
    never = {each.field for each in writing.inputs if each.needed in ("create", "always")} | {"user_key"}
    never -= {"given_name", "surname"}
    found = (
        _not_emptied(name, span.validity)
        for span in wanted
        for name, value in span.values.items()
        if name in never and value is None
    )
    return next(found, None)


def _alive(
    held: Sequence[Span], wanted: Sequence[Span]
) -> Iterator[tuple[Validity, dict[str, Any], dict[str, Any]]]:
    """Yield the changes of periods in which the object lives before and after."""
    for period, before, after in changes(held, wanted):
        if before is not None and after is not None:
            yield period, before, after


def _fixed(keeping: Keeping, held: Sequence[Span], wanted: Sequence[Span]) -> Iterator[Refusal]:
    for period, before, after in _alive(held, wanted):
        for name in keeping.fixed:
            if before[name] != after[name]:
                yield Refusal(
                    "fixed-field",
                    f"MO never changes {name} of such an object, and would do nothing in {period}",
                    "End this object and make a new one.",
                )


def _emptied(keeping: Keeping, held: Sequence[Span], wanted: Sequence[Span]) -> Iterator[Refusal]:
    for period, before, after in _alive(held, wanted):
        for name, row in keeping.row_of.items():
            if after[name] not in EMPTY or before[name] in EMPTY or name in keeping.empties:
                continue
            if not (row.everywhere or (row.alone and any(after[other] for other in row.fields))):
                yield _not_emptied(name, period)


def _not_emptied(name: str, period: Validity) -> Refusal:
    return Refusal(
        "cannot-clear",
        f"MO has no way to empty {name}, as is wanted in {period}",
        "Give it another value, or end this object and make a new one.",
    )


def _once(keeping: Keeping, held: Sequence[Span], wanted: Sequence[Span]) -> Iterator[Refusal]:
    """Refuse a second period, or none at all, of a field that holds in one only."""
    for name in keeping.everywhere:
        changed = [
            period
            for period, before, after in changes(held, wanted)
            if after is not None and after[name] != (before or {}).get(name)
        ]
        if not changed:
            continue
        holding = [index for index, span in enumerate(wanted) if span.values[name] not in EMPTY]
        if not holding:
            yield _not_emptied(name, changed[0])
        elif len({span.values[name] for span in wanted[holding[0] : holding[-1] + 1]}) > 1:
            yield Refusal(
                "one-period-only",
                f"MO keeps one period of {name}: setting it erases it everywhere else",
                "Give it one value for the rest of the object's life, or from one day on.",
            )


def _always_something(keeping: Keeping, held: Sequence[Span], wanted: Sequence[Span]) -> Iterator[Refusal]:
    """Refuse an empty value that MO fills from the object's history (a manager's responsibilities)."""
    for name in keeping.always:
        if name in keeping.empties or not any(span.values[name] for span in (*held, *wanted)):
            continue
        for period, _, after in changes(held, wanted):
            if after is not None and after[name] in EMPTY:
                yield Refusal(
                    "cannot-clear",
                    f"MO would fill {name} from the object's history in {period}",
                    "Give it a value in all periods.",
                )


def _lost(_keeping: Keeping, held: Sequence[Span], wanted: Sequence[Span]) -> Iterator[Refusal]:
    """Refuse to write over the second line of an address: no mutation can say it."""
    for period, before, _ in _alive(held, wanted):
        if before.get("value2"):
            yield Refusal(
                "would-lose",
                f"MO would lose value2 in {period}: no mutation takes it",
                "Change this address in MO's own user interface.",
            )


def _beginning(keeping: Keeping, held: Sequence[Span], wanted: Sequence[Span]) -> Iterator[Refusal]:
    """Refuse a change that reaches back without limit where MO wants a date."""
    for period, _, after in changes(held, wanted):
        if held and period.start is None and (after is None or not keeping.open_start):
            yield Refusal(
                "no-start",
                "the object has no beginning, and MO wants to know from which day on it shall change",
                "Give a start.",
            )


_RULES: Final[tuple[Callable[[Keeping, Sequence[Span], Sequence[Span]], Iterator[Refusal]], ...]] = (
    _fixed,
    _emptied,
    _once,
    _always_something,
    _lost,
    _beginning,
)
