"""The intervals of both sides as numbers: keys of pair and attribute, days, and codes of values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from motoolkit.model import MISSING
from motoolkit.model.sweep import ABSENT, AFTER_ALL, BEFORE_ALL, Intervals, moments
from motoolkit.sd.diff._attributes import ACTIVE, ATTRIBUTES, FRACTION, WIDTH

if TYPE_CHECKING:
    from motoolkit.model.sweep import Flags, Numbers
    from motoolkit.sd._side import Side
    from motoolkit.sd.diff._pairs import Pairs
    from motoolkit.sd.diff._rows import Objects

_TOLERANCE: Final = 1
"""Millionths by which fractions may differ: an older integration cut where it should have rounded."""


@dataclass(frozen=True, slots=True)
class Hull:
    """For each pair the first active day of a side, and the day after the last."""

    starts: Numbers
    ends: Numbers

    @property
    def alive(self) -> Flags:
        """Which pairs are active at all."""
        flags: Flags = self.starts < self.ends
        return flags


@dataclass(frozen=True, slots=True)
class Timelines:
    """Both sides in the same numbers.

    Attributes:
        sd: SD's intervals in order; the keys are pair times ``WIDTH`` plus attribute.
        mo: MO's.
        known: the values by code; the last, for ``ABSENT``, is ``MISSING``.
        fractions: the values that are fractions by code, else NaN.
    """

    sd: Intervals
    mo: Intervals
    known: Objects
    fractions: Any

    def same(self, left: Numbers, right: Numbers) -> Flags:
        """Tell whether two values count as equal."""
        close: Flags = np.abs(self.fractions[left] - self.fractions[right]) <= _TOLERANCE
        return np.asarray((left == right) | close, np.bool_)


def read(sd: Side, mo: Side, pairs: Pairs) -> Timelines:
    """Number the values and put the intervals in order; empty ones are as none at all."""
    objects = np.concatenate([side.intervals["value"].to_numpy(dtype=object) for side in (sd, mo)])
    codes, found = pd.factorize(objects)
    known = np.append(found, np.array([MISSING], dtype=object))
    codes = np.where((known == "")[codes], ABSENT, codes)
    cut = len(sd.intervals)
    lefts = _intervals(sd.intervals, pairs.of_sd, codes[:cut])
    rights = _intervals(mo.intervals, pairs.of_mo, codes[cut:])
    fractions = np.full(len(known), np.nan)
    used = np.unique(np.concatenate([one.codes[one.keys % WIDTH == FRACTION, 0] for one in (lefts, rights)]))
    fractions[used] = pd.to_numeric(pd.Series(known[used], dtype=object), errors="coerce").to_numpy(float)
    return Timelines(lefts, rights, known, fractions)


def _intervals(frame: pd.DataFrame, pairs: Numbers, codes: Numbers) -> Intervals:
    names = [attribute.name for attribute in ATTRIBUTES]
    attributes = pd.Categorical(frame["attribute"], categories=names).codes.astype(np.int64)
    keys = pairs[frame["subject"].to_numpy(np.int64)] * WIDTH + attributes
    starts, ends = days(frame["start"], BEFORE_ALL), days(frame["end"], AFTER_ALL)
    intervals = Intervals(keys, starts, ends, codes[:, None].astype(np.int64))
    intervals = intervals.take((codes != ABSENT) & (attributes >= 0))
    return intervals.take(intervals.order())


def days(column: pd.Series[Any], unlimited: int) -> Numbers:
    """Return day numbers of dates, ``unlimited`` where there is none."""
    stamps = column.to_numpy().astype("datetime64[D]")
    return np.where(np.isnat(stamps), unlimited, stamps.astype(np.int64))


def latest(intervals: Intervals, keys: Numbers, day: int) -> Numbers:
    """Return the code that holds on a day, else the last before it, else the first after it, or ABSENT."""
    if not len(intervals.keys):
        return np.full(len(keys), ABSENT, np.int64)
    begun = np.searchsorted(moments(intervals.keys, intervals.starts), moments(keys, day), side="right")
    last, first = np.maximum(begun - 1, 0), np.minimum(begun, len(intervals.keys) - 1)
    rows = np.where(intervals.keys[last] == keys, last, first)
    return np.where(intervals.keys[rows] == keys, intervals.codes[rows, 0], ABSENT)


def active(intervals: Intervals) -> Intervals:
    """Return the active spans, with pairs as keys."""
    spans = intervals.take(intervals.keys % WIDTH == ACTIVE)
    return Intervals(spans.keys // WIDTH, spans.starts, spans.ends, spans.codes)


def hull(spans: Intervals, count: int) -> Hull:
    """Return the first and last active days of each of ``count`` pairs."""
    starts, ends = np.full(count, AFTER_ALL, np.int64), np.full(count, BEFORE_ALL, np.int64)
    np.minimum.at(starts, spans.keys, spans.starts)
    np.maximum.at(ends, spans.keys, spans.ends)
    return Hull(starts, ends)
