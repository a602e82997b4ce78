"""Sections of employments: rows of codes while an answer is read, timelines in frames at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from motoolkit.sd._shapes import FIELD_KIND, FIELDS, ODDITIES, ODDITY_KIND
from motoolkit.sd.parsing._columns import ABSENT, Rows, Words, ends_of, starts_of
from motoolkit.sd.parsing._walk import Names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]

STATUSES: Final = frozenset("0134789S")
"""The codes of EmploymentStatusCode that SD explains."""

START: Final = 1
END: Final = 2
_REVERSED, _UNKNOWN, _UNREADABLE = range(len(ODDITIES))

_TRUE: Final = {"1": "true", "0": "false"}


def _flag(text: str) -> str:
    return _TRUE.get(text, text.lower())


_READERS: Final[dict[str, Callable[[str], str]]] = {
    "status": str.upper,
    "department": str.lower,
    "salaried": _flag,
    "full_time": _flag,
}
"""How a field's text is written in frames; any other stays as SD wrote it."""


class Section:
    """One kind of section: where its elements go in a row, and the rows so far."""

    def __init__(self, elements: tuple[tuple[str, str], ...]) -> None:
        self.fields = [field for _, field in elements]
        slots = {element: at for at, (element, _) in enumerate(elements, start=END + 1)}
        self.slots: Names[int] = Names({"ActivationDate": START, "DeactivationDate": END, **slots})
        self.blank = [ABSENT] * (len(elements) + END + 1)
        self.rows = Rows(len(self.blank))


def read_sections(
    kinds: Iterable[Section], words: Words, texts: Sequence[str | None], days: NDArray[np.datetime64]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the columns of ``Employments.sections`` and of its ``oddities``.

    Args:
        kinds: the rows of each kind of section.
        words: the values that their codes stand for.
        texts: the dates that their codes stand for, as SD wrote them.
        days: the same, read; one more at the end, which is no day.
    """
    fields = [each for kind in kinds for each in _fields(kind, words)]
    joined = [np.concatenate([each[at] for each in fields]) for at in range(len(fields[0]))]
    order = np.lexsort((joined[1], joined[0]))
    employment, field, start, end, value = (column[order] for column in joined)
    first, last = days[start], days[end]
    what = _what_is_odd(field, first, last, value)
    columns = {
        "employment": employment,
        "field": field,
        "start": starts_of(first),
        "end": ends_of(last),
        "value": value,
    }
    odd = what >= 0
    unreadable = what == _UNREADABLE
    oddities = {**_rows(columns, odd), "what": pd.Categorical.from_codes(what[odd], dtype=ODDITY_KIND)}
    oddities["value"][unreadable[odd]] = _shown(value[unreadable], start[unreadable], end[unreadable], texts)
    return _rows(columns, ~unreadable & (what != _REVERSED)), oddities


def _rows(columns: dict[str, NDArray[Any]], kept: Flags) -> dict[str, Any]:
    # Nearly always everything is kept, and whole institutions are large.
    rows: dict[str, Any] = columns if kept.all() else {name: each[kept] for name, each in columns.items()}
    return {**rows, "field": pd.Categorical.from_codes(rows["field"], dtype=FIELD_KIND)}


def _what_is_odd(
    field: NDArray[np.int8],
    first: NDArray[np.datetime64],
    last: NDArray[np.datetime64],
    value: NDArray[np.object_],
) -> NDArray[np.int8]:
    """Return what is odd about each section, as a number of ``ODDITIES``; -1 for nothing."""
    what = np.full(len(field), -1, np.int8)
    statuses = np.flatnonzero(field == FIELDS.index("status"))
    what[statuses[[value[at] not in STATUSES for at in statuses]]] = _UNKNOWN
    what[first > last] = _REVERSED
    what[np.isnat(first) | np.isnat(last)] = _UNREADABLE
    return what


def _shown(
    values: NDArray[np.object_],
    starts: NDArray[np.int32],
    ends: NDArray[np.int32],
    texts: Sequence[str | None],
) -> list[str]:
    """Return what SD wrote of sections whose dates are none, for people to look at."""
    told = [*texts, None]
    return [
        f"{value or ''} ({told[start] or ''} - {told[end] or ''})".strip()
        for value, start, end in zip(values, starts, ends, strict=True)
    ]


def _fields(kind: Section, words: Words) -> list[tuple[NDArray[Any], ...]]:
    """Return, of each field of a kind of section: employments, field, codes of both dates, values."""
    columns = kind.rows.columns()
    found: list[tuple[NDArray[Any], ...]] = []
    for field, codes in zip(kind.fields, columns[END + 1 :], strict=True):
        if field == "full_time":  # SD leaves it out where it is false
            codes = np.where(codes == ABSENT, words["false"], codes)  # noqa: PLW2901
        there = codes != ABSENT
        values = words.values_by(_READERS.get(field, str), codes[there])
        employment, start, end = (column[there] for column in columns[: END + 1])
        number = np.full(len(values), FIELDS.index(field), np.int8)
        found.append((employment.astype(np.int64), number, start, end, values))
    return found
