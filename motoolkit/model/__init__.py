"""What everything in MO is made of: periods, timelines, CPR numbers and the organisation tree."""

from __future__ import annotations

from motoolkit.model._spans import MISSING, Span
from motoolkit.model.bulk import bulk_coalesce, bulk_diff, bulk_join, bulk_mask, bulk_subtract, bulk_untangle
from motoolkit.model.cpr import Cpr, mask, mask_all
from motoolkit.model.danish import danish_key
from motoolkit.model.orgtree import CYCLE, NAMELESS, UNKNOWN_PARENT, OrgTree, TreeProblem
from motoolkit.model.timeline import Difference, Timeline
from motoolkit.model.validity import (
    COPENHAGEN,
    EXCLUSIVE_TO_VERSION,
    Validity,
    as_date,
    copenhagen_date,
    midnight,
    today_in_denmark,
)

__all__ = [
    "COPENHAGEN",
    "CYCLE",
    "EXCLUSIVE_TO_VERSION",
    "MISSING",
    "NAMELESS",
    "UNKNOWN_PARENT",
    "Cpr",
    "Difference",
    "OrgTree",
    "Span",
    "Timeline",
    "TreeProblem",
    "Validity",
    "as_date",
    "bulk_coalesce",
    "bulk_diff",
    "bulk_join",
    "bulk_mask",
    "bulk_subtract",
    "bulk_untangle",
    "copenhagen_date",
    "danish_key",
    "mask",
    "mask_all",
    "midnight",
    "today_in_denmark",
]
