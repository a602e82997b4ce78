"""How the two sides differ: a border that is shifted, a gap, something to come that only one has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from motoolkit.model import MISSING
from motoolkit.model.sweep import ABSENT, AFTER_ALL, BEFORE_ALL, codes_at, moments
from motoolkit.sd.diff import _rows
from motoolkit.sd.diff._attributes import ACTIVE, WIDTH

if TYPE_CHECKING:
    from motoolkit.model.sweep import Flags, Intervals, Numbers
    from motoolkit.sd.diff._rows import Objects, Rows
    from motoolkit.sd.diff._timelines import Timelines


@dataclass(frozen=True, slots=True)
class _Around:
    """What one side says in each stretch, on the day before it and on the day after it.

    ``was`` and ``will`` tell whether the side is active at all on those days.
    """

    inside: Numbers
    before: Numbers
    after: Numbers
    was: Flags
    will: Flags

    @classmethod
    def of(cls, rows: Rows, side: Intervals, inside: Numbers) -> _Around:
        keys, lives = rows.pairs * WIDTH + rows.attributes, rows.pairs * WIDTH + ACTIVE
        existence = rows.attributes == ACTIVE
        first, last = rows.starts - 1, rows.ends
        return cls(
            inside,
            codes_at(side, moments(keys, first)),
            codes_at(side, moments(keys, last)),
            existence | (codes_at(side, moments(lives, first)) != ABSENT),
            existence | (codes_at(side, moments(lives, last)) != ABSENT),
        )


def named(rows: Rows, timelines: Timelines, as_of: int) -> Rows:
    """Name the patterns of stretches in which two compared pairs differ."""
    sd = _Around.of(rows, timelines.sd, rows.sd_codes)
    mo = _Around.of(rows, timelines.mo, rows.mo_codes)
    limited = (rows.starts > BEFORE_ALL) & (rows.ends < AFTER_ALL) & (rows.kinds != "gap_in_sd_attr")
    lengths = np.where(limited, rows.ends - rows.starts, 0)
    shifted = _shifted(rows, timelines, sd, mo, limited)
    gaps = np.select(
        [_has_gap(timelines, mo, sd) & limited, _has_gap(timelines, sd, mo) & limited],
        [_rows.GAP_IN_MO, _rows.GAP_IN_SD],
        _rows.NO_GAP,
    )
    gaps = np.where(shifted.shifts == _rows.NO_SHIFT, gaps, _rows.NO_GAP)
    return shifted.having(
        gaps=gaps,
        days=np.where(gaps != _rows.NO_GAP, lengths, shifted.days),
        futures=np.where(shifted.shifts == _rows.NO_SHIFT, _futures(rows, timelines, sd, as_of), 0),
    )


def _shifted(rows: Rows, timelines: Timelines, sd: _Around, mo: _Around, limited: Flags) -> Rows:
    """Find the borders that both sides have, but on different days; starts speak for both of two borders."""
    same = timelines.same
    late_start = _holds(sd) & sd.was & same(mo.after, sd.inside) & ~same(sd.before, sd.inside)
    early_start = _holds(mo) & mo.was & same(sd.after, mo.inside) & ~same(mo.before, mo.inside)
    late_end = _holds(mo) & mo.will & same(sd.before, mo.inside) & ~same(mo.after, mo.inside)
    early_end = _holds(sd) & sd.will & same(mo.before, sd.inside) & ~same(sd.after, sd.inside)
    cases = [case & limited for case in (late_start, early_start, late_end, early_end)]
    lengths = rows.ends - rows.starts
    start, end = _rows.SHIFTED_START, _rows.SHIFTED_END
    return rows.having(
        shifts=np.select(cases, [start, start, end, end], _rows.NO_SHIFT),
        days=np.select(cases, [lengths, -lengths, lengths, -lengths], 0),
        bordered=_chosen(cases, [rows.sd, rows.mo, rows.mo, rows.sd]),
    )


def _holds(side: _Around) -> Flags:
    flags: Flags = side.inside != ABSENT
    return flags


def _chosen(cases: list[Flags], values: list[Objects]) -> Objects:
    """Return the value of the first case that is so; numpy's own has no room for MISSING."""
    found = np.full(len(cases[0]), MISSING, object)
    for case, value in zip(reversed(cases), reversed(values), strict=True):
        found[case] = value[case]
    return found


def _has_gap(timelines: Timelines, gapped: _Around, other: _Around) -> Flags:
    """Tell where one side has nothing, and around it the very value of the other."""
    around = timelines.same(gapped.before, other.inside) & timelines.same(gapped.after, other.inside)
    flags: Flags = (gapped.inside == ABSENT) & around & (other.inside != ABSENT)
    return flags


def _futures(rows: Rows, timelines: Timelines, sd: _Around, as_of: int) -> Numbers:
    """Tell who changes on the first day of stretches that are to come."""
    changes = ~timelines.same(sd.before, sd.inside)
    whose = np.where(changes, _rows.NOT_LOADED, _rows.ONLY_IN_MO)
    return np.where(rows.starts > as_of, whose, _rows.NO_FUTURE)
