"""What a run tells, as tables: the same ones on a terminal, on a page and in a workbook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from motoolkit.language import N_, tr
from motoolkit.probes._words import between, count, number, percent, seconds, times
from motoolkit.probes.advice import objects_of
from motoolkit.probes.fields import SMALL, Growth

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from motoolkit.probes.advice import Advice
    from motoolkit.probes.comparing import Comparison
    from motoolkit.probes.fields import FieldCost
    from motoolkit.probes.results import ProbeResult, ProbeRun, Series

FORMS: Final = {
    "whole": N_("the query"),
    "without": N_("without"),
    "instead": N_("new field instead"),
    "joined": N_("key alone"),
    "depth": N_("links deep"),
}


@dataclass(frozen=True, slots=True)
class Table:
    """Headings and rows of texts."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def ranked(run: ProbeRun) -> list[tuple[ProbeResult, FieldCost]]:
    """Return the nested fields of all probes, those first that by themselves cost most for each parent."""
    found = [(probe, cost) for probe in run.measured for cost in probe.costs]
    telling = [
        (probe, cost)
        for probe, cost in found
        if cost.share.value >= SMALL and cost.growth is not Growth.FREE and cost.cost.is_above_zero
    ]
    return sorted(telling, key=lambda each: -each[1].own_each)


def queries(run: ProbeRun) -> Table:
    """Return the probes with their times."""
    headings = (
        N_("Query"),
        N_("What"),
        N_("Objects"),
        N_("First byte"),
        N_("Whole answer"),
        N_("Cold"),
        N_("Bytes"),
        N_("Objects a second"),
        N_("Objects in all"),
        N_("Notice"),
    )
    return _table(N_("Queries"), headings, [_query(run, probe) for probe in run.probes])


def _query(run: ProbeRun, probe: ProbeResult) -> tuple[str, ...]:
    whole, told = probe.whole, tr(probe.title) if probe.title else ""
    if whole is None:
        return (probe.name, told, *[""] * 7, probe.error)
    shot = min(whole.warm, key=lambda each: each.whole)
    objects, estimated = objects_of(run, probe)
    notices = [
        tr("partial") if probe.partial else "",
        tr("unsure: MO changed its pace") if probe.unsure else "",
        *probe.notices,
    ]
    return (
        probe.name,
        told,
        count(shot.objects),
        seconds(min(each.first for each in whole.warm)),
        seconds(whole.seconds),
        seconds(whole.cold) if whole.cold is not None else "",
        count(shot.size),
        number(shot.objects / max(whole.seconds, 1e-9), 0),
        count(objects, estimated=estimated),
        "; ".join(filter(None, notices)),
    )


def slow_fields(run: ProbeRun, most: int | None = None) -> Table:
    """Return the fields that cost most for each parent."""
    headings = (
        N_("Query"),
        N_("Field"),
        N_("Kind"),
        N_("Share"),
        N_("Between"),
        N_("Seconds"),
        N_("Each parent"),
        N_("By itself"),
        N_("Growth"),
        N_("Power"),
        N_("Beside the new field"),
    )
    rows = [_field(probe, cost) for probe, cost in ranked(run)[:most]]
    return _table(N_("Slow fields"), headings, rows)


def _field(probe: ProbeResult, cost: FieldCost) -> tuple[str, ...]:
    power = cost.line.exponent
    return (
        probe.name,
        cost.name,
        cost.place.link.nature.label,
        percent(cost.share.value),
        between(cost.share),
        seconds(cost.cost.value),
        f"{number(cost.each * 1000)} ms",
        f"{number(cost.own_each * 1000)} ms",
        cost.growth.label,
        "" if power is None or cost.growth is Growth.UNSURE else number(power),
        times(cost.times_instead) if cost.times_instead else "",
    )


def advised(run: ProbeRun, most: int | None = None) -> Table:
    """Return the advice, what gains most first."""
    headings = (N_("Query"), N_("Advice"), N_("Times faster"), N_("Now"), N_("Then"))
    return _table(N_("Advice"), headings, [_advice(each) for each in run.advice[:most]])


