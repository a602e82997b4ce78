"""``motoolkit sandbox-ad``: the made-up municipality's directories as files, or in a server of your own."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from motoolkit.errors import InputError

if TYPE_CHECKING:
    from motoolkit.sandbox.ad.loading import Loaded

DIRECTORIES: Final = ("admin", "skole")
PASSWORD: Final = "MOTOOLKIT_AD_PASSWORD"  # noqa: S105 - the name of a variable
_SHOWN: Final = 10


@click.group()
def sandbox_ad() -> None:
    """Write the sandbox's directories (AD) into files, or into a server of your own."""


@sandbox_ad.command()
@click.argument("directory", type=click.Choice(DIRECTORIES))
@click.option("--sandbox", default="http://127.0.0.1:5000", show_default=True, help="A running sandbox.")
@click.option(
    "--form",
    type=click.Choice(["ldif", "csv"]),
    default="ldif",
    show_default=True,
    help="All of it, or its accounts as a table.",
)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="The file; else standard output."
)
def export(directory: str, sandbox: str, form: str, out: Path | None) -> None:
    """Write a directory as LDIF, or its accounts as Get-ADUser's CSV.

    The persons are made up; so are their CPR numbers, which stand in it all the same.
    """
    text = _fetch(sandbox, f"/sandbox/ad/{directory}.{form}")
    if out is None:
        sys.stdout.write(text)
        return
    from motoolkit.files import replace_file

    replace_file(out, text.encode())
    click.echo(f"{directory} is in {out}.", err=True)


@sandbox_ad.command()
@click.argument("directory", type=click.Choice(DIRECTORIES))
@click.option("--sandbox", default="http://127.0.0.1:5000", show_default=True, help="A running sandbox.")
@click.option("--to", "url", required=True, metavar="URL", help="The server: ldaps://dc1.admin.example.")
@click.option("--username", required=True, help="Who may write there: a DN, a UPN or DOMAIN\\name.")
@click.option("--ca-file", type=click.Path(exists=True, dir_okay=False), help="Whose certificates count.")
@click.option("--base", default="", help="The DN of its root; else what the server tells.")
@click.option(
    "--account-password",
    default="Nordby-2026!",
    show_default=True,
    help="What everybody in it logs on with: nobody exists.",
)
@click.option("--keep-mo", is_flag=True, help="Do not give the sandbox's MO the server's GUIDs.")
def load(
    directory: str,
    *,
    sandbox: str,
    url: str,
    username: str,
    ca_file: str | None,
    base: str,
    account_password: str,
    keep_mo: bool,
) -> None:
    """Write a directory into a server of your own, to audit it there and to change it.

    The password is asked for, or taken from MOTOOLKIT_AD_PASSWORD.
    Afterwards MO's IT users have the GUIDs that the server gave.
    """
    from motoolkit.sandbox.ad import read_ldif
    from motoolkit.sandbox.ad.loading import connect
    from motoolkit.sandbox.ad.loading import load as load_into

    entries = list(read_ldif(_fetch(sandbox, f"/sandbox/ad/{directory}.ldif")))
    with connect(url, username, _password(), ca_file=ca_file) as connection:
        loaded = load_into(entries, connection, password=account_password, base=base)
    _tell(loaded, directory)
    if not keep_mo:
        changed = _post(sandbox, "/sandbox/ad/guids", loaded.guids)["changed"]
        click.echo(f"{changed} IT users in MO have the server's GUIDs.", err=True)


def _password() -> str:
    told: str = os.environ.get(PASSWORD) or click.prompt("Password", hide_input=True, err=True)
    return told


def _tell(loaded: Loaded, directory: str) -> None:
    click.echo(f"{len(loaded.guids)} objects of {directory} are in the server.", err=True)
    if loaded.unknown:
        names = ", ".join(sorted(loaded.unknown))
        click.echo(f"Its schema does not have: {names}.", err=True)
    for place, reason in loaded.refused[:_SHOWN]:
        click.echo(f"Refused: {place}: {reason}", err=True)
    if len(loaded.refused) > _SHOWN:
        click.echo(f"... and {len(loaded.refused) - _SHOWN} more.", err=True)


def _fetch(sandbox: str, path: str) -> str:
    text: str = _ask(sandbox, "GET", path).text
    return text


def _post(sandbox: str, path: str, body: Any) -> Any:
    return _ask(sandbox, "POST", path, json=body).json()


def _ask(sandbox: str, method: str, path: str, **more: Any) -> Any:
    import httpx

    try:
        return httpx.request(
            method, f"{sandbox.rstrip('/')}{path}", timeout=300, trust_env=False, **more
        ).raise_for_status()
    except httpx.HTTPError as error:
        raise InputError(
            f"The sandbox at {sandbox} gives no directory ({error}).",
            remedy="Start it with: motoolkit sandbox; not with --ad off.",
        ) from None
