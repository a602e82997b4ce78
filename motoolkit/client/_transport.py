"""gql transports over httpx and orjson: the only place that does network I/O, once sync and once async.

gql's own httpx transport switches to another HTTP library where one is installed, and decodes with ``json``.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeVar, cast

import httpx
from gql.transport import AsyncTransport, Transport
from graphql import ExecutionResult, OperationDefinitionNode, OperationType

from motoolkit.client._calls import Call, post_graphql
from motoolkit.client._failures import translated
from motoolkit.client._retrying import attempts
from motoolkit.client._timing import Stopwatch, Timed

if TYPE_CHECKING:
    from gql import GraphQLRequest

    from motoolkit.profile import Profile

T = TypeVar("T")
_log = logging.getLogger("motoolkit.client")
_CONNECT_SECONDS: Final = 10.0
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


class Wire:
    """What both transports know: where MO is, and how a call becomes a request."""

    def __init__(self, profile: Profile) -> None:
        self.version = 0
        self.auth: httpx.Auth | None = None
        self.url = profile.mo_url
        self.place = f"MO at {profile.mo_url}"
        self._timeout = profile.timeout

    def _settings(self) -> dict[str, Any]:
        return {
            "base_url": self.url,
            "timeout": self._limits(None),
            # A proxy of the network's can not reach what runs on this machine.
            "trust_env": httpx.URL(self.url).host not in _LOOPBACK,
            "headers": {"User-Agent": "motoolkit"},
        }

    def _limits(self, timeout: float | None) -> httpx.Timeout:
        return httpx.Timeout(timeout or self._timeout, connect=_CONNECT_SECONDS)

    def _arguments(self, call: Call[Any]) -> dict[str, Any]:
        arguments: dict[str, Any] = {
            "timeout": self._limits(call.timeout),
            "auth": self.auth if call.authenticated else None,
        }
        if call.content:
            arguments["content"] = call.content()
            arguments["headers"] = {"Content-Type": "application/json"}
        return arguments

    def _graphql(self, request: GraphQLRequest) -> Call[dict[str, Any]]:
        operations = [d for d in request.document.definitions if isinstance(d, OperationDefinitionNode)]
        repeatable = all(o.operation is OperationType.QUERY for o in operations)
        return post_graphql(self.version, lambda: request.payload, self.place, repeatable=repeatable)


def _logged(call: Call[Any], response: httpx.Response, began: float) -> httpx.Response:
    _log.debug(
        "%s %s: HTTP %s, %d bytes, %.3f s",
        call.method,
        call.path,
        response.status_code,
        len(response.content),
        time.monotonic() - began,
    )
    return response


def _result(answer: dict[str, Any]) -> ExecutionResult:
    # gql's transports hand MO's entries on as they are, whatever graphql-core's annotation says.
    return ExecutionResult(answer.get("data"), cast("Any", answer.get("errors")), answer.get("extensions"))


class HttpxTransport(Wire, Transport):
    """MO over a synchronous httpx client."""

    def __init__(self, profile: Profile) -> None:
        super().__init__(profile)
        self.http = httpx.Client(**self._settings())
        self._gate = threading.BoundedSemaphore(profile.concurrency)

    def send(self, call: Call[T]) -> T:
        """Make a call, again where that is safe and may help; at most ``concurrency`` at a time."""
        for attempt in attempts(call):
            with attempt:
                return self._attempt(call)
        raise AssertionError

    def _attempt(self, call: Call[T]) -> T:
        with self._gate, translated(self.place):
            began = time.monotonic()
            response = self.http.request(call.method, call.path, **self._arguments(call))
        return call.read(_logged(call, response, began))

    def timed(self, call: Call[T]) -> Timed[T]:
        """Make a call once, and tell how long it took; waiting for ``concurrency`` does not count."""
        watch = Stopwatch()
        with self._gate, translated(self.place):
            response = self.http.request(
                call.method, call.path, extensions={"trace": watch.note}, **self._arguments(call)
            )
            watch.stop()
        return watch.timed(call.read(response), len(response.content))

    def execute(self, request: GraphQLRequest, *_args: Any, **_kwargs: Any) -> ExecutionResult:
        """Send a request of gql's."""
        return _result(self.send(self._graphql(request)))

    def close(self) -> None:
        """Close the connections."""
        self.http.close()


class AsyncHttpxTransport(Wire, AsyncTransport):
    """MO over an asynchronous httpx client."""

    def __init__(self, profile: Profile) -> None:
        super().__init__(profile)
        self.http = httpx.AsyncClient(**self._settings())
        self._gate = asyncio.BoundedSemaphore(profile.concurrency)

    async def send(self, call: Call[T]) -> T:
        """Make a call, again where that is safe and may help; at most ``concurrency`` at a time."""
        async for attempt in attempts(call):
            with attempt:
                return await self._attempt(call)
        raise AssertionError

    async def _attempt(self, call: Call[T]) -> T:
        async with self._gate:
            with translated(self.place):
                began = time.monotonic()
                response = await self.http.request(call.method, call.path, **self._arguments(call))
        return call.read(_logged(call, response, began))

    async def connect(self) -> None:
        """Do nothing: connections are made when they are needed."""

    async def execute(self, request: GraphQLRequest) -> ExecutionResult:
        """Send a request of gql's."""
        return _result(await self.send(self._graphql(request)))

    def subscribe(self, request: GraphQLRequest) -> NoReturn:
        """MO has no subscriptions (measured)."""
        raise NotImplementedError

    async def close(self) -> None:
        """Close the connections."""
        await self.http.aclose()
