"""What the commands of ``motoolkit sd`` share."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.findings import Findings
    from motoolkit.mirror import Mirror
    from motoolkit.sd import SdAudit, SdClient
    from motoolkit.sd.picture import PersonPicture


@contextmanager
def opened_mirror(profile: str | None, file: str | None) -> Iterator[Mirror]:
    """Open a mirror file, or read what a comparison needs from MO."""
    from motoolkit.client import connect
    from motoolkit.mirror import Mirror
    from motoolkit.sd.mo import COLLECTIONS

    with Mirror.open(file, must_exist=True) if file else Mirror.open() as mirror:
        if not file:
            with connect(profile) as client:
                mirror.load(client, (*COLLECTIONS, "facets", "itusers"))
        yield mirror


@contextmanager
def opened(profile: str | None, file: str | None) -> Iterator[tuple[SdClient, Mirror]]:
    """Open both systems."""
    from motoolkit.sd import connect_sd

    with opened_mirror(profile, file) as mirror, connect_sd(profile or mirror.info().mo_url) as client:
        yield client, mirror


@contextmanager
def run_audit(
    *, profile: str | None, file: str | None, mapping: str | None, **chosen: Any
) -> Iterator[tuple[SdAudit, Mirror]]:
    """Compare, and keep the mirror open."""
    from motoolkit.sd import audit

    with opened(profile, file) as (client, mirror):
        yield audit(client, mirror, mapping=mapping, **chosen), mirror


def accepted(findings: Findings, path: str | None) -> Findings:
    """Return the findings with those marked that a file accepts."""
    from motoolkit.findings import AcceptList

    return AcceptList.read(path).apply(findings) if path else findings


def kept(findings: Findings, mirror: Mirror, file: str | None) -> Findings:
    """Keep the run in the mirror's file, and return it compared with the one before."""
    from motoolkit.findings import FindingStore

    return FindingStore(mirror).keep(findings, ran_at=datetime.now(UTC)) if file else findings


def show(findings: Findings, format_: str) -> None:
    """Print findings."""
    if format_ == "json":
        click.echo(findings.to_json())
    elif format_ == "csv":
        click.echo(findings.frame().to_csv(index=False), nl=False)
    else:
        click.echo(str(findings))


def write_page(picture: PersonPicture, path: str) -> Path:
    """Write a picture as a page that needs nothing else; for its owner only."""
    from motoolkit.drawing import page

    target = Path(path)
    target.touch(mode=0o600)
    target.write_text(page(picture._repr_html_()), "utf-8")
    return target
