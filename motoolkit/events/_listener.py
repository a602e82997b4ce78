"""The listener: MO's events, to handlers, at least once."""

from __future__ import annotations

import asyncio
import logging
import threading
from typing import TYPE_CHECKING, Any, TypeVar

from motoolkit.client import AsyncClient, Client, aconnect, connect, profile_for
from motoolkit.errors import EventError, InputError, MoError
from motoolkit.events._explain import require
from motoolkit.events._handlers import Handlers
from motoolkit.events._hydration import Hydration
from motoolkit.events._memory import Memory
from motoolkit.events._queue import Queue
from motoolkit.events._routing import MO, user_key
from motoolkit.events._session import Session
from motoolkit.events._settings import Settings
from motoolkit.events._signals import stopping_on_signals
from motoolkit.events._stats import Stats, Tally
from motoolkit.events._watchdog import watched

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Self

    from motoolkit.events._handlers import Function
    from motoolkit.events._memory import Stuck
    from motoolkit.mirror import Mirror
    from motoolkit.profile import Profile

F = TypeVar("F", bound="Function")
_log = logging.getLogger("motoolkit.events")


class Listener:
    """Listens to MO's events and hands each to its handlers, at least once.

    ::

        listener = Listener(mo, "payroll")

        @listener.on("engagement")
        async def handle(event):
            ...

        await listener.run()

    An event is acknowledged when all handlers of its routing key have succeeded.  One whose handler fails
    comes again: MO waits three minutes, and longer after some failures.  Events of one subject are handled
    in order and never two at once, those of several subjects side by side.  A newer event takes the place of
    one of the same subject that was not begun.

    Args:
        mo: a client, a profile or its name, a URL; None as for ``motoolkit.connect``.
        name: what MO's listeners are called; a listener of the same name goes on where it was left.
        namespace: whose events; MO's own without.
        parallel: how many events are handled at a time.
        batch: the most that is fetched or acknowledged in one request.
        mirror: a loaded mirror that follows these events and tells what changed (``event.changes``).
        temporary: delete the listener in MO when it stops.  What waits in a listener that nobody runs raises
            alarms at MO's hosting.
        hang_after: seconds after which a handler counts as hanging; an ``async`` one is then cancelled.
        show_cpr: show CPR numbers in what changed.

    Raises:
        InputError: the name is empty, or a number can not be.
        ProfileError, SecretError: the profile can not be used.
    """

    def __init__(
        self,
        mo: Client | AsyncClient | Profile | str | None,
        name: str,
        *,
        namespace: str = MO,
        parallel: int = 10,
        batch: int = 50,
        mirror: Mirror | None = None,
        temporary: bool = False,
        hang_after: float = 120.0,
        show_cpr: bool = False,
    ) -> None:
        self.settings = Settings.checked(
            name,
            namespace=namespace,
            parallel=parallel,
            batch=batch,
            temporary=temporary,
            hang_after=hang_after,
            show_cpr=show_cpr,
        )
        self.name = self.settings.name
        self._profile = mo.profile if isinstance(mo, Client | AsyncClient) else profile_for(mo, {})
        self.url = self._profile.mo_url
        self._handlers = Handlers(namespace)
        self._mirror = mirror
        self._tally = Tally()
        self._session: Session | None = None
        self._paused = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._failure: BaseException | None = None
        self._stopped_early = False

    def __repr__(self) -> str:
        return f"<Listener {self.name}: {', '.join(self.routing_keys) or 'nothing'}; {self.stats}>"

    @property
    def routing_keys(self) -> list[str]:
        """What it listens for."""
        return self._handlers.routing_keys

    @property
    def stats(self) -> Stats:
        """The numbers as they are now."""
        return self._tally.stats

    def on(self, *routing_keys: str) -> Callable[[F], F]:
        """Decorate a handler of some routing keys: ``async def``, or ``def`` to run in a thread.

        Raises:
            InputError: there is no such routing key, or the function takes no event.
        """

        def decorate(function: F) -> F:
            self.add(function, *routing_keys)
            return function

        return decorate

    def add(self, handler: Function, *routing_keys: str) -> None:
        """Add a handler, as ``on`` does.

        Raises:
            InputError: as ``on``; or the listener runs already.
        """
        self._check_still()
        self._handlers.add(handler, routing_keys)

    def follow(self, mirror: Mirror) -> None:
        """Let a loaded mirror follow: listen for all that it holds, and keep it as MO is.

        Raises:
            InputError: the listener runs already, or listens outside MO's own namespace.
        """
        self._check_still()
        if self.settings.namespace != MO:
            raise InputError(
                f"A mirror can not follow events of the namespace {self.settings.namespace!r}.",
                remedy="Use another listener, of MO's own namespace, for the mirror.",
            )
        self._mirror = mirror
        for routing_key in mirror.routing_keys:
            self._handlers.listen(routing_key)

    async def run(self) -> Stats:
        """Listen until ``stop``, SIGTERM or SIGINT; what was begun is then finished and acknowledged.

        While MO is ill it waits and tries again; only what can not become better by waiting is raised.

        Raises:
            InputError: nobody handles anything.
            AuthorisationError: a role is missing; the message names it.
            EventError: the namespace is unknown or another owner's, or the listener runs already.
            TransportError, AuthenticationError: MO can not be reached to begin with.
        """
        return await self._run(until_dry=False)

    async def drain(self) -> Stats:
        """Try everything that waits now once, also what MO holds back, and return; else as ``run``."""
        return await self._run(until_dry=True)

    def start(self) -> None:
        """Run in a thread with an event loop of its own; returns when MO has been asked to listen.

        Raises:
            MoError: as ``run``, if it fails to begin.
        """
        if self._thread is not None:
            raise self._busy()
        begun = threading.Event()
        self._failure = None
        self._thread = threading.Thread(
            target=self._in_thread, args=(begun,), name=f"motoolkit listener {self.name}", daemon=True
        )
        self._thread.start()
        begun.wait()
        if self._failure is not None:
            self.stop()

    def stop(self, timeout: float = 60.0) -> Stats:
        """Stop listening.  After ``start``, wait until all is done, for ``timeout`` seconds at most.

        Raises:
            MoError: what ended the listener before.
        """
        self._call(Session.stop)
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.join(timeout)
            failure, self._failure = self._failure, None
            if failure is not None:
                raise failure
        return self.stats

    def pause(self) -> None:
        """Fetch nothing more until ``resume``; what is in hand is finished."""
        self._paused = True
        self._tally.set(state="paused")
        self._call(lambda session: session.awake.clear())

    def resume(self) -> None:
        """Go on after ``pause``."""
        self._paused = False
        self._tally.set(state="listening")
        self._call(lambda session: session.awake.set())

    def stuck(self) -> list[Stuck]:
        """Return what keeps failing, how often and since when; on this machine, also before a restart."""
        with self._memory() as memory:
            return memory.stuck(user_key(self.name, key) for key in self.routing_keys)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    async def _run(self, *, until_dry: bool) -> Stats:
        self._check_still()
        if not self.routing_keys:
            raise InputError(
                f"The listener {self.name} handles nothing.",
                remedy="Add a handler first: @listener.on('engagement').",
            )
        with stopping_on_signals(self._stop_here()):
            try:
                await self._connected(until_dry=until_dry)
            except asyncio.CancelledError:
                if not self._stopped_early:
                    raise
            finally:
                self._session = None
                self._tally.set(state="stopped")
        return self.stats

    def _stop_here(self) -> Callable[[], None]:
        """Return what a signal does: stop what runs, or give up what has not begun to."""
        task, self._stopped_early = asyncio.current_task(), False

        def stop() -> None:
            if self._session is not None:
                self._session.stop()
            elif task is not None:
                self._stopped_early = True
                task.cancel()

        return stop

    async def _connected(self, *, until_dry: bool) -> None:
        client = await aconnect(self._profile)
        hydration: Hydration | None = None
        try:
            wishes = ["listen", *(["delete what is temporary"] if self.settings.temporary else [])]
            require(await client.me(), *wishes)
            if self._mirror is not None:
                hydration = await asyncio.to_thread(Hydration, self._mirror, lambda: connect(self._profile))
            with self._memory() as memory:
                queue = Queue(client, self.settings.namespace, self._tally)
                session = Session(
                    queue,
                    self._handlers,
                    self.settings,
                    tally=self._tally,
                    memory=memory,
                    hydration=hydration,
                    until_dry=until_dry,
                )
                await self._watched(session)
        finally:
            if hydration is not None:
                hydration.close()
            await client.close()

    async def _watched(self, session: Session) -> None:
        self._loop, self._session = asyncio.get_running_loop(), session
        if self._paused:
            session.awake.clear()
        running = asyncio.create_task(session.run(), name=f"listener {self.name}")
        with watched(self._tally):
            try:
                await asyncio.shield(running)
            except asyncio.CancelledError:
                session.stop()
                await asyncio.wait({running})
                raise
            finally:
                await self._leave(session)

    async def _leave(self, session: Session) -> None:
        try:
            await session.leave()
        except MoError as error:
            _log.warning(
                "The temporary listener %s is left in MO; delete it: motoolkit events forget. %s",
                self.name,
                error,
            )

    def _in_thread(self, begun: threading.Event) -> None:
        async def main() -> None:
            running = asyncio.create_task(self.run())
            while not running.done() and self.stats.state in {"new", "declaring", "stopped"}:
                await asyncio.wait({running}, timeout=0.02)
            begun.set()
            await running

        self._tally.set(state="new")
        try:
            asyncio.run(main())
        except BaseException as error:  # noqa: BLE001 - it is raised in the thread that stops the listener
            self._failure = error
            self._tally.set(problem=str(error))
        finally:
            begun.set()

    def _call(self, what: Callable[[Session], Any]) -> None:
        session, loop = self._session, self._loop
        if session is not None and loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(what, session)

    def _memory(self) -> Memory:
        return Memory(self.url)

    def _check_still(self) -> None:
        if self._session is not None:
            raise self._busy()

    def _busy(self) -> EventError:
        return EventError(f"The listener {self.name} runs already.", remedy="Stop it first: listener.stop().")
