"""Temporary listeners leave nothing in MO, however the process ends (but by SIGKILL)."""

from __future__ import annotations

import atexit
import logging
from typing import TYPE_CHECKING, Final

from motoolkit.client import connect
from motoolkit.errors import InputError, MoError
from motoolkit.events._directory import forget

if TYPE_CHECKING:
    from motoolkit.events._listener import Listener
    from motoolkit.profile import Profile

_log = logging.getLogger("motoolkit.events")
_SECONDS: Final = 3.0
"""A kernel that is restarted is given five."""


def at_exit(listener: Listener, profile: Profile) -> None:
    """Stop a temporary listener and delete what is left of it when Python ends.

    Threads and executors are closed by then, so a listener may fail to clean up after itself.
    """
    atexit.register(_end, listener, profile)


def _end(listener: Listener, profile: Profile) -> None:
    if listener.stats.state == "stopped":
        return
    try:
        listener.stop(timeout=_SECONDS)
    except Exception as error:  # noqa: BLE001 - whatever it was, it is over, and what it left is to go
        _log.info("The listener %s had ended. %s", listener.name, error)
    try:
        with connect(profile) as client:
            forget(client, listener.name)
    except InputError:
        # There is none any more.
        return
    except MoError as error:
        _log.warning("The listener %s may be left in MO. %s", listener.name, error)
