"""What each nested field costs, how that grows, and whether MO asks once for each parent."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from motoolkit.language import N_, tr
from motoolkit.probes._documents import label
from motoolkit.probes.robust import Estimate, Fit, difference, fit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.probes._documents import Place
    from motoolkit.probes.results import ProbeResult

SMALL: Final = 0.03
"""The share of the whole below which a field is as good as free."""
_STEADY: Final = 0.35
"""The power of the number of parents below which a cost does not grow with them."""


class Growth(StrEnum):
    """How a field's cost grows."""

    EACH = "each"
    ALL = "all"
    STEADY = "steady"
    FREE = "free"
    UNSURE = "unsure"

    @property
    def label(self) -> str:
        """What people read, in the language in use."""
        return tr(_LABELS[self])


_LABELS: Final = {
    Growth.EACH: N_("a query for each parent (N+1)"),
    Growth.ALL: N_("read in one go, grows with what is read"),
    Growth.STEADY: N_("the same however many"),
    Growth.FREE: N_("as good as free"),
    Growth.UNSURE: N_("unsure"),
}


@dataclass(frozen=True, slots=True)
class FieldCost:
    """What a nested field costs, with all that is in it.

    Attributes:
        place: the field.
        cost: seconds that the query takes longer with it.
        share: of the whole query's time.
        own: seconds without the nested fields in it.
        parents: the objects on which it stands.
        line: the cost by number of parents.
        growth: what that tells, with what the catalogue knows.
        instead: seconds that MO's new field for the same takes, of a deprecated one.
    """

    place: Place
    cost: Estimate
    share: Estimate
    own: float
    parents: int
    line: Fit
    growth: Growth
    instead: Estimate | None = None

    @property
    def name(self) -> str:
        """The field by its path, as people read it."""
        return label(self.place.path)

    @property
    def each(self) -> float:
        """Seconds for each parent."""
        return self.cost.value / self.parents if self.parents else 0.0

    @property
    def own_each(self) -> float:
        """Seconds for each parent, without the nested fields in it."""
        return self.own / self.parents if self.parents else 0.0

    @property
    def times_instead(self) -> float | None:
        """How many times as dear as MO's new field it is."""
        if self.instead is None or self.cost.value <= 0:
            return None
        return self.cost.value / max(self.instead.value, self.cost.value / 100)


def field_costs(result: ProbeResult) -> list[FieldCost]:
    """Return what each nested field of a probe costs, the dearest first."""
    found = [cost for place in result.places if (cost := _cost(result, place)) is not None]
    return sorted(found, key=lambda each: -each.cost.value)


def _cost(result: ProbeResult, place: Place) -> FieldCost | None:
    whole, bare = result.whole, result.found("without", place.path)
    if whole is None or bare is None or not whole.seconds:
        return None
    cost, line = difference(whole.times, bare.times), _line(result, place)
    share = cost.over(whole.seconds)
    return FieldCost(
        place=place,
        cost=cost,
        share=share,
        own=max(cost.value - sum(_inside(result, place)), 0.0),
        parents=bare.parents,
        line=line,
        growth=_growth(place, cost, share, line),
        instead=_instead(result, place),
    )


def _inside(result: ProbeResult, place: Place) -> Iterator[float]:
    """Yield what the nested fields right in a field cost."""
    for other in result.places:
        below = other.depth == place.depth + 1 and other.path[: len(place.path)] == place.path
        whole, bare = result.whole, result.found("without", other.path)
        if below and whole and bare:
            yield max(difference(whole.times, bare.times).value, 0.0)


def _line(result: ProbeResult, place: Place) -> Fit:
    """Return the cost by number of parents, over all page sizes."""
    wholes = {series.page_size: series for series in result.sizes("whole")}
    return fit(
        [
            (bare.parents, wholes[bare.page_size].times, bare.times)
            for bare in result.sizes("without", place.path)
            if bare.page_size in wholes
        ]
    )


def _growth(place: Place, cost: Estimate, share: Estimate, line: Fit) -> Growth:
    if share.value < SMALL:
        return Growth.FREE
    if not cost.is_above_zero:
        return Growth.UNSURE
    if line.exponent is not None and line.exponent < _STEADY:
        return Growth.STEADY
    if not line.slope.is_above_zero:
        return Growth.UNSURE
    return Growth.EACH if place.link.nature.asks_each_parent else Growth.ALL


def _instead(result: ProbeResult, place: Place) -> Estimate | None:
    """Return what MO's new field costs in the place of a deprecated one."""
    swapped, bare = result.found("instead", place.path), result.found("without", place.path)
    return difference(swapped.times, bare.times) if swapped and bare else None
