"""The operations that turn what MO holds of one object into what it held before."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from motoolkit.catalogue import WRITINGS
from motoolkit.model import Timeline
from motoolkit.plan._desired import desired
from motoolkit.plan._operation import Operation
from motoolkit.plan._state import EMPTY, changes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from motoolkit.plan._state import Span


def back(kind: str, uuid: str, is_now: Sequence[Span], was: Sequence[Span], reason: str) -> list[Operation]:
    """Return operations after which an object is what it was, none if it can not be said with operations."""
    key = WRITINGS[kind].collection, uuid
    if not was:
        # MO deletes an itassociation as what it is to MO: an association.
        return [Operation("delete", WRITINGS.of_collection(key[0]).kind, uuid, reason=reason)]
    operations = [] if is_now else [_creation(kind, uuid, was, reason)]
    held = desired(operations, {key: tuple(is_now)})[key]
    operations += _changing(kind, uuid, held, was, reason)
    return operations if desired(operations, {key: tuple(is_now)})[key] == tuple(was) else []


def _creation(kind: str, uuid: str, was: Sequence[Span], reason: str) -> Operation:
    """Make the object over its whole life with its first values."""
    names = {each.field for each in WRITINGS[kind].of("create")}
    values = {n: value for n, value in was[0].values.items() if n in names and value not in EMPTY}
    start, end = (None, None) if kind == "person" else (was[0].start, was[-1].end)
    return Operation("create", kind, uuid, values, start, end, reason)


def _changing(
    kind: str, uuid: str, held: Sequence[Span], was: Sequence[Span], reason: str
) -> Iterator[Operation]:
    """Yield what lives again, then what changes, then what ends; periods that touch as one."""
    written = [each.field for each in WRITINGS[kind].of("update") if each.field]
    names = [n for n in written if any(span.values[n] not in EMPTY for span in (*held, *was))]
    differing = [(period, _Told.of(names, before, after)) for period, before, after in changes(held, was)]
    for period, told in sorted(Timeline(differing).coalesce(), key=lambda span: span.value.place):
        if told.values is None:
            last = period.end is None or period.end == held[-1].end
            start, end = (None, period.start) if last else (period.start, period.end)
            yield Operation("terminate", kind, uuid, {}, start, end, reason)
        else:
            yield Operation("update", kind, uuid, told.values, period.start, period.end, reason, told.options)


@dataclass(frozen=True)
class _Told:
    """What an operation says of a period: the fields that differ, and all where the object was dead.

    ``values`` are None where it shall be dead.
    """

    place: int
    values: dict[str, Any] | None
    options: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, names: Sequence[str], before: dict[str, Any] | None, after: dict[str, Any] | None) -> _Told:
        if after is None:
            return cls(2, None)
        if before is None:
            return cls(0, {name: after[name] for name in names}, {"prolong": True})
        return cls(1, {name: after[name] for name in names if before[name] != after[name]})
