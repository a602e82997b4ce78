"""MO's event system: who listens to what, what waits for them, and when it is handed out again."""

from __future__ import annotations

from motoolkit.sandbox.events._changes import collect, routing_key
from motoolkit.sandbox.events._records import (
    DEFAULT_PRIORITY,
    MO,
    EventError,
    Listener,
    Mark,
    Namespace,
    Pending,
    Token,
    Undo,
)
from motoolkit.sandbox.events._store import EventStore
from motoolkit.sandbox.events._waiting import back_off

__all__ = [
    "DEFAULT_PRIORITY",
    "MO",
    "EventError",
    "EventStore",
    "Listener",
    "Mark",
    "Namespace",
    "Pending",
    "Token",
    "Undo",
    "back_off",
    "collect",
    "routing_key",
]
