"""What MO would refuse: the plan's mutations tried one after the other on a copy of what MO holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from motoolkit.catalogue import WRITINGS
from motoolkit.model import Validity
from motoolkit.plan._checks_refused import CHECKS
from motoolkit.plan._checks_related import related
from motoolkit.plan._predict import Write, predict
from motoolkit.plan._problems import Problem
from motoolkit.plan._related import RELATED_UNITS
from motoolkit.plan._rows import KEEPINGS
from motoolkit.plan._state import blank, clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.plan._checks_case import Case
    from motoolkit.plan._checks_source import Found
    from motoolkit.plan._state import Key, Span
    from motoolkit.plan._steps import Step


@dataclass(frozen=True)
class Turn:
    """One mutation, and what MO holds when its turn comes."""

    case: Case
    world: Found
    step: Step
    kind: str
    write: Write

    @property
    def key(self) -> Key:
        return self.step.collection, self.step.uuid

    @property
    def name(self) -> str:
        return self.case.name(self.key)

    @property
    def period(self) -> Validity:
        return Validity(self.write.start, self.write.end)

    def spans(self, collection: str, uuid: str) -> tuple[Span, ...]:
        """Return what MO holds of an object."""
        return self.world.get((collection, uuid), ())

    def value(self, name: str) -> Any:
        """Return the value of a field that MO looks at: what is sent, else what the object had first."""
        if name in self.write.values:
            return self.write.values[name]
        held = self.spans(*self.key)
        return held[0].values[name] if held and self.write.action == "update" else None

    def error(self, field: str, code: str, text: str, remedy: str) -> Problem:
        """Return a problem, and remember that something is said about the field."""
        self.case.said.add((self.key, field))
        return Problem("error", self.step.operation, code, text, remedy)


def rehearse(case: Case) -> Iterator[Problem]:
    """Yield what MO would refuse."""
    world = dict(case.before)
    for step in case.steps:
        if step.collection == RELATED_UNITS:
            yield from related(case, world, step)
            continue
        kind, write = _read(step)
        turn = Turn(case, world, step, kind, write)
        for check in CHECKS.get((write.action, kind), ()):
            yield from check(turn)
        world[turn.key] = predict(KEEPINGS[kind], world.get(turn.key, ()), write, blank(step.collection))


def _read(step: Step) -> tuple[str, Write]:
    """Return the kind of a step and what it writes, in the catalogue's names."""
    stem, _, action = step.mutation.rpartition("_")
    writing = next(each for each in WRITINGS.values() if each.stem == stem)
    if action == "delete":
        return writing.kind, Write("delete", None, None, {})
    if action == "terminate":
        first, last = (_date(step.input.get(name)) for name in ("from", "to"))
        return writing.kind, Write("terminate", first or last, last if first else None, {})
    named = {each.name: each.field for each in writing.inputs if each.field}
    values = {named[name]: clean(value) for name, value in step.input.items() if name in named}
    period = step.input.get("validity", {})
    first, last = (_date(period.get(name)) for name in ("from", "to"))
    return writing.kind, Write("create" if action == "create" else "update", first, last, values)


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
