"""MO's events that wait for a directory's integration, as facts of an audit."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, NamedTuple

from motoolkit.errors import AuthorisationError, EventError
from motoolkit.events import listeners, waiting
from motoolkit.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from motoolkit.client import Client
    from motoolkit.events import Waiting
    from motoolkit.profile.ad import AdSettings


class StuckEvents(NamedTuple):
    """Events about one object that have waited for too long.

    Attributes:
        ad: the directory whose integration does not fetch them, or fails.
        subject: MO's UUID of the object.
        listeners: for whom they wait.
        since: when the first of them was seen waiting from this machine; MO does not tell.
    """

    ad: str
    subject: str
    listeners: tuple[str, ...]
    since: datetime


class Waits(NamedTuple):
    """What waits for too long, and sentences about what MO does not tell."""

    events: tuple[StuckEvents, ...] = ()
    notices: tuple[str, ...] = ()


def stuck_events(client: Client, settings: Iterable[AdSettings], now: datetime) -> Waits:
    """Return the events that have waited longer than ``lag_minutes``; silenced ones are known and left out.

    An event that is seen for the first time has waited for no time at all: the next audit tells.

    Args:
        client: MO; it sees other owners' events with the role read_event_all only (measured).
        settings: the directories; those that name no listeners have none.
        now: the moment of the audit.

    Raises:
        MoError: MO does not answer.
    """
    wanted = [each for each in settings if each.listeners]
    if not wanted:
        return Waits()
    try:
        untold = [one.user_key for one in listeners(client) if one.waiting is None]
        held = [one for one in waiting(client) if not one.silenced]
    except (AuthorisationError, EventError) as error:
        return Waits(notices=(tr("What events wait in MO is not known: {why}", why=error.message),))
    found = [stuck for each in wanted for stuck in _of_directory(each, held, now)]
    return Waits(tuple(found), tuple(notice for each in wanted for notice in _notices(each, untold)))


def _of_directory(settings: AdSettings, held: Iterable[Waiting], now: datetime) -> Iterable[StuckEvents]:
    since: dict[str, datetime] = {}
    whose: defaultdict[str, set[str]] = defaultdict(set)
    for one in held:
        if _fits(settings, one.entry.user_key):
            since[one.subject] = min(one.seen_waiting, since.get(one.subject, one.seen_waiting))
            whose[one.subject].add(one.entry.user_key)
    patience = timedelta(minutes=settings.lag_minutes)
    return [
        StuckEvents(settings.name, subject, tuple(sorted(whose[subject])), moment)
        for subject, moment in sorted(since.items())
        if now - moment > patience
    ]


def _notices(settings: AdSettings, untold: Iterable[str]) -> Iterable[str]:
    names = sorted(name for name in untold if _fits(settings, name))
    if names:
        yield tr(
            "{ad}: MO does not tell what waits for {listeners}; the role read_event_all lets it.",
            ad=settings.name,
            listeners=", ".join(names),
        )


def _fits(settings: AdSettings, name: str) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in settings.listeners)
