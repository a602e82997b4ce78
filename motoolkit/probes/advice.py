"""Advice: what to ask for instead, what to read and join, and how many times as fast all of it would be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graphql import parse, print_ast

from motoolkit.language import tr
from motoolkit.probes._documents import all_instead, instead, joined, label, tops, without
from motoolkit.probes._joining import join_of, reads_of
from motoolkit.probes._links import Nature
from motoolkit.probes._words import percent, times
from motoolkit.probes.fields import Growth
from motoolkit.probes.robust import Estimate, ratio, typical

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from motoolkit.probes.fields import FieldCost
    from motoolkit.probes.results import ProbeResult, ProbeRun, Series

LEAST_SHARE: Final = 0.05
LEAST_GAIN: Final = 1.15
"""How many times as fast it must become to be worth telling."""
_MOST_JOINS: Final = 2


@dataclass(frozen=True, slots=True)
class Advice:
    """What would be faster.

    Attributes:
        probe: the query that it is about.
        field: the field by its path; blank where it is about the whole query.
        way: ``instead`` (another field), ``flat`` (a field read flat), ``new`` (other fields for all
            deprecated ones), or ``all`` (everything read flat).
        share: of the query's time that the field costs; 1 of the whole.
        faster: how many times as fast the whole query becomes.
        before: seconds that reading all of it takes now.
        after: seconds that it will take.
        document: the query to send instead; blank where there is none any more.
        reads: the collections to read beside it, each with its document.
        joins: the conditions by which they are joined.
        path: of the field in the answer.
        estimated: whether the numbers of objects are estimates.
    """

    probe: str
    field: str
    way: str
    share: float
    faster: Estimate
    before: float
    after: float
    document: str = ""
    reads: tuple[tuple[str, str], ...] = ()
    joins: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    estimated: bool = False

    @property
    def collections(self) -> str:
        """The collections to read, as one text."""
        return ", ".join(name for name, _ in self.reads)

    @property
    def sentence(self) -> str:
        """The advice in one sentence, in the language in use."""
        facts = {
            "field": self.field,
            "share": percent(self.share),
            "collections": self.collections,
            "joins": self._joins(),
            "times": times(self.faster.value),
        }
        if self.way == "all":
            return tr("Read {collections} flat and join them locally: {times} faster.", **facts)
        if self.way == "new":
            return tr("Ask for {joins} instead of the deprecated fields: {times} faster.", **facts)
        if self.way == "instead":
            return tr("{field} costs {share} of the time; ask for {joins} instead: {times} faster.", **facts)
        return tr(
            "{field} costs {share} of the time; read {collections} and join on {joins}: {times} faster.",
            **facts,
        )

    def _joins(self) -> str:
        """Return the first of the joins, or of the new fields; ``text()`` has all."""
        shown = self.joins if self.way == "new" else self.joins[:_MOST_JOINS]
        more = " …" if len(shown) < len(self.joins) else ""
        return (", " if self.way == "new" else "; ").join(shown) + more

    def text(self) -> str:
        """Return the queries and the joins, written out."""
        main = [self.document.strip()] if self.document else []
        reads = [f"# {name}\n{document.strip()}" for name, document in self.reads]
        joins = [f"# join: {join}" for join in self.joins] if self.reads else []
        return "\n\n".join([*main, *reads, *joins])


def advice_of(run: ProbeRun) -> list[Advice]:
    """Return all advice of a run, what gains most first."""
    found = [advice for probe in run.measured for advice in probe_advice(run, probe)]
    return sorted(found, key=lambda advice: -advice.faster.value)


def probe_advice(run: ProbeRun, probe: ProbeResult) -> list[Advice]:
    """Return the advice about one probe: of the whole query first, then field by field, the dearest first."""
    every = [*_all_flat(run, probe), *_all_instead(run, probe)]
    for cost in probe.costs:
        dear = cost.share.value >= LEAST_SHARE and cost.growth not in {Growth.FREE, Growth.STEADY}
        if dear and cost.cost.is_above_zero:
            ways = [*_instead(run, probe, cost), *_flat(run, probe, cost)]
            every += sorted(ways, key=lambda advice: -advice.faster.value)[:1]
    return [advice for advice in every if advice.faster.value >= LEAST_GAIN]


def objects_of(run: ProbeRun, probe: ProbeResult) -> tuple[int, bool]:
    """Return how many objects the whole query answers, and whether that is an estimate."""
    (top,) = tops(parse(probe.document, no_location=True))
    everything = not any(argument.name.value == "filter" for argument in top.arguments or ())
    cost = run.cost(probe.collection)
    if everything and cost is not None and not cost.estimated:
        return cost.objects, False
    return (probe.extent.objects, probe.extent.estimated) if probe.extent else (1, False)


def _scaled(run: ProbeRun, probe: ProbeResult, series: Series) -> list[float]:
    """Return the seconds of a form for all objects, told from those of a page."""
    page = max((shot.objects for shot in series.warm), default=1) or 1
    return [took * objects_of(run, probe)[0] / page for took in series.times]


def _gain(
    run: ProbeRun, probe: ProbeResult, after: Series | None, collections: Iterable[str]
) -> tuple[Estimate, float, float, bool] | None:
    """Return how many times as fast it gets, the seconds before and after; None where that is not known."""
    whole, costs = probe.whole, [run.cost(name) for name in dict.fromkeys(collections)]
    if whole is None or any(cost is None for cost in costs):
        return None
    known = [cost for cost in costs if cost is not None]
    reading = sum(cost.seconds for cost in known)
    before = _scaled(run, probe, whole)
    later = [took + reading for took in _scaled(run, probe, after)] if after else [reading]
    faster = ratio(later, before)
    estimated = objects_of(run, probe)[1] or any(cost.estimated for cost in known)
    return faster, typical(before), typical(later), estimated


def _all_flat(run: ProbeRun, probe: ProbeResult) -> Iterator[Advice]:
    flat = probe.flat
    gain = (
        _gain(run, probe, None, flat.collections) if flat and flat.collections and not flat.refusals else None
    )
    if flat and gain:
        yield Advice(
            probe.name, "", "all", 1.0, *gain[:3],
            reads=flat.documents, joins=flat.joins, estimated=gain[3],
        )  # fmt: skip


def _all_instead(run: ProbeRun, probe: ProbeResult) -> Iterator[Advice]:
    changed = all_instead(parse(probe.document, no_location=True), probe.places)
    series = probe.found("instead")
    gain = _gain(run, probe, series, ()) if series and changed else None
    if gain and changed:
        yield Advice(
            probe.name, "", "new", 1.0, *gain[:3],
            document=print_ast(changed), joins=_new_fields(probe), estimated=gain[3],
        )  # fmt: skip


def _new_fields(probe: ProbeResult) -> tuple[str, ...]:
    links = (place.link for place in probe.places)
    return tuple(
        dict.fromkeys(link.field for link in links if link.nature in {Nature.TWIN, Nature.LIST_TWIN})
    )


def _instead(run: ProbeRun, probe: ProbeResult, cost: FieldCost) -> Iterator[Advice]:
    tree = parse(probe.document, no_location=True)
    changed, series = instead(tree, cost.place), probe.found("instead", cost.place.path)
    gain = _gain(run, probe, series, ()) if series and changed else None
    if gain and changed:
        yield Advice(
            probe.name, cost.name, "instead", cost.share.value, *gain[:3],
            document=print_ast(changed), joins=(cost.place.link.field,),
            path=cost.place.path, estimated=gain[3],
        )  # fmt: skip


def _flat(run: ProbeRun, probe: ProbeResult, cost: FieldCost) -> Iterator[Advice]:
    place = cost.place
    tree = parse(probe.document, no_location=True)
    series = probe.found("joined", place.path) or probe.found("without", place.path)
    inner = [other for other in probe.places if other.path[: len(place.path)] == place.path]
    targets = list(dict.fromkeys(target for other in inner for target in other.link.targets))
    gain = _gain(run, probe, series, targets) if series and place.link.targets else None
    if gain is None or any(not other.link.targets for other in inner):
        return
    keyed = joined(tree, place) if probe.found("joined", place.path) else without(tree, place.path)
    reads = {name: document for other in reversed(inner) for name, document in reads_of(other, probe.version)}
    yield Advice(
        probe.name, label(place.path), "flat", cost.share.value, *gain[:3],
        document=print_ast(keyed), reads=tuple((name, reads[name]) for name in targets),
        joins=tuple(dict.fromkeys(join_of(other.link) for other in inner)),
        path=place.path, estimated=gain[3],
    )  # fmt: skip
