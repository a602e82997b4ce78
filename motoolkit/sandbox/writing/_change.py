"""What one mutation's input says, in the catalogue's words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from motoolkit.model import COPENHAGEN
from motoolkit.sandbox.writing._refusal import BrokenError, RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from motoolkit.catalogue import Action, Writing
    from motoolkit.sandbox.engine.request import Request

HALF_OPEN: Final = 29
"""From here ``to`` is the first day without the value; before, it is the last day with it."""

_DAY: Final = timedelta(days=1)
_CHOOSES_OWN_UUID: Final = frozenset({"rolebinding", "owner"})
"""MO forgets the client's UUID of these (measured)."""


@dataclass(frozen=True, slots=True)
class Change:
    """The input of a create or an update.

    Attributes:
        request: the request that it is part of.
        writing: the kind of object.
        uuid: the object.
        given: every field that the input names, null ones too, by the catalogue's name (or MO's own, where an
            input fills no field).
        start, end: the days of the values, half-open.
    """

    request: Request
    writing: Writing
    uuid: str
    given: Mapping[str, Any]
    start: date | None
    end: date | None

    @property
    def values(self) -> dict[str, Any]:
        """The fields with a value: in nearly all of MO's inputs null says nothing."""
        return {name: value for name, value in self.given.items() if value is not None}


def read_change(request: Request, writing: Writing, action: Action, asked: Mapping[str, Any]) -> Change:
    """Return what an input says.

    Raises:
        RefusedError: the period of a unit ends before it begins, or a person comes twice.
        BrokenError: the period of anything else ends before it begins.
    """
    given: dict[str, Any] = {}
    for field in writing.of(action):
        for name in filter(None, (field.twin, field.name)):
            if name in asked and (given.get(field.field) is None or name != field.twin):
                given[field.field or field.name] = asked[name]
        if field.default is not None:
            given.setdefault(field.field, field.default)
    if writing.kind in _CHOOSES_OWN_UUID and action == "create":
        asked = {**asked, "uuid": None}
    if all(asked.get(name) is not None for name in ("person", "employee")):
        raise RefusedError("E_INVALID_INPUT", "Can only set one of 'person' and 'employee'")
    start, end = _period(request, writing, asked.get("validity") or {})
    return Change(request, writing, str(asked.get("uuid") or uuid4()), given, start, end)


def _period(
    request: Request, writing: Writing, validity: Mapping[str, datetime | None]
) -> tuple[date | None, date | None]:
    """Return the days as they are written, whatever the hour and the offset (measured)."""
    start, end = validity.get("from"), validity.get("to")
    first = None if start is None else start.date()
    until = None if end is None else end.date()
    if writing.kind != "org_unit":
        in_order(first, until)
    if until is not None and request.version < HALF_OPEN and writing.validity == "RAValidityInput":
        until += _DAY
    if first is not None and until is not None and until < first:
        raise RefusedError("V_END_BEFORE_START", "End date is before start date.")
    return first, until


def in_order(first: date | None, until: date | None) -> None:
    """Refuse dates that are given in the wrong order, whatever the last of them means.

    Raises:
        BrokenError: they are.
    """
    if first is not None and until is not None and until < first:
        raise BrokenError(f"from_date {first} must be less than or equal to to_date {until}")


def midnight_of(request: Request, moment: datetime, *, is_end: bool) -> date:
    """Return the day at whose start a termination's ``moment`` lies.

    Raises:
        RefusedError: it is no midnight in Copenhagen; only terminations mind.
    """
    local = moment.astimezone(COPENHAGEN)
    if (local.hour, local.minute, local.second, local.microsecond) != (0, 0, 0, 0):
        raise RefusedError("E_INVALID_INPUT", f"{local.isoformat()!r} is not at midnight!")
    return local.date() + _DAY if is_end and request.version < HALF_OPEN else local.date()
