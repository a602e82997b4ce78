"""Findings of rows: the only place where each difference becomes an object."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from motoolkit.findings import Finding, Severity, Subject
from motoolkit.model import MISSING, Validity, mask, mask_all
from motoolkit.model.sweep import ABSENT, AFTER_ALL, BEFORE_ALL
from motoolkit.sd._kinds import KINDS
from motoolkit.sd.diff import _rows, _timelines
from motoolkit.sd.diff._attributes import ATTRIBUTES, NO_ATTRIBUTE, SD_UNIT, UNIT, WIDTH
from motoolkit.sd.diff._causes import directions
from motoolkit.sd.diff._details import code, sentence
from motoolkit.sd.diff._pairs import NOBODY, Number, texts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Literal

    from motoolkit.model.sweep import Numbers
    from motoolkit.sd._side import Side
    from motoolkit.sd.diff._pairs import Pairs
    from motoolkit.sd.diff._rows import Objects, Rows
    from motoolkit.sd.diff._timelines import Timelines

_EPOCH: Final = date(1970, 1, 1).toordinal()
_SHIFTS: Final = {_rows.SHIFTED_START: "shifted_start", _rows.SHIFTED_END: "shifted_end"}
_FUTURES: Final = {_rows.NOT_LOADED: "future_not_loaded", _rows.ONLY_IN_MO: "future_only_in_mo"}
_GAPS: Final = {_rows.GAP_IN_MO: "mo", _rows.GAP_IN_SD: "sd"}
_FREE_TEXTS: Final = frozenset({"title", "name"})


@dataclass(frozen=True)
class Naming:
    """Who the pairs are, as people and programs read it.

    Attributes:
        pairs: all pairs.
        sd: SD's side.
        mo: MO's side.
        timelines: what holds when.
        labels: names of units by UUID.
        as_of: the day of the run, as a day number.
    """

    pairs: Pairs
    sd: Side
    mo: Side
    timelines: Timelines
    labels: Mapping[str, str]
    as_of: int
    _subjects: dict[int, Subject] = field(default_factory=dict)

    def prepare(self, chosen: Numbers) -> None:
        """Find out about all that are asked for at once."""
        pairs = np.unique(chosen[chosen != NOBODY])
        for pair, unit in zip(pairs.tolist(), self._units(pairs), strict=True):
            self._subjects[pair] = getattr(self, f"_{self.pairs.sorts[pair]}")(pair, unit)

    def subject(self, pair: int) -> Subject:
        """Return whom a pair is about."""
        return self._subjects[pair]

    def facts(self, pair: int) -> dict[str, str]:
        """Return what a program needs to ask for the employment again."""
        if pair == NOBODY or self.pairs.sorts[pair] != "employment":
            return {}
        theirs = self.pairs.mo[pair]
        institution, number = self._number(pair)
        facts = {"institution": institution, "number": number}
        if theirs != NOBODY:
            facts["person_uuid"] = self._column("mo", "person_uuid")[theirs]
        return {name: text for name, text in facts.items() if text}

    def _units(self, pairs: Numbers) -> Objects:
        """Return the names of the units that employments are in on the day of the run, or nearest to it."""
        codes = np.full(len(pairs), ABSENT)
        sides = self.timelines.sd, self.timelines.mo
        for side, attribute in [(side, one) for side in sides for one in (UNIT, SD_UNIT)]:
            found = _timelines.latest(side, pairs * WIDTH + attribute, self.as_of)
            codes = np.where(codes == ABSENT, found, codes)
        units = self.timelines.known[codes]
        names = np.empty(len(pairs), object)
        names[:] = ["" if unit is MISSING else self.labels.get(unit, str(unit)) for unit in units]
        return names

    @cached_property
    def _columns(self) -> dict[tuple[str, str], Objects]:
        return {}

    def _column(self, side: str, name: str) -> Objects:
        if (side, name) not in self._columns:
            self._columns[side, name] = texts(getattr(self, side), name)
        return self._columns[side, name]

    def _either(self, pair: int, name: str, *, mo_first: bool = False) -> str:
        rows = {"sd": self.pairs.sd[pair], "mo": self.pairs.mo[pair]}
        for side in ("mo", "sd") if mo_first else ("sd", "mo"):
            if rows[side] != NOBODY and (text := self._column(side, name)[rows[side]]):
                return str(text)
        return ""

    def _number(self, pair: int) -> tuple[str, str]:
        """Return institution and number, as SD writes them where it has them."""
        number, institution = self._either(pair, "number"), self._either(pair, "institution")
        if self.pairs.sd[pair] == NOBODY:
            found = Number.of(number)
            institution = institution or found.institution
            number = number.removeprefix(f"{found.institution}-") if found.institution else number
        return institution, number

    def _employment(self, pair: int, unit: str) -> Subject:
        masked = mask(self.pairs.cprs[pair])
        uuid = self._column("mo", "uuid")[self.pairs.mo[pair]] if self.pairs.mo[pair] != NOBODY else ""
        institution, number = self._number(pair)
        name = "-".join(part for part in (institution, number or uuid) if part)
        return Subject("employment", f"{name}/{masked}", self._either(pair, "label") or masked, uuid, unit)

    def _unit(self, pair: int, _unit: str) -> Subject:
        uuid = str(self.pairs.names[pair])
        name = self.labels.get(uuid, uuid)
        return Subject("unit", uuid, name, uuid, name)

    def _person(self, pair: int, _unit: str) -> Subject:
        masked = mask(self.pairs.cprs[pair])
        theirs = self.pairs.mo[pair]
        uuid = self._column("mo", "uuid")[theirs] if theirs != NOBODY else ""
        told = uuid or self._first_number(pair) or self._either(pair, "label")
        key = f"{masked}/{told}" if told else masked
        return Subject("person", key, self._either(pair, "label") or masked, uuid)

    def _first_number(self, pair: int) -> str:
        return self._numbers.get(self.pairs.cprs[pair], "")

    @cached_property
    def _numbers(self) -> dict[str, str]:
        """The first of the employments in SD of each person whom MO does not have."""
        lonely = set(self.pairs.cprs[(self.pairs.sorts == "person") & (self.pairs.mo == NOBODY)])
        columns = [self._column("sd", name) for name in ("sort", "cpr", "institution", "number")]
        found: dict[str, str] = {}
        for sort, cpr, institution, number in zip(*columns, strict=True):
            if sort == "employment" and cpr in lonely:
                key = f"{institution}-{number}" if institution else number
                found[cpr] = min(found.get(cpr, key), key)
        return found


def findings(rows: Rows, naming: Naming) -> list[Finding]:
    """Make one finding of each row."""
    naming.prepare(rows.pairs)
    ones = directions(rows)
    return [_finding(rows, row, naming, one_off=bool(ones[row])) for row in range(len(rows))]


def _finding(rows: Rows, row: int, naming: Naming, *, one_off: bool) -> Finding:
    pair, start, end = int(rows.pairs[row]), int(rows.starts[row]), int(rows.ends[row])
    attribute = ATTRIBUTES[rows.attributes[row]] if rows.attributes[row] != NO_ATTRIBUTE else None
    subject = naming.subject(pair) if pair != NOBODY else _left_out(rows, row)
    dated = bool(rows.dated[row])
    labels = naming.labels if attribute and attribute.unit else {}
    severity = int(rows.severities[row])
    return Finding(
        KINDS[rows.kinds[row]],
        subject,
        attribute.name if attribute else "",
        _validity(start, end) if dated else None,
        source=_shown(rows.sd[row], labels, attribute.name if attribute else ""),
        mo=_shown(rows.mo[row], labels, attribute.name if attribute else ""),
        tense=_tense(start, end, naming.as_of) if dated else "current",
        patterns=_patterns(rows, row, one_off=one_off),
        undecided=bool(rows.undecided[row]),
        detail=sentence(rows.details[row], rows.kinds[row]),
        cause=rows.causes[row],
        severity=Severity(severity) if severity else KINDS[rows.kinds[row]].severity,
        facts={**naming.facts(pair), **_facts(rows, row, labels)},
    )


def _left_out(rows: Rows, row: int) -> Subject:
    """Return whom a rule left out: nobody of either side."""
    said = next((value for value in (rows.sd[row], rows.mo[row]) if value is not MISSING), rows.details[row])
    return Subject("", mask_all(str(said)), mask_all(str(said)))


def _patterns(rows: Rows, row: int, *, one_off: bool) -> tuple[str, ...]:
    named = (
        _SHIFTS.get(int(rows.shifts[row])),
        "gap" if rows.gaps[row] or rows.kinds[row] == "gap_in_sd_attr" else None,
        "overlap" if rows.overlaps[row] else None,
        "off_by_one" if one_off else None,
        _FUTURES.get(int(rows.futures[row])),
        "explained_by_unit_rule" if rows.explained[row] else None,
    )
    return tuple(pattern for pattern in named if pattern)


def _facts(rows: Rows, row: int, labels: Mapping[str, str]) -> dict[str, str]:
    facts = {
        "also": rows.also[row],
        "gap_in": _GAPS.get(int(rows.gaps[row]), ""),
        "why": code(rows.details[row], rows.kinds[row]),
    }
    if rows.days[row]:
        facts["days"] = str(rows.days[row])
    if rows.bordered[row] is not MISSING:
        facts["value"] = str(_shown(rows.bordered[row], labels))
    if labels:
        facts |= {"sd_uuid": _plain(rows.sd[row]), "mo_uuid": _plain(rows.mo[row])}
    return {name: text for name, text in facts.items() if text}


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _shown(value: Any, labels: Mapping[str, str], attribute: str = "") -> Any:
    if isinstance(value, tuple):
        return tuple(_shown(one, labels, attribute) for one in value)
    if isinstance(value, str):
        return labels.get(value, mask_all(value) if attribute in _FREE_TEXTS else value)
    return value.item() if isinstance(value, np.generic) else value


@lru_cache(maxsize=1 << 14)
def _validity(start: int, end: int) -> Validity:
    return Validity(
        None if start == BEFORE_ALL else date.fromordinal(start + _EPOCH),
        None if end == AFTER_ALL else date.fromordinal(end + _EPOCH),
    )


def _tense(start: int, end: int, as_of: int) -> Literal["past", "current", "future"]:
    if end <= as_of:
        return "past"
    return "future" if start > as_of else "current"
