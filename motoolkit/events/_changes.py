"""What changed in an object: its rows before and after, field by field and period by period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from motoolkit.model import MISSING, Timeline, Validity, mask_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from motoolkit.catalogue import Collection

Rows = tuple[tuple[Any, ...], ...]
"""An object in order of time: UUID, valid_from, valid_to, then the columns of its collection."""

_VALUES = 3


@dataclass(frozen=True, slots=True)
class Change:
    """A field that says something else in a period.

    Attributes:
        field: the mirror's column (``job_function_uuid``).
        validity: the longest period in which it went from the one to the other.
        old: what it said; None where it said nothing or the object did not live.
        new: what it says now.
    """

    field: str
    validity: Validity
    old: Any
    new: Any

    def __str__(self) -> str:
        return f"{self.field} {self.validity}: {_shown(self.old)} → {_shown(self.new)}"


def changes_of(
    collection: Collection, before: Rows, after: Rows, *, show_cpr: bool = False
) -> tuple[Change, ...]:
    """Return what is otherwise in ``after``, in the order of the collection's columns and then of time.

    CPR numbers are compared in full, and masked in what is returned unless ``show_cpr``.
    """
    show: Callable[[Any], Any] = _as_it_is if show_cpr else _masked
    return tuple(
        Change(column, difference.validity, show(_value(difference.left)), show(_value(difference.right)))
        for number, column in enumerate(collection.columns, _VALUES)
        for difference in _timeline(before, number).diff(_timeline(after, number))
        if _value(difference.left) != _value(difference.right)
    )


def timeline_of(collection: Collection, rows: Rows, *, show_cpr: bool = False) -> Timeline[dict[str, Any]]:
    """Return the rows as a timeline of values by column; CPR numbers are masked unless ``show_cpr``."""
    show = _as_it_is if show_cpr else _masked
    columns = collection.columns
    return Timeline(
        (Validity(row[1], row[2]), dict(zip(columns, map(show, row[_VALUES:]), strict=True))) for row in rows
    )


def _timeline(rows: Iterable[tuple[Any, ...]], number: int) -> Timeline[Any]:
    return Timeline((Validity(row[1], row[2]), row[number]) for row in rows).coalesce()


def _value(side: Any) -> Any:
    return None if side is MISSING else side


def _as_it_is(value: Any) -> Any:
    return value


def _masked(value: Any) -> Any:
    return mask_all(value) if isinstance(value, str) else value


def _shown(value: Any) -> str:
    if value is None or value in ("", []):
        return "–"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
