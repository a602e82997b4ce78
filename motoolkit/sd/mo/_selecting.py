"""Both sides cut down to some units: those, and whoever works there on either side at any time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from motoolkit.sd._side import MEANT_UNIT

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandas as pd

    from motoolkit.sd._side import Side

_PLACES: Final = ("unit", "sd_unit", MEANT_UNIT)


def select_units(sd: Side, mo: Side, units: Collection[str]) -> tuple[Side, Side]:
    """Return what of both sides has to do with ``units`` (see ``units_below``).

    An employment is in when either side has it in one of the units at any time, and with it its person.
    """
    wanted = set(units)
    pairs = _pairs(sd, wanted) | _pairs(mo, wanted)
    return _kept(sd, wanted, pairs), _kept(mo, wanted, pairs)


def _pairs(side: Side, units: set[str]) -> set[str]:
    rows = side.intervals[side.intervals["attribute"].isin(_PLACES)]
    there = rows["subject"][rows["value"].isin(units)].unique()
    found: pd.DataFrame = side.subjects.loc[there]
    return set(found["pair"][found["sort"] == "employment"])


def _kept(side: Side, units: set[str], pairs: set[str]) -> Side:
    subjects = side.subjects
    cprs = {pair.partition("/")[0] for pair in pairs}
    employment = (subjects["sort"] == "employment") & subjects["pair"].isin(pairs)
    unit = (subjects["sort"] == "unit") & subjects["pair"].isin(units)
    person = (subjects["sort"] == "person") & subjects["cpr"].isin(cprs)
    return side.only(employment | unit | person)
