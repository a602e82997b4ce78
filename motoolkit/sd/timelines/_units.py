"""From SD's departments to the timelines of units."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from motoolkit.model import bulk_mask
from motoolkit.sd._keys import texts
from motoolkit.sd._rows import (
    all_oddities,
    all_rows,
    clamped,
    oddities_of,
    rows_of,
    side_of,
    subject_oddities,
    untangled,
)
from motoolkit.sd._side import ACTIVE, Side
from motoolkit.sd._unit_values import ADDRESSES, level_key
from motoolkit.sd.timelines._departments import parents

if TYPE_CHECKING:
    from collections.abc import Collection

    from motoolkit.sd._shapes import Departments
    from motoolkit.sd.mapping import Mapping

_NAMED: Final = ("name", "unit_code", "level")


def unit_side(departments: Departments, mapping: Mapping, *, others: Collection[str] = frozenset()) -> Side:
    """Return the units' side: what holds of each department, with its parents.

    A parent that is neither a department nor among ``others`` is the institution itself: no parent.
    """
    frame = departments.departments.reset_index(drop=True)
    codes, uuids = pd.factorize(texts(frame["uuid"]).str.lower())
    frame = frame.assign(subject=codes.astype(np.int64), uuid=np.asarray(uuids, dtype=object)[codes])
    subjects = _subjects(frame)
    ignored = ignored_names(frame, mapping)
    frame = frame[~frame["subject"].isin(ignored)]
    active, _ = untangled(clamped(rows_of(frame, ACTIVE, "true"), mapping.clamp), "overlap_in_sd")
    rows = all_rows(
        *(clamped(rows_of(values, name), mapping.clamp) for name, values in _values(frame, mapping)),
    )
    clean, disputed = untangled(rows, "overlap_in_sd")
    above, odd = _parents(departments, subjects, active, {*subjects["uuid"], *others})
    return side_of(
        subjects,
        [active, clean, above],
        [
            disputed,
            odd,
            subject_oddities(subjects.loc[sorted(ignored)], "ignored_by_rule", "unit_name"),
        ],
    )


def _subjects(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a subject for each department, labelled with its latest name."""
    latest = frame.sort_values("start", na_position="first").drop_duplicates("subject", keep="last")
    latest = latest.sort_values("subject", ignore_index=True)
    return pd.DataFrame(
        {
            "sort": "unit",
            "pair": latest["uuid"],
            "institution": texts(latest["institution"]),
            "number": texts(latest["code"]),
            "cpr": "",
            "label": texts(latest["name"]),
            "uuid": latest["uuid"],
            "person_uuid": "",
        }
    ).astype(object)


def ignored_names(frame: pd.DataFrame, mapping: Mapping) -> set[int]:
    """Return the subjects of a frame (subject, name) whose name, whenever, is one to be left out."""
    if not mapping.ignore_unit_names:
        return set()
    pattern = "|".join(f"(?:{each})" for each in mapping.ignore_unit_names)
    codes, names = pd.factorize(texts(frame["name"]))
    matches = np.array([re.match(pattern, name) is not None for name in names] or [False])
    return set(frame["subject"][matches[codes]])


def _values(frame: pd.DataFrame, mapping: Mapping) -> list[tuple[str, pd.DataFrame]]:
    code = texts(frame["code"])
    prefix = texts(frame["institution"]).str.upper() + "-"
    names = texts(frame["name"])
    values: dict[str, pd.Series[Any]] = {
        "name": names.where(names != "", mapping.nameless_unit),
        "unit_code": code.where(code == "", prefix + code) if mapping.unit_prefix else code,
        "level": level_key(frame["level"]),
    }
    for name in mapping.unit_addresses:
        values[name] = ADDRESSES[name](texts(frame[name]))
    return [(name, _with(frame, name, column)) for name, column in values.items()]


def _with(frame: pd.DataFrame, name: str, column: pd.Series[Any]) -> pd.DataFrame:
    """Return the frame with a column as its values; an address that is not set does not hold at all."""
    values = column.astype(object).where(column != "", None)
    found = frame.assign(value=values)
    return found if name in _NAMED else found[values.notna()]


def _parents(
    departments: Departments, subjects: pd.DataFrame, active: pd.DataFrame, units: set[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows of parent, None on top, and where there are several at a time."""
    numbers = pd.Series(subjects.index.to_numpy(), index=subjects["uuid"].to_numpy())
    clean, disputed = (_of_subjects(frame, numbers) for frame in parents(departments))
    kept = clean["value"].where(clean["value"].isin(units), None)
    rows = rows_of(bulk_mask(clean.assign(value=kept), active, key="subject"), "parent")
    coalesced, _ = untangled(rows, "overlap_in_sd")
    several = rows_of(bulk_mask(disputed, active, key="subject"), "parent")
    _, contested = untangled(several, "overlap_in_sd")
    return coalesced, all_oddities(oddities_of(contested, "overlap_in_sd"))


def _of_subjects(frame: pd.DataFrame, numbers: pd.Series[Any]) -> pd.DataFrame:
    known = frame[frame["uuid"].isin(numbers.index)]
    subject = known["uuid"].map(numbers).astype("int64")
    return known.assign(subject=subject, value=known["parent"])[["subject", "start", "end", "value"]]
