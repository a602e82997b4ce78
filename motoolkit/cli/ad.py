"""``motoolkit ad``: one or several Active Directories held against MO."""

from __future__ import annotations

from pathlib import Path
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
    from collections.abc import Callable
    from datetime import date

directory_option = click.option(
    "--directory",
    "directories",
    multiple=True,
    metavar="NAME",
    help="One of the profile's directories; may be repeated. By default all.",
)


@click.group()
def ad() -> None:
    """Hold one or several Active Directories against MO.

    Nothing is written, to a directory ever, to MO only by externals --apply. The profile tells where the
    directories are ([profiles.NAME.ad.DIRECTORY]); a sandbox brings its own.
    """


def asked(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add what an audit asks: of when, which directories, from where, in which form."""
    options = (
        as_of_option,
        directory_option,
        mirror_option,
        refresh_option,
        format_option,
        profile_option,
    )
    for option in reversed(options):
        command = option(command)
    return command


@ad.command(epilog=COMPARISON_EPILOG)
@click.option(
    "--snapshot",
    "snapshots",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Directories as `ad snapshot` kept them, instead of reading them; may be repeated.",
)
@click.option("--once", is_flag=True, help="Do not read critical findings again; they stay undecided.")
@click.option("--accept", metavar="FILE", help="A TOML file with what is accepted, and until when.")
@click.option("--out", "out_dir", metavar="DIR", help="Write an Excel workbook into this folder.")
@click.option(
    "--rows", type=click.IntRange(min=0), default=20, show_default=True, help="Most of the table; 0 is all."
)
@fail_option
@asked
@click.pass_context
def audit(
    context: click.Context,
    /,
    *,
    accept: str | None,
    out_dir: str | None,
    rows: int,
    fail_on: str,
    format_: str,
    **chosen: Any,
) -> None:
    """Find what AD and MO say differently, and what is wrong in either.

    What is critical is read a second time before it is told. With --mirror each run is kept in that file,
    and the next one tells what is new, still there and gone.
    """
    from motoolkit.ad.phoning import sheets
    from motoolkit.cli._ad import run_audit
    from motoolkit.cli._findings import accept_list, kept, show
    from motoolkit.findings import Severity, write_workbook

    accepting = accept_list(accept)
    with run_audit(**chosen) as (found, mirror):
        findings = found.findings
        if accepting:
            findings = accepting.apply(findings, whole=not chosen["directories"])
        findings = kept(findings, mirror, chosen["file"])
    show(findings, format_, rows)
    if out_dir:
        tables = sheets(found.world, findings)
        click.echo(write_workbook(findings, out_dir, tables=tables), err=True)
    context.exit(findings.exit_code(Severity[fail_on.upper()]))


@ad.command()
@click.option(
    "--out",
    "file",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file, encrypted, for its owner only.",
)
@directory_option
@format_option
@profile_option
def snapshot(*, file: Path, directories: tuple[str, ...], format_: str, profile: str | None) -> None:
    """Read directories whole and keep them in an encrypted file."""
    from motoolkit.ad import connect_ad
    from motoolkit.ad.snapshot import save
    from motoolkit.cli._ad import count
    from motoolkit.cli._rows import print_rows

    found = []
    for source in connect_ad(profile, directories):
        with source:
            found.append(source.snapshot())
    save(found, file)
    headings = ("directory", "server", "accounts", "groups", "ous", "tombstones")
    print_rows(format_, headings, [count(each) for each in found])


@ad.command()
@click.argument("wished", required=False)
@click.option("--for", "who", metavar="PERSON", help="Whom it is for: MO's UUID or a username of theirs.")
@click.option("--given-name", default="", help="Of somebody whom MO does not have yet.")
@click.option("--surname", default="", help="Of somebody whom MO does not have yet.")
@directory_option
@profile_option
@click.pass_context
def username(
    context: click.Context,
    /,
    *,
    wished: str | None,
    who: str | None,
    given_name: str,
    surname: str,
    directories: tuple[str, ...],
    profile: str | None,
) -> None:
    """Tell whether a username is free, or propose one.

    WISHED is looked for in all directories, among deleted accounts and in MO's whole history. Without it the
    first free name that each directory's rules make is proposed. Exits with 1 when nothing is free.
    """
    from motoolkit.ad.usernames import check, suggest
    from motoolkit.cli._ad import loaded, person_of

    if not (wished or who or given_name or surname):
        raise click.UsageError("Give a username, or for whom one is to be proposed (--for, --given-name).")
    with loaded(profile, directories) as world:
        person = person_of(world, who) if who else ""
        if wished:
            verdict = check(world, wished, person=person)
            click.echo(f"{wished} is free." if verdict.free else f"{wished} is not free:")
            for reason in verdict.reasons:
                click.echo(f"  {reason}")
            context.exit(int(not verdict.free))
        names = {"given_name": given_name, "surname": surname}
        found = {name: suggest(world, name, person=person, **names) for name in world.settings}
    for name, proposal in found.items():
        click.echo(f"{name}: {proposal.username or 'no name is free'}")
        for verdict in proposal.passed_over:
            click.echo(f"  {verdict.username}: {' '.join(verdict.reasons)}", err=True)
    context.exit(int(not any(proposal.username for proposal in found.values())))


@ad.command(epilog=COMPARISON_EPILOG)
@click.argument("export", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--itsystem", default="", help="The IT system that was asked for, where the file does not tell."
)
@click.option("--out", "out_dir", metavar="DIR", help="Write an Excel workbook into this folder.")
@fail_option
@directory_option
@format_option
@profile_option
@click.pass_context
def roles(
    context: click.Context,
    /,
    *,
    export: Path,
    itsystem: str,
    out_dir: str | None,
    fail_on: str,
    directories: tuple[str, ...],
    format_: str,
    profile: str | None,
) -> None:
    """Hold OS2rollekatalog's assignments against MO's roles and AD's groups.

    EXPORT is a report of OS2rollekatalog (xlsx, csv) or an answer of its API (json).
    """
    from motoolkit.ad.rollekatalog import compare_roles, read_export
    from motoolkit.cli._ad import loaded
    from motoolkit.cli._findings import show
    from motoolkit.findings import Severity, write_workbook

    read = read_export(export, itsystem=itsystem)
    with loaded(profile, directories) as world:
        findings = compare_roles(world, read).findings
    show(findings, format_)
    if out_dir:
        click.echo(write_workbook(findings, out_dir), err=True)
    context.exit(findings.exit_code(Severity[fail_on.upper()]))


@ad.command()
@click.option(
    "--every",
    type=click.FloatRange(min=1),
    default=30.0,
    show_default=True,
    metavar="SECONDS",
    help="How often each directory is asked what changed.",
)
@click.option("--name", default="motoolkit-ad", show_default=True, help="What MO's listeners are called.")
@directory_option
@profile_option
def watch(*, every: float, name: str, directories: tuple[str, ...], profile: str | None) -> None:
    """Follow both sides, and tell what is found anew or no more, until SIGTERM or Ctrl-C.

    MO tells by its events, a directory is asked what changed; only what a change concerns is judged again.
    The listener in MO is deleted at the end.
    """
    from motoolkit.cli._ad import follow

    follow(profile, directories, every=every, name=name)


@ad.command()
@click.option("--apply", "applied", is_flag=True, help="Apply the plan, after a question.")
@click.option("--yes", is_flag=True, help="Do not ask; needed where nobody can answer.")
@click.option("--dry-run", is_flag=True, help="Let MO run all of it and keep nothing.")
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the plan to this file, for motoolkit plan.",
)
@directory_option
@as_of_option
@mirror_option
@profile_option
@click.pass_context
def externals(
    context: click.Context,
    /,
    *,
    applied: bool,
    yes: bool,
    dry_run: bool,
    out: Path | None,
    directories: tuple[str, ...],
    as_of: date,
    file: str | None,
    profile: str | None,
) -> None:
    """Show what external users in AD become in MO, and with --apply let it be so.

    AD is the master of them: who is new, moved, renamed or gone, until when, and who answers for them. The
    profile says which OUs and units ([profiles.NAME.ad.DIRECTORY.externals]). With --mirror nobody is ended
    when a directory holds far less than the last time.

    Exits with 1 when MO would refuse the plan, or it was not done, or a directory was not believed.
    """
    from motoolkit.cli._ad import externals_planned, tell_left
    from motoolkit.cli._applying import apply_after_asking, look, somebody_to_ask

    if applied or dry_run:
        somebody_to_ask(dry_run=dry_run, yes=yes)
    with externals_planned(profile, file, directories=directories, as_of=as_of) as plan:
        tell_left(plan)
        if out:
            plan.save(out)
        if not len(plan):
            click.echo("MO has all externals as AD has them.")
            done = True
        elif applied or dry_run:
            done = apply_after_asking(plan, dry_run=dry_run, yes=yes, atomic=False)
        else:
            done = look(plan, dull=False)
    context.exit(0 if done and not plan.notices else 1)


@ad.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--directory", "name", default="", metavar="NAME", help="What to call the directory.")
@click.option("--profile", default="NAME", metavar="NAME", help="The profile that it is to be part of.")
def import_(*, file: Path, name: str, profile: str) -> None:
    """Make a directory's table for the profile file out of the AD integration's own configuration.

    FILE is its file of environment variables, its config.yaml or a docker-compose file that it stands in.
    What can not be taken over is told on standard error; nothing is written.
    """
    from motoolkit.ad import import_settings
    from motoolkit.profile import ad_settings_to_toml

    found = import_settings(file, name=name)
    click.echo(ad_settings_to_toml(found.settings, profile), nl=False)
    for sentence in found.left_out:
        click.echo(sentence, err=True)
