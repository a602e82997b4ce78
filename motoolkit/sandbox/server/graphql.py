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
    from motoolkit.sandbox.server.shared import State

SERVED: Final = (*VERSIONS, 21)
"""MO also serves v21, which the toolkit does not use."""

NOT_AUTHENTICATED: Final = {"data": None, "errors": [{"message": "User is not authenticated"}]}
_LOGIN_PAGE: Final = "<html><head><title>Log ind</title></head><body>Log ind</body></html>"


async def answer(request: Request, state: State, version: int) -> Response:
    """Answer one request; everything but a malformed one is HTTP 200."""
    state.requests += 1
    mishap = await _mishap(state)
    if mishap is not None:
        return mishap
    try:
        asked = await read_request(request)
        identity = _identity(request, state)
        if identity is None:
            return _json(NOT_AUTHENTICATED)
        return await _executed(state, asked, version, identity, allow_mutations=request.method != "GET")
    except UnreadableError as error:
        return PlainTextResponse(str(error), status_code=400)
    except MutationOverGetError:
        return PlainTextResponse("mutations are not allowed when using GET", status_code=400)


async def _executed(
    state: State, asked: Asked, version: int, identity: Identity, *, allow_mutations: bool
) -> Response:
    """Execute a request and send its answer, as far as the network lets it through."""
    if state.faults.strikes("stall"):
        await asyncio.sleep(state.faults.seconds("stall"))
    writes = operation_of(asked.query, asked.operation_name).is_mutation
    if writes and state.faults.strikes("cut-before"):
        return _cut(b"", keep=0)
    body = await _execute(state, asked, version, identity, allow_mutations=allow_mutations)
    await state.pace.keep(body)
    if writes and state.faults.strikes("cut-after"):
        return _cut(orjson.dumps(body), keep=0)
    return _cut(orjson.dumps(body)) if state.faults.strikes("cut") else _json(body)


def identify(request: Request, state: State) -> Identity | None:
    """Return who asks: by a legacy session, or by a bearer token; None when MO would not know them."""
    if request.headers.get("session") in state.sessions:
        return LEGACY
    return state.tokens.identify(_token(request))


def _identity(request: Request, state: State) -> Identity | None:
    """Return who asks, after the mishaps that befall logins."""
    token = _token(request)
    if state.tokens.was_accepted(token) and state.faults.strikes("expired"):
        state.tokens.expire(token)
    identity = identify(request, state)
    return None if identity is None or state.faults.strikes("unauthorized") else identity


def _token(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token if scheme.lower() == "bearer" else ""


async def _execute(
    state: State, asked: Asked, version: int, identity: Identity, *, allow_mutations: bool
) -> dict[str, Any]:
    """Execute one request at a time, beside the event loop, so that a long one does not silence the rest."""
    async with state.busy:
        state.world.noop_aborts = state.faults.strikes("noop-trap")
        body = await asyncio.to_thread(
            execute,
            state.world,
            max(version, VERSIONS[-1]),
            asked.query,
            asked.variables,
            operation_name=asked.operation_name,
            identity=identity,
            allow_mutations=allow_mutations,
            strikes=state.faults.strikes,
        )
        state.keep()
        if state.faults.strikes("leak"):
            state.pool.note(operation_of(asked.query, asked.operation_name), body)
        return body


async def _mishap(state: State) -> Response | None:
    if state.faults.strikes("slow"):
        await asyncio.sleep(state.faults.seconds("slow"))
    if state.faults.strikes("502"):
        return HTMLResponse("<html><body>502 Bad Gateway</body></html>", status_code=502)
    if state.faults.strikes("html"):
        return HTMLResponse(_LOGIN_PAGE)
    if not state.pool.left:
        await asyncio.sleep(state.faults.seconds("leak"))
        return _json(EXHAUSTED)
    return _json(EXHAUSTED) if state.faults.strikes("queuepool") else None


def _json(body: Any) -> Response:
    return Response(orjson.dumps(body), media_type="application/json")


def _cut(content: bytes, *, keep: int | None = None) -> Response:
    """Return a response that breaks off after half of it, or after ``keep`` bytes."""

    async def part() -> AsyncIterator[bytes]:
        yield content[: len(content) // 2 if keep is None else keep]
        raise ConnectionAbortedError

    headers = {"content-length": str(len(content) or 1)}
    return StreamingResponse(part(), media_type="application/json", headers=headers)
