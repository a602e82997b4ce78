"""Changes of AD that MO should have by now, and of MO that the integration should have taken.

A snapshot has when AD's object was last changed, not which attribute; MO's side has no such moment.  What can
be known is that the object was changed lately, longer ago than the integration needs, and that something of
it which MO takes from AD still differs; and which of MO's events wait for the integration.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from motoolkit.ad.rules._rule import WARNING, Found, rule
from motoolkit.ad.rules._telling import where
from motoolkit.ad.rules.attributes import differences
from motoolkit.language import N_, tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.ad.world import World

LATELY: Final = timedelta(days=1)
"""A difference that is older than a change of this age is no delay, but a mistake."""


@rule(
    "SYNC-LAG",
    "account",
    WARNING,
    title=N_("Change in AD not yet in MO"),
    explanation=N_("The account was changed lately in AD, and MO has not what it takes from there."),
    remedy=N_(
        "Look whether the integration runs and whether its events wait; its "
        "/ldap_event_generator/emit/{guid} lets it read the account again."
    ),
)
def lag(world: World, key: tuple[str, str]) -> Iterator[Found]:
    """Differences that are older than a day are ATTR-*'s alone."""
    account = world.accounts.one(key)
    if account is None or account.changed is None:
        return
    age = world.now - account.changed
    if not timedelta(minutes=world.settings[account.ad].lag_minutes) < age <= LATELY:
        return
    names = [each.ruled.attribute for each in world.ask(differences, key) if each.ruled.authority == "ad"]
    if names:
        yield Found(
            source=f"{account.changed.astimezone(world.now.tzinfo):%d-%m-%Y %H:%M}",
            attribute="whenChanged",
            detail=tr("Differs: {attributes}.", attributes=", ".join(names)),
            facts=where(account),
        )


@rule(
    "SYNC-STUCK",
    "event",
    WARNING,
    title=N_("Event in MO that nobody fetches"),
    explanation=N_(
        "MO told the integration of a change longer ago than it needs, and it has not taken it: it stands "
        "still, or it fails at this object again and again."
    ),
    remedy=N_(
        "Look whether the integration runs, and what its log says of this object; motoolkit events listeners "
        "tells what waits, events replay lets MO hand it out at once, events refresh tells it anew."
    ),
)
def stuck(world: World, key: tuple[str, str]) -> Iterator[Found]:
    """Only for listeners that the settings name; how old an event is, is known from this machine's looks."""
    events = world.stuck.one(key)
    if events is not None:
        since = f"{events.since.astimezone(world.now.tzinfo):%d-%m-%Y %H:%M}"
        yield Found(
            mo=", ".join(events.listeners),
            attribute="event",
            detail=tr("Seen waiting since {moment}.", moment=since),
        )
