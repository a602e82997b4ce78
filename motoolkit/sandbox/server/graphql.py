"""``/graphql/vN`` as MO serves it: what is plain text, what is JSON, and which mishaps befall it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

import orjson
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse

from motoolkit.catalogue import VERSIONS
from motoolkit.sandbox.graphql import MutationOverGetError, execute
from motoolkit.sandbox.identity import LEGACY
from motoolkit.sandbox.server.document import operation_of
from motoolkit.sandbox.server.pool import EXHAUSTED
from motoolkit.sandbox.server.reading import UnreadableError, read_request

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request

    from motoolkit.sandbox.identity import Identity
    from motoolkit.sandbox.server.reading import Asked
    from motoolkit.sandbox.server.shared import Shared

SERVED: Final = (*VERSIONS, 21)
"""MO also serves v21, which the toolkit does not use."""

NOT_AUTHENTICATED: Final = {"data": None, "errors": [{"message": "User is not authenticated"}]}
_LOGIN_PAGE: Final = "<html><head><title>Log ind</title></head><body>Log ind</body></html>"


async def answer(request: Request, shared: Shared, version: int) -> Response:
    """Answer one request; everything but a malformed one is HTTP 200."""
    shared.requests += 1
    mishap = await _mishap(shared)
    if mishap is not None:
        return mishap
    try:
        asked = await read_request(request)
        identity = _identity(request, shared)
        if identity is None:
            return _json(NOT_AUTHENTICATED)
        return await _executed(shared, asked, version, identity, allow_mutations=request.method != "GET")
    except UnreadableError as error:
        return PlainTextResponse(str(error), status_code=400)
    except MutationOverGetError:
        return PlainTextResponse("mutations are not allowed when using GET", status_code=400)


async def _executed(
    shared: Shared, asked: Asked, version: int, identity: Identity, *, allow_mutations: bool
) -> Response:
    """Execute a request and send its answer, as far as the network lets it through."""
    if shared.faults.strikes("stall"):
        await asyncio.sleep(shared.faults.seconds("stall"))
    writes = operation_of(asked.query, asked.operation_name).is_mutation
    if writes and shared.faults.strikes("cut-before"):
        return _cut(b"", keep=0)
    body = await _execute(shared, asked, version, identity, allow_mutations=allow_mutations)
    await shared.pace.keep(body, asked)
    if writes and shared.faults.strikes("cut-after"):
        return _cut(orjson.dumps(body), keep=0)
    return _cut(orjson.dumps(body)) if shared.faults.strikes("cut") else _json(body)


def identify(request: Request, shared: Shared) -> Identity | None:
    """Return who asks: by a legacy session, or by a bearer token; None when MO would not know them."""
    if request.headers.get("session") in shared.sessions:
        return LEGACY
    return shared.tokens.identify(_token(request))


def _identity(request: Request, shared: Shared) -> Identity | None:
    """Return who asks, after the mishaps that befall logins."""
    token = _token(request)
    if shared.tokens.was_accepted(token) and shared.faults.strikes("expired"):
        shared.tokens.expire(token)
    identity = identify(request, shared)
    return None if identity is None or shared.faults.strikes("unauthorized") else identity


def _token(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token if scheme.lower() == "bearer" else ""


async def _execute(
    shared: Shared, asked: Asked, version: int, identity: Identity, *, allow_mutations: bool
) -> dict[str, Any]:
    """Execute one request at a time, beside the event loop, so that a long one does not silence the rest."""
    async with shared.busy:
        shared.world.noop_aborts = shared.faults.strikes("noop-trap")
        body = await asyncio.to_thread(
            execute,
            shared.world,
            max(version, VERSIONS[-1]),
            asked.query,
            asked.variables,
            operation_name=asked.operation_name,
            identity=identity,
            allow_mutations=allow_mutations,
            strikes=shared.faults.strikes,
        )
        shared.keep()
        if shared.faults.strikes("leak"):
            shared.pool.note(operation_of(asked.query, asked.operation_name), body)
        return body


async def _mishap(shared: Shared) -> Response | None:
    if shared.faults.strikes("slow"):
        await asyncio.sleep(shared.faults.seconds("slow"))
    if shared.faults.strikes("502"):
        return HTMLResponse("<html><body>502 Bad Gateway</body></html>", status_code=502)
    if shared.faults.strikes("html"):
        return HTMLResponse(_LOGIN_PAGE)
    if not shared.pool.left:
        await asyncio.sleep(shared.faults.seconds("leak"))
        return _json(EXHAUSTED)
    return _json(EXHAUSTED) if shared.faults.strikes("queuepool") else None


def _json(body: Any) -> Response:
    return Response(orjson.dumps(body), media_type="application/json")


def _cut(content: bytes, *, keep: int | None = None) -> Response:
    """Return a response that breaks off after half of it, or after ``keep`` bytes."""

    async def part() -> AsyncIterator[bytes]:
        yield content[: len(content) // 2 if keep is None else keep]
        raise ConnectionAbortedError

    headers = {"content-length": str(len(content) or 1)}
    return StreamingResponse(part(), media_type="application/json", headers=headers)
