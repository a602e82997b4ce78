"""MO's leaves, of the engagements that are compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from motoolkit.model import bulk_subtract
from motoolkit.sd._rows import all_oddities, clamped, oddities_of, rows_of, untangled, within
from motoolkit.sd._side import empty_intervals, empty_oddities
from motoolkit.sd.mo._reading import ask, classes_of, one_of, period, with_classes

if TYPE_CHECKING:
    import pandas as pd

    from motoolkit.mirror import Mirror
    from motoolkit.sd.mapping import Mapping


_FEW: Final = 1_000
"""So many engagements are named in the question; of more all leaves are read."""


def leave_rows(
    mirror: Mirror, mapping: Mapping, engagements: pd.DataFrame, active: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows of leave while active, and what is odd: several at a time, leave without engagement."""
    joins, values = classes_of("l", ["leave_type"])
    owners = engagements[["uuid", "subject"]].drop_duplicates("uuid", keep="last")
    chosen, wanted = one_of("l.engagement_uuid", list(owners["uuid"]) if len(owners) <= _FEW else None)
    query = with_classes(
        f"SELECT l.uuid, {period('l')}, l.engagement_uuid, {values['leave_type']} AS leave_type"
        f" FROM leaves l {joins} WHERE {chosen} ORDER BY l.uuid, l.valid_from NULLS FIRST"
    )
    leaves = ask(mirror, query, wanted)
    if mapping.leave_types:
        leaves = leaves[leaves["leave_type"].isin(mapping.leave_types)]
    owned = leaves.merge(owners.rename(columns={"uuid": "engagement_uuid"}), on="engagement_uuid")
    if not len(owned):
        return empty_intervals(), empty_oddities()
    objects = rows_of(clamped(owned.assign(value=owned["uuid"]), mapping.clamp), "leave")
    _, several = untangled(objects, "duplicate_in_mo")
    rows, _ = untangled(objects.assign(value="true"), "duplicate_in_mo")
    outside = bulk_subtract(rows, active, key="subject")
    return within(rows, active), all_oddities(
        several, oddities_of(outside, "wrong_leave", "outside_engagement")
    )
