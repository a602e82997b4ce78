"""What an operation may say: kinds, fields, values and dates, checked while the plan is being made."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from motoolkit.catalogue import CATALOGUE, WRITINGS, Reference, Scalar
from motoolkit.errors import InputError
from motoolkit.model import Cpr, Validity, as_date, mask_all
from motoolkit.plan._related import RELATED_UNITS
from motoolkit.plan._rows import KEEPINGS
from motoolkit.plan._state import EMPTY, clean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from motoolkit.catalogue import Action, Field
    from motoolkit.plan._plan import Day

_PRIORITIES: Final = ("ENGAGEMENT", "ASSOCIATION")
_MOST_FRACTION: Final = 1_000_000
_PUBLISHED: Final = "Publiceret"


def a(noun: str) -> str:
    """Return a noun with its article."""
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def check_kind(kind: str) -> str:
    """Return a kind that MO can write.

    Raises:
        InputError: there is none of that name.
    """
    if kind not in WRITINGS and kind != RELATED_UNITS:
        raise InputError.unknown("kind of object", kind, [*WRITINGS, RELATED_UNITS])
    return kind


def check_note(kind: str, note: str) -> str:
    """Return the note of an operation, which MO takes for an ituser only.

    Raises:
        InputError: the kind has none.
    """
    if kind not in WRITINGS or all(given.name != "note" for given in WRITINGS[kind].inputs):
        raise InputError(f"MO keeps no note of {a(kind)}.", remedy="Say it in reason.")
    return note


def check_period(
    kind: str, action: Action, start: Day | date, end: Day | date
) -> tuple[date | None, date | None]:
    """Return the dates of an operation.

    Raises:
        InputError: one is no date, missing, or not for this kind; or the period holds no day.
    """
    first = None if start is None else as_date(start)
    last = None if end is None else as_date(end)
    Validity(first, last)
    if kind == RELATED_UNITS and (action != "update" or first is None):
        raise InputError(
            "MO replaces all the units that a unit is related to, from a day on.",
            remedy="Update related_units of the unit's UUID: start, and all of them as org_units.",
        )
    if kind == RELATED_UNITS:
        return first, last
    if action not in WRITINGS[kind].actions:
        raise InputError(f"MO can not {action} {a(kind)}.", remedy="Terminate it.")
    if action == "terminate" and last is None:
        raise InputError(
            f"It is not said when the {kind} shall end.",
            remedy="Give end: the first day on which it is dead.",
        )
    if action == "create" and kind == "person" and (first or last):
        raise InputError(
            "A person has no start and no end in MO.",
            remedy="Leave them out: MO lets a person begin on the birthday in the CPR number.",
        )
    if action == "create" and first is None and kind != "person" and not KEEPINGS[kind].open_start:
        raise InputError(f"It is not said when the {kind} shall begin.", remedy="Give start: its first day.")
    if action == "terminate" and kind == "person" and first is not None:
        raise InputError(
            "A person can not be dead for a while.", remedy="Leave out start, and say what ends when it ends."
        )
    return first, last


def said(kind: str, action: Action, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return an operation's values as a state has them.

    Raises:
        InputError: MO's input has no such field, or the value does not fit it.
    """
    inputs = _INPUTS.get(kind) or [each.field for each in WRITINGS[kind].of(action) if each.field]
    fields = CATALOGUE[kind if kind == RELATED_UNITS else WRITINGS[kind].collection].by_name
    for name in values:
        if name not in inputs:
            raise InputError.unknown(f"field of {a(kind)} that MO can {action}", name, inputs)
    return MappingProxyType({name: _value(kind, fields[name], value) for name, value in values.items()})


_INPUTS: Final = {RELATED_UNITS: ["org_units"]}


def needed(kind: str, values: Mapping[str, Any]) -> None:
    """Make sure that a create says all that MO needs.

    Raises:
        InputError: it does not.
    """
    inputs = WRITINGS[kind].inputs
    needs = [each.field for each in inputs if each.needed in ("create", "always")]
    missing = [name for name in needs if values.get(name) is None or (kind, values[name]) == ("kle", ())]
    if kind == "person" and len(missing) == 1:
        missing = []
    if missing:
        raise InputError(
            f"To create {a(kind)}, MO needs {' and '.join(missing)}.", remedy="Give each of them a value."
        )
    for among in _EXACTLY_ONE.get(kind, ()):
        if sum(values.get(name) not in EMPTY for name in among) != 1:
            raise InputError(
                f"{a(kind).capitalize()} belongs to exactly one of {' and '.join(among)}.",
                remedy="Give one of them a UUID.",
            )


_EXACTLY_ONE: Final = {
    "address": (("person", "org_unit"),),
    "ituser": (("person", "org_unit"),),
    "owner": (("person", "org_unit"),),
    "engagement": (("person",),),
    "association": (("person",),),
}


def _value(kind: str, field: Field, value: Any) -> Any:
    if isinstance(field, Reference):
        return _references(kind, field, value) if field.many else _reference(kind, field, value)
    if value is None:
        return None
    read: Callable[[str, Scalar, Any], Any] = _SCALARS.get(field.type, _text)
    return clean(read(kind, field, value))


def _references(kind: str, field: Reference, value: Any) -> tuple[str, ...]:
    several = () if value is None else [value] if isinstance(value, str | UUID) else value
    found: tuple[str, ...] = clean([_reference(kind, field, each) for each in several])
    return found


def _reference(kind: str, field: Reference, value: Any) -> str | None:
    try:
        return None if value is None else str(UUID(str(value)))
    except ValueError:
        raise _unfit(kind, field, value, "a UUID") from None


def _text(kind: str, field: Scalar, value: Any) -> str:
    if not isinstance(value, str):
        raise _unfit(kind, field, value, "a text")
    if field.name == "published" and value not in ("", _PUBLISHED):
        raise _unfit(kind, field, value, f"{_PUBLISHED}: to MO all else is dead, so terminate it")
    return value


def _whole(kind: str, field: Scalar, value: Any) -> int:
    whole = isinstance(value, int | float) and not isinstance(value, bool) and value == int(value)
    if not whole or not 0 <= value <= _MOST_FRACTION:
        raise _unfit(kind, field, value, f"a whole number up to {_MOST_FRACTION:,}")
    return int(value)


def _cpr(_kind: str, _field: Scalar, value: Any) -> str:
    return value.digits if isinstance(value, Cpr) else Cpr.parse(str(value)).digits


def _date(_kind: str, _field: Scalar, value: Any) -> date:
    return as_date(value)


def _priority(kind: str, field: Scalar, value: Any) -> str:
    if value not in _PRIORITIES:
        raise _unfit(kind, field, value, " or ".join(_PRIORITIES))
    return str(value)


_SCALARS: Final[Mapping[str, Callable[[str, Scalar, Any], Any]]] = {
    "Int": _whole,
    "CPR": _cpr,
    "Date": _date,
    "OwnerInferencePriority": _priority,
}


def _unfit(kind: str, field: Field, value: Any, wanted: str) -> InputError:
    shown = mask_all(repr(value))[:60]
    return InputError(f"The {field.name} of {a(kind)} can not be {shown}.", remedy=f"It is {wanted}.")
