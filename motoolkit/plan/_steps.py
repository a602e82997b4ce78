"""From what is and what shall be to what is sent: MO's inputs, one for each slice that differs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from motoolkit.catalogue import VERSIONS, WRITINGS
from motoolkit.model import EXCLUSIVE_TO_VERSION, mask_all
from motoolkit.plan._desired import follow
from motoolkit.plan._order import in_order
from motoolkit.plan._predict import Write
from motoolkit.plan._problems import Problem
from motoolkit.plan._refusals import Refusal, without
from motoolkit.plan._related import RELATED_UNITS, contradictions, relations
from motoolkit.plan._rows import KEEPINGS
from motoolkit.plan._state import EMPTY, blank
from motoolkit.plan._writes import Rewriting, writes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from motoolkit.plan._operation import Operation
    from motoolkit.plan._state import Key, Span, State


@dataclass(frozen=True, slots=True, repr=False)
class Step:
    """One mutation of the document that a plan sends.

    Attributes:
        operation: which of the plan's operations it is for, counted from 0.
        mutation: MO's name (``engagement_update``).
        input_type: the type of its input (``EngagementUpdateInput``; ``UUID`` of a delete).
        input: what is sent, in MO's names; dates as ``YYYY-MM-DD``, in the meaning of the GraphQL version.
        collection: the catalogue's name of what the object belongs to.
        uuid: of the object.
    """

    operation: int
    mutation: str
    input_type: str
    input: dict[str, Any]
    collection: str
    uuid: str

    def __repr__(self) -> str:
        return f"<Step {self.mutation} {mask_all(repr(self.input))}>"


def steps(
    operations: Sequence[Operation], state: State, version: int = VERSIONS[0]
) -> tuple[list[Step], list[Problem]]:
    """Return what must be sent to bring MO from ``state`` to what the operations want, in order.

    Objects come before those that point at them, ends after everything that MO wants ended or moved first.
    Nothing is returned for an object that already is as it shall be.  What MO can not be brought to hold
    is refused: it has a problem of severity ``error`` and no steps, and the plan must not be sent.
    """
    following = follow(operations, state)
    again = follow(operations, following.wanted).wanted
    found: list[Step] = []
    problems = [*following.problems, *contradictions(following.wanted, following.touched)]
    for key, indices in following.touched.items():
        touched = (_Related if key[0] == RELATED_UNITS else _Object)(
            key,
            tuple((index, operations[index]) for index in indices),
            state.get(key, ()),
            following.wanted.get(key, ()),
        )
        settled = again.get(key, ()) == touched.wanted
        sent = touched.writes() if settled else _UNSETTLED
        if isinstance(sent, Refusal):
            problems.append(touched.problem(sent))
        else:
            found += [touched.step(write, version) for write in sent]
    return in_order(found, state, following.wanted), problems


@dataclass(frozen=True)
class _Object:
    """One object that a plan touches, and the operations that do."""

    key: Key
    operations: tuple[tuple[int, Operation], ...]
    held: tuple[Span, ...]
    wanted: tuple[Span, ...]

    @cached_property
    def kind(self) -> str:
        """The kind that its operations say it is, or that it is to MO."""
        said = [operation.kind for _, operation in self.operations if operation.key == self.key]
        if said:
            return said[0]
        linked = any(span.values.get("it_user") for span in self.held)
        return "itassociation" if linked else WRITINGS.of_collection(self.key[0]).kind

    def writes(self) -> list[Write] | Refusal:
        """Return what must be written, or why it can not be done."""
        if self.held == self.wanted:
            return []
        actions = [operation.action for _, operation in self.operations]
        if self.held and "create" in actions:
            return _EXISTS
        if not self.wanted and "delete" in actions:
            return [Write("delete", None, None, {})]
        if self.kind == "association" and any(span.values["it_user"] for span in self.held):
            return _LINKED
        if not self.held and (refusal := without(WRITINGS[self.kind], self.wanted)):
            return refusal
        keeping = KEEPINGS[self.kind]
        found = writes(Rewriting(keeping, blank(self.key[0]), self.held, self.wanted))
        several = isinstance(found, list) and len(found) > 1
        return _NO_UUID if several and not self.held and not keeping.own_uuid else found

    def problem(self, refusal: Refusal) -> Problem:
        """Say of this object why it can not be done."""
        text = f"The {self.kind} {self.key[1]}: {refusal.text}."
        return Problem("error", self.operations[-1][0], refusal.code, text, refusal.remedy)

    def step(self, write: Write, version: int) -> Step:
        """Return a write as MO takes it."""
        writing = WRITINGS[self.kind]
        sent = {"uuid": self.key[1]} | self._input(write, version)
        kind = "UUID" if write.action == "delete" else writing.input_type(write.action)
        return Step(self._reason(write), writing.mutation(write.action), kind, sent, *self.key)

    def _reason(self, write: Write) -> int:
        """Return the last operation that asks for such a write, else the last one at all."""
        asked = [index for index, operation in self.operations if operation.action == write.action]
        return (asked or [index for index, _ in self.operations])[-1]

    def _input(self, write: Write, version: int) -> dict[str, Any]:
        keeping, inputs = KEEPINGS[self.kind], WRITINGS[self.kind].by_field()
        if write.action == "delete":
            return {}
        if write.action == "terminate":
            return _ending(write, version)
        sent = {
            inputs[name].name: _said(keeping.empties.get(name, value) if value in EMPTY else value)
            for name, value in write.values.items()
        }
        if self.kind == "person" and write.action == "create":
            return {inputs[name].name: "" for name in keeping.named} | sent
        inclusive = keeping.inclusive and version < EXCLUSIVE_TO_VERSION
        sent |= self._note(write)
        return sent | {"validity": _period(write.start, write.end, inclusive=inclusive)}

    def _note(self, write: Write) -> dict[str, str]:
        """Return what MO's history shall say of a creation."""
        options = (operation.options for _, operation in self.operations)
        notes = [each["note"] for each in options if write.action == "create" and "note" in each]
        return {"note": notes[-1]} if notes else {}