def _advice(advice: Advice) -> tuple[str, ...]:
    about = "≈ " if advice.estimated else ""
    return (
        advice.probe,
        advice.sentence,
        f"{about}{number(advice.faster.value)}",
        seconds(advice.before),
        seconds(advice.after),
    )


def flat_reads(run: ProbeRun) -> Table:
    """Return what reading collections flat takes."""
    headings = (N_("Collection"), N_("Objects"), N_("Seconds"), N_("Each object"))
    rows = [
        (
            cost.collection,
            count(cost.objects, estimated=cost.estimated),
            seconds(cost.seconds),
            f"{number(cost.seconds / max(cost.objects, 1) * 1000)} ms",
        )
        for cost in run.collections
    ]
    return _table(N_("Read flat"), headings, rows)


def refused(run: ProbeRun) -> Table:
    """Return what can not be read flat, and why."""
    rows = [
        (probe.name, why) for probe in run.measured for why in (probe.flat.refusals if probe.flat else ())
    ]
    return _table(N_("Not to be had flat"), (N_("Query"), N_("Why")), rows)


def versions(run: ProbeRun) -> Table:
    """Return the whole queries by GraphQL version, where several were measured."""
    rows = [
        (probe.name, f"v{series.version}", seconds(series.seconds))
        for probe in run.measured
        for series in sorted(probe.series, key=lambda s: -s.version)
        if series.form == "whole" and series.page_size == probe.page_size
    ]
    several = len({version for _, version, _ in rows}) > 1
    return _table(
        N_("GraphQL versions"), (N_("Query"), N_("Version"), N_("Seconds")), rows if several else []
    )


def measurements(run: ProbeRun) -> Table:
    """Return every form at every page size."""
    headings = (
        N_("Query"),
        N_("Form"),
        N_("Field"),
        N_("Page size"),
        N_("Version"),
        N_("Parents"),
        N_("Rounds"),
        N_("Seconds"),
        N_("First byte"),
        N_("Bytes"),
    )
    rows = [_measured(probe.name, series) for probe in run.probes for series in probe.series if series.shots]
    return _table(N_("Measurements"), headings, rows)


def _measured(name: str, series: Series) -> tuple[str, ...]:
    from motoolkit.probes._documents import label

    path = series.path[0] if series.form == "depth" else label(series.path)
    return (
        name,
        tr(FORMS[series.form]),
        path,
        str(series.page_size),
        f"v{series.version}",
        str(series.parents or ""),
        str(len(series.shots)),
        f"{series.seconds:.3f}",
        f"{min(shot.first for shot in series.warm):.3f}",
        str(series.warm[-1].size),
    )


def changes(comparison: Comparison) -> Table:
    """Return a comparison."""
    headings = (N_("Query"), N_("Verdict"), N_("Before"), N_("Now"), N_("Times as long"), N_("Between"))
    every = [*comparison.changes, comparison.control]
    rows = [
        (
            change.name,
            change.verdict.label,
            "" if change.before is None else seconds(change.before),
            "" if change.after is None else seconds(change.after),
            "" if change.ratio is None else number(change.ratio.value, 2),
            "" if change.ratio is None else f"{number(change.ratio.low, 2)}–{number(change.ratio.high, 2)}",
        )
        for change in every
    ]
    return _table(N_("Since the baseline"), headings, rows)


def every_table(run: ProbeRun, comparison: Comparison | None = None) -> Iterator[Table]:
    """Yield the tables that hold anything, in the order in which they are read."""
    found = [
        advised(run),
        slow_fields(run),
        queries(run),
        *([changes(comparison)] if comparison else []),
        flat_reads(run),
        refused(run),
        versions(run),
    ]
    yield from (table for table in found if table.rows)


def _table(title: str, headings: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Table:
    return Table(tr(title), tuple(tr(heading) for heading in headings), tuple(rows))
