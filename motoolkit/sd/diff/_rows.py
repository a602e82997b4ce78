"""What was found, before it becomes findings: parallel arrays, one item a finding."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from motoolkit.model import MISSING
from motoolkit.model.sweep import ABSENT, AFTER_ALL, BEFORE_ALL
from motoolkit.sd.diff._attributes import NO_ATTRIBUTE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from motoolkit.model.sweep import Flags, Numbers

    Objects = NDArray[np.object_]

NO_SHIFT, SHIFTED_START, SHIFTED_END = range(3)
NO_GAP, GAP_IN_MO, GAP_IN_SD = range(3)
NO_FUTURE, NOT_LOADED, ONLY_IN_MO = range(3)


@dataclass(frozen=True, slots=True)
class Rows:
    """Parallel arrays; days are those of the sweep.

    Attributes:
        kinds: codes of mismatch kinds.
        pairs: whom it is about; -1 is nobody who is on either side.
        attributes: codes of attributes, or none.
        starts: first days.
        ends: days after the last.
        dated: whether there is a period at all.
        sd: what SD says.
        mo: what MO says.
        sd_codes: the same as numbers of the timelines' values.
        mo_codes: likewise.
        shifts: whose border is shifted.
        days: by how many days MO's border comes later, or how long a gap is.
        bordered: the value whose border is shifted.
        gaps: whose side has a gap.
        futures: what is to come on one side only.
        overlaps: whether a side contradicts itself.
        explained: whether a rule lets MO have another unit.
        undecided: whether it can not be told who is right.
        severities: 0 is the kind's.
        details: what only this one has to tell.
        also: further attributes with the same difference.
        causes: root causes.
    """

    kinds: Objects
    pairs: Numbers
    attributes: Numbers
    starts: Numbers
    ends: Numbers
    dated: Flags
    sd: Objects
    mo: Objects
    sd_codes: Numbers
    mo_codes: Numbers
    shifts: Numbers
    days: Numbers
    bordered: Objects
    gaps: Numbers
    futures: Numbers
    overlaps: Flags
    explained: Flags
    undecided: Flags
    severities: Numbers
    details: Objects
    also: Objects
    causes: Objects

    @classmethod
    def of(cls, pairs: Numbers, **columns: Any) -> Rows:
        """Make rows of some columns; a single value is that of all rows, and the rest is blank."""
        given = {**_BLANK, **columns, "pairs": pairs}
        return cls(**{name: _column(given[name], len(pairs), _BLANK[name]) for name in _BLANK})

    @classmethod
    def joined(cls, parts: Sequence[Rows]) -> Rows:
        """Put rows below each other."""
        return cls(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in _BLANK})

    def take(self, rows: Numbers | Flags) -> Rows:
        """Keep some of them."""
        return Rows(**{name: getattr(self, name)[rows] for name in _BLANK})

    def having(self, **columns: Any) -> Rows:
        """Return the same rows with other columns."""
        made = {name: _column(value, len(self), _BLANK[name]) for name, value in columns.items()}
        return replace(self, **made)

    def are(self, *kinds: str) -> Flags:
        """Tell which are of one of the kinds."""
        flags: Flags = np.logical_or.reduce([self.kinds == kind for kind in kinds])
        return flags

    def __len__(self) -> int:
        return len(self.pairs)


_BLANK: Final[dict[str, Any]] = {
    "kinds": "",
    "pairs": -1,
    "attributes": NO_ATTRIBUTE,
    "starts": BEFORE_ALL,
    "ends": AFTER_ALL,
    "dated": True,
    "sd": MISSING,
    "mo": MISSING,
    "sd_codes": ABSENT,
    "mo_codes": ABSENT,
    "shifts": NO_SHIFT,
    "days": 0,
    "bordered": MISSING,
    "gaps": NO_GAP,
    "futures": NO_FUTURE,
    "overlaps": False,
    "explained": False,
    "undecided": False,
    "severities": 0,
    "details": "",
    "also": "",
    "causes": "",
}
assert tuple(_BLANK) == tuple(field.name for field in fields(Rows))  # noqa: S101 - one order for both

_TYPES: Final = {bool: np.bool_, int: np.int64}


def _column(value: Any, count: int, blank: Any) -> Any:
    dtype = _TYPES.get(type(blank), np.object_)
    return value.astype(dtype) if isinstance(value, np.ndarray) else np.full(count, value, dtype)
