"""What makes a difference another kind, or less grave: the mapping's stand-ins, and rules of placement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from motoolkit.findings import Severity
from motoolkit.language import tr
from motoolkit.model.sweep import within
from motoolkit.sd.diff._attributes import FRACTION, JOB_FUNCTION, MEANT, SD_UNIT, UNIT, WIDTH
from motoolkit.sd.diff._causes import said_meanwhile
from motoolkit.sd.diff._details import NOT_THERE
from motoolkit.sd.diff._rows import Rows

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Mapping as MappingOf

    from motoolkit.model.sweep import Flags, Intervals, Numbers
    from motoolkit.sd.diff._pairs import Pairs
    from motoolkit.sd.diff._timelines import Timelines
    from motoolkit.sd.mapping import Mapping

_PROTECTED: Final = "ADRESSEBESKYTTELSE"
_ADDRESSES: Final = ("wrong_address",)


def units_by_rule(
    rows: Rows,
    pairs: Pairs,
    timelines: Timelines,
    *,
    unknown: Collection[str],
    explained: MappingOf[str, frozenset[str]],
) -> Rows:
    """Tell MO's unit for the unknown, and the units that a rule lets MO have, from wrong ones."""
    placed = (rows.attributes == UNIT) & rows.are("wrong_unit")
    lost = placed & np.isin(rows.mo, list(unknown))
    allowed = np.zeros(len(rows), np.bool_)
    chosen = np.flatnonzero(placed & ~lost & bool(explained))
    departments = _departments(rows, chosen, timelines)
    for row in chosen.tolist():
        led = explained.get(pairs.names[rows.pairs[row]], frozenset())
        related = [explained.get(each, frozenset()) for each in departments.get(row, [rows.sd[row]])]
        allowed[row] = rows.mo[row] in led.union(frozenset.intersection(*related))
    return rows.having(
        kinds=np.where(lost, "unit_is_unknown", rows.kinds),
        explained=allowed,
        severities=np.where(allowed, int(Severity.INFO), rows.severities),
    )


def _departments(rows: Rows, chosen: Numbers, timelines: Timelines) -> dict[int, list[str]]:
    """Return SD's own departments in the periods of some rows; related units are those of them."""
    of, codes, *_ = said_meanwhile(rows, chosen, timelines.sd, SD_UNIT)
    found: dict[int, list[str]] = {}
    for row, code in zip(of.tolist(), codes.tolist(), strict=True):
        found.setdefault(row, []).append(timelines.known[code])
    return found


def not_there(rows: Rows, timelines: Timelines) -> Rows:
    """Tell of which employments MO lacks the unit, so that SD's side has the one for the unknown."""
    chosen = np.flatnonzero((rows.attributes == UNIT) & rows.are("wrong_unit", "unit_is_unknown"))
    of, *_ = said_meanwhile(rows, chosen, timelines.sd, MEANT)
    details = rows.details.copy()
    details[of] = NOT_THERE
    return rows.having(details=details)


def lost(timelines: Timelines, compared: Flags, unknown: Collection[str]) -> Rows:
    """Return the employments that are where nothing can be placed, as the mapping has it: still no place."""
    codes = [code for code, value in enumerate(timelines.known) if value in unknown] if unknown else []
    sides = [
        side.take(
            (side.keys % WIDTH == UNIT) & compared[side.keys // WIDTH] & np.isin(side.codes[:, 0], codes)
        )
        for side in (timelines.mo, timelines.sd)
    ]
    *_, both = within(*sides)
    unit = timelines.known[both.codes[:, 0]]
    return Rows.of(
        both.keys // WIDTH,
        kinds="unit_is_unknown",
        attributes=both.keys % WIDTH,
        starts=both.starts,
        ends=both.ends,
        sd=unit,
        mo=unit,
    )


def by_mapping(rows: Rows, pairs: Pairs, mapping: Mapping, as_of: int) -> Rows:
    """Tell what the mapping expects, and what is urgent today."""
    kinds, severities = rows.kinds.copy(), rows.severities.copy()
    if mapping.unknown_job_function:
        unknown = rows.mo == mapping.unknown_job_function
        kinds[unknown & (rows.attributes == JOB_FUNCTION) & rows.are("wrong_job_function")] = (
            "job_function_unknown"
        )
    if not mapping.fraction_synced:
        severities[(rows.attributes == FRACTION) & rows.are("wrong_fraction")] = Severity.INFO
    today = (rows.starts <= as_of) & (as_of < rows.ends)
    urgent = rows.are("active_extra") & today & (pairs.sorts_of(rows.pairs) == "employment")
    severities[urgent] = Severity.CRITICAL
    return rows.having(kinds=kinds, severities=severities)


def protected(rows: Rows) -> Rows:
    """Hide both sides of a protected address."""
    secret = np.zeros(len(rows), np.bool_)
    for row in np.flatnonzero(rows.are(*_ADDRESSES)):
        secret[row] = any(_PROTECTED in str(value) for value in (rows.sd[row], rows.mo[row]))
    hidden = tr("(protected)")
    return rows.having(sd=np.where(secret, hidden, rows.sd), mo=np.where(secret, hidden, rows.mo))


def shorter_units(rows: Rows, pairs: Pairs, timelines: Timelines) -> Rows:
    """Tell a unit that MO lacks while SD has employments in it."""
    short = np.flatnonzero(rows.are("active_missing") & (pairs.sorts_of(rows.pairs) == "unit"))
    if not len(short):
        return rows
    numbers = {value: code for code, value in enumerate(timelines.known)}
    codes = np.array([numbers.get(pairs.names[pair], -1) for pair in rows.pairs[short]], np.int64)
    staffed = _staffed(timelines.sd, codes, rows.starts[short], rows.ends[short])
    kinds = rows.kinds.copy()
    kinds[short[staffed]] = "unit_shorter_than_engagement"
    return rows.having(kinds=kinds)


def _staffed(sd: Intervals, units: Numbers, starts: Numbers, ends: Numbers) -> Flags:
    """Tell for each unit and period whether any of SD's employments is in it for a day."""
    placed = sd.take(np.isin(sd.keys % WIDTH, (UNIT, SD_UNIT, MEANT)) & np.isin(sd.codes[:, 0], units))
    order = np.argsort(placed.codes[:, 0], kind="stable")
    found = placed.take(order)
    firsts = np.searchsorted(found.codes[:, 0], units, side="left")
    lasts = np.searchsorted(found.codes[:, 0], units, side="right")
    return np.array(
        [
            bool(((found.starts[first:last] < end) & (start < found.ends[first:last])).any())
            for first, last, start, end in zip(firsts, lasts, starts, ends, strict=True)
        ],
        np.bool_,
    )
