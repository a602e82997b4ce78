"""``motoolkit sd``: SD-Løn's timelines held against MO's."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from motoolkit.cli._options import DateType, format_option, profile_option

if TYPE_CHECKING:
    from datetime import date

_EPILOG = """\b
Exit codes
  0    nothing as grave as --fail-on
  1    something is, or the comparison could not be made (standard error says which)
  2    the command was not understood
"""
_SEVERITIES = ("info", "warning", "error", "critical")

as_of_option = click.option(
    "--as-of", type=DateType(), default="today", show_default=True, help="What parts past from future."
)
institution_option = click.option(
    "--institution",
    "institutions",
    multiple=True,
    metavar="CODE",
    help="One of SD's institutions; by default those of the profile.",
)
mapping_option = click.option(
    "--mapping", metavar="NAME|FILE", help="How SD is written into MO: a preset or a TOML file; else guessed."
)
mirror_option = click.option(
    "--mirror", "file", metavar="FILE", help="Read MO from this mirror file, and keep the findings in it."
)


@click.group()
def sd() -> None:
    """Hold SD-Løn's whole timeline against MO's."""


@sd.command(epilog=_EPILOG)
@click.option("--unit", default="", metavar="UNIT", help="Only a unit and all below: UUID, key or name.")
@click.option("--from", "start", type=DateType(), help="Only what differs on or after this day.")
@click.option("--to", "end", type=DateType(), help="Only what differs before this day.")
@click.option("--accept", metavar="FILE", help="A TOML file with what is accepted, and until when.")
@click.option("--out", "out_dir", metavar="DIR", help="Write an Excel workbook into this folder.")
@click.option(
    "--fail-on",
    type=click.Choice(_SEVERITIES),
    default="error",
    show_default=True,
    help="Exit 1 from here on.",
)
@as_of_option
@institution_option
@mapping_option
@mirror_option
@format_option
@profile_option
@click.pass_context
def diff(
    context: click.Context,
    /,
    *,
    start: date | None,
    end: date | None,
    accept: str | None,
    out_dir: str | None,
    fail_on: str,
    format_: str,
    **chosen: Any,
) -> None:
    """Compare everybody, or those of one unit, and say where and why MO's timeline is not SD's."""
    from motoolkit.cli._sd import accepted, kept, run_audit, show
    from motoolkit.findings import Severity, write_workbook
    from motoolkit.model import Validity

    window = Validity(start, end) if start or end else None
    with run_audit(window=window, **chosen) as (found, mirror):
        findings = kept(accepted(found.findings, accept), mirror, chosen["file"])
    show(findings, format_)
    if out_dir:
        click.echo(write_workbook(findings, out_dir), err=True)
    context.exit(findings.exit_code(Severity[fail_on.upper()]))


@sd.command(epilog=_EPILOG)
@click.argument("who")
@click.option("--html", "page", metavar="FILE", help="Write the picture of both timelines as a page.")
@as_of_option
@institution_option
@mapping_option
@mirror_option
@format_option
@profile_option
@click.pass_context
def person(context: click.Context, /, *, who: str, page: str | None, format_: str, **chosen: Any) -> None:
    """Compare one person: WHO is MO's UUID, a number as NS-04711, a username, or -.

    With - a CPR number is read from standard input: as an argument it would stay in the shell's history.
    """
    from motoolkit.cli._sd import run_audit, show, write_page

    text = sys.stdin.readline().strip() if who == "-" else who
    with run_audit(persons=(text,), **chosen) as (found, _mirror):
        picture = found.picture()
    if format_ == "table":
        click.echo(repr(picture))
    else:
        show(found.findings, format_)
    if page:
        click.echo(write_page(picture, page), err=True)
    context.exit(found.findings.exit_code())


@sd.command()
@as_of_option
@institution_option
@mirror_option
@format_option
@profile_option
def population(*, as_of: date, format_: str, **chosen: Any) -> None:
    """Count who is employed on a day, by institution and status in SD, and how many of them MO has."""
    from motoolkit.cli._rows import print_rows
    from motoolkit.cli._sd import opened
    from motoolkit.sd import population as counted

    with opened(chosen["profile"], chosen["file"]) as (client, mirror):
        frame = counted(client, mirror, as_of=as_of, institutions=chosen["institutions"])
    print_rows(format_, list(frame.columns), frame.itertuples(index=False, name=None))


@sd.command()
@mirror_option
@profile_option
@click.option("--toml", is_flag=True, help="Print it as a file for --mapping.")
def mapping(*, file: str | None, profile: str | None, toml: bool) -> None:
    """Guess from MO how the integration writes SD's values into it, and say what speaks for it."""
    from motoolkit.cli._sd import opened_mirror
    from motoolkit.sd import guess_mapping

    with opened_mirror(profile, file) as mirror:
        guess = guess_mapping(mirror)
    click.echo(guess.mapping.to_toml() if toml else str(guess))
