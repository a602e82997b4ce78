"""What a plan does about MO's traps, and what it does not send at all."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from motoolkit.catalogue import CATALOGUE
from motoolkit.model import Validity
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


def in_vain(case: Case) -> Iterator[Problem]:
    """Say which operations change nothing, so that nothing is sent for them."""
    faulty = {problem.operation for problem in case.found}
    for index in sorted(_vain(case) - faulty):
        operation = case.operations[index]
        text = f"The {operation.action} of {case.name(operation.key)} changes nothing: it already is so."
        yield Problem("info", index, "no-op", text, "Nothing is sent for it.")


def _vain(case: Case) -> set[int]:
    """Return the operations that change nothing, in their turn."""
    vain = set()
    world: Found = {key: case.before[key] for key in case.touched if key in case.before}
    for index, operation in enumerate(case.operations):
        others = operation.kind == "person" and operation.action == "terminate"
        about = world if others else {operation.key: world.get(operation.key, ())}
        after = desired([operation], about)
        if all(after[key] == world.get(key, ()) for key in after):
            vain.add(index)
        world |= after
    return vain


def in_pieces(case: Case) -> Iterator[Problem]:
    """Say which updates are sent period by period, and what is said again to be kept."""
    pieces = Counter((step.collection, step.uuid) for step in case.steps if step.mutation.endswith("_update"))
    vain = _vain(case)
    for key, number in pieces.items():
        updates = [
            index
            for index in case.touched[key]
            if case.operations[index].action == "update" and index not in vain
        ]
        if updates and case.before.get(key):
            yield from _update(case, updates, number)


def _update(case: Case, updates: list[int], number: int) -> Iterator[Problem]:
    """Say how one update is sent, or several of one object."""
    operation = case.operations[updates[-1]]
    kept = _kept(case, operation)
    said = "The update" if len(updates) == 1 else "What the updates say"
    said = f"{said} of {case.name(operation.key)} is sent"
    if number > len(updates):
        again = f", with {_and(kept)} said again in each, which MO would else change" if kept else ""
        text = f"{said} as {number} updates, one for each period{again}."
        yield Problem("info", updates[-1], "split", text)
    elif kept:
        text = f"{said} with {_and(kept)}, which MO would else change."
        yield Problem("info", updates[-1], "resent", text)


def _and(names: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _kept(case: Case, operation: Operation) -> list[str]:
    """List the fields that MO would change if an operation were sent as it is said."""
    held = case.before.get(operation.key, ())
    if operation.action != "update" or not held or operation.kind not in KEEPINGS:
        return []
    kind = operation.kind
    start = operation.start if operation.start is not None else held[0].start
    end = operation.end or held[-1].end
    if start is not None and end is not None and start >= end:
        return []
    write = Write("update", start, end, dict(operation.values))
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
