"""The mirror that tells what changed, for the commands that want to know."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from motoolkit.cli.mirror import mirror_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from motoolkit.mirror import Mirror


@contextmanager
def loaded_mirror(profile: str | None, file: Path | None, *, make_file: bool) -> Iterator[Mirror]:
    """Open the file, else the profile's own, and load the mirror unless it is loaded.

    Without ``make_file`` a mirror in memory does where there is no file.
    """
    from motoolkit.client import connect
    from motoolkit.mirror import Mirror

    place: Path | None = mirror_file(profile, file)
    if not (file or make_file or (place and place.exists())):
        place = None
    with Mirror.open(place) as mirror:
        if mirror.info().loaded_at is None:
            click.echo(f"Reading MO into {mirror_name(place)} first.", err=True)
            with connect(profile) as client:
                mirror.load(client)
        yield mirror


def mirror_name(place: Path | None) -> str:
    """Return what to call the mirror of a file."""
    return f"the mirror {place}" if place else "memory"
