"""What shall be true: the operations of a plan, followed one after the other, on what is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING, Any, Final

from motoolkit.catalogue import CATALOGUE, WRITINGS
from motoolkit.model import Cpr, Timeline, Validity
from motoolkit.plan._problems import Problem, Severity
from motoolkit.plan._state import EMPTY, Span, blank, clean, merged, timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from motoolkit.plan._operation import Operation
    from motoolkit.plan._state import Key, State

Spans = tuple[Span, ...]


def desired(operations: Sequence[Operation], state: State) -> dict[Key, Spans]:
    """Return what shall be true of every object of a state once all operations have been carried out.

    Pure, and the same again for its own result: what is already so stays so.  An operation that can not be
    followed (its object is not there, or does not live then) changes nothing.
    """
    return follow(operations, state).wanted


@dataclass
class Following:
    """How far the operations have been followed.

    Attributes:
        operations: all of them.
        wanted: what shall be true.
        touched: the operations that say something about an object, by its key.
        problems: the operations that can not be followed, and why.
    """

    operations: Sequence[Operation]
    wanted: dict[Key, Spans]
    touched: dict[Key, list[int]] = field(default_factory=lambda: defaultdict(list))
    problems: list[Problem] = field(default_factory=list)

    def put(self, index: int, key: Key, spans: Spans) -> None:
        """Let ``spans`` be true of an object, because of an operation."""
        self.wanted[key] = spans
        self.touched[key].append(index)


def follow(operations: Sequence[Operation], state: State) -> Following:
    """Follow the operations one after the other."""
    following = Following(operations, dict(state))
    for index, operation in enumerate(operations):
        _ACTIONS[operation.action](index, operation, following)
    return following


def _create(index: int, operation: Operation, following: Following) -> None:
    values, defaults = blank(operation.collection), _defaults(operation)
    values |= {name: clean(value) for name, value in operation.values.items()}
    values |= {name: value for name, value in defaults.items() if values[name] in EMPTY}
    start = _born(values["cpr_number"]) if operation.kind == "person" else operation.start
    following.put(index, operation.key, (Span(start, operation.end, values),))


def _defaults(operation: Operation) -> dict[str, Any]:
    value = operation.values.get("value") if operation.kind == "address" else None
    defaults = {"user_key": value or operation.uuid}
    inputs = WRITINGS[operation.kind].inputs
    return defaults | {each.field: each.default for each in inputs if each.default is not None}


def _born(number: str | None) -> date | None:
    """Return the day on which MO lets a person begin: the birthday in the CPR number (measured)."""
    cpr = None if number is None else Cpr.parse(number)
    return None if cpr is None or cpr.is_replacement else cpr.birth_date


def _update(index: int, operation: Operation, following: Following) -> None:
    held = following.wanted.get(operation.key, ())
    prolong = bool(operation.options.get("prolong"))
    period = _period(operation, held, prolong=prolong) if held else None
    if period is None or not (prolong or _within(period, held)):
        if not _ended_after(index, operation, held, following):
            told = _outside(index, operation, held) if held else _unknown(index, operation)
            following.problems.append(told)
            return
        period, prolong = Validity(operation.start, operation.end), False
    if prolong:
        held = _prolonged(held, period)
    said = {name: clean(value) for name, value in operation.values.items()}
    changed = timeline(held).window(period.start, period.end)
    after = timeline(held).overlay(Timeline((each, values | said) for each, values in changed))
    following.put(index, operation.key, _spans(after))


def _period(operation: Operation, held: Spans, *, prolong: bool) -> Validity | None:
    """Return the period of an update, None where it holds no day."""
    start = held[0].start if operation.start is None else operation.start
    end = held[-1].end if operation.end is None and not prolong else operation.end
    return None if end is not None and start is not None and start >= end else Validity(start, end)


def _ended_after(index: int, operation: Operation, held: Spans, following: Following) -> bool:
    """Tell whether an object is dead in part of an update's period only as a later operation wants it.

    So it is when a plan that changes an object and then ends it is followed once more.
    """
    later = [each for each in following.operations[index + 1 :] if each.key == operation.key]
    ended = [_dead(each) for each in later if each.action == "terminate" and each.kind != "person"]
    if not (held and ended):
        return False
    beyond = operation.start is None or held[-1].end is None or operation.start >= held[-1].end
    said = Validity(operation.start, operation.end or (None if beyond else held[-1].end))
    known = Timeline(((each, True) for each in (*(s.validity for s in held), *ended)), last_wins=True)
    return all(each.right is True for each in Timeline([(said, True)]).diff(known.coalesce()))


def _within(period: Validity, held: Spans) -> bool:
    """Tell whether a period begins and ends within an object's life and is not all in a hole of it."""
    whole = Validity(held[0].start, held[-1].end)
    return whole.intersect(period) == period and bool(timeline(held).window(period.start, period.end))


