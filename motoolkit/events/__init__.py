"""MO's events: listen to them, follow them with a mirror, send one's own."""

from __future__ import annotations

from motoolkit.events._changes import Change
from motoolkit.events._directory import (
    Entry,
    Waiting,
    forget,
    listeners,
    replay,
    silence,
    stuck,
    unsilence,
    waiting,
)
from motoolkit.events._event import Event
from motoolkit.events._explain import WISHES, explain
from motoolkit.events._listener import Listener
from motoolkit.events._live import Live, live
from motoolkit.events._memory import Stuck
from motoolkit.events._refresh import refresh
from motoolkit.events._routing import ROUTING_KEYS
from motoolkit.events._sender import Outgoing, Sender
from motoolkit.events._stats import Stats

__all__ = [
    "ROUTING_KEYS",
    "WISHES",
    "Change",
    "Entry",
    "Event",
    "Listener",
    "Live",
    "Outgoing",
    "Sender",
    "Stats",
    "Stuck",
    "Waiting",
    "explain",
    "forget",
    "listeners",
    "live",
    "refresh",
    "replay",
    "silence",
    "stuck",
    "unsilence",
    "waiting",
]
