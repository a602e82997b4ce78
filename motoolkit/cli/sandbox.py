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
@click.option("--empty", is_flag=True, help="Serve a MO without any objects but its facets and classes.")
@click.option("--session", type=click.UUID, help="A legacy session that is let in, as MO's own.")
@click.option(
    "--substitute-role", "substitute_roles", type=click.UUID, multiple=True, help="A substitute role's class."
)
def sandbox(
    *,
    port: int,
    persons: int,
    today: date | None,
    seed: int,
    empty: bool,
    session: UUID | None,
    substitute_roles: tuple[UUID, ...],
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
        session=session,
        substitute_roles=substitute_roles,
    )
