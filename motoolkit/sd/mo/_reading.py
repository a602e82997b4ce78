"""Questions to the mirror, with dates as the comparison has them and classes by their user_key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from motoolkit.mirror import Mirror

_DATES: Final = ("start", "end")
_EVER: Final = "DATE '0001-01-01'"
_CLASSES: Final = f"""
    class_since AS (SELECT uuid, coalesce(valid_from, {_EVER}) AS since, user_key, name FROM classes),
    class_first AS (
        SELECT uuid, arg_min(user_key, since) AS user_key, arg_min(name, since) AS name
        FROM class_since GROUP BY uuid
    )"""


def ask(mirror: Mirror, query: str, parameters: Mapping[str, Any] | None = None) -> pd.DataFrame:
    """Return an answer; its ``start`` and ``end`` are half-open ``datetime64[s]``, missing texts None.

    CPR numbers are shown: what comes of this stays in the toolkit.
    """
    frame = mirror.sql(query, parameters or None, show_cpr=True)
    for name in frame.columns.intersection(list(_DATES)):
        frame[name] = frame[name].astype("datetime64[s]")
    for name in frame.columns.difference(list(_DATES)):
        if not pd.api.types.is_numeric_dtype(frame[name]):
            values = frame[name].astype(object)
            frame[name] = values.where(values.notna(), None)
    return frame


def classes_of(alias: str, columns: Iterable[str], value: str = "user_key") -> tuple[str, dict[str, str]]:
    """Return the joins that find classes of a slice, and for each column the expression of its value.

    A class tells what it was called when the slice began, else what it was called first.
    """
    joins, values = "", {}
    for name in columns:
        column = f"{alias}.{name}_uuid"
        joins += (
            f" ASOF LEFT JOIN class_since AS {name}_then"
            f" ON {name}_then.uuid = {column} AND {name}_then.since <= coalesce({alias}.valid_from, {_EVER})"
            f" LEFT JOIN class_first AS {name}_first ON {name}_first.uuid = {column}"
        )
        values[name] = f"coalesce({name}_then.{value}, {name}_first.{value})"
    return joins, values


def with_classes(select: str) -> str:
    """Return a query that may use the joins of ``classes_of``."""
    return f"WITH {_CLASSES} {select}"


def one_of(column: str, values: Sequence[str] | None) -> tuple[str, dict[str, Any]]:
    """Return the condition that a column has one of these values, and its parameter; None is any."""
    return ("true", {}) if values is None else (f"{column} IN (SELECT unnest($chosen))", {"chosen": values})


def period(alias: str) -> str:
    """Return the select list for the period of a slice."""
    return f'{alias}.valid_from AS start, {alias}.valid_to AS "end"'
