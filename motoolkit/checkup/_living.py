"""How MO fares at this moment: what waits for our listeners, and how quick it answers."""

from __future__ import annotations

import time
from statistics import median
from typing import TYPE_CHECKING, Final

from motoolkit.checkup._check import Check
from motoolkit.errors import AuthorisationError, BusyError
from motoolkit.events import listeners

if TYPE_CHECKING:
    from motoolkit.client import Client

_QUESTIONS: Final = 5
_SLOW: Final = 1.0
"""Seconds; a MO that is well answers the smallest question in a tenth of it (measured on loopback: 0.02)."""
_SMALL: Final = "{ me { actor { uuid } } }"


def events(client: Client) -> Check:
    """Look at what waits for our own listeners, and for those that will never hear anything."""
    try:
        found = listeners(client)
    except AuthorisationError as error:
        return Check("events", "unknown", error.message, "Without those roles MO does not tell what waits.")
    behind = {entry.user_key: entry.waiting for entry in found if entry.ours and entry.waiting}
    deaf = [entry.user_key for entry in found if entry.is_deaf]
    if behind:
        told = ", ".join(f"{key} ({count:,})" for key, count in sorted(behind.items()))
        return Check(
            "events",
            "warning",
            f"Events wait for listeners of ours: {told}.",
            "See why with motoolkit events stuck; delete what nobody runs with motoolkit events forget.",
        )
    if deaf:
        return Check(
            "events",
            "warning",
            f"Listeners that will never hear anything: {', '.join(sorted(deaf))}.",
            "MO has no such routing key; declare them anew under the right one.",
        )
    untold = sum(1 for entry in found if entry.waiting is None)
    more = f"; of {untold} of them MO does not tell us what waits" if untold else ""
    return Check("events", "ok", f"Nothing waits for listeners of ours; MO has {len(found)}{more}.")


def speed(client: Client) -> Check:
    """Ask the smallest question a few times, one after another."""
    took = []
    try:
        for _ in range(_QUESTIONS):
            began = time.monotonic()
            client.execute(_SMALL, once=True)
            took.append(time.monotonic() - began)
    except BusyError as error:
        return Check(
            "speed",
            "failed",
            error.message,
            "Read with concurrency 1 in the profile; if it stays so, the hosting must restart MO.",
        )
    usual = median(took)
    if usual > _SLOW:
        return Check(
            "speed",
            "warning",
            f"MO takes {usual:.1f} s over the smallest question.",
            "It is overloaded, or far away: read at night, and with concurrency 1 in the profile.",
        )
    return Check("speed", "ok", f"MO answers the smallest question in {usual:.2f} s.")
