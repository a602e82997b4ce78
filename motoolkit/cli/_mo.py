"""MO's side of a comparison: a mirror file, brought up to date, or MO itself."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from motoolkit.client import Client
    from motoolkit.mirror import Mirror


@contextmanager
def opened_mo(
    profile: str | None,
    file: str | None,
    *,
    checked: Iterable[str],
    read: Iterable[str],
    refresh: bool = False,
) -> Iterator[tuple[Mirror, Client | None]]:
    """Open a mirror file, or read from MO what a comparison needs.

    Args:
        profile: which MO.
        file: the mirror's; without one MO is read.
        checked: the collections that a file must hold.
        read: those that are read where there is no file.
        refresh: read from MO what changed since the file was written.  Of a MO that can not be reached, how
            old the file is is told instead.
    """
    from motoolkit.client import connect
    from motoolkit.mirror import Mirror

    with Mirror.open(file or None, must_exist=bool(file)) as mirror, ExitStack() as stack:
        client = None
        if not file:
            client = stack.enter_context(connect(profile))
            mirror.load(client, read)
        else:
            mirror.check(checked)
            if refresh:
                client = _refreshed(mirror, profile, stack)
            else:
                _tell_age(mirror)
        yield mirror, client


def _refreshed(mirror: Mirror, profile: str | None, stack: ExitStack) -> Client | None:
    """Read from MO what changed, and return it; None where that can not be told.

    Raises:
        MirrorError: the mirror is of another MO.
    """
    from motoolkit.client import connect
    from motoolkit.errors import AuthenticationError, MirrorError, TransportError
    from motoolkit.model import COPENHAGEN

    client = None
    try:
        client = stack.enter_context(connect(profile))
        mirror.refresh(client)
    except (TransportError, AuthenticationError, MirrorError) as error:
        if client is not None and mirror.mo_url != client.url:
            raise
        when = f"{mirror.read_at.astimezone(COPENHAGEN):%d-%m-%Y %H:%M}"
        click.echo(f"MO is as it was {when}; what changed since was not read: {error.message}", err=True)
        return None
    return client


def _tell_age(mirror: Mirror) -> None:
    age = datetime.now(UTC) - mirror.read_at
    if age.days:
        click.echo(f"MO is as it was {age.days} days ago: motoolkit mirror refresh.", err=True)
