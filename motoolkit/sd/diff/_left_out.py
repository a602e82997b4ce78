"""Whom a comparison could not look at, as findings call them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from motoolkit.findings import LeftOut
from motoolkit.model import mask

if TYPE_CHECKING:
    from collections.abc import Collection

    from motoolkit.model.sweep import Flags
    from motoolkit.sd.diff._findings import Naming

_BORN: Final = 6
"""So many digits of a CPR number are in the key of a finding: others share them."""


def left_out(naming: Naming, *, known: Flags, silent: Flags, unheard: Collection[str]) -> LeftOut:
    """Return who was not looked at: nothing was answered, or a side has no certain subject of them.

    Of somebody about whom SD is silent there may be employments that neither side tells of today: that is
    everything with the person's masked number, but for what was compared.

    Args:
        naming: who the pairs are.
        known: which of them could be compared, if only with nothing.
        silent: which are of persons of whom SD gave no timeline.
        unheard: CPR numbers of more of those.
    """
    pairs = naming.pairs
    there = (pairs.sd >= 0) | (pairs.mo >= 0)
    # What SD tells of a person is not a timeline: it does not tell who is missing.
    judged = there & known & ~(silent & pairs.are("person"))
    cprs = {*pairs.cprs[silent], *unheard} - {""}
    born = {cpr[:_BORN] for cpr in cprs}
    alike = np.array([cpr[:_BORN] in born for cpr in pairs.cprs], np.bool_) if born else np.zeros_like(there)
    missed, seen = np.flatnonzero(there & ~judged), np.flatnonzero(judged & alike)
    naming.prepare(np.concatenate([missed, seen]))
    subjects = [naming.subject(pair) for pair in missed.tolist()]
    names = {name for subject in subjects for name in (subject.key, subject.uuid) if name}
    return LeftOut(
        frozenset(names | {mask(cpr) for cpr in cprs}),
        frozenset(naming.subject(pair).key for pair in seen.tolist()),
    )
