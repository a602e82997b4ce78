"""``motoolkit doctor``: what works between here and a MO, and what to do about the rest."""

from __future__ import annotations

import json
from dataclasses import asdict

import click


@click.command()
@click.argument("profile", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the checks as JSON.")
@click.pass_context
def doctor(context: click.Context, *, profile: str | None, as_json: bool) -> None:
    """Look at everything between here and the MO of PROFILE, a name or a URL; else MOTOOLKIT_PROFILE.

    Ends with exit code 1 when a check fails.
    """
    from motoolkit.client import doctor as examine

    checks = examine(profile)
    if as_json:
        click.echo(json.dumps([asdict(check) for check in checks], ensure_ascii=False, indent=2))
    else:
        for check in checks:
            click.echo(check)
    context.exit(0 if all(check.ok for check in checks) else 1)
