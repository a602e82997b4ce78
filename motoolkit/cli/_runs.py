"""Runs of the journal on standard output."""

from __future__ import annotations

from collections import Counter
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import click

from motoolkit.cli._rows import print_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from motoolkit.plan import Result, Run

_NAMES = ("run", "started", "mo", "actor", "operations", "outcome", "reason")
_GOOD = ("done", "already so", "valid")
_OPERATION = ("nr", "action", "kind", "uuid", "start", "end", "values", "outcome", "text", "reason")


def print_result(result: Result) -> None:
    """Print what became of a plan: numbers, then what went wrong, alike things once."""
    from motoolkit.model import mask_all

    counts = Counter(outcome.became for outcome in result.outcomes)
    told = ", ".join(f"{count} {became}" for became, count in counts.items())
    click.echo(f"{'Dry run, nothing is kept: ' if result.dry_run else ''}{told or 'nothing to do'}.")
    alike: dict[tuple[str, str], list[str]] = {}
    for each in result.outcomes:
        if each.became not in _GOOD:
            name = f"{each.operation.action} {each.operation.kind} {each.operation.uuid}"
            alike.setdefault((each.became, each.text), []).append(name)
    for (became, text), names in alike.items():
        more = f" and {len(names) - 1} more" if len(names) > 1 else ""
        click.echo(f"  {became}: {names[0]}{more}. {mask_all(text)}".rstrip())
    if result.run:
        how = "Undo it: motoolkit plan undo" if result.ok else "Look at it: motoolkit plan show"
        click.echo(f"This was the run {result.run}. {how} {result.run}")


def print_runs(form: str, runs: Sequence[Run]) -> None:
    """Print runs as a table, CSV or JSON, the oldest first; and in words what became of the unfinished."""
    continued = {run.continues for run in runs}
    rows = [_row(run, continued) for run in runs]
    if form == "table":  # for terminals: the id begins with the time, and addresses with what all have
        print_rows(
            form, [_NAMES[0], *_NAMES[2:]], ((r[0], r[2].partition("://")[2] or r[2], *r[3:]) for r in rows)
        )
    else:
        print_rows(form, _NAMES, rows)
    for run in runs:
        if not run.finished and run.id not in continued:
            click.echo(f"{run.id} {_unfinished(run)}", err=True)


def _row(run: Run, continued: Collection[str | None]) -> tuple[Any, ...]:
    outcome = f"{run.status}, continued" if run.id in continued else run.status
    started = f"{run.started:%Y-%m-%d %H:%M}"
    # What a special actor stands for is a long story; its beginning will do.
    actor = (run.actor_name or run.actor or "").partition(",")[0]
    return run.id, started, run.profile or run.mo_url, actor, len(run.operations), outcome, run.reason


def _unfinished(run: Run) -> str:
    if run.ended is None:
        return "was interrupted. Apply the same plan again: it is safe, and does what is missing."
    return f"did not come to its end. motoolkit plan show {run.id} tells why; applying again is safe."


def print_run(form: str, run: Run) -> None:
    """Print one run: in words who did what and when, then its operations."""
    if form == "table":
        for name, told in _facts(run):
            click.echo(f"{name + ':':<12}{told}")
        click.echo()
    rows = list(_operations(run))
    if form == "table":
        shown = [
            index for index in range(len(_OPERATION)) if any(row[index] not in ("", None) for row in rows)
        ]
        print_rows(form, [_OPERATION[i] for i in shown], ([row[i] for i in shown] for row in rows))
    else:
        print_rows(form, _OPERATION, rows)


def _facts(run: Run) -> Iterator[tuple[str, str]]:
    yield "Run", run.id
    if run.reason:
        yield "Reason", run.reason
    yield "MO", f"{run.mo_url} (profile {run.profile})" if run.profile else run.mo_url
    yield "Actor", " ".join(filter(None, (run.actor_name, f"({run.actor})" if run.actor else "")))
    ended = f"{run.ended:%H:%M:%S}" if run.ended else "nobody knows"
    yield "Time", f"{run.started:%Y-%m-%d %H:%M:%S} to {ended}, motoolkit {run.version}"
    yield "Outcome", run.status
    if run.parts[1] > 1:
        yield "Parts", f"{run.parts[0]} of {run.parts[1]} sent"
    if run.continues:
        yield "Continues", f"{run.continues}; to undo both, undo that one"
    if not run.finished:
        yield "To do", _unfinished(run)


def _operations(run: Run) -> Iterator[tuple[Any, ...]]:
    unknown = ("", "")
    both = zip_longest(run.operations, run.outcomes, fillvalue=None)
    for number, (told, found) in enumerate(both, start=1):
        operation, (became, text) = told or {}, found or unknown
        values = ", ".join(f"{name}={_said(value)}" for name, value in operation.get("values", {}).items())
        named = (operation.get(name) for name in _OPERATION[1:6])
        reason = operation.get("reason")
        yield number, *named, values, became, text, "" if reason == run.reason else reason


def _said(value: Any) -> str:
    return "null" if value is None else " ".join(value) if isinstance(value, list) else str(value)
