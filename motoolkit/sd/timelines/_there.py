"""The last rule of placement: where MO does not have the unit, the one for what can not be placed is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from motoolkit.model import bulk_mask, bulk_subtract
from motoolkit.sd._rows import all_rows, rows_of, untangled
from motoolkit.sd._side import MEANT_UNIT, Side

if TYPE_CHECKING:
    from motoolkit.sd._facts import Facts

_UNIT = "unit"


def in_units_of_mo(side: Side, facts: Facts) -> Side:
    """Put employments in the unit for the unknown on the days on which MO does not have theirs.

    What they would be in is told as ``meant_unit``.  Without such a unit all stay where they are.
    """
    held = side.intervals
    placed = held[(held["attribute"] == _UNIT) & held["value"].notna()]
    if not facts.unknown_unit or facts.living is None or not len(placed):
        return side
    keyed = placed.assign(key=placed["value"])
    living = facts.living.rename(columns={"unit": "key"})
    away = bulk_subtract(keyed[keyed["value"] != facts.unknown_unit], living)
    if not len(away):
        return side
    there = [bulk_mask(keyed, living), keyed[keyed["value"] == facts.unknown_unit]]
    units = [*(rows_of(rows, _UNIT) for rows in there), rows_of(away, _UNIT, facts.unknown_unit)]
    meant = rows_of(away, MEANT_UNIT)
    clean, _ = untangled(all_rows(*units, meant), "overlap_in_sd")
    found = pd.concat([held.drop(index=placed.index), clean], ignore_index=True)
    ordered = found.sort_values(["subject", "attribute", "start"], na_position="first", ignore_index=True)
    return Side(side.subjects, ordered, side.oddities)
