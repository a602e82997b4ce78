"""``motoolkit sandbox``: a made-up municipality that answers as MO does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from motoolkit.cli._options import DateType

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID


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
    metavar="NAME[=COUNT|RATE]",
    help="Let go wrong: 502, cut, slow, queuepool, html, unauthorized.",
)
@click.option(
    "--pace",
    type=click.FloatRange(min=0),
    default=0.0,
    metavar="MS",
    help="What an object takes; a real MO: 4.",
)
def sandbox(
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
) -> None:
    """Serve a made-up municipality on this machine, to train on and to test against.

    Prints "sandbox ready at http://127.0.0.1:PORT" when it answers; Ctrl-C stops it.
    """
    from motoolkit.sandbox.serve import run_sandbox

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
    )
