"""``motoolkit sd``: SD-Løn's timelines held against MO's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from motoolkit.cli._options import (
    COMPARISON_EPILOG,
    DateType,
    as_of_option,
    fail_option,
    format_option,
    mirror_option,
    profile_option,
    refresh_option,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date


institution_option = click.option(
    "--institution",
    "institutions",
    multiple=True,
    metavar="CODE",
    help="One of SD's institutions; may be repeated. By default those of the profile.",
)
mapping_option = click.option(
    "--mapping",
    metavar="NAME|FILE",
    help="How SD is written into MO: a preset or a TOML file (see sd mapping). By default it is guessed.",
)


def asked(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add what every comparison asks: of when, of whom, by which mapping, from where, in which form."""
    options = (
        as_of_option,
        institution_option,
        mapping_option,
        mirror_option,
        refresh_option,
        format_option,
        profile_option,
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.group()
def sd() -> None:
    """Hold SD-Løn's whole timeline against MO's.

    diff compares everybody or those of a unit, person compares one and shows both timelines. Nothing is
    written, to SD or to MO. The profile tells where both are; a sandbox brings its own SD.
    """


@sd.command(epilog=COMPARISON_EPILOG)
@click.option("--unit", default="", metavar="UNIT", help="Only a unit and all below: UUID, key or name.")
@click.option("--from", "start", type=DateType(), help="Only what differs on or after this day.")
@click.option("--to", "end", type=DateType(), help="Only what differs before this day.")
@click.option("--show-ignored", is_flag=True, help="Tell, too, what a rule leaves out.")
@click.option("--accept", metavar="FILE", help="A TOML file with what is accepted, and until when.")
@click.option("--out", "out_dir", metavar="DIR", help="Write an Excel workbook into this folder.")
@click.option(
    "--rows", type=click.IntRange(min=0), default=20, show_default=True, help="Most of the table; 0 is all."
)
@fail_option
@asked
@click.pass_context
def diff(
    context: click.Context,
    /,
    *,
    start: date | None,
    end: date | None,
    accept: str | None,
    out_dir: str | None,
    rows: int,
    fail_on: str,
    format_: str,
    **chosen: Any,
) -> None:
    """Compare everybody, or a unit, with MO.

    Says where and why MO's timeline is not SD's: past, present and future.

    With --mirror each run is kept in that file, and the next one tells what is new, still there and gone.
    """
    from motoolkit.cli._findings import accept_list, kept, show
    from motoolkit.cli._sd import run_audit
    from motoolkit.findings import Severity, write_workbook
    from motoolkit.model import Validity

    window = Validity(start, end) if start or end else None
    whole = not (window or chosen["unit"] or chosen["institutions"])
    accepting = accept_list(accept)
    with run_audit(window=window, **chosen) as (found, mirror):
        findings = accepting.apply(found.findings, whole=whole) if accepting else found.findings
        findings = kept(findings, mirror, chosen["file"])
    show(findings, format_, rows)
    if out_dir:
        click.echo(write_workbook(findings, out_dir), err=True)
    context.exit(findings.exit_code(Severity[fail_on.upper()]))


@sd.command(epilog=COMPARISON_EPILOG)
@click.argument("who")
@click.option("--html", "page", metavar="FILE", help="Write the picture of both timelines as a page.")
@click.option("--accept", metavar="FILE", help="A TOML file with what is accepted, and until when.")
@fail_option
@asked
@click.pass_context
def person(
    context: click.Context,
    /,
    *,
    who: str,
    page: str | None,
    accept: str | None,
    fail_on: str,
    format_: str,
    **chosen: Any,
) -> None:
    """Compare one person, and show both timelines.

    WHO is MO's UUID, a number as NS-04711, a username, or - for standard input. With - a CPR number can be
    given: as an argument it would stay in the shell's history.
    """
    from motoolkit.cli._findings import accept_list, show, write_page
    from motoolkit.cli._sd import person_asked_for, run_audit, show_pictures
    from motoolkit.findings import Severity

    accepting = accept_list(accept)
    with run_audit(persons=(person_asked_for(who),), **chosen) as (found, _mirror):
        findings = accepting.apply(found.findings, whole=False) if accepting else found.findings
    pictures = found.pictures()
    if format_ == "table":
        show_pictures(pictures, findings)
    else:
        show(findings, format_)
    if page:
        html = "".join(picture._repr_html_() for picture in pictures)
        click.echo(write_page(html, page), err=True)
    context.exit(findings.exit_code(Severity[fail_on.upper()]))


@sd.command()
@asked
def population(
    *,
    as_of: date,
    format_: str,
    profile: str | None,
    file: str | None,
    refresh: bool,
    mapping: str | None,
    **chosen: Any,
) -> None:
    """Count who is employed on a day.

    By institution and status in SD, with how many of the employments MO has on that day.
    """
    from motoolkit.cli._rows import print_rows
    from motoolkit.cli._sd import opened
    from motoolkit.sd import population as counted

    with opened(profile, file, refresh=refresh) as (client, mirror, _):
        frame = counted(client, mirror, as_of=as_of, mapping=mapping, **chosen)
    print_rows(format_, list(frame.columns), frame.itertuples(index=False, name=None))


@sd.command()
@mirror_option
@profile_option
@click.option("--toml", is_flag=True, help="Print it as a file for --mapping.")
def mapping(*, file: str | None, profile: str | None, toml: bool) -> None:
    """Guess how SD is written into MO.

    Says what in MO speaks for it, and what could not be told: ask the customer.
    The presets are sdtool-plus-municipality, sdtool-plus-region and sdlon.
    """
    from motoolkit.cli._sd import opened_mo
    from motoolkit.sd import guess_mapping

    with opened_mo(profile, file) as (mirror, _):
        guess = guess_mapping(mirror)
    click.echo(guess.mapping.to_toml() if toml else str(guess))
