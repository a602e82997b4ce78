"""Sections of employments: rows of codes while an answer is read, timelines in frames at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from motoolkit.sd._shapes import FIELD_KIND, FIELDS, ODDITIES, ODDITY_KIND
from motoolkit.sd.parsing._columns import ABSENT, Rows, Words, ends_of, object_column, starts_of
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
    employment, field, start, end, value = (
        np.concatenate([each[at] for each in fields]) for at in range(len(fields[0]))
    )
    order = np.lexsort((field, employment))
    employment, field, start, end, value = (
        column[order] for column in (employment, field, start, end, value)
    )
    first, last = days[start], days[end]
    unreadable = np.isnat(first) | np.isnat(last)
    odd = np.full(len(order), -1, np.int8)
    odd[(field == FIELDS.index("status")) & ~np.isin(value, object_column([*STATUSES]))] = _UNKNOWN
    odd[first > last] = _REVERSED
    odd[unreadable] = _UNREADABLE
    columns: dict[str, Any] = {
        "employment": employment,
        "field": field,
        "start": starts_of(first),
        "end": ends_of(last),
        "value": value,
    }
    oddities: dict[str, Any] = {name: column[odd >= 0] for name, column in columns.items()}
    shown = [*texts, None]
    oddities["value"][odd[odd >= 0] == _UNREADABLE] = [
        f"{v or ''} ({shown[s] or ''} - {shown[e] or ''})".strip()
        for v, s, e in zip(value[unreadable], start[unreadable], end[unreadable], strict=True)
    ]
    oddities["what"] = pd.Categorical.from_codes(odd[odd >= 0], dtype=ODDITY_KIND)
    kept = (odd != _REVERSED) & ~unreadable
    sections: dict[str, Any] = {name: column[kept] for name, column in columns.items()}
    for each in (sections, oddities):
        each["field"] = pd.Categorical.from_codes(each["field"], dtype=FIELD_KIND)
    return sections, oddities


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
