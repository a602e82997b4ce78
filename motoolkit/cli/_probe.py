"""What ``motoolkit probe run`` reads, prints and writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from motoolkit.cli._rows import print_rows
from motoolkit.errors import InputError, ParameterError, QueryError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from motoolkit.client import Client
    from motoolkit.probes import Comparison, Probe, ProbeRun


def read_variables(path: str | None) -> dict[str, Any]:
    """Return the variables of a file.

    Raises:
        InputError: it can not be read, or holds no JSON object.
    """
    if path is None:
        return {}
    try:
        found = json.loads(Path(path).expanduser().read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path} can not be read: {error.strerror}.", remedy="Check the path.") from None
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise InputError(f"{path} holds no variables.", remedy='Write them as {"name": "value"}.')
    return found


def numbers(text: str) -> list[int]:
    """Return GraphQL versions.

    Raises:
        ParameterError: one is no number.
    """
    try:
        return [int(each.strip().lower().removeprefix("v")) for each in text.split(",") if each.strip()]
    except ValueError:
        raise ParameterError(f"{text!r} are no GraphQL versions.", remedy="Write them like 22,30.") from None


def show(
    run: ProbeRun,
    *,
    format_: str,
    save: str | None,
    base: str | None,
    keep: bool,
    page: str | None,
    out_dir: str | None,
) -> None:
    """Print a run, and write it where that is wanted; paths go to standard error."""
    from motoolkit import probes

    earlier = probes.baseline(run.mo, base)
    comparison = probes.compare(earlier, run) if earlier else None
    _printed(run, comparison, format_)
    if save:
        click.echo(run.save(save), err=True)
    if page:
        _page(run, comparison, page)
    if out_dir:
        click.echo(probes.write_workbook(run, out_dir, comparison=comparison), err=True)
    if keep:
        click.echo(probes.keep(run), err=True)


def _printed(run: ProbeRun, comparison: Comparison | None, format_: str) -> None:
    from motoolkit.probes.showing import run_text
    from motoolkit.probes.tables import slow_fields

    if format_ == "json":
        click.echo(run.to_json())
    elif format_ == "csv":
        table = slow_fields(run)
        print_rows("csv", table.headings, table.rows)
    else:
        click.echo(run_text(run, comparison))


def _page(run: ProbeRun, comparison: Comparison | None, path: str) -> None:
    from motoolkit.cli._findings import write_page
    from motoolkit.probes.showing import run_html

    click.echo(write_page(run_html(run, comparison), path), err=True)


def followed(client: Client, run: ProbeRun, probes: Sequence[Probe]) -> None:
    """Follow the best advice, and print what came of it."""
    from motoolkit.probes import follow

    best = run.advice[0]
    probe = next(each for each in probes if each.name == best.probe)
    try:
        told = str(follow(client, run, best, probe))
    except QueryError as error:
        # A page that was not measured holds what MO can not answer.
        told = str(error)
    click.echo(f"\n{best.probe}: {told}")


def outcome(run: ProbeRun) -> int:
    """Return the exit code of a run, and tell on standard error what was not measured."""
    from motoolkit.probes.showing import notices_of

    wrong = run.partial or any(each.error for each in run.probes)
    for told in notices_of(run) if wrong else ():
        click.echo(f"Warning: {told}", err=True)
    return int(wrong)
