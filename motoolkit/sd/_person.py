"""The employments of one person, as far as either system has them, for the picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from motoolkit.model import mask
from motoolkit.sd.diff._pairs import Number

if TYPE_CHECKING:
    import pandas as pd

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
    ours, theirs = _by_pair(sd), _by_pair(mo)
    for pair in [pair for pair in theirs if pair not in ours]:
        alike = [other for other in ours if other not in theirs and _bare(other) == _bare(pair)]
        if len(alike) == 1:
            theirs[alike[0]] = theirs.pop(pair)
    found = [
        _employment(sd, mo, pair, ours.get(pair, ()), theirs.get(pair, ()))
        for pair in dict.fromkeys([*ours, *theirs])
    ]
    return sorted(found, key=lambda one: one.called)


def person_keys(sd: Side, mo: Side, found: list[Employment]) -> set[str]:
    """Return the keys that findings about the person may have."""
    subjects = mo.subjects
    told = {one.called for one in found} | set(subjects["person_uuid"])
    told |= set(subjects["uuid"][subjects["sort"] == "person"])
    masked = {mask(cpr) for side in (sd, mo) for cpr in side.subjects["cpr"] if cpr}
    return masked | {f"{cpr}/{text}" for cpr in masked for text in told if text}


def _by_pair(side: Side) -> dict[str, tuple[int, ...]]:
    chosen = side.subjects[side.subjects["sort"] == "employment"]
    return {str(pair): tuple(rows) for pair, rows in chosen.groupby("pair", sort=False).groups.items()}


def _bare(pair: str) -> str:
    return Number.of(pair.partition("/")[2]).bare


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
