"""Columns that grow while an answer is read, and become arrays in one go at its end."""

from __future__ import annotations

import re
from array import array
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

Codes = "NDArray[np.int32]"
ABSENT: Final = -1
"""The code of an element that is not there; one that is there but empty has the code of None."""

_DAY: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:Z|[+-][0-9]{2}:[0-9]{2})?")
NEVER: Final = np.datetime64("NaT", "D")
_FIRST: Final = np.datetime64("0002-01-01", "D")
_OPEN: Final = np.datetime64("9999-01-01", "D")


class Words(dict[str | None, int]):
    """A number for each different text, in the order in which they first came: few, and often repeated."""

    def __missing__(self, text: str | None) -> int:
        number = self[text] = len(self)
        return number

    def values_by(
        self, read: Callable[[str], str | None], codes: NDArray[np.int32], blank: str | None = None
    ) -> NDArray[np.object_]:
        """Return the values of ``codes``, each different text read once; blank ones are ``blank``."""
        values = np.full(len(self) + 1, blank, dtype=object)
        texts = list(self)
        for code in np.unique(codes):
            text = texts[code] if code != ABSENT else None
            if text is not None and (text := text.strip()):
                values[code] = read(text)
        return values[codes]


class Rows:
    """Rows of codes of the same width, in one flat array."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._codes = array("i")
        self.add = self._codes.extend

    @property
    def size(self) -> int:
        """How many codes there are."""
        return len(self._codes)

    def cut(self, size: int) -> None:
        """Forget the codes after so many."""
        del self._codes[size:]

    def columns(self) -> list[NDArray[np.int32]]:
        """Return the columns."""
        flat = np.array(self._codes, dtype=np.int32)
        return list(flat.reshape(-1, self._width).T)


def read_days(texts: Sequence[str | None]) -> NDArray[np.datetime64]:
    """Return the days of ISO dates; NaT for what is none."""
    found = [_DAY.fullmatch(text.strip()) if text else None for text in texts]
    plain = [match[1] if match else "NaT" for match in found]
    try:
        days = np.array(plain, dtype="datetime64[D]")
    except ValueError:
        days = np.array([_day(text) for text in plain], dtype="datetime64[D]")
    return np.where(days < np.datetime64("0001-01-01"), NEVER, days)


def _day(text: str) -> np.datetime64:
    try:
        return np.datetime64(text, "D")
    except ValueError:
        return NEVER


def starts_of(days: NDArray[np.datetime64]) -> NDArray[np.datetime64]:
    """Return first days as ``Employments`` holds them: the year 1 is since ever."""
    return np.where(days < _FIRST, NEVER, days).astype("datetime64[s]")


def ends_of(days: NDArray[np.datetime64]) -> NDArray[np.datetime64]:
    """Return the days after last days; the year 9999 is open, so nothing overflows."""
    return np.where(days >= _OPEN, NEVER, days + np.timedelta64(1, "D")).astype("datetime64[s]")


def object_column(values: Sequence[Any]) -> NDArray[np.object_]:
    """Return an array of Python objects, None kept as None."""
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column
