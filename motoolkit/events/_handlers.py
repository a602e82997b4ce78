"""Handlers: who handles what, and how one is run, timed and watched."""

from __future__ import annotations

import asyncio
import inspect
import threading
from collections.abc import Awaitable, Callable
from contextvars import copy_context
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from motoolkit.errors import InputError
from motoolkit.events._routing import check_routing_key

if TYPE_CHECKING:
    from motoolkit.events._event import Event

Function = Callable[["Event"], Awaitable[Any] | Any]


@dataclass(frozen=True, slots=True)
class Handler:
    """A function that is called with each event of some routing keys."""

    name: str
    function: Function
    is_async: bool

    @classmethod
    def of(cls, function: Function) -> Handler:
        """Take a function that can be called with one event.

        Raises:
            InputError: it can not.
        """
        inner = getattr(function, "func", function)
        named = inner if hasattr(inner, "__qualname__") else type(inner)
        name = f"{named.__module__}.{named.__qualname__}"
        try:
            inspect.signature(function).bind(object())
        except (TypeError, ValueError):
            raise InputError(
                f"The handler {name} can not be called with an event.",
                remedy="Define it as `def handle(event)` or `async def handle(event)`.",
            ) from None
        call = getattr(function, "__call__", None)  # noqa: B004 - whether its __call__ is async, not whether it is there
        is_async = inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(call)
        return cls(name, function, is_async)

    def begin(self, event: Event) -> asyncio.Future[Any]:
        """Begin to handle an event: in this event loop, or for a plain function in a thread."""
        if self.is_async:
            return asyncio.ensure_future(self._named(event))
        return in_thread(self.function, event)

    async def _named(self, event: Event) -> Any:
        task = asyncio.current_task()
        if task is not None:
            task.set_name(f"{self.name} ({event.routing_key} {event.subject})")
        return await self.function(event)


def in_thread(function: Callable[..., Any], *arguments: Any) -> asyncio.Future[Any]:
    """Call a function in a thread that nobody waits for when the process ends."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Any] = loop.create_future()
    context = copy_context()

    def settle(result: Any, error: BaseException | None) -> None:
        if future.done():
            return
        if error is None:
            future.set_result(result)
        else:
            future.set_exception(error)

    def run() -> None:
        result, error = None, None
        try:
            result = context.run(function, *arguments)
        except BaseException as raised:  # noqa: BLE001 - it is raised again where the future is awaited
            error = raised
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, result, error)

    threading.Thread(target=run, name=getattr(function, "__qualname__", "handler"), daemon=True).start()
    return future


class Handlers:
    """The handlers of a listener, by routing key, in the order in which they were added."""

    def __init__(self, namespace: str) -> None:
        self._namespace = namespace
        self._by_key: dict[str, list[Handler]] = {}

    @property
    def routing_keys(self) -> list[str]:
        """What somebody listens for."""
        return list(self._by_key)

    def add(self, function: Function, routing_keys: tuple[str, ...]) -> None:
        """Let a function handle the events of routing keys.

        Raises:
            InputError: there is no such routing key, none is given, or the function takes no event.
        """
        if not routing_keys:
            raise InputError(
                "No routing key was given.", remedy="Name what to listen for: listener.on('engagement')."
            )
        handler = Handler.of(function)
        for key in [check_routing_key(key, self._namespace) for key in routing_keys]:
            self._by_key.setdefault(key, []).append(handler)

    def listen(self, routing_key: str) -> None:
        """Listen for a routing key, whether or not anybody handles it."""
        self._by_key.setdefault(check_routing_key(routing_key, self._namespace), [])

    def of(self, routing_key: str) -> list[Handler]:
        """Return who handles a routing key's events."""
        return self._by_key.get(routing_key, [])
