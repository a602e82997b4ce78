"""``motoolkit mirror``: a copy of MO in an encrypted file, and questions to it in SQL."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from motoolkit.cli._options import format_option, profile_option
from motoolkit.cli._rows import print_rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from motoolkit.mirror import MirrorInfo

file_option = click.option(
    "--file", type=click.Path(path_type=Path), help="The mirror's file; else the profile's own."
)


def mirror_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Say which mirror: by the profile that it belongs to, or by its file."""
    return file_option(profile_option(command))


@click.group()
def mirror() -> None:
    """Keep a copy of MO in an encrypted file and ask it in SQL."""


@mirror.command()
@click.option(
    "--only", "collections", multiple=True, metavar="COLLECTION", help="Only this one; may be repeated."
)
@mirror_options
def load(*, profile: str | None, file: Path | None, collections: tuple[str, ...]) -> None:
    """Read MO into the mirror; a load that was cut goes on where it stopped."""
    from motoolkit.client import connect
    from motoolkit.mirror import Mirror

    place = mirror_file(profile, file)
    with connect(profile) as client, Mirror.open(place) as opened:
        _show(opened.load(client, collections or None))


@mirror.command()
@mirror_options
def refresh(*, profile: str | None, file: Path | None) -> None:
    """Read from MO only what changed since the mirror was loaded or refreshed."""
    from motoolkit.client import connect
    from motoolkit.mirror import Mirror

    place = mirror_file(profile, file)
    with connect(profile) as client, Mirror.open(place, must_exist=True) as opened:
        _show(opened.refresh(client))


@mirror.command()
@mirror_options
def info(*, profile: str | None, file: Path | None) -> None:
    """Tell from where and of when the mirror is, and what it holds."""
    from motoolkit.mirror import Mirror

    with Mirror.open(mirror_file(profile, file), must_exist=True) as opened:
        _show(opened.info())


@mirror.command()
@click.argument("query")
@click.option("--show-cpr", is_flag=True, help="Show CPR numbers in full.")
@format_option
@mirror_options
def sql(*, query: str, show_cpr: bool, format_: str, profile: str | None, file: Path | None) -> None:
    """Answer one SELECT; QUERY - reads it from standard input.

    The tables are MO's collections (engagements, org_units, …), and engagements_at(DATE '2026-11-23') is
    what is valid on a day.
    """
    from motoolkit.mirror import Mirror
    from motoolkit.model import mask_all

    text = (sys.stdin.read() if query == "-" else query).rstrip("; \n")
    with Mirror.open(mirror_file(profile, file), must_exist=True) as opened:
        names = [name for (name,) in opened.rows(f"SELECT column_name FROM (DESCRIBE {text})")]
        rows = opened.rows(text, show_cpr=show_cpr)
        masked = (tuple(mask_all(cell) if isinstance(cell, str) else cell for cell in row) for row in rows)
        print_rows(format_, names, rows if show_cpr else masked)


def mirror_file(profile: str | None, file: Path | None) -> Path:
    """Return the file that was named, else where the mirror of the profile is kept."""
    if file:
        return file
    from platformdirs import user_data_path

    from motoolkit.profile import load_profile

    found = load_profile(profile)
    name = found.name or re.sub(r"\W+", "-", found.mo_url.partition("://")[2])
    return user_data_path("motoolkit", appauthor=False) / "mirrors" / f"{name}.duckdb"


def _show(told: MirrorInfo) -> None:
    if told.loaded_at is None or told.refreshed_at is None:
        how_far = (
            f"a load was cut after {told.under_way} collections" if told.under_way else "nothing is loaded"
        )
        click.echo(f"{told.path}: {how_far}. Go on with: motoolkit mirror load.")
        return
    click.echo(f"{told.path}: {told.mo_url} (GraphQL v{told.graphql_version})")
    click.echo(f"loaded {told.loaded_at:%Y-%m-%d %H:%M}, refreshed {told.refreshed_at:%Y-%m-%d %H:%M}")
    print_rows("table", ("collection", "objects"), told.objects.items())
