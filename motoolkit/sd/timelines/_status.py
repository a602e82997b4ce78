"""Who is employed, and who is on leave: what the status codes say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from motoolkit.sd._rows import all_oddities, all_rows, oddities_of, rows_of, untangled, within
from motoolkit.sd._side import ACTIVE

if TYPE_CHECKING:
    import pandas as pd

    from motoolkit.sd.mapping import Mapping

_KNOWN: Final = tuple("0134789S")


def activity(status: pd.DataFrame, mapping: Mapping) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the rows of active, those of leave, and what is odd about them.

    Codes that are all active make one span.  A code that SD does not explain is neither active nor not: its
    stretch is an oddity.
    """
    known = status["value"].isin(_KNOWN)
    unknown = oddities_of(rows_of(status[~known], ACTIVE), "gap_in_sd_attr", "unknown_status")
    explained = status[known]
    said = all_rows(_flags(explained, ACTIVE, mapping.active), _flags(explained, "leave", mapping.leave))
    clean, disputed = untangled(said, "overlap_in_sd")
    true = clean[clean["value"] == "true"]
    active = true[true["attribute"] == ACTIVE].reset_index(drop=True)
    leave = within(true[true["attribute"] == "leave"], active)
    on_leave = disputed["attribute"] == "leave"
    return active, leave, all_oddities(unknown, disputed[~on_leave], within(disputed[on_leave], active))


def _flags(status: pd.DataFrame, attribute: str, codes: frozenset[str]) -> pd.DataFrame:
    said = np.where(status["value"].isin(codes), "true", "false")
    return rows_of(status.assign(value=said), attribute)
