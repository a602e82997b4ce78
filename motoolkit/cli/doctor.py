"""``motoolkit doctor``: what works between here and a MO, and what to do about the rest."""

from __future__ import annotations

import json

import click

_EPILOG = """\b
Exit codes
  0  well
  1  something must be mended
  2  the command was not understood
  3  nothing but warnings
"""


@click.command(epilog=_EPILOG)
@click.argument("profile", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the checks as JSON, for monitoring.")
@click.option("--quick", is_flag=True, help="Only what needs no login.")
@click.option("--only", multiple=True, metavar="CHECK", help="Only this check; may be given several times.")
@click.pass_context
def doctor(
    context: click.Context, *, profile: str | None, as_json: bool, quick: bool, only: tuple[str, ...]
) -> None:
    """Look at everything between here and the MO of PROFILE, a name or a URL; else MOTOOLKIT_PROFILE."""
    from motoolkit.checkup import doctor as examine

    report = examine(profile, quick=quick, only=only or None)
    if as_json:
        click.echo(json.dumps(report.as_dict(), ensure_ascii=False, indent=2))
    else:
        for check in report:
            click.secho(str(check), fg=_COLOURS[check.state])
    context.exit(report.exit_code)


_COLOURS = {"ok": None, "warning": "yellow", "failed": "red", "unknown": "bright_black"}
