"""``motoolkit sandbox``: a made-up municipality that answers as MO does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import click
from click.core import ParameterSource

from motoolkit.cli._options import DateType

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID


_FOR_A_NEW_WORLD: Final = ("persons", "seed", "empty")


class EventDelay(click.ParamType[Any]):
    """Seconds, or ``real``."""

    name = "seconds"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float | Literal["real"]:
        """Return what was written."""
        if value == "real":
            return "real"
        seconds: float = click.FloatRange(min=0.01).convert(value, param, ctx)
        return seconds


@click.command()
@click.option(
    "--port", type=click.IntRange(0, 65535), default=5000, show_default=True, help="0 takes a free one."
)
@click.option(
    "--persons", type=click.IntRange(min=0), default=400, show_default=True, help="How many people."
)
@click.option("--today", type=DateType(), help="Freeze the clock at this date; else it is today.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same people.")
@click.option("--empty", is_flag=True, help="Serve a MO that holds nothing.")
@click.option(
    "--session",
    "sessions",
    type=click.UUID,
    multiple=True,
    help="A legacy session that is let in, as MO's own.",
)
@click.option(
    "--substitute-role",
    "substitute_roles",
    type=click.UUID,
    multiple=True,
    help="An association type that may have a deputy.",
)
@click.option(
    "--client",
    "clients",
    multiple=True,
    metavar="ID:SECRET[:ROLE,...]",
    help="A service account beside ours.",
)
@click.option(
    "--token-lifetime", type=click.IntRange(min=1), default=300, show_default=True, help="In seconds."
)
@click.option(
    "--fault",
    "faults",
    multiple=True,
    metavar="NAME[=COUNT|RATE][@SECONDS]",
    help="Let go wrong what goes wrong with a MO; docs/sandbox.md has the names. noop-trap=0 turns that off.",
)
@click.option(
    "--pace",
    type=click.FloatRange(min=0),
    default=0.0,
    metavar="MS",
    help="What an object takes; a real MO: 4.",
)
@click.option(
    "--state",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Keep the world in this file, and go on from it where it exists.",
)
@click.option(
    "--event-delay",
    type=EventDelay(),
    default="0.25",
    show_default=True,
    metavar="SECONDS|real",
    help="From a change to its event; a real MO: 5 to 90.",
)
@click.option(
    "--sd",
    type=click.Choice(["clean", "planted", "everything"]),
    default="planted",
    show_default=True,
    help="SD-Løn beside MO: in agreement, with planted deviations, or with MO odd as well.",
)
@click.option(
    "--ad",
    type=click.Choice(["off", "clean", "planted", "everything"]),
    default="planted",
    show_default=True,
    help="Two directories beside MO: in agreement, with planted deviations, or with MO odd as well.",
)
@click.option(
    "--identities",
    type=click.Choice(["off", "clean", "planted"]),
    default="off",
    show_default=True,
    help="Accounts in MO: as they are, with nothing odd about them, or with planted cases as well.",
)
@click.pass_context
def sandbox(
    context: click.Context,
    *,
    port: int,
    persons: int,
    today: date | None,
    seed: int,
    empty: bool,
    sessions: tuple[UUID, ...],
    substitute_roles: tuple[UUID, ...],
    clients: tuple[str, ...],
    token_lifetime: int,
    faults: tuple[str, ...],
    pace: float,
    state: Path | None,
    event_delay: float | Literal["real"],
    sd: str,
    ad: str,
    identities: str,
) -> None:
    """Serve a made-up municipality on this machine, to train on and to test against.

    Prints "sandbox ready at http://127.0.0.1:PORT" when it answers; Ctrl-C stops it.
    """
    from motoolkit.sandbox.serve import run_sandbox

    if state is not None and state.exists():
        _say_where_the_world_is_from(context, state)
    run_sandbox(
        port=port,
        persons=persons,
        today=today,
        seed=seed,
        empty=empty,
        sessions=[str(session) for session in sessions],
        substitute_roles=[str(role) for role in substitute_roles],
        clients=clients,
        token_lifetime=token_lifetime,
        faults=faults,
        pace=pace,
        state=state,
        event_delay=event_delay,
        sd=sd,
        ad=ad,
        identities=identities,
    )


def _say_where_the_world_is_from(context: click.Context, state: Path) -> None:
    click.echo(f"The world is read from {state}.", err=True)
    given = [
        f"--{name}"
        for name in _FOR_A_NEW_WORLD
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE
    ]
    if given:
        click.echo(f"It is as it was left; not used for it: {', '.join(given)}.", err=True)
