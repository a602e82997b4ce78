"""A run on a page and on a terminal: notices, advice, slow fields, pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from motoolkit.drawing import BAD, GOOD, QUIET, WARN, card, heading, safe, span, table
from motoolkit.language import tr
from motoolkit.model import mask_all
from motoolkit.probes._words import number, seconds
from motoolkit.probes.comparing import Verdict
from motoolkit.probes.picture import ProbePicture
from motoolkit.probes.robust import is_drift
from motoolkit.probes.tables import (
    Table,
    advised,
    changes,
    every_table,
    flat_reads,
    queries,
    refused,
    slow_fields,
    versions,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.probes.comparing import Comparison
    from motoolkit.probes.results import ProbeResult, ProbeRun

_MOST: Final = 15
_CODE: Final = (
    "font: 12px/1.45 var(--jp-code-font-family, ui-monospace, monospace); white-space: pre-wrap; "
    "margin: 4px 0 10px; padding: 6px 10px; border-left: 2px solid var(--jp-border-color2, #8886); "
    "background: none; color: inherit"
)
_INKS: Final = {Verdict.SLOWER: BAD, Verdict.FASTER: GOOD}
_LONG: Final = 28
_LEFT_OUT: Final = frozenset({4, 5, 7, 9})
"""The columns of slow fields for which a page has no room: between, seconds, by itself, power."""


def notices_of(run: ProbeRun) -> list[str]:
    """Return what must be known of a run before its numbers are believed."""
    told = list(run.notices)
    if run.partial:
        told.insert(0, tr("The run is partial: what was measured until then is kept."))
    if is_drift(run.drift):
        told.append(
            tr(
                "The same small query took {times} times as long in the second half: the results are unsure.",
                times=number(run.drift.value),
            )
        )
    told += [f"{probe.name}: {probe.error}" for probe in run.probes if probe.error]
    return [mask_all(each) for each in told]


def title_of(run: ProbeRun) -> tuple[str, str]:
    """Return the title of a run, and what stands beside it."""
    facts = [
        run.mo,
        f"GraphQL v{run.graphql_version}",
        f"{run.started:%d-%m-%Y %H:%M} UTC",
        tr("{number} rounds", number=run.rounds),
    ]
    return tr("Why nested queries are slow"), " · ".join(facts)


def run_html(run: ProbeRun, comparison: Comparison | None = None) -> str:
    """Return a run as HTML that needs no script and no network."""
    title, quiet = title_of(run)
    parts = [f'<div style="color: {WARN}; margin: 2px 0">! {safe(told)}</div>' for told in notices_of(run)]
    if comparison:
        parts.append(_shown(changes(comparison)))
    parts += [_shown(part) for part in (advised(run, _MOST), _narrow(slow_fields(run, _MOST))) if part.rows]
    parts.append(_shown(queries(run)))
    parts += [part for probe in run.measured for part in _probe(run, probe)]
    parts += [_shown(part) for part in (flat_reads(run), refused(run), versions(run)) if part.rows]
    return card(title, "".join(parts), quiet)


def comparison_html(comparison: Comparison) -> str:
    """Return a comparison as HTML."""
    before, after = comparison.before.started, comparison.after.started
    quiet = f"{before:%d-%m-%Y %H:%M} → {after:%d-%m-%Y %H:%M} UTC"
    inks = [f"color: {_INKS[c.verdict]}" if c.verdict in _INKS else "" for c in comparison.changes]
    shown = changes(comparison)
    cells = [[safe(cell) for cell in row] for row in shown.rows]
    return card(shown.title, _scrolled(table(shown.headings, cells, [*inks, ""])), quiet)


def _narrow(part: Table) -> Table:
    """Return the slow fields with the columns that a page has room for; the workbook has all."""
    kept = [at for at in range(len(part.headings)) if at not in _LEFT_OUT]
    rows = tuple(tuple(row[at] for at in kept) for row in part.rows)
    return Table(part.title, tuple(part.headings[at] for at in kept), rows)


def _shown(part: Table) -> str:
    kept = [at for at in range(len(part.headings)) if any(row[at] for row in part.rows)]
    cells = [[_cell(row[at]) for at in kept] for row in part.rows]
    return heading(part.title) + _scrolled(table([part.headings[at] for at in kept], cells))


def _cell(text: str) -> str:
    if len(text) > _LONG:
        # A path may be broken after each step.
        return safe(text).replace(".", ".<wbr>") if " " not in text else safe(text)
    return span(text, "white-space: nowrap")


def _scrolled(body: str) -> str:
    return f'<div style="overflow-x: auto">{body}</div>'


def _probe(run: ProbeRun, probe: ProbeResult) -> Iterator[str]:
    yield heading(tr(probe.title) if probe.title else probe.name, probe.name)
    if probe.unsure:
        yield span(tr("MO changed its pace meanwhile: unsure."), f"color: {WARN}")
    yield ProbePicture(run, probe)._repr_html_()
    advice = next((each for each in run.advice if each.probe == probe.name), None)
    if advice:
        yield f"<div>{safe(advice.sentence)}</div>"
        summary = tr("The query and the join, written out")
        yield _details(summary, advice.text())
    yield _details(tr("The query that was measured"), probe.document.strip())


def _details(summary: str, code: str) -> str:
    return (
        f'<details style="margin: 2px 0"><summary style="color: {QUIET}; cursor: pointer">{safe(summary)}'
        f'</summary><pre style="{_CODE}">{safe(code)}</pre></details>'
    )


def run_text(run: ProbeRun, comparison: Comparison | None = None) -> str:
    """Return a run in words, as a terminal shows it."""
    title, quiet = title_of(run)
    parts = [f"{title}\n{quiet}", *(f"! {told}" for told in notices_of(run))]
    parts += _advice_lines(run)
    parts += [_lines(part, _MOST) for part in every_table(run, comparison) if part.title != tr("Advice")]
    best = run.advice[:1]
    parts += [f"{tr('The query and the join, written out')} ({a.probe})\n{a.text()}" for a in best]
    return mask_all("\n\n".join(parts))


def _advice_lines(run: ProbeRun) -> list[str]:
    """Return the advice, a line or two each: sentences do not fit into columns."""
    lines = [
        f"  {advice.probe}: {advice.sentence} ({seconds(advice.before)} → {seconds(advice.after)})"
        for advice in run.advice[:_MOST]
    ]
    return ["\n".join([tr("Advice"), *lines])] if lines else []


def comparison_text(comparison: Comparison) -> str:
    """Return a comparison in words."""
    return _lines(changes(comparison))


def _lines(part: Table, most: int | None = None) -> str:
    """Return a table in columns; one that is empty throughout is left out."""
    kept = [at for at in range(len(part.headings)) if any(row[at] for row in part.rows)]
    shown = part.rows[:most]
    rows = [tuple(part.headings[at] for at in kept), *(tuple(row[at] for at in kept) for row in shown)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(kept))]
    lines = ("  ".join(cell.ljust(wide) for cell, wide in zip(row, widths, strict=True)) for row in rows)
    more = len(part.rows) - len(shown)
    left = [f"  {tr('… and {number} more', number=more)}"] if more else []
    return "\n".join([part.title, *(f"  {line.rstrip()}" for line in lines), *left])
