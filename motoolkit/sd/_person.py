"""The employments of one person, as far as either system has them, for the picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from motoolkit.model import mask
from motoolkit.sd.diff._pairs import Number, pair_up

if TYPE_CHECKING:
    import pandas as pd

    from motoolkit.model.sweep import Numbers
    from motoolkit.sd._side import Side


@dataclass(frozen=True, slots=True)
class Employment:
    """An employment and its subjects of both sides; two on one side are duplicates.

    Attributes:
        called: its number, as SD writes it where SD has it.
        key: that of findings about it.
        sd: the rows of SD's subjects.
        mo: the rows of MO's subjects.
        pair: what SD's subject is joined on; MO's where SD has none.
    """

    called: str
    key: str
    sd: tuple[int, ...]
    mo: tuple[int, ...]
    pair: str


def employments(sd: Side, mo: Side) -> list[Employment]:
    """Return the employments of a person, by number; those that are written otherwise in MO are one."""
    pairs = pair_up(sd, mo)
    there = np.flatnonzero(pairs.are("employment") & ((pairs.sd >= 0) | (pairs.mo >= 0)))
    found = [
        _employment(sd, mo, str(pairs.names[pair]), _rows(pairs.of_sd, pair), _rows(pairs.of_mo, pair))
        for pair in there.tolist()
    ]
    return sorted(found, key=lambda one: one.called)


def person_keys(sd: Side, mo: Side, found: list[Employment]) -> set[str]:
    """Return the keys that findings about the person may have."""
    subjects = mo.subjects
    told = {one.called for one in found} | set(subjects["person_uuid"])
    told |= set(subjects["uuid"][subjects["sort"] == "person"])
    masked = {mask(cpr) for side in (sd, mo) for cpr in side.subjects["cpr"] if cpr}
    return masked | {f"{cpr}/{text}" for cpr in masked for text in told if text}


def _rows(of: Numbers, pair: int) -> tuple[int, ...]:
    return tuple(np.flatnonzero(of == pair).tolist())


def _employment(sd: Side, mo: Side, pair: str, ours: tuple[int, ...], theirs: tuple[int, ...]) -> Employment:
    subjects = sd.subjects.loc[list(ours)] if ours else mo.subjects.loc[list(theirs)]
    called = _called(subjects.iloc[0], in_sd=bool(ours))
    key = f"{called}/{mask(str(subjects['cpr'].iloc[0]))}"
    return Employment(called, key, ours, theirs, pair)


def _called(subject: pd.Series[str], *, in_sd: bool) -> str:
    """Return the number with its institution, as findings' keys do."""
    institution, number = subject["institution"], subject["number"]
    if not in_sd:
        written = Number.of(number).institution
        institution = institution or written
        number = number.removeprefix(f"{written}-") if written else number
    return "-".join(part for part in (institution, number or subject["uuid"]) if part)
