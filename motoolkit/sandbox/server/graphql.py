"""``/graphql/vN`` as MO serves it: what is plain text, what is JSON, and which mishaps befall it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

import orjson
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse

from motoolkit.catalogue import VERSIONS
from motoolkit.sandbox.graphql import MutationOverGetError, execute
from motoolkit.sandbox.identity import LEGACY

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request

    from motoolkit.sandbox.identity import Identity
    from motoolkit.sandbox.server.app import State

SERVED: Final = (*VERSIONS, 21)
"""MO also serves v21, which the toolkit does not use."""

NOT_AUTHENTICATED: Final = {"data": None, "errors": [{"message": "User is not authenticated"}]}
_QUEUE_POOL: Final = {
    "data": None,
    "errors": [
        {
            "message": "QueuePool limit of size 5 overflow 10 reached, connection timed out, timeout 30.00",
            "path": [],
        }
    ],
}
_LOGIN_PAGE: Final = "<html><head><title>Log ind</title></head><body>Log ind</body></html>"
_SLOW_SECONDS: Final = 2.0


class UnreadableError(Exception):
    """A request that MO answers with 400 and a plain sentence."""


async def answer(request: Request, state: State, version: int) -> Response:
    """Answer one request; everything but a malformed one is HTTP 200."""
    state.requests += 1
    mishap = await _mishap(state)
    if mishap is not None:
        return mishap
    try:
        asked = await _read(request)
    except UnreadableError as error:
        return PlainTextResponse(str(error), status_code=400)
    identity = identify(request, state)
    if identity is None or state.faults.strikes("unauthorized"):
        return _json(NOT_AUTHENTICATED)
    try:
        body = execute(
            state.world,
            max(version, VERSIONS[-1]),
            asked["query"],
            asked.get("variables"),
            operation_name=asked.get("operationName"),
            identity=identity,
            allow_mutations=request.method != "GET",
        )
    except MutationOverGetError:
        return PlainTextResponse("mutations are not allowed when using GET", status_code=400)
    await state.pace.keep(body)
    return _cut(body) if state.faults.strikes("cut") else _json(body)


def identify(request: Request, state: State) -> Identity | None:
    """Return who asks: by a legacy session, or by a bearer token; None when MO would not know them."""
    if request.headers.get("session") in state.sessions:
        return LEGACY
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return state.tokens.identify(token) if scheme.lower() == "bearer" else None


async def _mishap(state: State) -> Response | None:
    if state.faults.strikes("slow"):
        await asyncio.sleep(_SLOW_SECONDS)
    if state.faults.strikes("502"):
        return HTMLResponse("<html><body>502 Bad Gateway</body></html>", status_code=502)
    if state.faults.strikes("html"):
        return HTMLResponse(_LOGIN_PAGE)
    return _json(_QUEUE_POOL) if state.faults.strikes("queuepool") else None


async def _read(request: Request) -> dict[str, Any]:
    """Return query, variables and operationName.

    Raises:
        UnreadableError: MO would answer 400.
    """
    if request.method == "GET":
        found: Any = dict(request.query_params)
        if "variables" in found:
            found["variables"] = _parsed(found["variables"].encode())
    elif not request.headers.get("content-type", "").startswith("application/json"):
        raise UnreadableError("Unsupported content type")
    else:
        found = _parsed(await request.body())
    if isinstance(found, list):
        raise UnreadableError("Batching is not enabled")
    if not isinstance(found, dict) or not found.get("query"):
        raise UnreadableError("No GraphQL query found in the request")
    return found


def _parsed(body: bytes) -> Any:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        raise UnreadableError("Unable to parse request body as JSON") from None


def _json(body: Any) -> Response:
    return Response(orjson.dumps(body), media_type="application/json")


def _cut(body: Any) -> Response:
    content = orjson.dumps(body)

    async def half() -> AsyncIterator[bytes]:
        yield content[: len(content) // 2]
        raise ConnectionAbortedError

    headers = {"content-length": str(len(content))}
    return StreamingResponse(half(), media_type="application/json", headers=headers)
