"""Where the two sides differ: existence on all days, attributes while both sides are active."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from motoolkit.model import sweep
from motoolkit.model.sweep import ABSENT, Intervals
from motoolkit.sd.diff import _timelines
from motoolkit.sd.diff._attributes import ACTIVE, ATTRIBUTES, WIDTH
from motoolkit.sd.diff._rows import Rows

if TYPE_CHECKING:
    from motoolkit.model.sweep import Flags, Numbers
    from motoolkit.sd.diff._oddities import Doubts
    from motoolkit.sd.diff._timelines import Timelines

_KINDS = np.array([attribute.kind for attribute in ATTRIBUTES], dtype=object)
_COMPARED = np.array([attribute.compared for attribute in ATTRIBUTES])
_OWED = np.array([attribute.owed for attribute in ATTRIBUTES])


def differing(timelines: Timelines, compared: Flags, doubts: Doubts) -> Rows:
    """Return each longest stretch in which the two say different things of a compared pair.

    Args:
        timelines: both sides.
        compared: which pairs are compared.
        doubts: where a side can not be relied on.
    """
    sides = [
        one.take(compared[one.keys // WIDTH] & _COMPARED[one.keys % WIDTH])
        for one in (timelines.sd, timelines.mo)
    ]
    spans = sweep.difference(*sides)
    spans = spans.take(~timelines.same(spans.codes[:, 0], spans.codes[:, 1]))
    existing = spans.keys % WIDTH == ACTIVE
    *_, both = sweep.within(*(_timelines.active(side) for side in sides))
    existence = _without(spans.take(existing), doubts.existence)
    holes = existence.codes[:, 1] == ABSENT
    missing = _without(existence.take(holes), doubts.holes)
    found = [missing, existence.take(~holes), _without(_inside(spans.take(~existing), both), doubts.values)]
    return _rows(Intervals(*(np.concatenate(parts) for parts in _columns(found))), timelines)


def _columns(parts: list[Intervals]) -> list[tuple[Numbers, ...]]:
    return [tuple(getattr(part, name) for part in parts) for name in ("keys", "starts", "ends", "codes")]


def _inside(spans: Intervals, active: Intervals) -> Intervals:
    """Cut attributes to the days on which their pair is active on both sides."""
    by_pair = Intervals(spans.keys // WIDTH, spans.starts, spans.ends, spans.codes)
    rows, _, pieces = sweep.within(by_pair, active)
    return Intervals(spans.keys[rows], pieces.starts, pieces.ends, pieces.codes)


def _without(spans: Intervals, doubtful: Intervals) -> Intervals:
    """Leave out the doubtful days, a union."""
    doubted = np.isin(spans.keys, doubtful.keys)
    if not doubted.any():
        return spans
    keys = np.unique(spans.keys[doubted])
    relevant = doubtful.take(np.isin(doubtful.keys, keys))
    *_, pieces = sweep.within(spans.take(doubted), sweep.outside(relevant, keys))
    parts = [spans.take(~doubted), pieces]
    return Intervals(*(np.concatenate(columns) for columns in _columns(parts)))


def _rows(spans: Intervals, timelines: Timelines) -> Rows:
    attributes, (sd, mo) = spans.keys % WIDTH, spans.codes.T
    existence = np.where(mo == ABSENT, "active_missing", "active_extra").astype(object)
    kinds = np.where(attributes == ACTIVE, existence, _KINDS[attributes])
    gaps = (sd == ABSENT) & _OWED[attributes]
    return Rows.of(
        spans.keys // WIDTH,
        kinds=np.where(gaps, "gap_in_sd_attr", kinds),
        attributes=attributes,
        starts=spans.starts,
        ends=spans.ends,
        sd=timelines.known[sd],
        mo=timelines.known[mo],
        sd_codes=sd,
        mo_codes=mo,
        undecided=gaps,
    )
