"""One run of a listener: fetch, hydrate, hand to handlers, acknowledge."""

from __future__ import annotations

import asyncio
import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from motoolkit.errors import AuthorisationError, EventError, MoError, SchemaError
from motoolkit.events._acknowledging import Acknowledger
from motoolkit.events._event import Event
from motoolkit.events._illness import Illness
from motoolkit.events._inbox import Inbox, Put
from motoolkit.events._pace import Pace
from motoolkit.events._recovery import Recovery
from motoolkit.events._routing import user_key
from motoolkit.events._sources import Sources
from motoolkit.events._work import Work
from motoolkit.model import COPENHAGEN

if TYPE_CHECKING:
    from motoolkit.events._handlers import Handlers
    from motoolkit.events._hydration import Hydration
    from motoolkit.events._memory import Memory
    from motoolkit.events._queue import Fetched, Queue
    from motoolkit.events._settings import Settings
    from motoolkit.events._stats import Tally

_PATIENCE: Final = timedelta(seconds=150)
"""MO hands an event out again after 180 s (measured)."""
_SECONDS_AHEAD: Final = 60.0
"""No more is fetched than is begun within this time."""
_GRACE: Final = 30.0
"""Seconds that handlers have to end when a listener stops."""


class Session:
    """What a listener does between its start and its stop, in one event loop."""

    def __init__(
        self,
        queue: Queue,
        handlers: Handlers,
        settings: Settings,
        *,
        tally: Tally,
        memory: Memory,
        hydration: Hydration | None,
        until_dry: bool,
    ) -> None:
        self._queue = queue
        self._settings = settings
        self._tally = tally
        self._memory = memory
        self._hydration = hydration
        self._until_dry = until_dry
        self._work = Work(handlers, settings.hang_after, tally)
        self._inbox = Inbox(_PATIENCE)
        self._pace = Pace(settings.batch, time.monotonic())
        self._illness = Illness(tally)
        self._sources = Sources(queue, handlers, settings)
        self._recovery = Recovery(queue, self._sources, memory, try_all=until_dry)
        self._done = Acknowledger(queue, settings.batch, tally, ill=self._wait_out, settled=self._settled)
        self._running: set[asyncio.Task[None]] = set()
        self._stop = asyncio.Event()
        self._changed = asyncio.Event()
        self.awake = asyncio.Event()
        self.awake.set()
        self._crash: BaseException | None = None

    def stop(self) -> None:
        """End the run: nothing more is begun, what runs is finished and acknowledged."""
        self._stop.set()
        self._changed.set()
        self.awake.set()

    async def run(self) -> None:
        """Listen until ``stop``, or until all that waits was tried once.

        Raises:
            AuthorisationError: a role is missing.
            EventError: the namespace is unknown or another's.
            TransportError, AuthenticationError: MO can not be reached to begin with.
        """
        self._tally.set(state="declaring", started=datetime.now(COPENHAGEN))
        await self._sources.declare()
        if self._hydration is not None:
            await self._hydration.begin(self._sources.uuids)
        self._tally.set(state="listening" if self.awake.is_set() else "paused", problem=None)
        acknowledging = asyncio.create_task(self._done.run(), name="motoolkit acknowledging")
        acknowledging.add_done_callback(self._failed)
        try:
            await self._fetching()
        finally:
            self._tally.set(state="stopping")
            await self._finish(acknowledging)
        if self._crash is not None:
            raise self._crash

    async def leave(self) -> None:
        """Leave nothing in MO, if the listener is temporary."""
        await self._sources.leave()

    def _failed(self, acknowledging: asyncio.Task[None]) -> None:
        if not acknowledging.cancelled() and (error := acknowledging.exception()):
            self._crash = self._crash or error
            self.stop()

    # Fetching

    async def _fetching(self) -> None:
        while not self._stop.is_set():
            await self.awake.wait()
            room = await self._room()
            if self._stop.is_set():
                return
            try:
                await self._fetch(room)
            except (AuthorisationError, SchemaError, EventError):
                raise
            except MoError as error:
                self._recovery.is_due = True
                await self._wait_out(error)

    async def _fetch(self, room: int) -> None:
        """Fetch once, and sleep when nothing came."""
        asked = self._pace.ask(self._sources.uuids, room)
        fetched = await self._queue.fetch(asked)
        now = time.monotonic()
        self._pace.learn(asked, [one.source for one in fetched], now)
        self._tally.set(last_answer=datetime.now(COPENHAGEN))
        if fetched:
            await self._receive(fetched)
        if self._illness.end() or self._sources.should_be_looked_at:
            await self._sources.declare()
        if not fetched and not await self._found_more():
            await self._sleep(self._pace.pause(now))

    async def _found_more(self) -> bool:
        """Look for what is hidden, once nothing is in hand; stop when all was to be tried and has been."""
        if self._in_hand():
            return False
        if self._recovery.is_due:
            return await self._recovery.ask_again()
        if self._until_dry and await self._recovery.is_dry():
            self.stop()
        return False

    async def _room(self) -> int:
        """Wait until a good part of a batch can be taken in, and return how many events can."""
        parallel, batch = self._settings.parallel, self._settings.batch
        quick = parallel * _SECONDS_AHEAD / max(self._work.seconds, 0.001)
        capacity = max(2 * parallel, min(2 * batch, int(quick)))
        while capacity - self._in_hand() < capacity // 2 and not self._stop.is_set():
            self._changed.clear()
            await self._changed.wait()
        return capacity - self._in_hand()

    def _in_hand(self) -> int:
        return len(self._inbox) + len(self._done)

    async def _wait_out(self, error: MoError) -> None:
        seconds = self._illness.begin(error)
        if self._stop.is_set():
            # What is left to be acknowledged is tried until the grace is over, and not without a breath.
            await asyncio.sleep(min(seconds, 1.0))
        else:
            await self._sleep(seconds)

    async def _sleep(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._stop.wait()
        except TimeoutError:
            pass

    async def _receive(self, fetched: list[Fetched]) -> None:
        received = datetime.now(COPENHAGEN)
        self._tally.add(fetched=len(fetched))
        self._tally.set(last_event=received)
        events = [
            Event(
                key,
                one.subject,
                one.priority,
                received,
                namespace=self._settings.namespace,
                token=one.token,
                show_cpr=self._settings.show_cpr,
            )
            for one in fetched
            if (key := self._sources.routing_key(one.source))
        ]
        if self._hydration is not None:
            events = await self._hydration.hydrate(events)
        for event in events:
            self._put(event)
        self._dispatch()

    def _put(self, event: Event) -> None:
        self._inbox.drop_stale(event)
        match self._inbox.put(event):
            case Put.MERGED:
                self._tally.add(merged=1)
            case Put.DUPLICATE:
                self._tally.add(duplicates=1)
            case Put.HANDLED:
                self._tally.add(duplicates=1)
                self._done.add(event)

    # Handling

    def _dispatch(self) -> None:
        while len(self._running) < self._settings.parallel and not self._stop.is_set():
            event = self._inbox.take()
            if event is None:
                break
            name = f"handling {event.routing_key} {event.subject}"
            task = asyncio.create_task(self._handle(event), name=name)
            self._running.add(task)
            task.add_done_callback(self._handled)
        self._tally.set(in_hand=len(self._inbox))

    def _handled(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()):
            self._crash = self._crash or error
            self.stop()
        self._dispatch()
        self._changed.set()

    async def _handle(self, event: Event) -> None:
        problem: str | None = "was stopped"
        try:
            problem = await self._work.do(event)
        except asyncio.CancelledError:
            self._tally.add(failed=1)
            raise
        finally:
            self._inbox.release(event, handled=problem is None)
        key = user_key(self._settings.name, event.routing_key)
        if problem is None:
            self._tally.add(handled=1)
            self._recovery.handled(event.subject)
            self._done.add(event)
        else:
            self._tally.add(failed=1)
            self._recovery.failed(event.subject)
            self._memory.failed(key, event.routing_key, event.subject, problem)

    async def _settled(self, events: list[Event]) -> None:
        by_key: dict[str, list[str]] = {}
        for event in events:
            by_key.setdefault(user_key(self._settings.name, event.routing_key), []).append(event.subject)
        for key, subjects in by_key.items():
            self._memory.settled(key, subjects)
        if self._hydration is not None:
            await self._hydration.settle(events)
        self._changed.set()

    # Ending

    async def _finish(self, acknowledging: asyncio.Task[None]) -> None:
        """Let what runs end, give back what was not begun, and acknowledge what was handled."""
        self.stop()
        if self._running:
            _, late = await asyncio.wait(self._running, timeout=_GRACE)
            for task in late:
                task.cancel()
        await self._give_back()
        self._done.close()
        await asyncio.wait({acknowledging}, timeout=_GRACE)
        acknowledging.cancel()
        self._tally.set(in_hand=0)

    async def _give_back(self) -> None:
        """Let others have at once what is in hand and was not begun."""
        dropped = self._inbox.drop(self._inbox.waiting)
        try:
            await self._recovery.rerun({event.subject for event in dropped})
        except MoError:
            # MO hands them out after three minutes.
            return
