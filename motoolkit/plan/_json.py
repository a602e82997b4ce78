"""Plans as JSON: what ``Plan.save`` writes, what a program or a person may write too."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID, uuid5

import orjson

from motoolkit.errors import InputError
from motoolkit.files import replace_file
from motoolkit.model import mask_all
from motoolkit.plan._said import a

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from motoolkit.client import Client
    from motoolkit.plan._operation import Operation
    from motoolkit.plan._plan import Plan

FORMAT: Final = 1
_NAMESPACE: Final = UUID("b8b6b1e6-3f0c-4d35-9c6e-2f1f0b7c5a11")
_TAKES: Final[Mapping[str, frozenset[str]]] = {
    "create": frozenset({"uuid", "start", "end", "reason", "note"}),
    "update": frozenset({"uuid", "start", "end", "reason", "prolong"}),
    "terminate": frozenset({"uuid", "start", "end", "reason", "vacate"}),
    "delete": frozenset({"uuid", "reason"}),
}
"""What an operation may have by its action, beside its kind and its values."""

_NEEDED: Final[Mapping[str, dict[str, Any]]] = {
    "create": {},
    "update": {"uuid": ""},
    "terminate": {"uuid": "", "end": None},
    "delete": {"uuid": ""},
}
"""What the plan's methods want in any case; they say themselves what is wrong with these."""


def to_json(reason: str, operations: Sequence[Operation]) -> str:
    """Return a plan as a JSON text."""
    told = {"format": FORMAT, "reason": reason, "operations": [told_operation(each) for each in operations]}
    return orjson.dumps(told, option=orjson.OPT_INDENT_2).decode()


def told_operation(operation: Operation) -> dict[str, Any]:
    """Return an operation as plain data, without what it does not say."""
    told = {
        "action": operation.action,
        "kind": operation.kind,
        "uuid": operation.uuid,
        "start": operation.start,
        "end": operation.end,
        "reason": operation.reason,
        "values": dict(operation.values),
        **operation.options,
    }
    return {key: value for key, value in told.items() if value not in (None, "", {})}


def from_json(text: str | bytes, client: Client | None) -> Plan:
    """Make a plan from a JSON text.

    Raises:
        InputError: it is none, or one of its operations is wrong; the message names it.
    """
    from motoolkit.plan._plan import Plan

    told = _parsed(text)
    plan = Plan(str(told.get("reason", "")), client=client)
    add_operations(plan, told["operations"], "Operation")
    return plan


def _parsed(text: str | bytes) -> dict[str, Any]:
    try:
        told = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise InputError(f"This is no JSON: {error}.", remedy="A plan is what Plan.save() writes.") from None
    if not isinstance(told, dict) or not isinstance(told.get("operations"), list):
        raise InputError("This JSON is no plan.", remedy='It is an object with a list "operations".')
    if told.get("format", FORMAT) != FORMAT:
        raise InputError(
            f"The plan is of format {told['format']}, and this toolkit reads format {FORMAT}.",
            remedy="Use a newer toolkit.",
        )
    return told


def add_operations(plan: Plan, told: Iterable[Any], name: str) -> None:
    """Add operations that came as plain data; ``name`` and a number stand before whatever is wrong with one.

    A create without a UUID gets one that follows from what it says, so that the same file or table applied
    again is about the same objects.

    Raises:
        InputError: one is no operation.
    """
    taken: set[str] = set()
    for number, operation in enumerate(told, start=1):
        unnamed = (
            isinstance(operation, dict) and operation.get("action") == "create" and not operation.get("uuid")
        )
        chosen = {"uuid": _following(plan.reason, operation, taken)} if unnamed else {}
        _add(plan, {**operation, **chosen} if chosen else operation, f"{name} {number}")


def _following(reason: str, told: dict[str, Any], taken: set[str]) -> str:
    """Return a UUID that follows from an operation, and that no other one of the plan has.

    CPR numbers count as they are masked: nobody shall find the rest of one by trying.
    """
    content = orjson.dumps([reason, told], default=str, option=orjson.OPT_SORT_KEYS).decode()
    found = str(uuid5(_NAMESPACE, mask_all(content)))
    while found in taken:
        found = str(uuid5(_NAMESPACE, found))
    taken.add(found)
    return found


def _add(plan: Plan, told: Any, name: str) -> None:
    if not isinstance(told, dict):
        raise InputError(f"{name} is no object.", remedy='It has "action", "kind", "uuid" and "values".')
    said = dict(told)
    action, kind, values = said.pop("action", None), said.pop("kind", ""), said.pop("values", None) or {}
    if action not in _TAKES:
        raise InputError(
            f"{name} has the action {mask_all(repr(action))[:40]}.",
            remedy=f"It is one of {', '.join(_TAKES)}.",
        )
    unknown = [*(said.keys() - _TAKES[action]), *(values.keys() & _TAKES[action])]
    if unknown:
        raise InputError(
            f"{name}, {a(action)}, has {unknown[0]!r} in the wrong place, or at all.",
            remedy=f'Beside "values" it may have {", ".join(sorted(_TAKES[action]))}.',
        )
    try:
        getattr(plan, action)(kind, **(_NEEDED[action] | said), **values)
    except InputError as error:
        raise InputError(f"{name}: {error.message}", remedy=error.remedy) from error


def write(path: str | Path, text: str) -> None:
    """Write a text to a file that only its owner may read, whole or not at all.

    Raises:
        InputError: the file can not be written.
    """
    file = Path(path).expanduser()
    try:
        replace_file(file, text.encode())
    except OSError as error:
        raise InputError(
            f"The plan can not be written to {file}: {error.strerror}.", remedy="Choose another path."
        ) from None


def read(path: str | Path) -> bytes:
    """Return what a file holds.

    Raises:
        InputError: it can not be read.
    """
    file = Path(path).expanduser()
    try:
        return file.read_bytes()
    except OSError as error:
        raise InputError(f"{file} can not be read: {error.strerror}.", remedy="Check the path.") from None
