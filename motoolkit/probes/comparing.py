"""Two runs against each other: what got faster, what slower, and what is only noise."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from motoolkit.errors import InputError
from motoolkit.language import N_, tr
from motoolkit.probes._words import seconds
from motoolkit.probes.robust import Estimate, ratio, typical

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.probes.results import ProbeResult, ProbeRun

LEAST_CHANGE: Final = 0.1
"""A change below this is not told, however sure it is."""
_FEWEST: Final = 3


class Verdict(StrEnum):
    """What a comparison comes to."""

    SLOWER = "slower"
    FASTER = "faster"
    NOISE = "noise"
    NEW = "new"
    GONE = "gone"

    @property
    def label(self) -> str:
        """What people read, in the language in use."""
        return tr(_LABELS[self])


_LABELS: Final = {
    Verdict.SLOWER: N_("slower"),
    Verdict.FASTER: N_("faster"),
    Verdict.NOISE: N_("no more than noise"),
    Verdict.NEW: N_("new"),
    Verdict.GONE: N_("gone"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One query in two runs.

    Attributes:
        name: of the probe.
        before, after: seconds; None where a run has none.
        ratio: how many times as long it takes now.
        verdict: what that comes to.
    """

    name: str
    before: float | None
    after: float | None
    ratio: Estimate | None
    verdict: Verdict

    def __str__(self) -> str:
        if self.ratio is None:
            return f"{self.name}: {self.verdict.label}"
        change = round((self.ratio.value - 1) * 100)
        took = f"{seconds(self.before or 0)} → {seconds(self.after or 0)}"
        return f"{self.name}: {self.verdict.label} ({change:+d} %, {took})"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs of the same MO; ``control`` is MO's own pace, by the query that is always the same."""

    before: ProbeRun
    after: ProbeRun
    control: Change
    changes: tuple[Change, ...]

    def only(self, verdict: Verdict) -> list[Change]:
        """Return the changes of one kind."""
        return [change for change in self.changes if change.verdict is verdict]

    def text(self) -> str:
        """Return the comparison in words."""
        from motoolkit.probes.showing import comparison_text

        return comparison_text(self)

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        from motoolkit.probes.showing import comparison_html

        return comparison_html(self)


def compare(before: ProbeRun, after: ProbeRun) -> Comparison:
    """Compare two runs, query by query.

    Raises:
        InputError: they are of different MOs.
    """
    if before.mo != after.mo:
        raise InputError(
            f"The runs are of different MOs: {before.mo} and {after.mo}.",
            remedy="Compare runs of the same one.",
        )
    control = _change(tr("MO's own pace"), list(before.control), list(after.control))
    return Comparison(before, after, control, tuple(_changes(before, after)))


def _changes(before: ProbeRun, after: ProbeRun) -> Iterator[Change]:
    earlier = {probe.name: probe for probe in before.measured}
    later = {probe.name: probe for probe in after.measured}
    for name in dict.fromkeys([*later, *earlier]):
        if name not in earlier:
            yield Change(name, None, _seconds(later[name]), None, Verdict.NEW)
        elif name not in later:
            yield Change(name, _seconds(earlier[name]), None, None, Verdict.GONE)
        else:
            yield _of_both(name, earlier[name], later[name])


def _of_both(name: str, earlier: ProbeResult, later: ProbeResult) -> Change:
    """Compare at the same page size; where sizes differ, by the object."""
    one, other = earlier.whole, later.whole
    if one is None or other is None:
        return Change(name, None, None, None, Verdict.NOISE)
    if earlier.page_size == later.page_size:
        return _change(name, one.times, other.times)
    same = typical([shot.objects for shot in one.warm]) or 1.0
    now = typical([shot.objects for shot in other.warm]) or 1.0
    return _change(name, one.times, [took * same / now for took in other.times])


def _seconds(probe: ProbeResult) -> float:
    return probe.whole.seconds if probe.whole else 0.0


def _change(name: str, before: list[float], after: list[float]) -> Change:
    found = ratio(before, after)
    return Change(name, typical(before), typical(after), found, verdict(found, min(len(before), len(after))))


def verdict(change: Estimate, number: int) -> Verdict:
    """Return what a ratio comes to: a change is told only where noise does not explain it.

    Args:
        change: how many times as long it takes now.
        number: of measurements in the run that has fewer.
    """
    if number < _FEWEST or abs(change.value - 1) < LEAST_CHANGE:
        return Verdict.NOISE
    if change.low > 1:
        return Verdict.SLOWER
    return Verdict.FASTER if change.high < 1 else Verdict.NOISE
