"""``motoolkit probe``: why nested queries are slow, what would be faster, and whether MO got slower."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from motoolkit.cli._options import as_of_option, format_option, profile_option

if TYPE_CHECKING:
    from datetime import date

RUN_EPILOG = """\b
Exit codes
  0    measured
  1    a query could not be measured, the run was cut, or MO gave no answer (standard error says which)
  2    the command was not understood
"""


@click.group()
def probe() -> None:
    """Find out why nested queries are slow.

    run measures queries, says what each field costs and what would be faster; compare holds two runs against
    each other; concurrency tells whether parallel requests help. Everything reads, one request at a time;
    nothing is written to MO.
    """


@probe.command(epilog=RUN_EPILOG)
@click.argument("what", nargs=-1, metavar="[NAME|FILE.graphql]...")
@click.option(
    "--rounds", type=click.IntRange(min=1), default=4, show_default=True, help="Beside the cold one."
)
@click.option("--seconds", type=click.FloatRange(min=1), default=900, show_default=True, help="Most in all.")
@click.option("--page-size", type=click.IntRange(min=4), help="Objects a page; else each query's own.")
@click.option("--versions", default="", metavar="V,V", help="GraphQL versions to compare, as 22,30.")
@click.option("--variables", metavar="FILE", help="JSON with the variables of the files' queries.")
@click.option("--save", metavar="FILE", help="Keep the run as JSON.")
@click.option("--baseline", "base", metavar="FILE", help="Compare with this run; else with the kept one.")
@click.option("--keep", is_flag=True, help="Keep the run as the baseline of this MO.")
@click.option("--check", is_flag=True, help="Follow the best advice, and tell whether it came true.")
@click.option("--html", "page", metavar="FILE", help="Write a page with pictures.")
@click.option("--out", "out_dir", metavar="DIR", help="Write an Excel workbook into this folder.")
@as_of_option
@format_option
@profile_option
@click.pass_context
def run(
    context: click.Context,
    /,
    *,
    what: tuple[str, ...],
    versions: str,
    variables: str | None,
    page_size: int | None,
    profile: str | None,
    as_of: date,
    rounds: int,
    seconds: float,
    check: bool,
    **wanted: Any,
) -> None:
    """Measure nested queries: those of the suite, or your own.

    Names of the suite: engagements-deprecated, engagements-links, accounts, persons, units, insights,
    report-engagements, report-managers, tree. Without any, all are measured. Ctrl-C keeps what was measured.
    """
    from motoolkit.cli._probe import followed, numbers, outcome, read_variables, show
    from motoolkit.client import connect
    from motoolkit.probes import chosen, measure

    probes = chosen(what, read_variables(variables), page_size=page_size)
    listed = numbers(versions)
    with connect(profile) as client:
        found = measure(client, probes, as_of=as_of, rounds=rounds, seconds=seconds, versions=listed)
        show(found, **wanted)
        if check and found.advice:
            followed(client, found, probes)
    context.exit(outcome(found))


@probe.command()
@click.argument("before", metavar="BEFORE.json")
@click.argument("after", metavar="AFTER.json")
@click.option("--fail-on-slower", is_flag=True, help="Exit with 1 when a query got slower.")
@format_option
@click.pass_context
def compare(
    context: click.Context, /, *, before: str, after: str, fail_on_slower: bool, format_: str
) -> None:
    """Compare two runs of the same MO: faster, slower, or no more than noise."""
    from motoolkit.cli._rows import print_rows
    from motoolkit.probes import ProbeRun, Verdict
    from motoolkit.probes import compare as compared
    from motoolkit.probes.tables import changes

    found = compared(ProbeRun.load(before), ProbeRun.load(after))
    table = changes(found)
    print_rows(format_, table.headings, table.rows)
    context.exit(1 if fail_on_slower and found.only(Verdict.SLOWER) else 0)


@probe.command()
@click.option("--most", type=click.IntRange(min=1), help="Fewer at a time than the profile's concurrency.")
@click.option(
    "--pages", type=click.IntRange(min=2), default=8, show_default=True, help="Different pages that are read."
)
@click.option(
    "--page-size", type=click.IntRange(min=1), default=50, show_default=True, help="Objects in a page."
)
@click.option("--rounds", type=click.IntRange(min=1), default=3, show_default=True, help="Of every level.")
@click.option("--save", metavar="FILE", help="Keep the result as JSON.")
@click.option("--html", "page", metavar="FILE", help="Write a page with a picture.")
@format_option
@profile_option
@click.pass_context
def concurrency(
    context: click.Context,
    /,
    *,
    profile: str | None,
    save: str | None,
    page: str | None,
    format_: str,
    **asked: Any,
) -> None:
    """Tell whether parallel requests help, and whether answers stay right.

    Never more at a time than the profile's concurrency. Stops at the first sign of a full connection pool.
    """
    from motoolkit.cli._findings import write_page
    from motoolkit.cli._rows import print_rows
    from motoolkit.client import connect
    from motoolkit.probes import probe_concurrency

    with connect(profile) as client:
        found = probe_concurrency(client, **asked)
    if format_ == "json":
        click.echo(found.to_json())
    elif format_ == "csv":
        print_rows("csv", found.headings, found.rows())
    else:
        click.echo(str(found))
    if save:
        click.echo(found.save(save), err=True)
    if page:
        click.echo(write_page(found._repr_html_(), page), err=True)
    context.exit(1 if found.stopped or found.wrong else 0)
