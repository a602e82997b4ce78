"""MO's listeners behind one of ours: a queue for each routing key."""

from __future__ import annotations

import logging
import time
from functools import partial
from typing import TYPE_CHECKING, Final

from motoolkit.events._repeating import repeated_async
from motoolkit.events._routing import user_key

if TYPE_CHECKING:
    from motoolkit.events._handlers import Handlers
    from motoolkit.events._queue import Queue, Source
    from motoolkit.events._settings import Settings

_log = logging.getLogger("motoolkit.events")
_SECONDS_BETWEEN_LOOKS: Final = 300.0


class Sources:
    """The queues that a listener fetches from, by the UUID that MO gave them.

    Args:
        queue: talks to MO.
        handlers: tells the routing keys.
        settings: tells what MO shall call them, and whether they are temporary.
    """

    def __init__(self, queue: Queue, handlers: Handlers, settings: Settings) -> None:
        self._queue = queue
        self._handlers = handlers
        self._settings = settings
        self._by_uuid: dict[str, Source] = {}
        self._looked = 0.0

    @property
    def uuids(self) -> list[str]:
        """All of them."""
        return list(self._by_uuid)

    @property
    def user_keys(self) -> list[str]:
        """What MO calls them."""
        return [source.user_key for source in self._by_uuid.values()]

    @property
    def should_be_looked_at(self) -> bool:
        """Whether it is some time since MO was known to have them."""
        return time.monotonic() - self._looked > _SECONDS_BETWEEN_LOOKS

    def routing_key(self, uuid: str) -> str | None:
        """Return what a queue listens for; None when it is ours no more."""
        source = self._by_uuid.get(uuid)
        return source.routing_key if source else None

    async def declare(self) -> None:
        """Let MO have them: one that is gone looks like silence, so this is done again and again.

        Raises:
            AuthorisationError, EventError: MO refuses.
            TransportError: MO does not answer, five times in a row.
        """
        known = {source.user_key: source.uuid for source in self._by_uuid.values()}
        before = set(self._by_uuid)
        for key in self._handlers.routing_keys:
            name = user_key(self._settings.name, key)
            source = await repeated_async(partial(self._queue.declare, name, key))
            # At once, so that what was declared before a failure can be deleted.
            self._by_uuid[source.uuid] = source
            before.discard(source.uuid)
            if known.get(name, source.uuid) != source.uuid:
                _log.warning(
                    "MO had lost the listener %s and has it anew; what happened meanwhile was not told. "
                    "Let MO tell of everything: motoolkit events refresh %s.",
                    name,
                    key,
                )
        for uuid in before:
            del self._by_uuid[uuid]
        self._looked = time.monotonic()

    async def leave(self) -> None:
        """Delete temporary ones: events that nobody fetches raise alarms at MO's hosting."""
        for uuid in self._by_uuid if self._settings.temporary else ():
            await repeated_async(partial(self._queue.delete, uuid))
