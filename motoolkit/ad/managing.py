"""Who leads somebody according to MO: up the tree, past oneself, as the integration asks MO for it.

Domain facts, section 3.7; MO's ``managers(inherit: true, exclude_self: true)``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from motoolkit.ad import mo
from motoolkit.ad.kinds import ancestors
from motoolkit.ad.linking import engagement_of
from motoolkit.ad.matching import person_of

if TYPE_CHECKING:
    from motoolkit.ad.world import World


class Leaders(NamedTuple):
    """Who may be named as somebody's manager.

    Attributes:
        persons: UUIDs, all of the nearest unit that has any; none for who has nobody above.
        unit: that unit.
        vacant: a vacant post is met before them; the integration then names nobody.
    """

    persons: tuple[str, ...]
    unit: str
    vacant: bool


NOBODY = Leaders((), "", vacant=False)


def leaders_of(world: World, key: tuple[str, str]) -> Leaders:
    """Return who leads the person of an account in the engagement that the account is for."""
    row = world.ask(engagement_of, key)
    return world.ask(leaders, row.org_unit, world.ask(person_of, key)) if row else NOBODY


def leaders(world: World, unit: str, person: str) -> Leaders:
    """Return who leads somebody in a unit; who leads it is led from further up."""
    vacant = False
    for uuid in world.ask(ancestors, unit):
        posts = [row.person for row in mo.current(world.managers.by("org_unit", uuid), world.as_of)]
        if others := tuple(sorted({each for each in posts if each not in {"", person}})):
            return Leaders(others, uuid, vacant)
        vacant = vacant or "" in posts
    return Leaders((), "", vacant)
