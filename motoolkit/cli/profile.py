"""``motoolkit profile``: customers' MOs by name, their secrets in the keyring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from motoolkit.cli._options import format_option
from motoolkit.cli._rows import print_rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from motoolkit.profile import Profile

_ASK = "-"


@click.group()
def profile() -> None:
    """Keep how customers' MOs are reached, under a name for each."""


def _secret_option(setting: str) -> Callable[..., Any]:
    flag = f"--{setting.replace('_', '-')}"
    told = "env:NAME, file:PATH or keyring:SERVICE/USER; - asks for it and keeps it in the keyring."
    return click.option(flag, setting, metavar="WHERE", callback=_asked, help=told)


def _asked(_: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Ask for a secret that is "-"; one in plain text would stay in the shell's history."""
    from motoolkit.profile import secret_at

    if value == _ASK:
        answer: str = click.prompt(str(param.name).replace("_", " "), hide_input=True, err=True)
        return answer
    if value is not None:
        secret_at(value)
    return value


@profile.command()
@click.argument("name")
@click.argument("mo_url", metavar="URL")
@click.option("--auth-server", metavar="URL", help="Keycloak's address.")
@click.option("--realm", help="Keycloak's realm; mo unless given.")
@click.option("--client-id", metavar="ID", help="The Keycloak client.")
@_secret_option("client_secret")
@click.option("--username", help="The Keycloak user, for the password grant.")
@_secret_option("password")
@_secret_option("token")
@_secret_option("session")
@click.option("--graphql-version", metavar="N", help="Pin it; else the newest that both know.")
@click.option("--concurrency", metavar="N", help="How many requests at a time; 2 unless given.")
@click.option("--sd-url", metavar="URL", help="The address of the customer's SD-Løn.")
@click.option("--sd-username", help="The user name at SD-Løn.")
@_secret_option("sd_password")
@click.option("--sd-institutions", metavar="CODES", help="SD-Løn's institutions, like XY,XZ.")
@click.option("--sd-hours", metavar="HOURS", help="When SD-Løn may be asked; 06:00-22:00 unless given.")
@click.option("--replace", is_flag=True, help="Overwrite the profile of that name.")
def add(*, name: str, replace: bool, **settings: str | None) -> None:
    """Add the profile NAME for the MO at URL."""
    from motoolkit.profile import add_profile, profile_file

    given = {setting: value for setting, value in settings.items() if value is not None}
    added = add_profile(name, replace=replace, **given)
    click.echo(f"{name}: {added.mo_url} ({_way_in(added)}), in {profile_file()}")


@profile.command("list")
@format_option
def list_(*, format_: str) -> None:
    """List the profiles; secrets are not shown."""
    from motoolkit.profile import list_profiles

    rows = [(each.name, each.mo_url, _way_in(each)) for each in list_profiles()]
    print_rows(format_, ("name", "mo_url", "way in"), rows)


@profile.command()
@click.argument("name", required=False)
def test(*, name: str | None) -> None:
    """Log in at the MO of NAME, or of MOTOOLKIT_PROFILE, and say which version it speaks."""
    from motoolkit.client import connect

    with connect(name) as client:
        click.echo(f"{client.url}: GraphQL v{client.version} ({_way_in(client.profile)})")


@profile.command()
@click.argument("name")
def remove(*, name: str) -> None:
    """Remove the profile NAME, and the secrets that were kept for it."""
    from motoolkit.profile import remove_profile

    remove_profile(name)
    click.echo(f"Removed {name}.")


def _way_in(profile: Profile) -> str:
    kinds = {
        "ClientCredentials": "client credentials",
        "PasswordGrant": "password",
        "GivenToken": "given token",
        "LegacySession": "legacy session",
    }
    return kinds.get(type(profile.credentials).__name__, "no credentials")
