"""What MO hides though nobody has it: what a lost answer held, or a process that was killed."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from motoolkit.errors import AuthorisationError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from motoolkit.events._memory import Memory
    from motoolkit.events._queue import Queue
    from motoolkit.events._sources import Sources

_log = logging.getLogger("motoolkit.events")
_BATCH: Final = 500


class Recovery:
    """Asks for hidden events again when nothing else waits, instead of waiting for MO's three minutes.

    What keeps failing is left to MO, which waits longer each time, unless all is to be tried.

    Args:
        queue: talks to MO.
        sources: whose queues.
        memory: knows what keeps failing.
        try_all: ask for what failed before this run too.
    """

    def __init__(self, queue: Queue, sources: Sources, memory: Memory, *, try_all: bool) -> None:
        self._queue = queue
        self._sources = sources
        self._memory = memory
        self._try_all = try_all
        self._failed: set[str] = set()
        # A process that was killed may have had some.
        self.is_due = True

    def failed(self, subject: str) -> None:
        """Note that an event was tried in this run, and failed."""
        self._failed.add(subject)

    def handled(self, subject: str) -> None:
        """Note that it did not fail the last time."""
        self._failed.discard(subject)

    async def ask_again(self) -> bool:
        """Let MO hand out what is hidden, and tell whether there was any.

        Raises:
            MoError: MO did not answer; nothing is lost.
        """
        try:
            hidden = await self._queue.pending(self._sources.uuids) - self._left_alone()
            await self.rerun(hidden)
        except AuthorisationError as error:
            _log.info("What a lost answer held comes again after three minutes only. %s", error)
            hidden = set()
        self.is_due = False
        return bool(hidden)

    async def is_dry(self) -> bool:
        """Tell whether MO keeps nothing but what was tried in this run.

        Raises:
            AuthorisationError: the role read_event is missing.
            MoError: MO did not answer.
        """
        return not self.is_due and not await self._queue.pending(self._sources.uuids) - self._failed

    async def rerun(self, subjects: Iterable[str]) -> None:
        """Let MO hand out events, whatever holds them back."""
        wanted = sorted(subjects)
        for at in range(0, len(wanted), _BATCH):
            await self._queue.rerun(self._sources.uuids, wanted[at : at + _BATCH])

    def _left_alone(self) -> set[str]:
        if self._try_all:
            return self._failed
        return {subject for key in self._sources.user_keys for subject in self._memory.failing(key)}
