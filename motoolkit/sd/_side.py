"""One side of the comparison: who there is, what holds when, and what was odd while it was read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from motoolkit.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

SORTS: Final = ("employment", "unit", "person")

SUBJECT_COLUMNS: Final = ("sort", "pair", "institution", "number", "cpr", "label", "uuid", "person_uuid")
INTERVAL_COLUMNS: Final = ("subject", "attribute", "start", "end", "value")
ODDITY_COLUMNS: Final = ("kind", "subject", "attribute", "start", "end", "value", "detail")

NO_SUBJECT: Final = -1
"""The subject of an oddity about what was left out altogether."""

ACTIVE: Final = "active"
MEANT_UNIT: Final = "meant_unit"
"""Where SD's side has the unit for the unknown only because MO lacks the right one: that one."""
UNIT_ATTRIBUTES: Final = (
    ACTIVE,
    "name",
    "unit_code",
    "level",
    "parent",
    "p_number",
    "phone",
    "email",
    "postal",
)
SECTION_ATTRIBUTES: Final[Mapping[str, tuple[str, ...]]] = {
    "profession": ("job_function", "title"),
    "department": ("unit", "sd_unit", "unit_code"),
    "working_time": ("engagement_type", "fraction"),
}
"""What is read from each section of an employment, the first naming a gap in all of them."""


@dataclass(frozen=True, slots=True)
class Side:
    """SD's side or MO's, in the same words, so that the two can be laid on each other.

    Dates are ``datetime64[s]`` and half-open; NaT is no limit.

    Attributes:
        subjects: one row an employment, unit or person, numbered from zero.  ``pair`` is what the two sides
            are joined on (SD has a person once an institution), ``cpr`` the ten digits: personal data,
            never to be shown.
        intervals: what holds when.  Coalesced, never two at a time for one subject and attribute, and only
            while the subject is active.  ``value`` None is there but empty.  Stretches on which one side
            contradicts itself have no interval, but an oddity.
        oddities: what was found while reading, under the codes of the mismatch kinds; ``subject`` is -1
            where the thing itself was left out.
    """

    subjects: pd.DataFrame
    intervals: pd.DataFrame
    oddities: pd.DataFrame

    @classmethod
    def empty(cls) -> Side:
        """Return a side without anything on it."""
        return cls(empty_subjects(), empty_intervals(), empty_oddities())

    @classmethod
    def joined(cls, sides: Sequence[Side]) -> Side:
        """Put sides of different subjects together."""
        import pandas as pd

        if not sides:
            return cls.empty()
        offsets = [0]
        for side in sides[:-1]:
            offsets.append(offsets[-1] + len(side.subjects))
        moved = [_moved(side, offset) for side, offset in zip(sides, offsets, strict=True)]
        return cls(*(pd.concat(list(frames), ignore_index=True) for frames in zip(*moved, strict=True)))

    def only(self, kept: pd.Series[bool]) -> Side:
        """Return the side with only these of its subjects, one flag a subject; oddities of none stay."""
        import numpy as np

        numbers = np.append(np.where(kept, kept.cumsum() - 1, -2), NO_SUBJECT)
        frames = [self.subjects[kept.to_numpy()].reset_index(drop=True)]
        for frame in (self.intervals, self.oddities):
            moved = frame.assign(subject=numbers[frame["subject"].to_numpy()])
            frames.append(moved[moved["subject"] >= NO_SUBJECT].reset_index(drop=True))
        return Side(*frames)

    def check(self) -> Side:
        """Return the side itself if it keeps what its description promises.

        Raises:
            InputError: it does not; the first broken promise is told.
        """
        for broken in _broken(self):
            raise InputError(f"This side can not be compared: {broken}.", remedy="Mend what made it.")
        return self

    def __repr__(self) -> str:
        counts = ", ".join(
            f"{len(frame)} {name}"
            for name, frame in (
                ("subjects", self.subjects),
                ("intervals", self.intervals),
                ("oddities", self.oddities),
            )
        )
        return f"<Side {counts}>"


def empty_subjects() -> pd.DataFrame:
    """Return no subjects, with their columns."""
    return _typed(SUBJECT_COLUMNS)


def empty_intervals() -> pd.DataFrame:
    """Return no intervals, with their columns."""
    return _typed(INTERVAL_COLUMNS)


def empty_oddities() -> pd.DataFrame:
    """Return no oddities, with their columns."""
    return _typed(ODDITY_COLUMNS)


_TYPES: Final = {"subject": "int64", "start": "datetime64[s]", "end": "datetime64[s]"}


def _typed(columns: Sequence[str]) -> pd.DataFrame:
    return _nothing(tuple(columns)).copy(deep=False)


@cache
def _nothing(columns: tuple[str, ...]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame({name: pd.Series(dtype=_TYPES.get(name, "object")) for name in columns})


def _moved(side: Side, offset: int) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the frames with subjects numbered from ``offset``."""
    intervals = side.intervals.assign(subject=side.intervals["subject"] + offset)
    known = side.oddities["subject"] >= 0
    oddities = side.oddities.assign(subject=side.oddities["subject"] + offset * known.astype("int64"))
    return side.subjects, intervals, oddities


def _broken(side: Side) -> Iterator[str]:
    """Yield each broken promise in words."""
    for name, frame, columns in (
        ("subjects", side.subjects, SUBJECT_COLUMNS),
        ("intervals", side.intervals, INTERVAL_COLUMNS),
        ("oddities", side.oddities, ODDITY_COLUMNS),
    ):
        if tuple(frame.columns) != columns:
            yield f"its {name} have the columns {', '.join(frame.columns)}"
            return
        for column, dtype in _TYPES.items():
            if column in columns and str(frame[column].dtype) != dtype:
                yield f"{column} of its {name} is {frame[column].dtype}, not {dtype}"
    yield from _broken_subjects(side)
    yield from _broken_intervals(side.intervals)


def _broken_subjects(side: Side) -> Iterator[str]:
    count = len(side.subjects)
    if list(side.subjects.index) != list(range(count)):
        yield "its subjects are not numbered from zero"
    if not side.subjects["sort"].isin(SORTS).all():
        yield "a subject is neither employment, unit nor person"
    person = side.subjects["sort"] == "person"
    institution = side.subjects["institution"].where(person, "")
    if side.subjects.assign(institution=institution).duplicated(["sort", "pair", "institution"]).any():
        yield "two subjects have the same pair"
    if not side.intervals["subject"].between(0, count - 1).all():
        yield "an interval is of no subject"
    if not side.oddities["subject"].between(NO_SUBJECT, count - 1).all():
        yield "an oddity is of no subject"


def _broken_intervals(intervals: pd.DataFrame) -> Iterator[str]:
    from motoolkit.model import bulk_coalesce

    key = intervals["subject"].astype(str) + " " + intervals["attribute"].astype(str)
    try:
        merged = bulk_coalesce(intervals.assign(key=key))
    except InputError as error:
        yield error.message.rstrip(".")
        return
    if len(merged) != len(intervals):
        yield "intervals that touch have equal values"
