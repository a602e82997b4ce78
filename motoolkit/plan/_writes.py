"""The writes that turn what MO holds of one object into what it shall hold, or why there are none.

Each write names every field of its period again, so MO has nothing to flatten, spread, vacate or clear;
and each is tried on a copy first, so none is sent that would change nothing (MO answers it well and
forgets the whole request) or something else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from motoolkit.model import Timeline, Validity
from motoolkit.plan._predict import Write, predict
from motoolkit.plan._refusals import Refusal, refused, unreachable
from motoolkit.plan._state import EMPTY, Span, changes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from motoolkit.plan._rows import Keeping

_Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rewriting:
    """One object of some kind, on its way from what is ``held`` to what is ``wanted``."""

    keeping: Keeping
    blank: Mapping[str, Any]
    held: tuple[Span, ...]
    wanted: tuple[Span, ...]


def writes(task: Rewriting) -> list[Write] | Refusal:
    """Return the writes in the order in which they must be sent, or why it can not be done."""
    if found := refused(task.keeping, task.held, task.wanted):
        return found
    sent: list[Write] = []
    for _ in range(4 * (len(task.held) + len(task.wanted)) + 4):
        write = _next(task)
        if write is None:
            return sent
        after = predict(task.keeping, task.held, write, task.blank)
        if after == task.held:
            break
        sent.append(write)
        task = Rewriting(task.keeping, task.blank, after, task.wanted)
    return unreachable(task.held, task.wanted)


def _next(task: Rewriting) -> Write | None:
    """Return the next write: make it, then what can hold in one period only, then the rest, then ends."""
    if task.held == task.wanted:
        return None
    if not task.held:
        return _creation(task)
    return _set_once(task) or _update(task) or _end(task)


def _creation(task: Rewriting) -> Write:
    """Make the object over its whole life with its first values.

    What can not be emptied again is left out unless it always holds something.
    """
    spans, keeping = task.wanted, task.keeping
    values = {
        name: value
        for name, value in spans[0].values.items()
        if name in keeping.row_of and _at_first(name, value, task)
    }
    return Write("create", spans[0].start, spans[-1].end, values)


def _at_first(name: str, value: Any, task: Rewriting) -> bool:
    if value in EMPTY:
        return value == () and name in task.keeping.always
    return name in task.keeping.empties or _lasting(name, task)


def _lasting(name: str, task: Rewriting) -> bool:
    values = [span.values[name] for span in task.wanted]
    if name in task.keeping.everywhere:
        return all(value == values[0] for value in values)
    return all(value not in EMPTY for value in values)


def _set_once(task: Rewriting) -> Write | None:
    """Set a field that MO keeps for one period only, over the whole of that period."""
    for name in task.keeping.everywhere:
        if not any(_sets(name, change.before, change.after) for change in changes(task.held, task.wanted)):
            continue
        holding = [span for span in task.wanted if span.values[name] not in EMPTY]
        period = Validity(holding[0].start, holding[-1].end)
        values = _named(task, period, holding[0].values) | {name: holding[0].values[name]}
        return Write("update", period.start, period.end, values)
    return None


def _sets(name: str, before: _Values | None, after: _Values | None) -> bool:
    if after is None:
        return False
    return after[name] not in EMPTY if before is None else after[name] != before[name]


def _update(task: Rewriting) -> Write | None:
    """Write the period in which most stays empty: what is written later can then not spread into it."""
    needed = [(each.period, each.after) for each in changes(task.held, task.wanted) if each.after is not None]
    if not needed:
        return None
    period, target = min(Timeline(needed).coalesce(), key=lambda span: -_unfillable(task, span.value))
    return Write("update", period.start, period.end, _named(task, period, target))


def _unfillable(task: Rewriting, target: _Values) -> int:
    return sum(
        target[name] in EMPTY and name not in task.keeping.empties and row.left_out == "stretched"
        for name, row in task.keeping.row_of.items()
    )


def _end(task: Rewriting) -> Write | None:
    """Let the object be dead where it shall not live: from a day on, or in a hole."""
    alive = [Timeline((span.validity, True) for span in spans) for spans in (task.held, task.wanted)]
    dead = next((each.validity for each in alive[0].diff(alive[1]) if each.left is True), None)
    if dead is None:
        return None
    final = dead.end is None or dead.end == task.held[-1].end
    return Write("terminate", dead.start, None if final else dead.end, {})


def _named(task: Rewriting, period: Validity, target: _Values) -> _Values:
    """Return what an update of a period must name: all that holds then, and what must be emptied."""
    keeping = task.keeping
    inside = [span for span in task.held if span.validity.overlaps(period)]
    lives = _lives(inside, period)
    named: _Values = {}
    for name, row in keeping.row_of.items():
        value = target[name]
        if row.everywhere or name in keeping.fixed:
            continue
        if name in keeping.quiet and lives and all(span.values[name] == value for span in inside):
            continue
        ever = any(span.values[name] not in EMPTY for span in task.held)
        if value not in EMPTY or name in keeping.always or (name in keeping.empties and (ever or not lives)):
            named[name] = value
    return named


def _lives(inside: list[Span], period: Validity) -> bool:
    """Tell whether the object lives in all of a period, given its slices there."""
    alive = Timeline((span.validity, None) for span in inside).window(period.start, period.end)
    return [validity for validity, _ in alive] == [period]
