"""What the commands that listen share: the mirror that tells what changed, and the wait for the beginning."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import click

from motoolkit.cli.mirror import mirror_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from motoolkit.events import Listener, Stats
    from motoolkit.mirror import Mirror

_SECONDS_BETWEEN_LOOKS: Final = 0.05


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
            click.echo(f"Reading MO into {f'the mirror {place}' if place else 'memory'} first.", err=True)
            with connect(profile) as client:
                mirror.load(client)
        yield mirror


async def listen(listener: Listener, begun: Callable[[], None]) -> Stats:
    """Run a listener, and tell when MO has begun to keep events for it: what came before is missed."""
    telling = asyncio.create_task(_when_listening(listener, begun))
    try:
        return await listener.run()
    finally:
        telling.cancel()


async def _when_listening(listener: Listener, begun: Callable[[], None]) -> None:
    while listener.stats.state != "listening":  # noqa: ASYNC110 - its numbers are all that it tells
        await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)
    begun()
