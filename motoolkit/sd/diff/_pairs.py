"""Who is compared with whom: subjects of both sides joined on their pair, or nearly so."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from motoolkit.model.sweep import Flags, Numbers
    from motoolkit.sd._side import Side
    from motoolkit.sd.diff._rows import Objects

NOBODY: Final = -1
_CPR_LENGTH: Final = 10
_PREFIXED = re.compile(r"([A-Z0-9]{2})-(.+)")


class Number(NamedTuple):
    """An employment's number taken apart: the institution before it, if any, and no leading zeros."""

    institution: str
    bare: str

    @classmethod
    def of(cls, text: str) -> Number:
        found = _PREFIXED.fullmatch(text.strip().upper())
        institution, number = found.groups() if found else ("", text.strip().upper())
        return cls(institution, number.lstrip("0"))


@dataclass(frozen=True, slots=True)
class Pairs:
    """One item a pair, in parallel arrays.

    Attributes:
        sorts: "employment", "unit" or "person".
        names: what both sides are joined on.
        cprs: of the person, blank for units.
        sd: the row of SD's subject, -1 when SD has none.
        mo: the row of MO's.
        of_sd: the pair of each of SD's subjects.
        of_mo: the pair of each of MO's.
        twice_in_sd: whether SD has several subjects.
        twice_in_mo: whether MO has.
        respelled: whether the two were found only after prefix and zeros were taken away.
        persons: one number a CPR, to join the pairs of one person.
        contested: the pair of MO's whose number does not tell which of several of SD's it is, for all of
            them; -1 for most.
    """

    sorts: Objects
    names: Objects
    cprs: Objects
    sd: Numbers
    mo: Numbers
    of_sd: Numbers
    of_mo: Numbers
    twice_in_sd: Flags
    twice_in_mo: Flags
    respelled: Flags
    persons: Numbers
    contested: Numbers

    def __len__(self) -> int:
        return len(self.sorts)

    def are(self, sort: str) -> Flags:
        """Tell which pairs are of a sort."""
        flags: Flags = self.sorts == sort
        return flags

    def sorts_of(self, pairs: Numbers) -> Objects:
        """Return the sorts of some pairs, blank for nobody."""
        sorts: Objects = np.append(self.sorts, np.array([""], object))[pairs]
        return sorts

    def anyone(self, pairs: Flags) -> Flags:
        """Tell which pairs are of a person who has one of ``pairs``."""
        having = np.zeros(len(self) + 1, np.bool_)
        having[self.persons[pairs]] = True
        return having[self.persons]


def pair_up(sd: Side, mo: Side, unanswered: Collection[str] = ()) -> Pairs:
    """Join the subjects of both sides, and what SD did not answer for."""
    asked = np.array([f"{_sort(name)} {name}" for name in sorted(unanswered)], dtype=object)
    joined = np.concatenate([_joined_on(sd), _joined_on(mo), asked])
    codes, known = pd.factorize(joined)
    own, theirs = len(sd.subjects), len(sd.subjects) + len(mo.subjects)
    strict = _pairs(codes[:own], codes[own:theirs], known, sd, mo)
    moved, contested = _respelled(strict, sd, mo)
    strict = replace(strict, contested=contested)
    if not moved:
        return strict
    codes = np.arange(len(known))
    codes[list(moved)] = list(moved.values())
    pairs = _pairs(strict.of_sd, codes[strict.of_mo], known, sd, mo)
    respelled = np.zeros(len(known), np.bool_)
    respelled[list(moved.values())] = True
    return replace(pairs, respelled=respelled, contested=contested)


def texts(side: Side, column: str) -> Objects:
    """Return a column of a side's subjects as Python texts."""
    found: Objects = side.subjects[column].to_numpy(dtype=object)
    return found


def _sort(name: str) -> str:
    if "/" in name:
        return "employment"
    return "person" if len(name) == _CPR_LENGTH else "unit"


