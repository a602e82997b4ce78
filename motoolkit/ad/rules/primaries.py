"""Which engagement is the primary one: the integration waits where none or several are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motoolkit.ad.kinds import employment, needs_account
from motoolkit.ad.linking import today
from motoolkit.ad.matching import is_primary, rank
from motoolkit.ad.rules._rule import WARNING, Found, rule
from motoolkit.ad.subjects import unit_name
from motoolkit.language import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.ad.mo import Engagement
    from motoolkit.ad.world import World


def _concerned(world: World, person: str) -> list[str]:
    """Return the directories in which somebody must have an account; each is synchronised by itself."""
    return [ad for ad in world.settings if world.ask(needs_account, ad, person)]


@rule(
    "PRIM-NONE",
    "person",
    WARNING,
    title=N_("No primary engagement"),
    explanation=N_("None of the person's engagements of today is the primary one."),
    remedy=N_("Let MO calculate the primary engagement again."),
)
def none_primary(world: World, person: str) -> Iterator[Found]:
    """What the integration takes from the primary engagement is not synchronised."""
    rows = today(world, world.ask(employment, person).current)
    if rows and not any(world.ask(is_primary, row.primary) for row in rows):
        for ad in _concerned(world, person):
            yield Found(ad=ad, mo=_told(world, rows))


@rule(
    "PRIM-MULTI",
    "person",
    WARNING,
    title=N_("Several primary engagements"),
    explanation=N_("Several of the person's engagements of today are primary."),
    remedy=N_("Let MO calculate the primary engagement again."),
)
def several_primary(world: World, person: str) -> Iterator[Found]:
    """The integration waits until there is one; in MO the class with the highest number (scope) is it."""
    rows = today(world, world.ask(employment, person).current)
    highest = max((world.ask(rank, row.primary) for row in rows), default=0)
    primary = [row for row in rows if 0 < world.ask(rank, row.primary) == highest]
    if len({row.uuid for row in primary}) > 1:
        for ad in _concerned(world, person):
            yield Found(ad=ad, mo=_told(world, primary))


def _told(world: World, rows: list[Engagement]) -> str:
    return ", ".join(sorted(f"{row.user_key} ({unit_name(world, row.org_unit)})" for row in rows))
