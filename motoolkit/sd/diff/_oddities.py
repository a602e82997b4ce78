"""What was odd while the sides were read: told as it is, and left out of the comparison."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from motoolkit.model import MISSING
from motoolkit.model.sweep import AFTER_ALL, BEFORE_ALL, Intervals, union
from motoolkit.sd._kinds import KINDS
from motoolkit.sd.diff._attributes import ACTIVE, ATTRIBUTES, NO_ATTRIBUTE, WIDTH, meant
from motoolkit.sd.diff._pairs import NOBODY
from motoolkit.sd.diff._rows import Rows
from motoolkit.sd.diff._timelines import days

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from motoolkit.model.sweep import Flags, Numbers
    from motoolkit.sd._side import Side
    from motoolkit.sd.diff._pairs import Pairs

_ALWAYS: Final = (BEFORE_ALL, AFTER_ALL)
_UNCERTAIN: Final = ("overlap_in_sd", "overlap_in_mo", "gap_in_sd_attr", "key_ambiguous")


@dataclass(frozen=True, slots=True)
class Oddity:
    """One thing that a side told of itself.

    Attributes:
        kind: a code of the mismatch kinds.
        pair: whom it is about, -1 when that was left out altogether.
        name: which attribute, section or field of it, as the side says.
        start: the first day.
        end: the day after the last.
        claims: what the side says there.
        in_mo: whose oddity it is.
        detail: what only this one has to tell.
    """

    kind: str
    pair: int
    name: str
    start: int
    end: int
    claims: tuple[Any, ...]
    in_mo: bool
    detail: str

    @property
    def whole(self) -> bool:
        """Whether nothing of the pair can be compared."""
        if self.kind == "duplicate_in_mo":
            return meant(self.name) == (ACTIVE,)
        if self.kind == "ignored_by_rule":
            return self.name == "" and (self.start, self.end) == _ALWAYS
        return self.kind == "sd_empty_answer"

    @property
    def attributes(self) -> tuple[int, ...]:
        """The attributes that can not be compared on its days."""
        codes = meant(self.name)
        if ACTIVE in codes:
            return tuple(range(WIDTH))
        section = ATTRIBUTES[codes[0]].section if codes and self.kind == "gap_in_sd_attr" else ""
        return meant(section) if section else codes


class Doubts(NamedTuple):
    """Unions of days on which something is not compared; the keys are those of the timelines.

    Attributes:
        existence: whether a pair is active.
        holes: whether MO lacks an active pair, because SD has a gap.
        values: what an attribute says.
    """

    existence: Intervals
    holes: Intervals
    values: Intervals


@dataclass(frozen=True)
class Oddities:
    """All oddities of both sides."""

    all: tuple[Oddity, ...]
    doubts: Doubts = field(init=False)

    def __post_init__(self) -> None:
        partial = [one for one in self.all if one.pair != NOBODY and not one.whole]
        gaps = [one for one in partial if one.kind == "gap_in_sd_attr"]
        cut = [(one, code) for one in partial for code in one.attributes]
        doubts = Doubts(
            _union((one, code) for one, code in cut if code == ACTIVE),
            _union((one, ACTIVE) for one in gaps),
            _union((one, code) for one, code in cut if code != ACTIVE),
        )
        object.__setattr__(self, "doubts", doubts)

    @classmethod
    def of(cls, sd: Side, mo: Side, pairs: Pairs) -> Oddities:
        """Read those of both sides; what several values claim at a time is one oddity."""
        found: dict[tuple[Any, ...], list[Any]] = {}
        for side, of, in_mo in ((sd, pairs.of_sd, False), (mo, pairs.of_mo, True)):
            for key, value in _told(side, of):
                found.setdefault((*key, in_mo), []).append(value)
        return cls(
            tuple(
                Oddity(kind, pair, name, start, end, tuple(dict.fromkeys(values)), in_mo, detail)
                for (kind, pair, name, start, end, detail, in_mo), values in found.items()
            )
        )

    def whole(self, kind: str, count: int) -> Flags:
        """Tell for each of ``count`` pairs whether an oddity of the kind is about all of it."""
        flags = np.zeros(count, np.bool_)
        pairs = [one.pair for one in self.all if one.kind == kind and one.whole and one.pair != NOBODY]
        flags[pairs] = True
        return flags

    def rows(self, *, ignored: bool) -> Rows:
        """Return what is told of them; what is about a whole pair is told with the subjects."""
        told = [one for one in self.all if one.kind == "ignored_by_rule" or not one.whole]
        told = [one for one in told if ignored or one.kind != "ignored_by_rule"]
        codes = [[code for code in meant(one.name) if one.name] for one in told]
        return Rows.of(
            np.array([one.pair for one in told], np.int64),
            kinds=_objects(one.kind for one in told),
            attributes=np.array([code[0] if code else NO_ATTRIBUTE for code in codes], np.int64),
            starts=np.array([one.start for one in told], np.int64),
            ends=np.array([one.end for one in told], np.int64),
            dated=np.array([one.name != "" or (one.start, one.end) != _ALWAYS for one in told], np.bool_),
            sd=_objects(_shown(one) if not one.in_mo else MISSING for one in told),
            mo=_objects(_shown(one) if one.in_mo else MISSING for one in told),
            undecided=np.array([one.kind in _UNCERTAIN for one in told], np.bool_),
            overlaps=np.array([one.kind.startswith("overlap") for one in told], np.bool_),
            details=_objects(one.detail for one in told),
        )


def _told(side: Side, of: Numbers) -> Iterator[tuple[tuple[Any, ...], Any]]:
    frame = side.oddities
    if not len(frame):
        return
    subjects = frame["subject"].to_numpy(np.int64)
    of_all = np.append(of, NOBODY)
    columns = [
        *(frame["kind"], of_all[subjects], frame["attribute"].to_numpy(object)),
        *(days(frame["start"], BEFORE_ALL), days(frame["end"], AFTER_ALL)),
        *(frame["detail"].to_numpy(object), frame["value"].to_numpy(object)),
    ]
    for kind, pair, name, start, end, detail, value in zip(*columns, strict=True):
        known = kind if kind in KINDS else "gap_in_sd_attr"
        remark = detail if isinstance(detail, str) and detail else "" if known == kind else kind
        text = name if isinstance(name, str) else ""
        yield (known, int(pair), text, int(start), int(end), remark), _hashable(value)


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list | set | frozenset) else value


def _shown(one: Oddity) -> Any:
    values = [value for value in one.claims if value is not None and value == value]  # noqa: PLR0124 - NaN
    return MISSING if not values else values[0] if len(values) == 1 else tuple(values)


def _objects(values: Iterable[Any]) -> Any:
    listed = list(values)
    column = np.empty(len(listed), object)
    column[:] = listed
    return column


def _union(claims: Iterable[tuple[Oddity, int]]) -> Intervals:
    listed = [(one.pair * WIDTH + code, one.start, one.end) for one, code in claims]
    table = np.array(listed, np.int64).reshape(-1, 3)
    spans = Intervals(table[:, 0], table[:, 1], table[:, 2], np.zeros((len(table), 0), np.int64))
    return union(spans.take(spans.order()))
