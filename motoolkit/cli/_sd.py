"""What the commands of ``motoolkit sd`` share."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from motoolkit.cli._findings import show

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager

    from motoolkit.client import Client
    from motoolkit.findings import Findings
    from motoolkit.mirror import Mirror
    from motoolkit.sd import SdAudit, SdClient
    from motoolkit.sd.picture import PersonPicture


class Systems(NamedTuple):
    """SD and a mirror of MO; MO itself only where the mirror is as MO is now."""

    sd: SdClient
    mirror: Mirror
    client: Client | None


@contextmanager
def opened(profile: str | None, file: str | None, *, refresh: bool = True) -> Iterator[Systems]:
    """Open both systems; SD before MO is read, for its settings may be lacking."""
    from motoolkit.profile import is_chosen
    from motoolkit.sd import connect_sd

    if file and not (profile or is_chosen(None, {})):
        with opened_mo(profile, file) as (mirror, client), connect_sd(mirror.mo_url) as sd:
            yield Systems(sd, mirror, client)
        return
    with connect_sd(profile) as sd, opened_mo(profile, file, refresh=refresh) as (mirror, client):
        yield Systems(sd, mirror, client)


def opened_mo(
    profile: str | None, file: str | None, *, refresh: bool = False
) -> AbstractContextManager[tuple[Mirror, Client | None]]:
    """Open MO's side of a comparison with SD; see ``_mo.opened_mo``."""
    from motoolkit.cli import _mo
    from motoolkit.sd.mo import COLLECTIONS, NEEDED

    return _mo.opened_mo(profile, file, checked=COLLECTIONS, read=NEEDED, refresh=refresh)


@contextmanager
def run_audit(
    *, profile: str | None, file: str | None, refresh: bool, mapping: str | None, **chosen: Any
) -> Iterator[tuple[SdAudit, Mirror]]:
    """Compare, and keep the mirror open; what is misspelt is told before anything is read."""
    from motoolkit.sd import Mapping, audit

    read = None if mapping is None else Mapping.read(mapping)
    with opened(profile, file, refresh=refresh) as (sd, mirror, client):
        yield audit(sd, mirror, client, mapping=read, **chosen), mirror


def show_pictures(pictures: Sequence[PersonPicture], findings: Findings) -> None:
    """Print what was found about persons, then what is wrong with their units."""
    for picture in pictures:
        click.echo(repr(picture))
    if units := findings.only(sort="unit"):
        click.echo()
        show(units, "table")
    for notice in () if units else findings.notices:
        click.echo(notice, err=True)


def person_asked_for(who: str) -> str:
    """Return whom the command line names; ``-`` is read, so that a CPR number need not stand there.

    Raises:
        InputError: nothing was given.
    """
    from motoolkit.errors import InputError
    from motoolkit.model import mask_all

    if who != "-":
        if mask_all(who) != who:
            click.echo(
                "Warning: The CPR number stays in the shell's history. Next time give -, and type it then.",
                err=True,
            )
        return who
    text = click.prompt("CPR", hide_input=True, err=True) if sys.stdin.isatty() else sys.stdin.readline()
    if not text.strip():
        raise InputError("Nobody was named on standard input.", remedy="Write a CPR number and Enter.")
    return str(text).strip()
