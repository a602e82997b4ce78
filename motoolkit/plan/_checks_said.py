"""What a plan does about MO's traps, and what it does not send at all."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from motoolkit.catalogue import CATALOGUE
from motoolkit.model import Validity
from motoolkit.plan._checks_words import counted
from motoolkit.plan._desired import desired
from motoolkit.plan._predict import Write, predict
from motoolkit.plan._problems import Problem
from motoolkit.plan._rows import KEEPINGS
from motoolkit.plan._state import EMPTY, blank, changes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.plan._checks_case import Case
    from motoolkit.plan._checks_source import Found
    from motoolkit.plan._operation import Operation
    from motoolkit.plan._steps import Step


def in_vain(case: Case) -> Iterator[Problem]:
    """Say which operations change nothing, so that nothing is sent for them."""
    faulty = {problem.operation for problem in case.found}
    world: Found = {key: case.before[key] for key in case.touched if key in case.before}
    for index, operation in enumerate(case.operations):
        about = world if _about_others(operation) else {operation.key: world.get(operation.key, ())}
        after = desired([operation], about)
        if index not in faulty and all(after[key] == world.get(key, ()) for key in after):
            yield Problem(
                "info",
                index,
                "no-op",
                f"The {operation.action} of {case.name(operation.key)} changes nothing: it already is so.",
                "Nothing is sent for it.",
            )
        world |= after


def _about_others(operation: Operation) -> bool:
    return operation.kind == "person" and operation.action == "terminate"


def in_pieces(case: Case) -> Iterator[Problem]:
    """Say which updates are sent period by period, and what is said again to be kept."""
    sent: dict[int, list[Step]] = defaultdict(list)
    for step in case.steps:
        if step.mutation.endswith("_update"):
            sent[step.operation].append(step)
    for index, pieces in sent.items():
        operation = case.operations[index]
        kept = _kept(case, operation)
        if len(pieces) > 1 and operation.action == "update":
            again = f", with {_and(kept)} said again in each, which MO would else change" if kept else ""
            yield Problem(
                "info",
                index,
                "split",
                f"The update of {case.name(operation.key)} is sent as {counted(len(pieces), 'update')},"
                f" one for each period{again}.",
                "",
            )
        elif kept:
            yield Problem(
                "info",
                index,
                "resent",
                f"The update of {case.name(operation.key)} also says {_and(kept)} again,"
                " which MO would else change.",
                "",
            )


def _and(names: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _kept(case: Case, operation: Operation) -> list[str]:
    """List the fields that MO would change if an operation were sent as it is said."""
    held = case.before.get(operation.key, ())
    if operation.action != "update" or not held:
        return []
    kind = operation.kind
    start = operation.start if operation.start is not None else held[0].start
    write = Write("update", start, operation.end or held[-1].end, dict(operation.values))
    bare = predict(KEEPINGS[kind], held, write, blank(operation.collection))
    wanted = desired([operation], {operation.key: held})[operation.key]
    moved = {
        name
        for _, before, after in changes(wanted, bare)
        if before is not None and after is not None
        for name in before
        if before[name] != after[name]
    }
    inside = [span for span in held if span.validity.overlaps(Validity(write.start, write.end))]
    lost = {n for n in _LOST.get(kind, ()) if any(span.values[n] not in EMPTY for span in inside)}
    names = {n for n in _FLATTENED.get(kind, ()) if len({span.values[n] for span in inside}) > 1}
    known = [field.name for field in CATALOGUE[operation.collection].stored]
    return [name for name in known if name in (moved | lost | names) - operation.values.keys()]


_LOST: Final = {
    "manager": ("person", "manager_level", "responsibilities"),
    "association": ("substitute",),
    "class": ("parent", "owner"),
    "owner": ("owner", "owner_inference_priority"),
}
"""What MO empties or mixes up in an update that does not name it."""

_FLATTENED: Final = {"org_unit": ("name", "user_key")}
"""What MO makes the same over all of an update's period."""
