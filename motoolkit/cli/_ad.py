"""What the commands of ``motoolkit ad`` share."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from motoolkit.cli._mo import opened_mo
from motoolkit.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from motoolkit.ad import AdAudit
    from motoolkit.ad.external_users import ExternalsPlan
    from motoolkit.ad.records import Snapshot
    from motoolkit.ad.source import DirectorySource
    from motoolkit.ad.watch import Change
    from motoolkit.ad.world import World
    from motoolkit.client import Client
    from motoolkit.mirror import Mirror
    from motoolkit.profile.ad import AdSettings


class Systems(NamedTuple):
    """The directories with their settings, and a mirror of MO."""

    sources: tuple[DirectorySource, ...]
    settings: tuple[AdSettings, ...]
    mirror: Mirror
    client: Client | None


@contextmanager
def opened(
    profile: str | None, file: str | None, *, directories: Sequence[str], refresh: bool = True
) -> Iterator[Systems]:
    """Open both sides; the directories before MO is read, for their settings may be lacking."""
    from motoolkit.ad import COLLECTIONS, connect_ad

    with ExitStack() as stack:
        sources = tuple(stack.enter_context(each) for each in connect_ad(profile, directories))
        settings = tuple(source.settings for source in sources)
        mirror, client = stack.enter_context(
            opened_mo(profile, file, checked=COLLECTIONS, read=COLLECTIONS, refresh=refresh)
        )
        yield Systems(sources, settings, mirror, client)


@contextmanager
def run_audit(
    *, profile: str | None, file: str | None, directories: Sequence[str], refresh: bool, **chosen: Any
) -> Iterator[tuple[AdAudit, Mirror]]:
    """Audit, and keep the mirror open."""
    from motoolkit.ad.auditing import audited

    with opened(profile, file, directories=directories, refresh=refresh) as both:
        yield audited(both.sources, both.mirror, both.client, **chosen), both.mirror


@contextmanager
def loaded(profile: str | None, directories: Sequence[str]) -> Iterator[World]:
    """Read both sides, and judge nothing."""
    from motoolkit.ad.world import World
    from motoolkit.model import today_in_denmark

    with opened(profile, None, directories=directories) as both:
        world = World(both.settings, as_of=today_in_denmark(), now=datetime.now(UTC))
        world.load_mo(both.mirror)
        for source in both.sources:
            world.load(source.snapshot())
        yield world


@contextmanager
def externals_planned(
    profile: str | None, file: str | None, *, directories: Sequence[str], as_of: date
) -> Iterator[ExternalsPlan]:
    """Plan what externals become in MO; a MO must be there to plan for, a mirror alone is none.

    All directories are read: whoever is in another one than those that are asked for is not gone.

    Raises:
        TransportError, AuthenticationError: MO does not answer.
    """
    from motoolkit.ad import Readings
    from motoolkit.ad._guards import doubts
    from motoolkit.ad.external_users import externals_plan
    from motoolkit.ad.world import World
    from motoolkit.client import connect

    with opened(profile, file, directories=()) as both, ExitStack() as stack:
        client = both.client or stack.enter_context(connect(profile))
        kept = Readings(both.mirror)
        world = World(both.settings, as_of=as_of, now=datetime.now(UTC))
        world.load_mo(both.mirror)
        for source in both.sources:
            world.load(source.snapshot())
        plan = externals_plan(world, client, directories=directories, previous=kept.last())
        doubted = doubts(world, kept.last())
        kept.keep(world.headers.of(ad)[0] for ad in world.settings if ad not in doubted)
        yield plan


def tell_left(plan: ExternalsPlan) -> None:
    """Print what must be known of a plan beside what it changes: who is left out, and why."""
    for notice in plan.notices:
        click.echo(notice, err=True)
    for each in plan.accounts:
        if each.why and each.what != "ends":
            who = f"{each.key[0]}: {each.sam} ({each.name})"
            click.echo(f"{who}: {tr(each.what)}. {each.why}", err=True)


def person_of(world: World, who: str) -> str:
    """Return MO's UUID of whom the command line names by UUID or username.

    Raises:
        InputError: nobody has it, or several.
    """
    from motoolkit.errors import InputError

    if world.persons.of(who):
        return who
    found = {row.person for row in world.itusers.by("user_key", who.casefold()) if row.person}
    if len(found) != 1:
        told = "is nobody's username in MO" if not found else "is the username of several persons in MO"
        raise InputError(f"{who} {told}.", remedy="Give MO's UUID of the person.")
    return found.pop()


def count(snapshot: Snapshot) -> tuple[str | int, ...]:
    """Return a row of what a snapshot holds."""
    held = snapshot.header.counts
    numbers = tuple(held.get(part, 0) for part in ("accounts", "groups", "ous", "tombstones"))
    for notice in snapshot.header.notices:
        click.echo(f"{snapshot.header.ad}: {notice}", err=True)
    return (snapshot.header.ad, snapshot.header.server, *numbers)


def follow(profile: str | None, directories: Sequence[str], *, every: float, name: str) -> None:
    """Follow both sides, and print what comes and goes."""
    import asyncio

    from motoolkit.ad.following import Following
    from motoolkit.events import Listener

    with opened(profile, None, directories=directories) as both:
        taken = [(source, source.snapshot()) for source in both.sources]
        following = Following(
            Listener(both.client, name, temporary=True),
            both.mirror,
            taken,
            tell=_tell,
            complain=lambda sentence: click.echo(sentence, err=True),
            every=every,
            client=both.client,
        )
        found = following.watch.findings()
        click.echo(
            f"Following {', '.join(each.settings.name for each in both.sources)}: {len(found)} findings."
        )
        asyncio.run(following.run())
        click.echo(f"Stopped: {len(following.watch.findings())} findings.")


def _tell(change: Change) -> None:
    from motoolkit.ad.following import told

    for line in told(change):
        click.echo(line)
