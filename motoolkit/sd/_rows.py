"""Rows of what holds when, of many subjects and attributes: made, cut, and freed of contradictions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from motoolkit.model import bulk_join, bulk_mask, bulk_untangle
from motoolkit.sd._side import (
    INTERVAL_COLUMNS,
    ODDITY_COLUMNS,
    SUBJECT_COLUMNS,
    Side,
    empty_intervals,
    empty_oddities,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

_INTERVAL: Final = list(INTERVAL_COLUMNS)
_ODDITY: Final = list(ODDITY_COLUMNS)


def rows_of(frame: pd.DataFrame, attribute: str, value: Any = None) -> pd.DataFrame:
    """Return rows of one attribute, with the frame's own values or one for all."""
    values = frame["value"].to_numpy(dtype=object) if value is None else _all(value, len(frame))
    return pd.DataFrame(
        {
            "subject": frame["subject"].to_numpy(dtype="int64"),
            "attribute": pd.Series(_all(attribute, len(frame)), dtype=object),
            "start": frame["start"].to_numpy(),
            "end": frame["end"].to_numpy(),
            "value": pd.Series(values, dtype=object),
        }
    )


def _all(value: Any, count: int) -> np.ndarray[Any, Any]:
    return np.full(count, value, dtype=object)


def always(values: pd.Series[Any], attribute: str) -> pd.DataFrame:
    """Return rows that hold without limit; the index of ``values`` tells the subjects."""
    never = np.full(len(values), "NaT", dtype="datetime64[s]")
    subjects = values.index.to_numpy(dtype="int64")
    frame = pd.DataFrame({"subject": subjects, "start": never, "end": never, "value": values.to_numpy()})
    return rows_of(frame, attribute)


def oddities_of(frame: pd.DataFrame, kind: str, detail: str = "") -> pd.DataFrame:
    """Return rows (of one attribute or several) as oddities; their own ``detail`` stays."""
    own = {} if "detail" in frame else {"detail": detail}
    return frame.assign(kind=kind, **own)[_ODDITY]


def subject_oddities(subjects: pd.DataFrame, kind: str, detail: Any, value: Any = None) -> pd.DataFrame:
    """Return an oddity about each of some subjects (rows of ``Side.subjects``) as a whole."""
    count = len(subjects)
    never = np.full(count, "NaT", dtype="datetime64[s]")
    frame = pd.DataFrame(
        {
            "kind": kind,
            "subject": subjects.index.to_numpy(dtype="int64"),
            "attribute": "",
            "start": never,
            "end": never,
            "value": value,
            "detail": detail,
        }
    )
    return frame.astype({"value": object})


def together(frames: Sequence[pd.DataFrame], empty: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """Return frames below each other, an ``empty`` one if none has a row."""
    filled = [frame for frame in frames if len(frame)]
    if len(filled) == 1:
        return filled[0].reset_index(drop=True)
    return pd.concat(filled, ignore_index=True) if filled else empty()


def all_rows(*frames: pd.DataFrame) -> pd.DataFrame:
    """Return rows below each other."""
    return together(frames, empty_intervals)


def all_oddities(*frames: pd.DataFrame) -> pd.DataFrame:
    """Return oddities below each other, each once."""
    found = together(frames, empty_oddities)
    return found.drop_duplicates(ignore_index=True) if len(found) else found


def within(rows: pd.DataFrame, spans: pd.DataFrame) -> pd.DataFrame:
    """Cut rows to the spans of their subjects."""
    return bulk_mask(rows, spans, key="subject")


def clamped(frame: pd.DataFrame, day: date | None) -> pd.DataFrame:
    """Let nothing begin before ``day``; what ends by then goes."""
    if day is None:
        return frame
    first = np.datetime64(day, "s")
    kept = frame[frame["end"].isna() | (frame["end"] > first)]
    early = kept["start"].isna() | (kept["start"] < first)
    start = np.where(early, first, kept["start"].to_numpy(dtype="datetime64[s]"))
    return kept.assign(start=start).reset_index(drop=True)


def untangled(rows: pd.DataFrame, kind: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return rows with no two at a time, and an oddity for each stretch on which values disagree.

    Its value is the tuple of what is claimed.
    """
    if not len(rows):
        return empty_intervals(), empty_oddities()
    codes, attributes = pd.factorize(rows["attribute"])
    keyed = rows.assign(key=rows["subject"].to_numpy() * len(attributes) + codes)
    clean, disputed = bulk_untangle(keyed)
    clean, disputed = (_unkeyed(part, np.asarray(attributes)) for part in (clean, disputed))
    return clean[_INTERVAL], _contradictions(disputed, kind)


def _unkeyed(frame: pd.DataFrame, attributes: np.ndarray[Any, Any]) -> pd.DataFrame:
    keys = frame["key"].to_numpy()
    return frame.assign(subject=keys // len(attributes), attribute=attributes[keys % len(attributes)])


def _contradictions(disputed: pd.DataFrame, kind: str) -> pd.DataFrame:
    if not len(disputed):
        return empty_oddities()
    stretches, _ = bulk_untangle(disputed.assign(value=""))
    stretches = stretches.assign(stretch=np.arange(len(stretches))).drop(columns="value")
    said = bulk_join(disputed, stretches).groupby("stretch")["value"].agg(_both)
    keys = disputed.drop_duplicates("key").set_index("key")
    found = stretches.assign(
        subject=keys.loc[stretches["key"], "subject"].to_numpy(),
        attribute=keys.loc[stretches["key"], "attribute"].to_numpy(),
        value=said.to_numpy(dtype=object),
    )
    return oddities_of(found, kind)


def _both(values: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(sorted(set(values), key=str))


def side_of(subjects: pd.DataFrame, rows: Sequence[pd.DataFrame], oddities: Sequence[pd.DataFrame]) -> Side:
    """Put a side together."""
    intervals = all_rows(*rows).sort_values(["subject", "attribute", "start"], na_position="first")
    return Side(
        subjects[list(SUBJECT_COLUMNS)].reset_index(drop=True),
        intervals.reset_index(drop=True)[_INTERVAL],
        all_oddities(*oddities)[_ODDITY],
    )
