"""Who is employed on a day, by institution and status, and how many of them MO has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from motoolkit.language import tr
from motoolkit.sd._keys import bare_pairs, pairs
from motoolkit.sd._whom import whom
from motoolkit.sd._words import STATUSES
from motoolkit.sd.guess import guess_mapping
from motoolkit.sd.mapping import Mapping
from motoolkit.sd.mo import COLLECTIONS, employment_side

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date
    from pathlib import Path

    import pandas as pd

    from motoolkit.mirror import Mirror
    from motoolkit.sd._side import Side
    from motoolkit.sd.client import SdClient

COLUMNS: Final = ("institution", "status", "employments", "persons", "in_mo")


def population(
    sd: SdClient,
    mirror: Mirror,
    *,
    as_of: date,
    institutions: Iterable[str] = (),
    mapping: Mapping | str | Path | None = None,
) -> pd.DataFrame:
    """Return how many employments and persons SD has on a day, and how many of the employments MO has then.

    Args:
        sd: SD-Løn.
        mirror: MO.
        as_of: the day.
        institutions: SD's institutions; those of the profile unless given.
        mapping: how the integration writes into MO; guessed from MO unless given.

    Returns:
        The columns institution, status, employments, persons, in_mo; a status a row.

    Raises:
        SdError: SD does not answer, or is closed.
    """
    import pandas as pd

    mirror.check(COLLECTIONS)
    wanted = whom(sd, mirror, institutions=institutions, as_of=as_of).institutions
    chosen = guess_mapping(mirror).mapping if mapping is None else Mapping.read(mapping)
    side = employment_side(mirror, chosen, as_of=as_of)
    in_mo = _active_on(side, as_of)
    parts = [_counted_on(sd, institution, as_of, chosen, in_mo) for institution in wanted]
    every = pd.concat(parts, ignore_index=True)
    # Of two with a number that does not tell its institution, MO has one.
    once = every["held"].notna() & ~every["held"].duplicated()
    counted = (
        every.assign(in_mo=once)
        .groupby(["institution", "status"], as_index=False)
        .agg(employments=("pair", "size"), persons=("cpr", "nunique"), in_mo=("in_mo", "sum"))
    )
    words = [tr(STATUSES.get(code, code)) for code in counted["status"].astype(str)]
    return counted.assign(status=words)[list(COLUMNS)]


def _active_on(side: Side, as_of: date) -> set[str]:
    """Return what the employments are joined on that are active on a day."""
    alive = side.intervals[side.intervals["attribute"] == "active"]
    day = np.datetime64(as_of, "s")
    now = alive[~(alive["start"] > day) & ~(alive["end"] <= day)]
    return set(side.subjects["pair"].loc[now["subject"].unique()])


def _counted_on(
    sd: SdClient, institution: str, as_of: date, mapping: Mapping, in_mo: Collection[str]
) -> pd.DataFrame:
    """Return the employments of an institution, each with its status and what MO has of it."""
    found = sd.employments(institution, as_of)
    rows, sections = found.employments, found.sections
    status = sections[sections["field"] == "status"].set_index("employment")["value"]
    pair = pairs(rows["cpr"], rows["institution"], rows["number"])
    held = pair.where(pair.isin(in_mo))
    if not mapping.prefix:
        bare = bare_pairs(rows["cpr"], rows["number"])
        held = held.fillna(bare.where(bare.isin(in_mo)))
    return rows.assign(status=status, pair=pair, held=held)
