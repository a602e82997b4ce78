"""MO's engagements as a side: one subject a person and number, whatever objects MO has for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from motoolkit.model import bulk_subtract
from motoolkit.sd._rows import all_rows, clamped, oddities_of, rows_of, side_of, untangled
from motoolkit.sd._side import ACTIVE, empty_intervals, empty_oddities
from motoolkit.sd.mo._engagements import read_engagements
from motoolkit.sd.mo._leaves import leave_rows
from motoolkit.sd.mo._raw_units import associated

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from motoolkit.mirror import Mirror
    from motoolkit.sd._side import Side
    from motoolkit.sd.mapping import Mapping

_VALUES: Final = ("unit", "sd_unit", "unit_code", "job_function", "title", "engagement_type", "fraction")


def employment_side(
    mirror: Mirror,
    mapping: Mapping,
    *,
    as_of: date,
    cprs: Collection[str] | None = None,
    institutions: Collection[str] = (),
) -> Side:
    """Return the engagements' side: those that the integration would touch, and why not the others.

    Args:
        mirror: has engagements, persons, classes, leaves and, for raw units there, associations.
        mapping: how the integration writes them.
        as_of: the day of names.
        cprs: the persons; None means all.
        institutions: leave out numbers that begin with another institution; none means all.
    """
    slices = read_engagements(mirror, mapping, as_of=as_of, cprs=cprs)
    if institutions:
        others = ~slices["institution"].isin([*(each.upper() for each in institutions), ""])
        slices = slices[~others].reset_index(drop=True)
    slices, subjects = _subjects(slices)
    kept = clamped(slices[slices["ignored"] == ""], mapping.clamp)
    active, _ = untangled(rows_of(kept, ACTIVE, "true"), "overlap_in_mo")
    leaves, odd = leave_rows(mirror, mapping, kept, active)
    rows = [_valued(kept, name) for name in _VALUES if mapping.compares(name) and name != "sd_unit"]
    raw, unsure = _raw_units(mirror, mapping, kept, active)
    clean, disputed = untangled(all_rows(*rows, raw), "overlap_in_mo")
    return side_of(subjects, [active, leaves, clean], [*_told(slices, kept), disputed, odd, unsure])


def _subjects(slices: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the slices with their subject, and the subjects.

    What is ignored or has no number is by itself, unless nothing else has its pair.
    """
    alone = (slices["wrong"] != "") | (slices["cpr"] == "")
    ignored = slices["ignored"] != ""
    taken = ignored & slices["pair"].isin(slices["pair"][~ignored & ~alone])
    own = slices["pair"] + "#" + slices["uuid"]
    pair = slices["pair"].where(~(alone | taken), own)
    codes, _ = pd.factorize(pair)
    slices = slices.assign(pair=pair, subject=codes.astype(np.int64))
    latest = slices.drop_duplicates("subject", keep="last").sort_values("subject", ignore_index=True)
    subjects = pd.DataFrame(
        {
            "sort": "employment",
            "pair": latest["pair"],
            "institution": latest["institution"],
            "number": latest["user_key"].fillna(""),
            "cpr": latest["cpr"],
            "label": latest["label"],
            "uuid": slices.groupby("subject")["uuid"].min().to_numpy(),
            "person_uuid": latest["person_uuid"],
        }
    ).astype(object)
    return slices, subjects


def _raw_units(
    mirror: Mirror, mapping: Mapping, kept: pd.DataFrame, active: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows of sd_unit, and what is odd: the extension, or an association, else the unit."""
    if not mapping.raw_unit:
        return empty_intervals(), empty_oddities()
    if mapping.raw_unit == "extension_5":
        return _valued(kept, "sd_unit"), empty_oddities()
    linked, unsure = associated(mirror, mapping, kept, active)
    others = bulk_subtract(_valued(kept, "unit"), linked, key="subject").assign(attribute="sd_unit")
    return all_rows(linked, others), unsure


def _told(slices: pd.DataFrame, kept: pd.DataFrame) -> list[pd.DataFrame]:
    """Return what is odd about engagements: ignored, several for a number, of mixed types."""
    whole = slices.assign(attribute="", value=None, start=_never(slices), end=_never(slices))
    ignored = whole[whole["ignored"] != ""].drop_duplicates("subject")
    own = whole[whole["ignored"] == ""]
    objects = own.groupby("subject")["uuid"].agg(lambda uuids: ", ".join(sorted(set(uuids))))
    several = own.drop_duplicates("subject").set_index("subject", drop=False)
    several = several[objects.loc[several.index].str.contains(",")]
    mixed = kept[~kept["sd_typed"].to_numpy(bool)]
    return [
        oddities_of(ignored.assign(detail=ignored["ignored"]), "ignored_by_rule"),
        oddities_of(several.assign(value=objects.loc[several.index]), "duplicate_in_mo"),
        oddities_of(
            mixed.assign(attribute="engagement_type", value=mixed["engagement_type"]),
            "ignored_by_rule",
            "mixed_types",
        ),
    ]


def _valued(slices: pd.DataFrame, name: str) -> pd.DataFrame:
    return rows_of(slices.assign(value=slices[name]), name)


def _never(frame: pd.DataFrame) -> np.ndarray[Any, Any]:
    return np.full(len(frame), "NaT", dtype="datetime64[s]")
