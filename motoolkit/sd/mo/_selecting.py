"""Both sides cut down to some units: those, and whoever works there on either side at any time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from motoolkit.sd._side import MEANT_UNIT
from motoolkit.sd.diff._pairs import NOBODY, pair_up

if TYPE_CHECKING:
    from collections.abc import Collection

    from motoolkit.model.sweep import Flags, Numbers
    from motoolkit.sd._side import Side

_PLACES: Final = ("unit", "sd_unit", MEANT_UNIT)


def select_units(sd: Side, mo: Side, units: Collection[str]) -> tuple[Side, Side]:
    """Return what of both sides has to do with ``units`` (see ``units_below``).

    An employment is in when either side has it in one of the units at any time, and with it its person.
    """
    wanted, pairs = set(units), pair_up(sd, mo)
    there = np.zeros(len(pairs) + 1, np.bool_)
    for side, of in ((sd, pairs.of_sd), (mo, pairs.of_mo)):
        there[of[_placed(side, wanted)]] = True
    there &= np.append(pairs.are("employment"), False)
    # What competes for one number is compared with it, or not at all.
    rivals = np.append(pairs.contested, NOBODY)
    there |= (rivals != NOBODY) & np.isin(rivals, rivals[there])
    cprs = set(pairs.cprs[there[:-1]])
    return _kept(sd, wanted, there[pairs.of_sd], cprs), _kept(mo, wanted, there[pairs.of_mo], cprs)


def _placed(side: Side, units: set[str]) -> Numbers:
    """Return the subjects that are in one of the units at any time."""
    rows = side.intervals[side.intervals["attribute"].isin(_PLACES)]
    return rows["subject"][rows["value"].isin(units)].unique().astype(np.int64)


def _kept(side: Side, units: set[str], there: Flags, cprs: set[str]) -> Side:
    subjects = side.subjects
    employment = (subjects["sort"] == "employment") & there
    unit = (subjects["sort"] == "unit") & subjects["pair"].isin(units)
    person = (subjects["sort"] == "person") & subjects["cpr"].isin(cprs)
    return side.only(employment | unit | person)
