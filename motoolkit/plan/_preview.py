"""What will be true before and after a plan, object by object and period by period, for people to read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from motoolkit.catalogue import CATALOGUE
from motoolkit.model import Timeline, mask_all
from motoolkit.plan import _preview_look
from motoolkit.plan._checks_source import source_of
from motoolkit.plan._desired import follow
from motoolkit.plan._related import RELATED_UNITS
from motoolkit.plan._state import EMPTY, changes
from motoolkit.plan._steps import steps
from motoolkit.plan.names import Names, look_up, several

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd
    from rich.console import Group

    from motoolkit.client import Client
    from motoolkit.model import Validity
    from motoolkit.plan._operation import Operation
    from motoolkit.plan._problems import Problem
    from motoolkit.plan._reading import Rows
    from motoolkit.plan._state import Key, Span, State

MADE: Final = "oprettes"
CHANGED: Final = "ændres"
REVIVED: Final = "lever også"
ENDED: Final = "ophører"
PAUSED: Final = "holder pause"
DELETED: Final = "slettes"

_ORDER: Final = (MADE, CHANGED, REVIVED, PAUSED, ENDED, DELETED)


@dataclass(frozen=True, slots=True)
class Row:
    """One field of one object that becomes another in a period; ``field`` is "" where its life does.

    ``before`` and ``after`` are in words, with names instead of UUIDs.
    """

    key: Key
    name: str
    what: str
    period: Validity
    field: str
    before: str
    after: str
    reason: str


@dataclass(frozen=True, repr=False)
class Preview:
    """What a plan would change.

    Attributes:
        operations: of the plan.
        before: what MO holds of the objects that the plan is about.
        wanted: what it shall hold.
        problems: what the plan refuses to send, or warns about; with errors nothing of it is sent.
        rows: what changes, object by object.
        show_cpr: whether CPR numbers are shown in full.
    """

    operations: tuple[Operation, ...]
    before: State
    wanted: State
    problems: tuple[Problem, ...]
    rows: tuple[Row, ...] = field(default=())
    show_cpr: bool = False

    @property
    def ok(self) -> bool:
        """Whether the plan can be sent."""
        return not any(problem.severity == "error" for problem in self.problems)

    def shown(self, text: str) -> str:
        """Return a text as it may be shown: with CPR numbers masked, unless they were asked for."""
        return text if self.show_cpr else mask_all(text)

    def frame(self) -> pd.DataFrame:
        """Return the rows as a data frame; ``end`` is the first day after a period."""
        import pandas as pd

        columns = ["kind", "uuid", "object", "what", "start", "end", "field", "before", "after", "reason"]
        rows = []
        for row in self.rows:
            about = (CATALOGUE[row.key[0]].noun, row.key[1], self.shown(row.name), row.what)
            when = (row.period.start, row.period.end)
            said = (self.shown(row.before), self.shown(row.after), self.shown(row.reason))
            rows.append((*about, *when, row.field, *said))
        return pd.DataFrame(rows, columns=columns)

    def __str__(self) -> str:
        return _preview_look.text(self)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return _preview_look.html(self)

    def __rich__(self) -> Group:
        return _preview_look.rich(self)


def preview(operations: Sequence[Operation], source: Client | Rows, *, show_cpr: bool = False) -> Preview:
    """Show what operations would make of what a MO, or a mirror of it, holds.

    Args:
        operations: of a plan.
        source: the MO, or a mirror that holds all collections.
        show_cpr: show CPR numbers in full.

    Raises:
        MoError: MO did not answer, or not as it should; or the mirror lacks a collection.
    """
    known = source_of(source)
    before = known.of_operations(operations)
    following = follow(operations, before)
    _, problems = steps(operations, before)
    differing = {
        key: found
        for key in following.touched
        if (found := _differences(before.get(key, ()), following.wanted.get(key, ())))
    }
    keys = {_named(key) for key in differing} | {
        target for key, found in differing.items() for target in _targets(key, found)
    }
    names = look_up(keys, (before, following.wanted), known)
    reasons = {key: _reasons(operations[index] for index in following.touched[key]) for key in differing}
    rows = tuple(row for key, found in differing.items() for row in _rows(key, found, names, reasons[key]))
    return Preview(tuple(operations), before, following.wanted, tuple(problems), rows, show_cpr)


@dataclass(frozen=True, slots=True)
class _Difference:
    """A field, or with "" the life, of an object that becomes another in a period."""

    what: str
    period: Validity
    field: str
    before: Any
    after: Any


def _differences(before: Sequence[Span], after: Sequence[Span]) -> list[_Difference]:
    """List what changes in an object, a field's periods that touch and change alike as one."""
    found: dict[tuple[str, str], list[tuple[Validity, tuple[Any, Any]]]] = defaultdict(list)
    for period, was, becomes in changes(before, after):
        for what, name, values in _changed(was, becomes, end=_end(period, after), new=not before):
            found[what, name].append((period, values))
    return [
        _Difference(what, period, name, was, becomes)
        for what, name in sorted(found, key=lambda pair: _ORDER.index(pair[0]))
        for period, (was, becomes) in Timeline(found[what, name]).coalesce()
    ]


def _changed(
    was: Mapping[str, Any] | None, becomes: Mapping[str, Any] | None, *, end: str, new: bool
) -> Iterator[tuple[str, str, tuple[Any, Any]]]:
    if becomes is None:
        yield end, "", (None, None)
        return
    what = CHANGED if was is not None else MADE if new else REVIVED
    for name, value in becomes.items():
        held = None if was is None else was[name]
        if value != held and not (value in EMPTY and held in EMPTY):
            yield what, name, (held, value)


def _end(period: Validity, after: Sequence[Span]) -> str:
    """Return what it is when an object is no more in a period."""
    if not after:
        return DELETED
    later = [span for span in after if span.validity > period]
    return PAUSED if later else ENDED


def _shown(key: Key, row: _Difference, values: Sequence[Any]) -> bool:
    """Tell whether a person wants to see it: no user_key that nobody chose."""
    chosen = row.after not in (key[1], *values)
    return row.what != MADE or row.field != "user_key" or chosen


def _targets(key: Key, found: Sequence[_Difference]) -> Iterator[Key]:
    """Yield what the values that are shown point at."""
    pointing = {reference.name: reference.target for reference in CATALOGUE[key[0]].references}
    for difference in found:
        if difference.field in pointing:
            for value in (difference.before, difference.after):
                yield from ((pointing[difference.field], uuid) for uuid in several(value))


def _named(key: Key) -> Key:
    """Return the object whose name says what an object is: of related units the unit that has them."""
    return ("org_units", key[1]) if key[0] == RELATED_UNITS else key


def _reasons(operations: Iterator[Operation]) -> str:
    return "; ".join(dict.fromkeys(operation.reason for operation in operations if operation.reason))


def _rows(key: Key, found: Sequence[_Difference], names: tuple[Names, Names], reason: str) -> Iterator[Row]:
    before, after = names
    whole = found[0].period
    named = _named(key)
    name = (before if before.knows(named) else after).of(named, whole)
    values = [difference.after for difference in found if difference.field == "value"]
    for each in (difference for difference in found if _shown(key, difference, values)):
        was, becomes = (
            "" if not each.field else known.value(key[0], each.field, value, each.period)
            for known, value in ((before, each.before), (after, each.after))
        )
        yield Row(key, name, each.what, each.period, each.field, was, becomes, reason)
