"""One section of SD's feeds several of MO's fields: what differs in all of them alike is told once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from motoolkit.sd.diff._attributes import ACTIVE, ATTRIBUTES

if TYPE_CHECKING:
    from motoolkit.model.sweep import Numbers
    from motoolkit.sd.diff._pairs import Pairs
    from motoolkit.sd.diff._rows import Rows

_DIFFERENT: Final = ("wrong_unit", "wrong_unit_code", "wrong_job_function", "wrong_title")
_WITHIN_MO: Final = "overlap_in_mo"
"""Periods of an object in MO overlap as a whole, whatever the section in SD."""

_APART: Final = -1
_NAMES: Final = tuple({attribute.section for attribute in ATTRIBUTES} - {""})
_SECTIONS: Final = np.array(
    [_NAMES.index(one.section) if one.section else _APART for one in ATTRIBUTES] + [_APART], np.int64
)


def told_once(rows: Rows, pairs: Pairs) -> Rows:
    """Let the first attribute of a section speak for the others that differ in the same period."""
    groups = _groups(rows, pairs)
    candidates = np.flatnonzero(groups != _APART)
    columns = np.column_stack([rows.pairs, groups, rows.starts, rows.ends])[candidates]
    order = np.lexsort((rows.attributes[candidates], *columns.T))
    ordered, columns = candidates[order], columns[order]
    repeats = np.concatenate([[False], (columns[1:] == columns[:-1]).all(axis=1)])[: len(ordered)]
    also = rows.also.copy()
    speaker = -1
    for row, repeated in zip(ordered, repeats, strict=True):
        if repeated:
            name = ATTRIBUTES[rows.attributes[row]].name
            also[speaker] = f"{also[speaker]}, {name}" if also[speaker] else name
        else:
            speaker = row
    kept = np.ones(len(rows), np.bool_)
    kept[ordered[repeats]] = False
    return rows.having(also=also).take(kept)


def _groups(rows: Rows, pairs: Pairs) -> Numbers:
    """Number what may be told together."""
    sections = np.where(pairs.sorts_of(rows.pairs) == "employment", _SECTIONS[rows.attributes], _APART)
    different = rows.are(*_DIFFERENT) & ~rows.explained
    groups = np.full(len(rows), _APART, np.int64)
    for number, kinds in enumerate((different, rows.are("gap_in_sd_attr"), rows.are("overlap_in_sd"))):
        groups = np.where(kinds & (sections != _APART), number * len(_NAMES) + sections, groups)
    overlap = rows.are(_WITHIN_MO) & (rows.attributes >= ACTIVE) & (rows.pairs >= 0)
    return np.where(overlap, 3 * len(_NAMES), groups)