def _prolonged(held: Spans, period: Validity) -> Spans:
    """Let the object live in all of a period, with the values that it had last before, else first."""
    alive = Timeline((span.validity, True) for span in held).coalesce()
    missing = [gap for gap, inside, _ in Timeline([(period, True)]).diff(alive) if inside is True]
    return merged((*held, *(Span(gap.start, gap.end, _carried(held, gap)) for gap in missing)))


def _carried(held: Spans, gap: Validity) -> dict[str, Any]:
    before = [span for span in held if span.validity < gap]
    return (before[-1] if before else held[0]).values


def _terminate(index: int, operation: Operation, following: Following) -> None:
    if operation.kind == "person":
        _terminate_person(index, operation, following)
        return
    held = following.wanted.get(operation.key, ())
    if not held:
        following.problems.append(_unknown(index, operation, severity="warning"))
    following.put(index, operation.key, _without(held, _dead(operation)))


def _dead(operation: Operation) -> Validity:
    """Return the period in which nothing shall live: from ``end`` on, or ``[start, end)``."""
    return Validity(operation.end) if operation.start is None else Validity(operation.start, operation.end)


def _without(held: Spans, dead: Validity) -> Spans:
    alive = timeline(held)
    before = () if dead.start is None else alive.window(None, dead.start)
    after = () if dead.end is None else alive.window(dead.end)
    return _spans((*before, *after))


def _terminate_person(index: int, operation: Operation, following: Following) -> None:
    """End all that the person is or has; the person itself never ends in MO.

    Accounts take their role bindings with them; with ``vacate`` managers' seats stay, without the person.
    """
    following.touched[operation.key].append(index)
    for key, held in tuple(following.wanted.items()):
        collection, uuid = key
        theirs = list(_periods_of(operation.uuid, collection, held, _dead(operation)))
        if not theirs:
            continue
        vacant = collection == "managers" and operation.options.get("vacate")
        following.put(index, key, reduce(_vacated if vacant else _without, theirs, held))
        if collection == "itusers":
            _unbind(index, uuid, theirs, following)


def _periods_of(person: str, collection: str, held: Spans, dead: Validity) -> Iterator[Validity]:
    """Yield the periods after the end in which an object is the person's."""
    if "person" in CATALOGUE[collection].by_name:
        for period, values in timeline(held).window(dead.start, dead.end):
            if values["person"] == person:
                yield period


def _vacated(held: Spans, period: Validity) -> Spans:
    seats = timeline(held).window(period.start, period.end)
    return _spans(
        timeline(held).overlay(Timeline((each, values | {"person": None}) for each, values in seats))
    )


def _unbind(index: int, ituser: str, ended: list[Validity], following: Following) -> None:
    """End the role bindings of an account with it: MO refuses to end the account before them."""
    for key, held in tuple(following.wanted.items()):
        if key[0] == "rolebindings" and any(span.values["ituser"] == ituser for span in held):
            following.put(index, key, reduce(_without, ended, held))


def _delete(index: int, operation: Operation, following: Following) -> None:
    if not following.wanted.get(operation.key):
        following.problems.append(_unknown(index, operation, severity="warning"))
    following.put(index, operation.key, ())


_ACTIONS: Final[Mapping[str, Callable[[int, Operation, Following], None]]] = {
    "create": _create,
    "update": _update,
    "terminate": _terminate,
    "delete": _delete,
}


def _spans(slices: Sequence[tuple[Validity, dict[str, Any]]] | Timeline[dict[str, Any]]) -> Spans:
    return merged(Span(period.start, period.end, values) for period, values in slices)


def _unknown(index: int, operation: Operation, severity: Severity = "error") -> Problem:
    return Problem(
        severity,
        index,
        "unknown-object",
        f"MO has no {operation.kind} {operation.uuid}.",
        "Check the UUID, or let the plan create the object first.",
    )


def _outside(index: int, operation: Operation, held: Spans) -> Problem:
    life = ", ".join(str(span.validity) for span in merged(Span(s.start, s.end, {}) for s in held))
    return Problem(
        "error",
        index,
        "outside-life",
        f"The {operation.kind} {operation.uuid} lives in {life}, but shall change in"
        f" [{operation.start or '…'}, {operation.end or '…'}).",
        "Choose dates within its life, or let it live on with prolong=True.",
    )