def _joined_on(side: Side) -> Objects:
    """Return sort and pair in one text; engagements without a number are joined to nothing."""
    keys: Objects = texts(side, "sort") + " " + texts(side, "pair")
    nameless = np.flatnonzero((texts(side, "sort") == "employment") & (texts(side, "number") == ""))
    keys[nameless] = [f"{keys[row]} without a number {row}" for row in nameless]
    return keys


def _pairs(of_sd: Numbers, of_mo: Numbers, known: Objects, sd: Side, mo: Side) -> Pairs:
    count = len(known)
    parted = [text.split(" ", 1) for text in known]
    sorts = np.array([sort for sort, _ in parted], dtype=object)
    names = np.array([name for _, name in parted], dtype=object)
    cprs = np.array([_cpr(sort, name) for sort, name in parted], dtype=object)
    cprs[of_mo] = texts(mo, "cpr")
    cprs[of_sd] = texts(sd, "cpr")
    persons, _ = pd.factorize(cprs)
    persons[sorts == "unit"] = count
    return Pairs(
        sorts,
        names,
        cprs,
        _first(of_sd, count),
        _first(of_mo, count),
        of_sd,
        of_mo,
        np.bincount(of_sd, minlength=count) > 1,
        np.bincount(of_mo, minlength=count) > 1,
        np.zeros(count, np.bool_),
        persons,
        np.full(count, NOBODY, np.int64),
    )


def _cpr(sort: str, name: str) -> str:
    return "" if sort == "unit" else name.split("/", 1)[0]


def _first(of: Numbers, count: int) -> Numbers:
    """Return for each pair the first subject of the side."""
    rows = np.full(count, NOBODY, np.int64)
    rows[of[::-1]] = np.arange(len(of))[::-1]
    return rows


def _respelled(pairs: Pairs, sd: Side, mo: Side) -> tuple[dict[int, int], Numbers]:
    """Return which of MO's lonely employments are lonely ones of SD's, once spelled alike.

    And for each pair which of MO's it is contested for: that of a number without an institution.
    """
    contested = np.full(len(pairs), NOBODY, np.int64)
    lonely = pairs.are("employment")
    ours = np.flatnonzero(lonely & (pairs.sd >= 0) & (pairs.mo < 0))
    theirs = np.flatnonzero(lonely & (pairs.mo >= 0) & (pairs.sd < 0))
    if not len(ours) or not len(theirs):
        return {}, contested
    offered, wanted = _by_number(pairs, ours, sd, pairs.sd), _by_number(pairs, theirs, mo, pairs.mo)
    moved: dict[int, int] = {}
    for key, ones in wanted.items():
        moved.update(_matches(ones, offered[key]))
        for pair, fitting in _several(ones, offered[key]):
            contested[[pair, *fitting]] = pair
    return moved, contested


def _by_number(
    pairs: Pairs, chosen: Iterable[int], side: Side, rows: Numbers
) -> defaultdict[tuple[str, str], list[tuple[str, int]]]:
    """Return institution and pair by person and bare number."""
    numbers, institutions = texts(side, "number"), texts(side, "institution")
    found: defaultdict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
    for pair in chosen:
        written, bare = Number.of(numbers[rows[pair]])
        if bare:
            found[pairs.cprs[pair], bare].append((written or institutions[rows[pair]], int(pair)))
    return found


def _matches(theirs: list[tuple[str, int]], ours: list[tuple[str, int]]) -> Iterator[tuple[int, int]]:
    """Yield MO's and SD's pair where each fits exactly one of the other side's."""
    for institution, pair in theirs:
        fitting = [mine for own, mine in ours if institution in {"", own}]
        if len(fitting) != 1:
            continue
        own = next(name for name, mine in ours if mine == fitting[0])
        if sum(name in {"", own} for name, _ in theirs) == 1:
            yield pair, fitting[0]


def _several(theirs: list[tuple[str, int]], ours: list[tuple[str, int]]) -> Iterator[tuple[int, list[int]]]:
    """Yield MO's pair without an institution, and those of SD's that it may be, when they are several."""
    if len(ours) > 1:
        yield from ((pair, [mine for _, mine in ours]) for institution, pair in theirs if institution == "")
