"""Timeline algebra on sorted arrays. Imports numpy: import this module where it is used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Flags = NDArray[np.bool_]

_EPOCH = date(1970, 1, 1).toordinal()
#: Day numbers count from 1970; these two stand for the limitless start and the open end.
BEFORE_ALL: Final = date.min.toordinal() - _EPOCH - 1
AFTER_ALL: Final = date.max.toordinal() - _EPOCH + 1
#: The code of a side that has no interval; codes of values are zero and up.
ABSENT: Final = -1

_DAYS_PER_KEY = 1 << (AFTER_ALL - BEFORE_ALL).bit_length()


@dataclass(frozen=True, slots=True)
class Intervals:
    """Parallel arrays, one item an interval; ``codes`` has a column for each value compared."""

    keys: Numbers
    starts: Numbers
    ends: Numbers
    codes: Numbers

    def take(self, rows: Numbers | Flags) -> Intervals:
        """Return some of the rows."""
        return Intervals(self.keys[rows], self.starts[rows], self.ends[rows], self.codes[rows])

    def order(self) -> Numbers:
        """Return the row numbers in order of key and start."""
        return np.argsort(_moments(self, self.starts), kind="stable")

    def keyless(self, no_key: int) -> Numbers:
        """Return the rows whose key is missing."""
        return np.flatnonzero(self.keys == no_key)

    def empty(self) -> Numbers:
        """Return the rows that hold no day."""
        return np.flatnonzero(self.starts >= self.ends)

    def overlapping(self) -> Numbers:
        """Return the rows, of those in order, that begin before the one above ends."""
        return 1 + np.flatnonzero((self.keys[1:] == self.keys[:-1]) & (self.starts[1:] < self.ends[:-1]))


def runs(intervals: Intervals) -> tuple[Numbers, Numbers]:
    """Return the first and last rows of each run of touching, equal intervals; the input is in order."""
    continues = (
        (intervals.keys[1:] == intervals.keys[:-1])
        & (intervals.starts[1:] == intervals.ends[:-1])
        & (intervals.codes[1:] == intervals.codes[:-1]).all(axis=1)
    )
    count = len(intervals.keys)
    firsts = np.flatnonzero(np.concatenate([np.ones(min(count, 1), np.bool_), ~continues]))
    lasts = np.append(firsts[1:] - 1, count - 1)[: len(firsts)]
    return firsts, lasts


def union(intervals: Intervals) -> Intervals:
    """Return for each key the days that any of its intervals holds; the input is in order of key and start.

    Where the input is in order of key, code and start, and its ``keys`` number keys and codes together, the
    result is each value's own days.
    """
    ends = np.maximum.accumulate(_moments(intervals, intervals.ends))
    begins = _moments(intervals, intervals.starts)[1:] > ends[:-1]
    count = len(intervals.keys)
    firsts = np.flatnonzero(np.concatenate([np.ones(min(count, 1), np.bool_), begins]))
    lasts = np.append(firsts[1:] - 1, count - 1)[: len(firsts)]
    result = intervals.take(firsts)
    return Intervals(result.keys, result.starts, ends[lasts] % _DAYS_PER_KEY + BEFORE_ALL, result.codes)


def outside(spans: Intervals, keys: Numbers) -> Intervals:
    """Return for each of ``keys`` (sorted, distinct) the days that none of ``spans``, a union, holds."""
    starts = np.concatenate([keys * _DAYS_PER_KEY, _moments(spans, spans.ends)])
    ends = np.concatenate([_moments(spans, spans.starts), keys * _DAYS_PER_KEY + AFTER_ALL - BEFORE_ALL])
    starts.sort()
    ends.sort()
    held = starts < ends
    return Intervals(
        starts[held] // _DAYS_PER_KEY,
        starts[held] % _DAYS_PER_KEY + BEFORE_ALL,
        ends[held] % _DAYS_PER_KEY + BEFORE_ALL,
        np.zeros((int(held.sum()), 0), np.int64),
    )


def within(intervals: Intervals, spans: Intervals) -> tuple[Numbers, Numbers, Intervals]:
    """Cut ``intervals``, in any order, at the days of ``spans``, which are in order and do not overlap.

    Returns:
        Of each piece the row of its interval, the row of the span that it lies in, and the piece.
    """
    starts, ends = _moments(intervals, intervals.starts), _moments(intervals, intervals.ends)
    span_starts, span_ends = _moments(spans, spans.starts), _moments(spans, spans.ends)
    first = np.searchsorted(span_ends, starts, side="right")
    counts = np.maximum(np.searchsorted(span_starts, ends, side="left") - first, 0)
    rows = np.repeat(np.arange(len(starts)), counts)
    nth = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
    at = np.repeat(first, counts) + nth
    pieces = intervals.take(rows)
    begin, end = np.maximum(pieces.starts, spans.starts[at]), np.minimum(pieces.ends, spans.ends[at])
    return rows, at, Intervals(pieces.keys, begin, end, pieces.codes)


def disputed(intervals: Intervals) -> Intervals:
    """Return for each key the days that more than one of its intervals holds."""
    starts, ends = _moments(intervals, intervals.starts), _moments(intervals, intervals.ends)
    cuts = np.concatenate([starts, ends])
    steps = np.concatenate([np.ones(len(starts), np.int64), np.full(len(ends), -1, np.int64)])
    order = np.lexsort((steps, cuts))
    depth, cuts = np.cumsum(steps[order]), cuts[order]
    held = (depth[:-1] > 1) & (cuts[:-1] < cuts[1:])
    keys, days = np.divmod(cuts, _DAYS_PER_KEY)
    nothing = np.zeros((int(held.sum()), 0), np.int64)
    found = Intervals(keys[:-1][held], days[:-1][held], days[1:][held], nothing)
    return union(Intervals(found.keys, found.starts + BEFORE_ALL, found.ends + BEFORE_ALL, nothing))


def difference(left: Intervals, right: Intervals) -> Intervals:
    """Return where the first columns of codes of the two differ; ``codes`` are the pairs of both sides.

    Both are in order and share their codes. The result is in order, in stretches as long as can be.
    """
    cuts = _distinct([_moments(side, days) for side in (left, right) for days in (side.starts, side.ends)])
    sides = np.column_stack([codes_at(left, cuts), codes_at(right, cuts)])[:-1]
    keys, days = np.divmod(cuts, _DAYS_PER_KEY)
    stretches = Intervals(keys[:-1], days[:-1] + BEFORE_ALL, days[1:] + BEFORE_ALL, sides)
    # From the last cut of a key to the first of the next nothing holds on either side.
    differing = stretches.take(sides[:, 0] != sides[:, 1])
    firsts, lasts = runs(differing)
    result = differing.take(firsts)
    return Intervals(result.keys, result.starts, differing.ends[lasts], result.codes)


def moments(keys: Numbers, days: Numbers | int) -> Numbers:
    """Put key and day into one number, so that one sorted array holds every border of every key."""
    return keys * _DAYS_PER_KEY + (days - BEFORE_ALL)


def _moments(intervals: Intervals, days: Numbers) -> Numbers:
    return moments(intervals.keys, days)


def _distinct(several: list[Numbers]) -> Numbers:
    """Sort and drop doubles; ``np.unique`` takes five times as long for it (numpy 2.4)."""
    ordered = np.sort(np.concatenate(several))
    return ordered[np.diff(ordered, prepend=-1) > 0]


def codes_at(intervals: Intervals, when: Numbers) -> Numbers:
    """Return the code that holds at each of some ``moments``, or ABSENT; the intervals are in order."""
    starts, ends = _moments(intervals, intervals.starts), _moments(intervals, intervals.ends)
    rows = np.searchsorted(starts, when, side="right") - 1
    holds = (rows >= 0) & (when < ends[rows]) if len(ends) else np.zeros(len(when), np.bool_)
    codes = np.full(len(when), ABSENT, np.int64)
    codes[holds] = intervals.codes[rows[holds], 0]
    return codes
