"""``motoolkit events tail``: what happens in a MO, as it happens."""

from __future__ import annotations

import asyncio
import os
import socket
import threading
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from motoolkit.cli._options import profile_option

if TYPE_CHECKING:
    from collections.abc import Callable

    from motoolkit.events import Event, Listener
    from motoolkit.events._story import Story
    from motoolkit.mirror import Mirror

_MO: Final = "mo"


@click.command()
@click.option(
    "--routing-key",
    "routing_keys",
    multiple=True,
    metavar="KEY",
    help="Only this one; may be repeated. All of MO's own without.",
)
@click.option("--namespace", default=_MO, show_default=True, help="Whose events.")
@click.option("--changes", is_flag=True, help="Show what changed, by names, from a mirror.")
@click.option(
    "--mirror",
    "file",
    type=click.Path(path_type=Path),
    help="The mirror's file; else the profile's own if there is one, else MO is read into memory.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(("table", "json")),
    default="table",
    show_default=True,
    help="How events are printed.",
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="End after so many events.")
@profile_option
def tail(
    *,
    routing_keys: tuple[str, ...],
    namespace: str,
    changes: bool,
    file: Path | None,
    form: str,
    limit: int | None,
    profile: str | None,
) -> None:
    """Print each event as it comes; Ctrl-C ends it and leaves nothing in MO.

    It listens under a name of its own, so that nobody else misses an event. Without --changes only MO's
    events are read, which do not tell what changed.
    """
    if not routing_keys and namespace != _MO:
        raise click.UsageError("--namespace needs --routing-key: only MO's own routing keys are known.")
    from motoolkit.cli._events_lines import printer
    from motoolkit.cli._events_shared import listen, loaded_mirror
    from motoolkit.events import ROUTING_KEYS, Listener

    with ExitStack() as stack:
        mirror = None
        if changes or file:
            mirror = stack.enter_context(loaded_mirror(profile, file, make_file=False))
        name = f"tail-{socket.gethostname()}-{os.getpid()}"
        listener = Listener(profile, name, namespace=namespace, parallel=1, mirror=mirror, temporary=True)
        shown = _Shown(listener, printer(form), mirror, limit)
        listener.add(shown.handle, *(routing_keys or ROUTING_KEYS))
        told = f"Listening to {listener.url}; Ctrl-C ends it."
        asyncio.run(listen(listener, lambda: click.echo(told, err=True)))
        shown.finish()


class _Shown:
    """Prints events, and stops the listener when there is no more to print."""

    def __init__(
        self, listener: Listener, show: Callable[[Story], None], mirror: Mirror | None, limit: int | None
    ) -> None:
        self._listener = listener
        self._show = show
        self._mirror = mirror
        self._limit = limit
        self._lock = threading.Lock()
        self._gone: BrokenPipeError | None = None
        self.count = 0

    def handle(self, event: Event) -> None:
        from motoolkit.events._story import tell

        story = tell(event, self._mirror)
        with self._lock:
            if self._gone or self.count == self._limit:
                return
            try:
                self._show(story)
            except BrokenPipeError as error:
                self._gone = error
            self.count += 1
            if self._gone or self.count == self._limit:
                self._listener.stop()

    def finish(self) -> None:
        """Say how many there were.

        Raises:
            BrokenPipeError: whoever read the events has gone away.
        """
        if self._gone:
            raise self._gone
        click.echo(f"{self.count} {'event' if self.count == 1 else 'events'}.", err=True)
