"""A plan on the command line: looked at, asked about, applied."""

from __future__ import annotations

import sys
import warnings
from typing import TYPE_CHECKING, Any, Final

import click

from motoolkit.cli._runs import print_result

if TYPE_CHECKING:
    from motoolkit.client import Client
    from motoolkit.plan import Plan, Result

# Where no terminal tells its width: as wide as a page of a log.
_PIPED_WIDTH: Final = 160


def somebody_to_ask(*, dry_run: bool, yes: bool) -> None:
    """Refuse to apply anything where nobody can answer.

    Raises:
        UsageError: nobody can, and --yes was not given.
    """
    if not (dry_run or yes or sys.stdin.isatty()):
        raise click.UsageError("Nobody is here to be asked. Add --yes, or look with --dry-run first.")


def look(plan: Plan, *, dull: bool = True) -> bool:
    """Show what is wrong with a plan, and where that is nothing grave what it would change.

    Args:
        plan: with its MO.
        dull: also say that nothing is wrong.

    Returns:
        Whether MO would take it.
    """
    checked = plan.check()
    if dull or checked.problems:
        show(checked)
    if checked.ok:
        show(plan.preview())
    return checked.ok


def apply_after_asking(plan: Plan, *, dry_run: bool = False, atomic: bool = True, yes: bool = False) -> bool:
    """Check, preview, ask and apply a plan; return whether MO holds all of it."""
    wanted = look(plan) and (dry_run or yes or click.confirm(f"\nApply it to {_place(plan)}?", err=True))
    if not wanted:
        click.echo("Nothing was sent.", err=True)
        return False
    result = _applied(plan, dry_run=dry_run, atomic=atomic)
    print_result(result)
    return result.ok


def _place(plan: Plan) -> str:
    client: Client | None = plan.client
    return "MO" if client is None else client.profile.name or client.url


def _applied(plan: Plan, **options: Any) -> Result:
    """Apply with something to look at; what the journal warns of is said in plain words."""
    from motoolkit.progress import progress

    with warnings.catch_warnings(record=True) as told, progress("Plan") as reporter:
        warnings.simplefilter("always")
        reporter.update(f"{len(plan)} operations are under way")
        result = plan.apply(**options)
    for warning in told:
        click.echo(f"Warning: {warning.message}", err=True)
    return result


def show(told: Any) -> None:
    """Print something that rich knows how to show."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else _PIPED_WIDTH
    Console(highlight=False, markup=False, width=width).print(told)
