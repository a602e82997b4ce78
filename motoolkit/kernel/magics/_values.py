"""The notebook's Python values as a query's variables."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import date, datetime
from difflib import get_close_matches
from enum import Enum
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from motoolkit.errors import InputError
from motoolkit.model import Cpr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def filled(
    used: Iterable[str], optional: AbstractSet[str], given: Mapping[str, Any], names: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the values of the variables that are used: those given, else Python's of the same name.

    Raises:
        InputError: there is no value for one that is not ``optional``, or one that can not be sent.
    """
    values = {}
    for name in dict.fromkeys((*used, *given)):
        if name in given or name in names:
            values[name] = plain(name, given[name] if name in given else names[name])
        elif name not in optional:
            known = [one for one in names if not one.startswith("_")]
            near = get_close_matches(name, known, n=1)
            meant = f"Did you mean ${near[0]}?" if near else f"Set it: {name} = ..., or --var {name}=..."
            raise InputError(f"${name} has no value: Python has no variable {name}.", remedy=meant)
    return values


def plain(name: str, value: Any) -> Any:
    """Return a value as JSON knows it: days, UUIDs, series and sets too.

    Raises:
        InputError: it can not be sent.
    """
    if value is None:
        return None
    for kinds, convert in _CONVERT:
        if isinstance(value, kinds):
            return convert(name, value)
    if hasattr(value, "tolist"):
        return plain(name, value.tolist())
    raise InputError(
        f"${name} would be a {type(value).__name__}, which can not be sent to MO.",
        remedy=f"Give it another value: --var {name}=...",
    )


def _day(_: str, value: datetime) -> str:
    """Return a datetime as it is; a frame's days are datetimes at midnight without a zone."""
    return value.isoformat() if value.tzinfo else value.date().isoformat()


_CONVERT: Final[tuple[tuple[Any, Callable[[str, Any], Any]], ...]] = (
    (str | bool | int | float, lambda _, value: value),
    (datetime, _day),
    (date, lambda _, value: value.isoformat()),
    (UUID, lambda _, value: str(value)),
    (Enum, lambda _, value: value.value),
    (Cpr, lambda _, value: value.digits),
    (Mapping, lambda name, value: {str(key): plain(name, one) for key, one in value.items()}),
    (list | tuple | AbstractSet, lambda name, value: [plain(name, one) for one in value]),
)
"""How each kind of value is sent; series, indexes and arrays become lists."""
