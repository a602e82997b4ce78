"""``motoolkit events``: who listens in MO, what waits and why, and listening oneself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from motoolkit.cli._events_run import run
from motoolkit.cli._events_tail import tail
from motoolkit.cli._options import format_option, profile_option
from motoolkit.cli._rows import print_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from motoolkit.events import Entry

anybodys_option = click.option(
    "--anybodys", is_flag=True, help="Also those of another owner; MO would not ask."
)


def name_argument(*, required: bool = True) -> Callable[..., Any]:
    """Say which listener: a name that ``events run`` was given, or a user_key in MO."""
    return click.argument("name", required=required)


@click.group()
def events() -> None:
    """Listen to MO's events, and see who else does and what waits for them."""


events.add_command(tail)
events.add_command(run)


@events.command()
@name_argument(required=False)
@format_option
@profile_option
def listeners(*, name: str | None, format_: str, profile: str | None) -> None:
    """List the listeners in MO: whose they are, what for, and how many events wait.

    Without the role read_event_all MO tells how many wait for our own only.
    """
    from motoolkit import events as api
    from motoolkit.client import connect

    names = ("listener", "routing key", "namespace", "owner", "waiting", "silenced", "note")
    with connect(profile) as client:
        found = api.listeners(client, name)
        if format_ == "table":
            for sentence in api.explain(client):
                click.echo(sentence, err=True)
    rows = [
        (
            entry.user_key,
            entry.routing_key,
            entry.namespace,
            "we" if entry.ours else entry.owner,
            "?" if entry.waiting is None and format_ == "table" else entry.waiting,
            "?" if entry.silenced is None and format_ == "table" else entry.silenced,
            "MO has no such routing key: nothing will come" if entry.is_deaf else "",
        )
        for entry in found
    ]
    print_rows(format_, names, rows)
    if format_ == "table":
        _tell_untold(found)


@events.command()
@name_argument(required=False)
@format_option
@profile_option
def stuck(*, name: str | None, format_: str, profile: str | None) -> None:
    """List the events that wait: how often they failed here, since when, and why.

    MO tells neither; a listener of this toolkit remembers its failures on the machine that it runs on, and
    each look remembers what it saw waiting.
    """
    from motoolkit import events as api
    from motoolkit.client import connect

    with connect(profile) as client:
        found = api.waiting(client, name)
        everybodys = api.listeners(client, name) if format_ == "table" else []
    names = ("listener", "subject", "failures", "waiting since", "error")
    rows = [
        (
            row.entry.user_key,
            row.subject,
            row.failures,
            f"{row.seen_waiting:%Y-%m-%d %H:%M}",
            row.error or "",
        )
        for row in found
    ]
    print_rows(format_, names, rows)
    if format_ == "table":
        failing = sum(1 for row in found if row.failures)
        click.echo(f"{len(found)} wait, {failing} of them have failed here.", err=True)
        _tell_untold(everybodys)


def _tell_untold(entries: Sequence[Entry]) -> None:
    """Say of whom nothing is known: a 0 would be an all-clear that nobody has given."""
    if untold := [entry.user_key for entry in entries if entry.waiting is None]:
        click.echo(
            f"MO does not tell us what waits for {', '.join(untold)}: other owners', and the role"
            " read_event_all is missing.",
            err=True,
        )


@events.command()
@click.argument("routing_key")
@click.option("--owner", type=click.UUID, help="Whose listeners; else our own.")
@click.option(
    "--priority",
    type=click.IntRange(min=1),
    default=10000,
    show_default=True,
    help="1 is the most urgent.",
)
@profile_option
def refresh(*, routing_key: str, owner: object, priority: int, profile: str | None) -> None:
    """Let MO tell of all objects of a kind as if they had changed, those of past and future included."""
    from motoolkit import events as api
    from motoolkit.client import connect

    with connect(profile) as client:
        told = api.refresh(client, routing_key, owner=str(owner) if owner else None, priority=priority)
        heard = any(
            entry.routing_key == routing_key and (entry.owner == str(owner) if owner else entry.ours)
            for entry in api.listeners(client)
        )
    whose = f"the listeners of {owner}" if owner else "our listeners"
    click.echo(f"MO has told {whose} of {len(told)} objects ({routing_key}).")
    if not heard:
        click.echo(f"But there is none for {routing_key}: start it first, then refresh again.", err=True)


@events.command()
@name_argument()
@click.option("--subject", "subjects", multiple=True, help="Only this one; may be repeated.")
@anybodys_option
@profile_option
def replay(*, name: str, subjects: tuple[str, ...], anybodys: bool, profile: str | None) -> None:
    """Let MO hand out at once what waits for a listener, instead of when its back-off is over."""
    from motoolkit import events as api
    from motoolkit.client import connect

    with connect(profile) as client:
        number = api.replay(client, name, subjects or None, anybodys=anybodys)
    click.echo(f"{number} events of {name} are handed out again.")


@events.command()
@name_argument()
@click.option("--yes", is_flag=True, help="Do not ask.")
@anybodys_option
@profile_option
def forget(*, name: str, yes: bool, anybodys: bool, profile: str | None) -> None:
    """Delete a listener from MO, with all that waits in it."""
    from motoolkit import events as api
    from motoolkit.client import connect

    with connect(profile) as client:
        counts = [entry.waiting for entry in api.listeners(client, name)]
        number = "Nobody knows how many" if None in counts else sum(filter(None, counts))
        if number and not yes:
            click.confirm(f"{number} events wait for {name} and would be lost. Delete it?", abort=True)
        gone = api.forget(client, name, anybodys=anybodys)
    click.echo(f"Deleted: {', '.join(entry.user_key for entry in gone)}.")
