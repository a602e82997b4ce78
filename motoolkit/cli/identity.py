"""``motoolkit identity``: one person, many identities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from motoolkit.cli._options import (
    COMPARISON_EPILOG,
    as_of_option,
    fail_option,
    format_option,
    mirror_option,
    profile_option,
    refresh_option,
)

if TYPE_CHECKING:
    from datetime import date


@click.group()
def identity() -> None:
    """Look at the digital identities of persons: engagements, accounts, addresses, roles.

    check tells what is wrong with everybody's, a unit's or one person's; show draws one person's, or a
    unit's. Nothing is written to MO.
    """


@identity.command(epilog=COMPARISON_EPILOG)
@click.option(
    "--unit", default="", metavar="UNIT", help="Only who works in a unit or below: UUID, key or name."
)
@click.option(
    "--person",
    "persons",
    multiple=True,
    metavar="PERSON",
    help="Only one person: UUID, username, employee number, name or CPR number; may be repeated."
    " - asks for it.",
)
@click.option("--past", is_flag=True, help="Tell, too, what was wrong and is over.")
@click.option(
    "--level",
    type=click.IntRange(min=1),
    default=2,
    show_default=True,
    help="Level of the tree that parts the organisation, for accounts across it; 1 is the top.",
)
@click.option(
    "--grace",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    metavar="DAYS",
    help="So long may an account go on after its engagements.",
)
@click.option("--accept", metavar="FILE", help="A TOML file with what is accepted, and until when.")
@click.option("--out", "out_dir", metavar="DIR", help="Write an Excel workbook into this folder.")
@click.option(
    "--rows", type=click.IntRange(min=0), default=20, show_default=True, help="Most of the table; 0 is all."
)
@fail_option
@as_of_option
@mirror_option
@refresh_option
@format_option
@profile_option
@click.pass_context
def check(
    context: click.Context,
    /,
    *,
    persons: tuple[str, ...],
    as_of: date,
    file: str | None,
    refresh: bool,
    profile: str | None,
    accept: str | None,
    out_dir: str | None,
    rows: int,
    fail_on: str,
    format_: str,
    **chosen: Any,
) -> None:
    """Find what is wrong with accounts and addresses, today and in the time to come.

    Accounts for no engagement, or after their engagements; mail on the wrong account; usernames that
    two persons have; roles of another system; what is left after a move.

    With --mirror each run is kept in that file, and the next one tells what is new, still there and gone.
    """
    from motoolkit.cli._findings import accept_list, kept, show
    from motoolkit.cli._mo import opened_mo
    from motoolkit.cli._sd import person_asked_for
    from motoolkit.findings import Severity, write_workbook
    from motoolkit.identities import COLLECTIONS
    from motoolkit.identities import check as checked

    accepting = accept_list(accept)
    wanted = [person_asked_for(each) for each in persons] or None
    with opened_mo(profile, file, checked=COLLECTIONS, read=COLLECTIONS, refresh=refresh) as (mirror, _):
        findings = checked(mirror, as_of, persons=wanted, **chosen).findings
        if accepting:
            findings = accepting.apply(findings, whole=not (wanted or chosen["unit"]))
        findings = kept(findings, mirror, file)
    show(findings, format_, rows)
    if out_dir:
        click.echo(write_workbook(findings, out_dir), err=True)
    context.exit(findings.exit_code(Severity[fail_on.upper()]))


@identity.command()
@click.argument("who")
@click.option(
    "--html", "pages", metavar="FILE", help="Write the picture as a page, with a slider for the day."
)
@click.option("--svg", "drawings", metavar="FILE", help="Write the picture of the day as SVG.")
@click.option("--png", "images", metavar="FILE", help="Write the picture of the day as PNG.")
@as_of_option
@mirror_option
@refresh_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(("table", "json")),
    default="table",
    show_default=True,
    help="How it is printed: the day as a tree, or all of it through time.",
)
@profile_option
def show(
    *,
    who: str,
    pages: str | None,
    drawings: str | None,
    images: str | None,
    as_of: date,
    file: str | None,
    refresh: bool,
    format_: str,
    profile: str | None,
) -> None:
    """Show one person's, or one unit's, engagements, accounts and addresses, and what is wrong.

    WHO is MO's UUID, a username, an employee number, a name or a part of it, or - for standard input, where a
    CPR number can be given: as an argument it would stay in the shell's history.
    """
    from motoolkit.cli._identity import check_endings, owner_of, save
    from motoolkit.cli._mo import opened_mo
    from motoolkit.cli._sd import person_asked_for
    from motoolkit.identities import COLLECTIONS
    from motoolkit.identities.picture import identity_picture

    files = {".html": pages, ".svg": drawings, ".png": images}
    check_endings(files)
    wanted = person_asked_for(who)
    with opened_mo(profile, file, checked=COLLECTIONS, read=COLLECTIONS, refresh=refresh) as (mirror, _):
        picture = identity_picture(mirror, owner_of(mirror, wanted, as_of), as_of)
    click.echo(picture.to_json() if format_ == "json" else repr(picture))
    save(picture, files)
