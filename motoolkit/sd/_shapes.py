"""What SD-Løn said, as frames: the shapes that all readers of SD's answers build on.

Dates are calendar dates, half-open: ``start`` is the first day (``NaT``: since ever), ``end`` the first day
after (``NaT``: open).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Final, Self

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DATE: Final = "datetime64[s]"

FIELDS: Final = (
    "status",
    "department",
    "department_code",
    "job_position",
    "title",
    "rate",
    "salaried",
    "full_time",
)
"""The fields of ``Employments.sections``, each a timeline of its own."""

ODDITIES: Final = ("reversed", "unknown_status", "unreadable")
"""What ``Employments.oddities`` may hold: a start after its end, an unknown status, no date."""

FIELD_KIND: Final = pd.CategoricalDtype(list(FIELDS))
ODDITY_KIND: Final = pd.CategoricalDtype(list(ODDITIES))

Columns = dict[str, Any]


class _Shape:
    """Frames with known columns; equal by identity, shown by their sizes (their cells hold CPR numbers)."""

    _columns: ClassVar[dict[str, Columns]]

    @classmethod
    def empty(cls) -> Self:
        """Return one that holds nothing, with every column in its right kind."""
        return cls.of()

    @classmethod
    def of(cls, **frames: Mapping[str, Any]) -> Self:
        """Return one of columns of values; columns and frames that are left out are empty."""
        return cls(**{name: frame_of(frames.get(name, {}), kinds) for name, kinds in cls._columns.items()})

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """Return several as one, in their order."""
        if not parts:
            return cls.empty()
        frames = (pd.concat([getattr(p, name) for p in parts], ignore_index=True) for name in cls._columns)
        return cls(*frames)

    def __repr__(self) -> str:
        sizes = ", ".join(f"{len(getattr(self, each))} {each}" for each in self._columns)
        return f"<{type(self).__name__}: {sizes}>"


def frame_of(values: Mapping[str, Any], columns: Columns) -> pd.DataFrame:
    """Return a frame with exactly these columns, each of its kind; those without values are empty."""
    series = {n: pd.Series(values.get(n, []), dtype=kind) for n, kind in columns.items()}
    return pd.DataFrame(series, copy=False)


@dataclass(frozen=True, eq=False, repr=False)
class Employments(_Shape):
    """Employments and their sections, as SD wrote them.

    Attributes:
        employments: institution, cpr (ten digits, for the toolkit itself only), number, employment_date.
        sections: employment (an index into ``employments``), field (one of ``FIELDS``), start, end, value;
            None is a section in which the element is empty.
        oddities: sections that can not be trusted: employment, field, start, end, value, what.
    """

    employments: pd.DataFrame
    sections: pd.DataFrame
    oddities: pd.DataFrame

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """Return several as one, in their order; what refers to an employment refers to it still."""
        found = super().joined(parts)
        counts = np.cumsum([0, *(len(part.employments) for part in parts)])
        for name in ("sections", "oddities"):
            sizes = [len(getattr(part, name)) for part in parts]
            getattr(found, name)["employment"] += np.repeat(counts[:-1], sizes)
        return found

    _columns: ClassVar[dict[str, Columns]] = {
        "employments": {"institution": object, "cpr": object, "number": object, "employment_date": DATE},
        "sections": {"employment": "int64", "field": FIELD_KIND, "start": DATE, "end": DATE, "value": object},
        "oddities": {
            "employment": "int64",
            "field": FIELD_KIND,
            "start": DATE,
            "end": DATE,
            "value": object,
            "what": ODDITY_KIND,
        },
    }


@dataclass(frozen=True, eq=False, repr=False)
class Departments(_Shape):
    """Departments in each of their periods, and what they lay under.

    Attributes:
        departments: institution, uuid, start, end, code, level, name, p_number, phone, email, postal; what
            SD calls not set (``00000000``, ``Empty@Empty``, P-number 0) is None.
        parents: uuid, start, end, parent (None: on top), source (``history`` or ``sampled``).
        oddities: periods that can not be trusted: uuid, start, end, value, what.
    """

    departments: pd.DataFrame
    parents: pd.DataFrame
    oddities: pd.DataFrame = field(default_factory=lambda: frame_of({}, Departments._columns["oddities"]))

    _columns: ClassVar[dict[str, Columns]] = {
        "departments": {
            "institution": object,
            "uuid": object,
            "start": DATE,
            "end": DATE,
            **dict.fromkeys(("code", "level", "name", "p_number", "phone", "email", "postal"), object),
        },
        "parents": {"uuid": object, "start": DATE, "end": DATE, "parent": object, "source": object},
        "oddities": {"uuid": object, "start": DATE, "end": DATE, "value": object, "what": ODDITY_KIND},
    }


@dataclass(frozen=True, eq=False, repr=False)
class Persons(_Shape):
    """Persons on one day: SD keeps no history of them.

    Attributes:
        persons: institution, cpr, given_name, surname, protected (the address is not to be shown).
        employments: institution, cpr, number.
    """

    persons: pd.DataFrame
    employments: pd.DataFrame

    _columns: ClassVar[dict[str, Columns]] = {
        "persons": {
            "institution": object,
            "cpr": object,
            "given_name": object,
            "surname": object,
            "protected": bool,
        },
        "employments": {"institution": object, "cpr": object, "number": object},
    }
