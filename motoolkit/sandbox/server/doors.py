"""The training doors: not MO's API, and for this machine only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from starlette.responses import JSONResponse, Response

from motoolkit.errors import InputError
from motoolkit.sandbox.records import Record
from motoolkit.sandbox.server.tokens import DEFAULT_CLIENT, REALM

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from motoolkit.sandbox.server.shared import State


async def _about(state: State, request: Request) -> Response:
    """Tell how to log in: a made-up municipality has no secrets, and it listens on this machine only."""
    name, secret = DEFAULT_CLIENT
    return JSONResponse(
        {
            "auth_server": f"{str(request.base_url).rstrip('/')}/auth",
            "realm": REALM,
            "client_id": name,
            "client_secret": secret,
            "session": next(iter(sorted(state.sessions)), None),
            "today": state.today,
            "requests": state.requests,
        }
    )


async def _records(state: State, request: Request) -> Response:
    """Change the world: ``{"put": [record], "delete": [[collection, uuid]]}``, all of it or nothing."""
    asked = await request.json()
    try:
        async with state.busy:
            with state.world.transaction():
                state.world.put([Record.from_json(found) for found in asked.get("put", ())])
                for collection, uuid in asked.get("delete", ()):
                    state.world.delete(collection, uuid)
            state.keep()
    except (KeyError, TypeError, ValueError) as error:
        return JSONResponse({"error": f"No such record: {error}"}, status_code=400)
    return JSONResponse({"now": state.world.now().isoformat()})


async def _faults(state: State, request: Request) -> Response:
    """Turn faults on and off: ``["502=2", "cut=0"]``."""
    try:
        for fault in await request.json():
            state.faults.turn_on(fault)
    except InputError as error:
        return JSONResponse({"error": str(error)}, status_code=400)
    return JSONResponse({})


async def _restart(state: State, _request: Request) -> Response:
    """Do what a restart of MO does: the connections that leaked are back."""
    state.pool.restart()
    return JSONResponse({})


DOORS: Final[tuple[tuple[str, str, Callable[..., Any]], ...]] = (
    ("/sandbox", "GET", _about),
    ("/sandbox/records", "POST", _records),
    ("/sandbox/faults", "POST", _faults),
    ("/sandbox/restart", "POST", _restart),
)
