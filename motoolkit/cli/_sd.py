"""What the commands of ``motoolkit sd`` share."""

from __future__ import annotations

import os
import re
import shutil
import sys
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import click

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

    from motoolkit.client import Client
    from motoolkit.findings import AcceptList, Findings
    from motoolkit.mirror import Mirror
    from motoolkit.sd import SdAudit, SdClient
    from motoolkit.sd.picture import PersonPicture

_WIDTH: Final = 120
_NARROWEST: Final = 80
_FORMULA: Final = ("=", "+", "-", "@")
_COLOURS: Final[dict[str, dict[str, Any]]] = {
    "CRITICAL": {"fg": "white", "bg": "red", "bold": True},
    "ERROR": {"fg": "red", "bold": True},
    "WARNING": {"fg": "yellow"},
    "INFO": {"dim": True},
}


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


@contextmanager
def opened_mo(
    profile: str | None, file: str | None, *, refresh: bool = False
) -> Iterator[tuple[Mirror, Client | None]]:
    """Open a mirror file, or read from MO what a comparison needs.

    Args:
        profile: which MO.
        file: the mirror's; without one MO is read.
        refresh: read from MO what changed since the file was written.  Of a MO that can not be reached, how
            old the file is is told instead.
    """
    from motoolkit.client import connect
    from motoolkit.mirror import Mirror
    from motoolkit.sd.mo import COLLECTIONS, NEEDED

    with Mirror.open(file or None, must_exist=bool(file)) as mirror, ExitStack() as stack:
        client = None
        if not file:
            client = stack.enter_context(connect(profile))
            mirror.load(client, NEEDED)
        else:
            mirror.check(COLLECTIONS)
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


@contextmanager
def run_audit(
    *, profile: str | None, file: str | None, refresh: bool, mapping: str | None, **chosen: Any
) -> Iterator[tuple[SdAudit, Mirror]]:
    """Compare, and keep the mirror open; what is misspelt is told before anything is read."""
    from motoolkit.sd import Mapping, audit

    read = None if mapping is None else Mapping.read(mapping)
    with opened(profile, file, refresh=refresh) as (sd, mirror, client):
        yield audit(sd, mirror, client, mapping=read, **chosen), mirror


def accept_list(path: str | None) -> AcceptList | None:
    """Read an accept list, if one is given."""
    from motoolkit.findings import AcceptList

    return AcceptList.read(path) if path else None


def kept(findings: Findings, mirror: Mirror, file: str | None) -> Findings:
    """Keep the run in the mirror's file, and return it compared with the one before."""
    from motoolkit.findings import FindingStore

    return FindingStore(mirror).keep(findings, ran_at=datetime.now(UTC)) if file else findings


def show(findings: Findings, format_: str, rows: int = 0) -> None:
    """Print findings; of a table at most so many rows, 0 for all."""
    if format_ == "json":
        click.echo(findings.to_json())
    elif format_ == "csv":
        click.echo(_inert(findings.frame()).to_csv(index=False), nl=False)
    else:
        columns = shutil.get_terminal_size((_WIDTH, 0)).columns if sys.stdout.isatty() else _WIDTH
        click.echo(_coloured(findings.text(rows=rows or None, width=max(columns, _NARROWEST))))


def _inert(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame whose texts no spreadsheet takes for formulas."""
    return frame.map(lambda cell: f"'{cell}" if isinstance(cell, str) and cell[:1] in _FORMULA else cell)


def show_pictures(pictures: Sequence[PersonPicture], findings: Findings) -> None:
    """Print what was found about persons, then what is wrong with their units."""
    for picture in pictures:
        click.echo(repr(picture))
    if units := findings.only(sort="unit"):
        click.echo()
        show(units, "table")
    for notice in () if units else findings.notices:
        click.echo(notice, err=True)


def _coloured(text: str) -> str:
    """Let the severities stand out on a terminal."""
    from motoolkit.findings import Severity

    if not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        return text
    labels = {severity.label: _COLOURS[severity.name] for severity in Severity}
    begins = re.compile(rf"^(  )({'|'.join(map(re.escape, labels))})(?=\s)", re.MULTILINE)
    return begins.sub(lambda found: found[1] + click.style(found[2], **labels[found[2]]), text)


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


def write_page(pictures: Sequence[PersonPicture], path: str) -> Path:
    """Write pictures as a page that needs nothing else; for its owner only, whole or not at all.

    Raises:
        ReportError: it can not be written; nothing is left behind.
    """
    from motoolkit.drawing import page
    from motoolkit.errors import ReportError
    from motoolkit.files import replace_file

    target = Path(path).expanduser()
    shown = page("".join(picture._repr_html_() for picture in pictures))
    try:
        replace_file(target, shown.encode())
    except OSError as error:
        raise ReportError(
            f"{target.name} can not be written to {target.parent} ({error.strerror}).",
            remedy="Choose another file, or make room and check who may write there.",
        ) from None
    return target
