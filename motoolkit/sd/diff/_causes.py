"""Root causes: one sentence for a group of findings instead of hundreds of lines."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from motoolkit.language import tr
from motoolkit.model.sweep import ABSENT
from motoolkit.sd.diff import _rows
from motoolkit.sd.diff._attributes import ATTRIBUTES, CODES, JOB_FUNCTION, MEANT, SD_UNIT, UNIT, WIDTH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from motoolkit.model.sweep import Flags, Intervals, Numbers
    from motoolkit.sd.diff._pairs import Pairs
    from motoolkit.sd.diff._rows import Objects, Rows
    from motoolkit.sd.diff._timelines import Timelines

EVERYWHERE: Final = 0.8
AT_LEAST: Final = 20
"""A fault is everywhere when this share of the findings has it, of no fewer than these."""

_SEVERAL: Final = 2
_CLASSES: Final = (JOB_FUNCTION, CODES["engagement_type"])


def with_causes(
    rows: Rows, pairs: Pairs, timelines: Timelines, *, compared: int, labels: Mapping[str, str]
) -> Rows:
    """Give each finding the root cause that it shares with others; the first that fits counts.

    Args:
        rows: all findings.
        pairs: whom they are about.
        timelines: what both sides say.
        compared: how many employments are compared.
        labels: the names of units.
    """
    causes = rows.causes.copy()
    _put(causes, _duplicates(rows))
    _put(causes, _units(rows, pairs, timelines, labels))
    _put(causes, _classes(rows, timelines))
    _put(causes, _key_formats(rows, compared))
    _put(causes, _off_by_one(rows))
    return rows.having(causes=causes)


def directions(rows: Rows) -> Numbers:
    """Return 1 where MO's border is a day late, -1 where it is a day early, else 0.

    Slices that end a day early leave gaps of a day, those that end a day late overlap by one.
    """
    early = (rows.gaps == _rows.GAP_IN_MO) & (rows.days == 1)
    late = rows.are("overlap_in_mo") & rows.dated & (rows.ends - rows.starts == 1)
    shifted = np.where((rows.shifts != _rows.NO_SHIFT) & (np.abs(rows.days) == 1), rows.days, 0)
    return np.select([early, late], [-1, 1], shifted)


def _put(causes: Objects, found: Objects) -> None:
    free = (causes == "") & (found != "")
    causes[free] = found[free]


def _same(rows: Rows, flags: Flags, text: str) -> Objects:
    return np.where(flags, text, "").astype(object) if len(rows) else rows.causes


def _duplicates(rows: Rows) -> Objects:
    several = rows.are("duplicate_in_mo")
    return _same(rows, several, tr("MO has several objects with one key: the integration stops at them."))


def _key_formats(rows: Rows, compared: int) -> Objects:
    wrong = rows.are("key_format")
    everywhere = compared >= AT_LEAST and wrong.sum() >= EVERYWHERE * compared
    text = tr("Nearly all numbers are written otherwise than the mapping says: check prefix and padding.")
    return _same(rows, wrong & everywhere, text)


def _off_by_one(rows: Rows) -> Objects:
    found = directions(rows)
    counted = rows.dated & ~rows.are("ignored_by_rule", "gap_in_sd_attr", "overlap_in_sd")
    total = int(counted.sum())
    for direction, text in (
        (
            1,
            tr("Nearly all borders are a day late in MO: check GraphQL version and date conversion."),
        ),
        (
            -1,
            tr("Nearly all borders are a day early in MO: check GraphQL version and date conversion."),
        ),
    ):
        alike = counted & (found == direction)
        if total >= AT_LEAST and alike.sum() >= EVERYWHERE * total:
            return _same(rows, alike, text)
    return _same(rows, counted, "")


def _classes(rows: Rows, timelines: Timelines) -> Objects:
    """Name the values of SD for which MO seems to have no class: nobody has it there."""
    causes = _same(rows, rows.dated, "")
    wrong = rows.are("wrong_job_function", "job_function_unknown", "wrong_engagement_type")
    wrong &= rows.sd_codes != ABSENT
    certain = rows.are("job_function_unknown")
    for attribute in _CLASSES:
        in_mo = timelines.mo.codes[timelines.mo.keys % WIDTH == attribute, 0]
        lacking = wrong & (rows.attributes == attribute) & ~np.isin(rows.sd_codes, in_mo)
        for code, times in Counter(rows.sd_codes[lacking].tolist()).items():
            alike = lacking & (rows.sd_codes == code)
            if times >= _SEVERAL or certain[alike].any():
                value = timelines.known[code]
                causes[alike] = _class_text(attribute, value)
    return causes


def _class_text(attribute: int, value: Any) -> str:
    if ATTRIBUTES[attribute].name == "job_function":
        return tr("MO seems to have no job function {value}.", value=value)
    return tr("MO seems to have no engagement type {value}.", value=value)


def _units(rows: Rows, pairs: Pairs, timelines: Timelines, labels: Mapping[str, str]) -> Objects:
    """Name the units that MO lacks, on all that follows from it."""
    causes = _same(rows, rows.dated, "")
    heads = np.flatnonzero(rows.are("unit_missing", "unit_shorter_than_engagement"))
    if not len(heads):
        return causes
    of, units, starts, ends = _followers(rows, timelines.sd)
    numbers = {value: code for code, value in enumerate(timelines.known)}
    for head in heads:
        uuid = pairs.names[rows.pairs[head]]
        name = labels.get(uuid, uuid)
        if rows.kinds[head] == "unit_missing":
            text = tr("MO has no unit {name}.", name=name)
        else:
            text = tr("The unit {name} is shorter in MO than in SD.", name=name)
        causes[head] = text
        code = numbers.get(uuid, ABSENT)
        its = slice(np.searchsorted(units, code), np.searchsorted(units, code, side="right"))
        hit = (starts[its] < rows.ends[head]) & (rows.starts[head] < ends[its])
        causes[of[its][hit]] = text
    return causes


def _followers(rows: Rows, sd: Intervals) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Return row, SD's unit and period of each finding that a lacking unit may have caused, by unit."""
    placed = np.flatnonzero(rows.are("wrong_unit", "unit_is_unknown") & (rows.sd_codes != ABSENT))
    parts = [(placed, rows.sd_codes[placed], rows.starts[placed], rows.ends[placed])]
    absent = np.flatnonzero(rows.are("engagement_missing_in_mo", "active_missing"))
    displaced = np.flatnonzero(rows.are("wrong_unit", "unit_is_unknown"))
    parts += [said_meanwhile(rows, absent, sd, attribute) for attribute in (UNIT, SD_UNIT, MEANT)]
    parts.append(said_meanwhile(rows, displaced, sd, MEANT))
    of, units, starts, ends = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.argsort(units, kind="stable")
    return of[order], units[order], starts[order], ends[order]


def said_meanwhile(
    rows: Rows, chosen: Numbers, side: Intervals, attribute: int
) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Return what a side says of an attribute in the periods of some rows: row, value, start and end."""
    keys = rows.pairs[chosen] * WIDTH + attribute
    firsts, lasts = (np.searchsorted(side.keys, keys, side=edge) for edge in ("left", "right"))
    counts = lasts - firsts
    of = np.repeat(chosen, counts)
    at = np.repeat(firsts, counts) + np.arange(len(of)) - np.repeat(np.cumsum(counts) - counts, counts)
    starts, ends = np.maximum(side.starts[at], rows.starts[of]), np.minimum(side.ends[at], rows.ends[of])
    held = starts < ends
    return of[held], side.codes[at[held], 0], starts[held], ends[held]
