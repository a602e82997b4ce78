"""SD's side and MO's side laid on each other: one implementation for a person and for all of them."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from motoolkit.findings import Findings
from motoolkit.language import N_, tr
from motoolkit.model.sweep import AFTER_ALL, BEFORE_ALL
from motoolkit.sd._kinds import KINDS
from motoolkit.sd.diff import _causes, _findings, _left_out, _lonely, _patterns, _rules, _timelines
from motoolkit.sd.diff._oddities import Oddities
from motoolkit.sd.diff._pairs import pair_up, texts
from motoolkit.sd.diff._persons import wrong_names
from motoolkit.sd.diff._rows import Rows
from motoolkit.sd.diff._sections import told_once
from motoolkit.sd.diff._stretches import differing
from motoolkit.sd.diff._timelines import active, hull

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from motoolkit.model import Validity
    from motoolkit.model.sweep import Flags
    from motoolkit.sd._side import Side
    from motoolkit.sd.diff._pairs import Pairs
    from motoolkit.sd.diff._rows import Objects
    from motoolkit.sd.diff._timelines import Timelines
    from motoolkit.sd.mapping import Mapping

TITLE: Final = N_("SD-Løn against MO")
COUNTED: Final = {
    "employment": N_("Employments compared"),
    "unit": N_("Units compared"),
    "person": N_("Persons compared"),
}
LEFT_OUT: Final = N_("Left out by a rule")
UNANSWERED: Final = N_("Not answered by SD")
UNDECIDED: Final = N_("Undecided")


def compare(
    sd: Side,
    mo: Side,
    mapping: Mapping,
    *,
    as_of: date,
    window: Validity | None = None,
    unanswered: Collection[str] | MappingOf[str, str] = (),
    unheard: Collection[str] = (),
    names: MappingOf[str, str] | None = None,
    explained: MappingOf[str, frozenset[str]] | None = None,
    source: Iterable[tuple[str, str]] = (),
    scope: str = "",
    terms: str = "",
    parameters: Iterable[tuple[str, str]] = (),
    show_ignored: bool = False,
) -> Findings:
    """Find all that SD and MO say differently.

    Args:
        sd: SD's side.
        mo: MO's side, of the same persons and units.
        mapping: how the integration writes SD's values into MO.
        as_of: the day that parts past from future.
        window: only what holds on a day of it; periods are not cut.
        unanswered: CPR numbers and pairs of which SD gave no timeline; a mapping tells why.
        unheard: CPR numbers of others of whom it gave none, who may or may not belong to this.
        names: names of units by UUID, beside those of the sides.
        explained: the units that a rule lets MO have, by an employment's pair or by SD's unit.
        source: where the sides come from, label by label.
        scope: whose timelines these are, as text; runs of the same are compared with each other.
        terms: by which rules, as text that is not shown; runs by others are not compared.
        parameters: what was asked for, label by label.
        show_ignored: whether what a rule leaves out is told, not only counted.
    """
    answers = unanswered if isinstance(unanswered, MappingOf) else dict.fromkeys(unanswered, "")
    case = _Case.of(sd, mo, mapping, as_of=as_of, answers=answers, names=names or {})
    rows = _told(case, show_ignored=show_ignored)
    rows = _judged(rows, case, explained or {})
    rows = _causes.with_causes(
        rows, case.pairs, case.timelines, compared=case.counted("employment"), labels=case.labels
    )
    if window is not None:
        rows = rows.take(_overlapping(rows, window))
    naming = _findings.Naming(case.pairs, sd, mo, case.timelines, case.labels, case.day)
    return Findings(
        "sd",
        tr(TITLE),
        _findings.findings(rows, naming),
        kinds=KINDS.values(),
        as_of=as_of,
        scope=scope,
        terms=terms,
        source=source,
        counts=_counts(rows, case),
        parameters=parameters,
        left_out=_left_out.left_out(naming, known=case.known, silent=case.silent, unheard=unheard),
    )


@dataclass(frozen=True, slots=True)
class _Case:
    """What is compared, read and joined."""

    sd: Side
    mo: Side
    mapping: Mapping
    pairs: Pairs
    timelines: Timelines
    oddities: Oddities
    labels: MappingOf[str, str]
    unknown_units: frozenset[str]
    answers: MappingOf[str, str]
    empty: Flags
    contested: Flags
    blocked: Flags
    day: int

    @classmethod
    def of(
        cls,
        sd: Side,
        mo: Side,
        mapping: Mapping,
        *,
        as_of: date,
        answers: MappingOf[str, str],
        names: MappingOf[str, str],
    ) -> _Case:
        pairs = pair_up(sd, mo, answers)
        oddities = Oddities.of(sd, mo, pairs)
        count, person = len(pairs), pairs.are("person")
        empty = np.array([name in answers for name in pairs.names], np.bool_)
        empty |= oddities.whole("sd_empty_answer", count)
        ignored = oddities.whole("ignored_by_rule", count)
        # An integration with a prefix finds neither by a number without one.
        contested = (pairs.contested >= 0) & (not mapping.prefix)
        ignored |= contested & ignored[pairs.contested]
        contested &= ~ignored
        several = contested | pairs.twice_in_mo | oddities.whole("duplicate_in_mo", count)
        labels = _labels(sd, mo, names)
        return cls(
            sd,
            mo,
            mapping,
            pairs,
            _timelines.read(sd, mo, pairs),
            oddities,
            labels,
            _unknown_units(mapping.unknown_unit, mo, labels),
            answers,
            empty,
            contested,
            ignored | several | ((empty | pairs.twice_in_sd) & ~person),
            int(np.datetime64(as_of, "D").astype(np.int64)),
        )

    @property
    def compared(self) -> Flags:
        """Which pairs are on both sides, and can be compared."""
        return (self.pairs.sd >= 0) & (self.pairs.mo >= 0) & ~self.blocked

    @property
    def silent(self) -> Flags:
        """Which pairs are of persons of whom SD gave no timeline."""
        return self.pairs.anyone(self.empty & self.pairs.are("person"))

    @property
    def known(self) -> Flags:
        """Which pairs SD would have, if it has them at all."""
        return ~self.blocked & ~(self.silent & (self.pairs.sd < 0))

    @property
    def why(self) -> Objects:
        """Why SD gave nothing, of those of whom it gave none."""
        return np.array([self.answers.get(name, "") for name in self.pairs.names[self.empty]], object)

    def counted(self, sort: str) -> int:
        """Return how many pairs of a sort are compared."""
        return int((self.compared & self.pairs.are(sort)).sum())


def _told(case: _Case, *, show_ignored: bool) -> Rows:
    """Return all that is found, as it is."""
    pairs, timelines, sides = case.pairs, case.timelines, (case.sd, case.mo)
    sd, mo = (hull(active(side), len(pairs)) for side in (timelines.sd, timelines.mo))
    lived = case.compared & ~pairs.are("person")
    differences = _patterns.named(differing(timelines, lived, case.oddities.doubts), timelines, case.day)
    first, numbers = np.minimum(sd.starts, mo.starts), texts(case.mo, "number")
    return Rows.joined(
        [
            _rules.shorter_units(differences, pairs, timelines),
            _rules.lost(timelines, lived, case.unknown_units),
            _lonely.one_sided(pairs, sd, mo, numbers=numbers, considered=case.known, as_of=case.day),
            _lonely.several(pairs, case.mo, case.oddities, case.contested),
            _lonely.ambiguous(pairs, *sides, case.contested),
            _lonely.undated("sd_empty_answer", case.empty, undecided=True, details=case.why),
            _lonely.respelled(pairs, *sides, case.mapping, case.compared),
            _lonely.reused(pairs, *sides, first=first, considered=case.known),
            wrong_names(pairs, timelines, case.compared),
            _own(case, case.oddities.rows(ignored=show_ignored)),
        ]
    )


def _own(case: _Case, rows: Rows) -> Rows:
    """Leave out where MO's objects of several institutions differ: that is no overlap."""
    return rows.take(~(rows.are("overlap_in_mo") & np.append(case.contested, False)[rows.pairs]))


