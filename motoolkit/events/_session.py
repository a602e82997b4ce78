"""One run of a listener: fetch, hydrate, hand to handlers, acknowledge."""

from __future__ import annotations

import asyncio
import logging
import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from motoolkit.errors import AuthorisationError, EventError, MoError, SchemaError, TransportError
from motoolkit.events._acknowledging import Acknowledger
from motoolkit.events._event import Event
from motoolkit.events._illness import Illness
from motoolkit.events._inbox import Inbox, Put
from motoolkit.events._pace import Pace
from motoolkit.events._routing import user_key
from motoolkit.events._work import Work
from motoolkit.model import COPENHAGEN

if TYPE_CHECKING:
    from motoolkit.events._handlers import Handlers
    from motoolkit.events._hydration import Hydration
    from motoolkit.events._memory import Memory
    from motoolkit.events._queue import Fetched, Queue, Source
    from motoolkit.events._settings import Settings
    from motoolkit.events._stats import Tally

_log = logging.getLogger("motoolkit.events")
_PATIENCE: Final = timedelta(seconds=150)
"""MO hands an event out again after 180 s (measured)."""
_SECONDS_AHEAD: Final = 60.0
"""No more is fetched than is begun within this time."""
_SECONDS_BETWEEN_DECLARATIONS: Final = 300.0
_MOST_TO_RERUN: Final = 2000
_ATTEMPTS_TO_DECLARE: Final = 6
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
    ) -> None:
        self._queue = queue
        self._settings = settings
        self._handlers = handlers
        self._tally = tally
        self._memory = memory
        self._hydration = hydration
        self._work = Work(handlers, settings.hang_after, tally)
        self._inbox = Inbox(_PATIENCE)
        self._pace = Pace(settings.batch, time.monotonic())
        self._illness = Illness(tally)
        self._done = Acknowledger(queue, settings.batch, tally, ill=self._wait_out, settled=self._settled)
        self._sources: dict[str, Source] = {}
        self._running: set[asyncio.Task[None]] = set()
        self._failed_now: set[str] = set()
        self._stop = asyncio.Event()
        self._changed = asyncio.Event()
        self.awake = asyncio.Event()
        self.awake.set()
        self._declared = 0.0
        # What a process that was killed had in hand is hidden from us as what a lost answer held.
        self._lost = True
        self._crash: BaseException | None = None

    def stop(self) -> None:
        """End the run: nothing more is begun, what runs is finished and acknowledged."""
        self._stop.set()
        self._changed.set()
        self.awake.set()

    async def run(self, *, until_dry: bool = False) -> None:
        """Listen until ``stop``, or until all that waits was tried once.

        Raises:
            AuthorisationError: a role is missing.
            EventError: the namespace is unknown or another's.
            TransportError, AuthenticationError: MO can not be reached to begin with.
        """
        await self._declare_patiently()
        if self._hydration is not None:
            await self._hydration.begin(list(self._sources))
        self._tally.set(state="listening" if self.awake.is_set() else "paused", problem=None)
        if until_dry:
            await self._rerun(await self._queue.pending(list(self._sources)))
        acknowledging = asyncio.create_task(self._done.run(), name="motoolkit acknowledging")
        acknowledging.add_done_callback(self._failed)
        try:
            await self._fetching(until_dry=until_dry)
        finally:
            self._tally.set(state="stopping")
            await self._finish(acknowledging)
        if self._crash is not None:
            raise self._crash

    async def clean_up(self) -> None:
        """Delete a temporary listener's queues: what nobody acknowledges alarms the customer's hosting."""
        for uuid in self._sources if self._settings.temporary else ():
            for _ in range(_ATTEMPTS_TO_DECLARE):
                try:
                    await self._queue.delete(uuid)
                except TransportError as error:
                    await asyncio.sleep(self._illness.begin(error))
                else:
                    break

    def _failed(self, acknowledging: asyncio.Task[None]) -> None:
        if not acknowledging.cancelled() and (error := acknowledging.exception()):
            self._crash = self._crash or error
            self.stop()

    # Declaring

    async def _declare_patiently(self) -> None:
        self._tally.set(state="declaring", started=datetime.now(COPENHAGEN))
        for attempt in range(1, _ATTEMPTS_TO_DECLARE + 1):
            try:
                await self._declare()
            except TransportError as error:
                if attempt == _ATTEMPTS_TO_DECLARE or self._stop.is_set():
                    raise
                await asyncio.sleep(self._illness.begin(error))
            else:
                return

    async def _declare(self) -> None:
        found = {}
        for key in self._handlers.routing_keys:
            source = await self._queue.declare(user_key(self._settings.name, key), key)
            found[source.uuid] = source
        self._sources = found
        self._declared = time.monotonic()

    async def _declare_anew(self) -> None:
        """Make sure that MO still has the listeners: one that is gone looks like silence."""
        try:
            await self._declare()
        except (AuthorisationError, SchemaError, EventError):
            raise
        except MoError as error:
            await self._wait_out(error)

    # Fetching

    async def _fetching(self, *, until_dry: bool) -> None:
        while not self._stop.is_set():
            await self.awake.wait()
            room = await self._room()
            if self._stop.is_set():
                return
            asked = self._pace.ask(list(self._sources), room)
            try:
                fetched = await self._queue.fetch(asked)
            except (AuthorisationError, SchemaError):
                raise
            except MoError as error:
                self._lost = True
                await self._wait_out(error)
                continue
            now = time.monotonic()
            if self._illness.end() or now - self._declared > _SECONDS_BETWEEN_DECLARATIONS:
                await self._declare_anew()
            self._tally.set(last_answer=datetime.now(COPENHAGEN))
            self._pace.learn(asked, [one.source for one in fetched], now)
            if fetched:
                await self._receive(fetched)
            elif not await self._recovered() and not (until_dry and await self._is_dry()):
                await self._sleep(self._pace.pause(now))

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
        await self._sleep(self._illness.begin(error))

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
                self._sources[one.source].routing_key,
                one.subject,
                one.priority,
                received,
                namespace=self._settings.namespace,
                token=one.token,
                show_cpr=self._settings.show_cpr,
            )
            for one in fetched
            if one.source in self._sources
        ]
        if self._hydration is not None:
            try:
                events = await self._hydration.hydrate(events)
            except MoError as error:
                self._lost = True
                await self._wait_out(error)
                return
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
        finally:
            self._inbox.release(event, handled=problem is None)
        key = user_key(self._settings.name, event.routing_key)
        if problem is None:
            self._tally.add(handled=1)
            self._failed_now.discard(event.subject)
            self._done.add(event)
        else:
            self._tally.add(failed=1)
            self._failed_now.add(event.subject)
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

    # What hides

    def _failing(self) -> set[str]:
        keys = (user_key(self._settings.name, source.routing_key) for source in self._sources.values())
        return {subject for key in keys for subject in self._memory.failing(key)}

    async def _recovered(self) -> bool:
        """Ask again for what an answer held that never came, when nothing else waits; tell whether there was.

        MO hides it for three minutes, and what keeps failing for longer: that is left alone.
        """
        if not self._lost or self._in_hand():
            return False
        try:
            hidden = await self._queue.pending(list(self._sources)) - self._failing()
            if hidden and len(hidden) <= _MOST_TO_RERUN:
                await self._rerun(hidden)
        except AuthorisationError as error:
            _log.info("What a lost answer held comes again after three minutes only. %s", error)
            self._lost = False
            return False
        except MoError as error:
            await self._wait_out(error)
            return True
        self._lost = False
        return bool(hidden)

    async def _rerun(self, subjects: set[str]) -> None:
        if subjects:
            await self._queue.rerun(list(self._sources), sorted(subjects))

    async def _is_dry(self) -> bool:
        """Tell whether all that waits has been tried in this run, and stop if so."""
        if self._in_hand() or self._lost:
            return False
        try:
            waiting = await self._queue.pending(list(self._sources))
        except AuthorisationError:
            raise
        except MoError as error:
            await self._wait_out(error)
            return False
        if waiting - self._failed_now:
            return False
        self.stop()
        return True

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
            await self._rerun({event.subject for event in dropped})
        except MoError:
            # MO hands them out after three minutes.
            return
