"""What one report parameter is: a label in Danish, a reader that checks it, a default for each preset."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import MISSING, field
from typing import TYPE_CHECKING, Any, Final

from motoolkit.errors import InputError, ParameterError
from motoolkit.model import as_date

if TYPE_CHECKING:
    from datetime import date

Reader = Callable[[str, object], Any]

#: The value of a parameter that was not given: the preset chooses.
FROM_PRESET: Final[Any] = object()


def setting(
    label: str, read: Reader, default: object = MISSING, *, facet: str = "", **presets: object
) -> Any:
    """Declare a parameter; ``presets`` are its defaults by preset where they differ from ``default``.

    ``facet`` names the facet whose classes the value names.
    """
    metadata = {"label": label, "read": read, "facet": facet, "defaults": {"standard": default, **presets}}
    if default is MISSING:
        return field(metadata=metadata)
    return field(default=FROM_PRESET, metadata=metadata)


def mistyped(name: str, value: object, wanted: str) -> ParameterError:
    """Say that the parameter ``name`` holds something else than ``wanted``; long values are not repeated."""
    return ParameterError(
        f"The parameter {name} can not be {type(value).__name__} {repr(value)[:40]}.",
        remedy=f"Give {wanted}.",
    )


def flag(name: str, value: object) -> bool:
    """Read true or false, and nothing that only looks like it."""
    if not isinstance(value, bool):
        raise mistyped(name, value, "true or false")
    return value


def text(name: str, value: object) -> str:
    """Read a text; surrounding blanks do not count."""
    if not isinstance(value, str):
        raise mistyped(name, value, "a text")
    return value.strip()


def texts(name: str, value: object) -> tuple[str, ...]:
    """Read a list of texts; one text is a list of one, a blank one of none."""
    if isinstance(value, str):
        value = [value] if value.strip() else []
    if not isinstance(value, list | tuple) or not all(
        isinstance(item, str) and item.strip() for item in value
    ):
        raise mistyped(name, value, "a text or a list of texts")
    return tuple(item.strip() for item in value)


def scopes(name: str, value: object) -> tuple[str | None, ...]:
    """Read a list of visibility scopes, where null stands for addresses without a visibility."""
    if not isinstance(value, list | tuple) or not all(
        item is None or isinstance(item, str) for item in value
    ):
        raise mistyped(name, value, "a list like ['PUBLIC', 'INTERNAL', null]")
    return tuple(item and item.upper() for item in value)


def count(name: str, value: object) -> int | None:
    """Read a positive whole number, or null."""
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and value > 0):
        return value
    raise mistyped(name, value, "a positive whole number or null")


def day(name: str, value: object) -> date:
    """Read a calendar date: a date, or a text like 2026-11-23 or 23-11-2026."""
    try:
        return as_date(value)  # type: ignore[arg-type]  # as_date says what is wrong with anything else
    except InputError as error:
        raise ParameterError(f"The parameter {name}: {error.message}", remedy=error.remedy) from None


def choice(*allowed: str) -> Reader:
    """Return the reader of one of ``allowed``."""

    def read(name: str, value: object) -> str:
        if value not in allowed:
            raise mistyped(name, value, f"one of {', '.join(allowed)}")
        return str(value)

    return read


def choices(*allowed: str) -> Reader:
    """Return the reader of a list of some of ``allowed``."""

    def read(name: str, value: object) -> tuple[str, ...]:
        found = texts(name, value)
        for item in found:
            if item not in allowed:
                raise ParameterError.unknown(f"value of {name} called", item, allowed)
        return found

    return read


def pattern(name: str, value: object) -> str:
    """Read a regular expression with exactly one group, which is the part to keep."""
    found = text(name, value)
    try:
        groups = re.compile(found).groups
    except re.error as error:
        raise ParameterError(
            f"The parameter {name} is no regular expression: {error}.", remedy="See Python's re module."
        ) from None
    if groups != 1:
        raise mistyped(name, value, "a regular expression with one group around the part to keep")
    return found
