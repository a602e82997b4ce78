"""``motoolkit events run``: a handler as a service."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from motoolkit.cli._app import FAILED
from motoolkit.cli._options import profile_option

if TYPE_CHECKING:
    from motoolkit.events import Listener, Stats

_TOLD_AT_THE_END: Final = ("fetched", "handled", "acknowledged", "failed", "duplicates", "merged", "requests")


@click.command()
@click.argument("handler", metavar="MODULE:HANDLER")
@click.option("--name", required=True, help="What MO's listeners are called; the same name goes on.")
@click.option(
    "--routing-key",
    "routing_keys",
    required=True,
    multiple=True,
    metavar="KEY",
    help="What to listen for, as engagement; may be repeated.",
)
@click.option(
    "--parallel", type=int, default=10, show_default=True, help="How many events are handled at a time."
)
@click.option("--namespace", default="mo", show_default=True, help="Whose events.")
@click.option("--changes", is_flag=True, help="Let event.changes tell what changed, from a mirror.")
@click.option(
    "--mirror",
    "file",
    type=click.Path(path_type=Path),
    help="The mirror's file; else the profile's own. It is made where there is none.",
)
@click.option(
    "--hang-after",
    type=float,
    default=120.0,
    show_default=True,
    metavar="SECONDS",
    help="After this a handler hangs; an async one is then cancelled.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Where /health and /metrics are; 0 takes a free one.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@profile_option
def run(
    *,
    handler: str,
    name: str,
    routing_keys: tuple[str, ...],
    changes: bool,
    file: Path | None,
    host: str,
    port: int,
    profile: str | None,
    **settings: Any,
) -> None:
    """Run a handler as a service, until SIGTERM or Ctrl-C.

    HANDLER is a function that takes an event, and MODULE may be a file in the working directory, without
    .py. The log goes to standard error: JSON lines, or readable ones on a terminal. An event whose handler
    fails comes again.
    """
    from motoolkit.errors import MoError
    from motoolkit.events import Listener
    from motoolkit.events._loading import load_handler
    from motoolkit.events._log import log_to_stderr

    function = load_handler(handler)
    with ExitStack() as stack:
        if changes or file:
            from motoolkit.cli._events_shared import loaded_mirror

            settings["mirror"] = stack.enter_context(loaded_mirror(profile, file, make_file=True))
        listener = Listener(profile, name, **settings)
        listener.add(function, *routing_keys)
        log_to_stderr()
        try:
            _serve(listener, host, port)
        except MoError as error:
            _logger().error(error.message, remedy=error.remedy)
            raise click.exceptions.Exit(FAILED) from None


def _serve(listener: Listener, host: str, port: int) -> None:
    from motoolkit.cli._events_shared import listen
    from motoolkit.events._service import serving

    log = _logger().bind(listener=listener.name)
    with serving(listener.name, lambda: listener.stats, host=host, port=port) as url:
        log.info("starting", mo=listener.url, health=f"{url}/health", metrics=f"{url}/metrics")
        begun = partial(log.info, "listening", routing_keys=listener.routing_keys)
        stats = asyncio.run(listen(listener, begun))
        log.info("stopped", **_numbers(stats))


def _logger() -> Any:
    import structlog

    return structlog.get_logger("motoolkit.events")


def _numbers(stats: Stats) -> dict[str, Any]:
    held = asdict(stats)
    return {name: held[name] for name in _TOLD_AT_THE_END}