def _judged(rows: Rows, case: _Case, explained: MappingOf[str, frozenset[str]]) -> Rows:
    """Tell what the mapping and its rules say about it."""
    rows = _rules.units_by_rule(
        rows, case.pairs, case.timelines, unknown=case.unknown_units, explained=explained
    )
    rows = _rules.not_there(rows, case.timelines)
    rows = _rules.by_mapping(rows, case.pairs, case.mapping, case.day)
    return told_once(_rules.protected(rows), case.pairs)


def _labels(sd: Side, mo: Side, names: MappingOf[str, str]) -> dict[str, str]:
    """Return the names of units by UUID: those given, else MO's, else SD's."""
    found: dict[str, str] = {}
    for side in (sd, mo):
        unit = texts(side, "sort") == "unit"
        pairs, labels = texts(side, "pair")[unit], texts(side, "label")[unit]
        found.update((pair, label) for pair, label in zip(pairs, labels, strict=True) if label)
    return {**found, **names}


def _unknown_units(told: str, mo: Side, labels: MappingOf[str, str]) -> frozenset[str]:
    """Return the UUIDs of what the mapping calls the unit for the unknown by UUID, user_key or name."""
    if not told:
        return frozenset()
    unit = texts(mo, "sort") == "unit"
    keyed = zip(texts(mo, "pair")[unit], texts(mo, "number")[unit], strict=True)
    named = [uuid for uuid, name in [*labels.items(), *keyed] if name == told]
    return frozenset({told, *named})


def _overlapping(rows: Rows, window: Validity) -> Flags:
    start = BEFORE_ALL if window.start is None else int(np.datetime64(window.start, "D").astype(np.int64))
    end = AFTER_ALL if window.end is None else int(np.datetime64(window.end, "D").astype(np.int64))
    return ~rows.dated | ((rows.starts < end) & (start < rows.ends))


def _counts(rows: Rows, case: _Case) -> dict[str, int]:
    counts = {tr(label): case.counted(sort) for sort, label in COUNTED.items()}
    ignored = sum(one.kind == "ignored_by_rule" for one in case.oddities.all)
    return {
        **counts,
        tr(LEFT_OUT): ignored,
        tr(UNANSWERED): int(case.empty.sum()),
        tr(UNDECIDED): int(rows.undecided.sum()),
    }
