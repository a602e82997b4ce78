"""A watch that runs: MO's events and the directories' deltas to findings, until it is stopped."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from motoolkit.ad.stuck import stuck_events
from motoolkit.ad.watch import Watch
from motoolkit.errors import AdAnewError, AdError, MoError, TransportError
from motoolkit.language import tr
from motoolkit.model import today_in_denmark

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from motoolkit.ad.records import Snapshot
    from motoolkit.ad.source import DirectorySource
    from motoolkit.ad.watch import Change
    from motoolkit.client import Client
    from motoolkit.events import Event, Listener
    from motoolkit.mirror import Mirror

SETTLE: Final = 2.0
"""Seconds for which events are gathered: one change makes many."""


class Following:
    """Keeps a watch in step with MO's events and with directories that are asked for what changed.

    Args:
        listener: of MO's events; it gets the mirror to follow, and a handler.
        mirror: MO, loaded.
        sources: the directories, each with the snapshot that was taken of it.
        tell: is called with what a change did to the findings.
        complain: is called with a sentence when a directory does not answer; it is asked again later.
        every: seconds between two questions to a directory.
        client: MO, to be asked which events wait; None: that is not looked at.
        today: returns the day in Denmark.
    """

    def __init__(
        self,
        listener: Listener,
        mirror: Mirror,
        sources: Sequence[tuple[DirectorySource, Snapshot]],
        *,
        tell: Callable[[Change], None],
        complain: Callable[[str], None],
        every: float = 30.0,
        client: Client | None = None,
        today: Callable[[], date] = today_in_denmark,
    ) -> None:
        self._listener = listener
        self._client = client
        self._sources = [source for source, _ in sources]
        self._cookies = {source.settings.name: taken.header.cookie for source, taken in sources}
        self._tell, self._complain, self._every, self._today = tell, complain, every, today
        self._changed: defaultdict[str, set[str]] = defaultdict(set)
        self.watch = Watch(
            [source.settings for source in self._sources],
            mirror,
            [taken for _, taken in sources],
            as_of=today(),
            now=datetime.now(UTC),
        )
        listener.follow(mirror)
        listener.add(self._note, *mirror.routing_keys)

    async def run(self) -> None:
        """Follow until the listener is stopped, by SIGTERM, Ctrl-C or ``listener.stop``.

        Raises:
            MoError: MO can not be reached to begin with, or will not tell.
        """
        others = [asyncio.create_task(each) for each in (self._settling(), self._asking())]
        try:
            await self._listener.run()
        finally:
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)
            self._settle()

    async def _note(self, event: Event) -> None:
        if event.collection is not None:
            self._changed[event.collection.name].add(event.subject)

    async def _settling(self) -> None:
        while True:
            await asyncio.sleep(SETTLE)
            self._settle()
            if (day := self._today()) != self.watch.world.as_of:
                self._tell(self.watch.new_day(as_of=day, now=datetime.now(UTC)))

    def _settle(self) -> None:
        changed, self._changed = self._changed, defaultdict(set)
        if changed:
            self._tell(self.watch.mo_changed(changed))

    async def _asking(self) -> None:
        while True:
            await asyncio.sleep(self._every)
            for source in self._sources:
                try:
                    await self._ask(source)
                except (AdError, TransportError) as error:
                    self._complain(f"{source.settings.name}: {error.message}")
            try:
                await self._ask_mo()
            except MoError as error:
                self._complain(f"MO: {error.message}")

    async def _ask_mo(self) -> None:
        """Ask MO which events wait for the directories' integrations."""
        if self._client is not None:
            settings = [source.settings for source in self._sources]
            waits = await asyncio.to_thread(stuck_events, self._client, settings, datetime.now(UTC))
            self._tell(self.watch.waits(waits.events))

    async def _ask(self, source: DirectorySource) -> None:
        """Ask one directory what changed; one that can not tell is read anew."""
        ad = source.settings.name
        try:
            delta = await asyncio.to_thread(source.changes, self._cookies[ad], known=self.watch.held(ad))
        except AdAnewError:
            snapshot = await asyncio.to_thread(source.snapshot)
            self._cookies[ad] = snapshot.header.cookie
            self._tell(self.watch.ad_read(snapshot))
            return
        self._cookies[ad] = delta.cookie
        self._tell(self.watch.ad_changed(delta))
        # Links to what is gone leave without a change of what held them.
        left = self.watch.pointing_at(ad, delta.gone) - set(delta.gone)
        if left:
            self._tell(self.watch.ad_changed(await asyncio.to_thread(source.read, left)))


def told(change: Change) -> list[str]:
    """Return a line for each finding that came or went."""
    lines = [
        (mark, finding)
        for mark, findings in ((tr("new"), change.new), (tr("gone"), change.gone))
        for finding in findings
    ]
    return [
        f"{mark}  {finding.severity.label}  {tr(finding.kind.title)}: {finding.subject.label}"
        for mark, finding in lines
    ]
