"""``motoolkit plan``: plans of writes, looked at, applied, and undone."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from motoolkit.cli._applying import apply_after_asking, show, somebody_to_ask
from motoolkit.cli._options import format_option, profile_option
from motoolkit.cli._runs import print_run, print_runs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.plan import Plan, Run, Undo

_PROBLEMS: Final = 1

file_argument = click.argument("file", type=click.Path(path_type=Path))


@click.group()
def plan() -> None:
    """Look at plans of writes, apply them, and undo what was applied.

    A plan is a JSON file that says what shall be true in MO, as Plan.save() writes it. Exit code 1 means that
    something is wrong with it or was not done, 2 that the command was not understood and nothing was done.
    """


@plan.command(short_help="Look for what is wrong with a plan.")
@file_argument
@profile_option
@click.pass_context
def check(context: click.Context, *, file: Path, profile: str | None) -> None:
    """Look for what is wrong with the plan in FILE; nothing is sent.

    Ends with exit code 1 when MO would refuse it.
    """
    with _opened(file, profile) as found:
        checked = found.check()
    show(checked)
    context.exit(0 if checked.ok else _PROBLEMS)


@plan.command(short_help="Show what a plan would change.")
@file_argument
@profile_option
def preview(*, file: Path, profile: str | None) -> None:
    """Show what the plan in FILE would change, object by object; nothing is sent."""
    with _opened(file, profile) as found:
        show(found.preview())


@plan.command(short_help="Bring MO to what a plan says, after a check, a preview and a question.")
@file_argument
@click.option("--dry-run", is_flag=True, help="Let MO run all of it and keep nothing.")
@click.option("--no-atomic", is_flag=True, help="Send a large plan in parts; what is sent stays.")
@click.option("--yes", is_flag=True, help="Do not ask; needed where nobody can answer.")
@profile_option
@click.pass_context
def apply(
    context: click.Context, *, file: Path, dry_run: bool, no_atomic: bool, yes: bool, profile: str | None
) -> None:
    """Bring MO to what the plan in FILE says, after a check, a preview and a question.

    MO keeps all of it or nothing. Applying it again is safe: what is so already is not sent.
    """
    somebody_to_ask(dry_run=dry_run, yes=yes)
    with _opened(file, profile) as found:
        done = apply_after_asking(found, dry_run=dry_run, atomic=not no_atomic, yes=yes)
    context.exit(0 if done else _PROBLEMS)


@plan.command("list", short_help="List the plans that were applied.")
@click.option("--all", "all_", is_flag=True, help="Those of every MO, not of the profile's alone.")
@format_option
@profile_option
def list_(*, all_: bool, format_: str, profile: str | None) -> None:
    """List the plans that were applied from this machine, the oldest first.

    Without a profile all of them are listed.
    """
    from motoolkit.plan import Journal
    from motoolkit.profile import is_chosen, load_profile

    runs = Journal().runs()
    if not all_ and is_chosen(profile, {}):
        url = load_profile(profile).mo_url
        runs = [run for run in runs if run.mo_url == url]
    print_runs(format_, runs)


@plan.command("show", short_help="Show a plan that was applied, and what became of it.")
@click.argument("run")
@format_option
def show_(*, run: str, format_: str) -> None:
    """Show one RUN of the list with its operations: its id, the beginning or end of that, or last."""
    from motoolkit.plan import Journal

    print_run(format_, Journal().find(run))


@plan.command(short_help="Make the plan that undoes one that was applied.")
@click.argument("run")
@click.option("-o", "--out", type=click.Path(path_type=Path), metavar="FILE", help="Write the plan here.")
@click.option("--force", is_flag=True, help="Also bring back what was changed since the run.")
@profile_option
@click.pass_context
def undo(context: click.Context, *, run: str, out: Path | None, force: bool, profile: str | None) -> None:
    """Make the plan that undoes RUN, and show it; nothing is sent.

    With -o it is written to a file, to be applied like any other plan. Ends with exit code 1 when some
    objects must be left as they are.
    """
    from motoolkit.client import connect
    from motoolkit.plan import Journal
    from motoolkit.plan import undo as undo_run

    found = Journal().find(run)
    with connect(profile or found.profile or found.mo_url) as client:
        undoing = undo_run(found, client, force=force)
        if len(undoing):
            show(undoing.preview())
    for problem in undoing.left:
        click.echo(f"Left as it is: {problem.text} {problem.remedy}".rstrip(), err=True)
    _tell_how(undoing, found, out)
    context.exit(_PROBLEMS if undoing.left else 0)


def _tell_how(undoing: Undo, run: Run, out: Path | None) -> None:
    """Write the plan if it is wanted, and say how to go on."""
    if not len(undoing):
        click.echo(f"There is nothing to undo of {run.id}.")
        return
    named = f" --profile {run.profile or run.mo_url}"
    if out is None:
        click.echo(
            f"Nothing is changed yet. Write the plan: motoolkit plan undo {run.id} -o undo.json{named}"
        )
        return
    undoing.save(out)
    click.echo(f"{out} holds the plan, with CPR numbers in full. Apply it: motoolkit plan apply {out}{named}")


@contextmanager
def _opened(file: Path, profile: str | None) -> Iterator[Plan]:
    """Read a plan and connect it to its MO; a file that is no plan is told before MO is asked anything."""
    from motoolkit.client import connect
    from motoolkit.plan import Plan

    found = Plan.load(file)
    with connect(profile) as client:
        found.client = client
        yield found