def _said(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _period(start: date | None, end: date | None, *, inclusive: bool) -> dict[str, str]:
    """Return a period as MO takes it; what is left out reaches without limit."""
    last = end - timedelta(days=1) if end is not None and inclusive else end
    return {name: str(day) for name, day in (("from", start), ("to", last)) if day is not None}


def _ending(write: Write, version: int) -> dict[str, str]:
    """Return the dates of a terminate: ``to`` alone is the end, ``from`` and ``to`` are a hole."""
    inclusive = version < EXCLUSIVE_TO_VERSION
    if write.end is None:
        return {"to": _period(None, write.start, inclusive=inclusive)["to"]}
    return _period(write.start, write.end, inclusive=inclusive)


class _Related(_Object):
    """The units that one is related to: MO replaces all of them at once."""

    kind = RELATED_UNITS

    def writes(self) -> list[Write] | Refusal:
        """Return what must be written, or why it can not be done."""
        return relations(self.held, self.wanted)

    def step(self, write: Write, version: int) -> Step:
        """Return a write as MO takes it."""
        sent = {
            "origin": self.key[1],
            "destination": list(write.values["org_units"]),
            "validity": _period(write.start, None, inclusive=version < EXCLUSIVE_TO_VERSION),
        }
        return Step(self._reason(write), "related_units_update", "RelatedUnitsUpdateInput", sent, *self.key)


_EXISTS: Final = Refusal(
    "already-there",
    "MO has it, and it is another than shall be made; making it again would wipe out its history",
    "Update it instead, or choose another UUID.",
)
_UNSETTLED: Final = Refusal(
    "unsettled",
    "the operations on it undo each other, so applying the plan again would change it again",
    "Put what belongs to different times into plans of their own.",
)
_LINKED: Final = Refusal(
    "wrong-kind",
    "it belongs to an account, and an update as an association would lose its job function",
    "Use the kind itassociation.",
)
_NO_UUID: Final = Refusal(
    "several-slices",
    "MO chooses the UUID of such an object itself, so nothing more can be said of it in the same request",
    "Make it with one value for its whole life, and change it in a plan of its own.",
)
