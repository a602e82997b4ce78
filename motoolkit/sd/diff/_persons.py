"""Names of persons: SD has no history of them, and several institutions may have different ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from motoolkit.model.sweep import ABSENT
from motoolkit.sd.diff._attributes import NAME, WIDTH
from motoolkit.sd.diff._rows import Rows

if TYPE_CHECKING:
    from motoolkit.model.sweep import Flags
    from motoolkit.sd.diff._pairs import Pairs
    from motoolkit.sd.diff._timelines import Timelines


def wrong_names(pairs: Pairs, timelines: Timelines, compared: Flags) -> Rows:
    """Return the persons whose name in MO is none of those in SD."""
    chosen = compared & pairs.are("person")
    ours, theirs = (
        side.take((side.keys % WIDTH == NAME) & chosen[side.keys // WIDTH])
        for side in (timelines.sd, timelines.mo)
    )
    in_mo = np.full(len(pairs), ABSENT, np.int64)
    in_mo[theirs.keys // WIDTH] = theirs.codes[:, 0]
    of, names = ours.keys // WIDTH, ours.codes[:, 0]
    right = np.zeros(len(pairs), np.bool_)
    right[of[names == in_mo[of]]] = True
    wrong = np.unique(of[~right[of]])
    said: dict[int, list[str]] = {pair: [] for pair in wrong}
    for pair, name in zip(of[~right[of]], timelines.known[names[~right[of]]], strict=True):
        said[pair].append(name)
    sd = np.empty(len(wrong), object)
    sd[:] = [" / ".join(dict.fromkeys(names)) for names in said.values()]
    return Rows.of(
        wrong,
        kinds="wrong_name",
        attributes=np.full(len(wrong), NAME),
        dated=False,
        sd=sd,
        mo=timelines.known[in_mo[wrong]],
    )
