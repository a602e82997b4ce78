"""The training doors: not MO's API, and for this machine only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from starlette.responses import JSONResponse, Response

from motoolkit.errors import InputError
from motoolkit.sandbox.records import Record
from motoolkit.sandbox.server.ad import how_to_read
from motoolkit.sandbox.server.faults import FAULTS
from motoolkit.sandbox.server.sd import how_to_ask
from motoolkit.sandbox.server.tokens import DEFAULT_CLIENT, REALM

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from motoolkit.sandbox.server.shared import Shared


async def _about(shared: Shared, request: Request) -> Response:
    """Tell how to log in: a made-up municipality has no secrets, and it listens on this machine only."""
    name, secret = DEFAULT_CLIENT
    return JSONResponse(
        {
            "auth_server": f"{str(request.base_url).rstrip('/')}/auth",
            "realm": REALM,
            "client_id": name,
            "client_secret": secret,
            "session": next(iter(sorted(shared.sessions)), None),
            "today": None if shared.world.today is None else str(shared.world.today),
            "requests": shared.requests,
            "faults": list(FAULTS),
            "sd": how_to_ask(shared, request),
            "ad": how_to_read(shared, request),
        }
    )


async def _records(shared: Shared, request: Request) -> Response:
    """Change the world: ``{"put": [record], "delete": [[collection, uuid]]}``, all of it or nothing."""
    asked = await request.json()
    try:
        async with shared.busy:
            with shared.world.transaction():
                shared.world.put([Record.from_json(found) for found in asked.get("put", ())])
                for collection, uuid in asked.get("delete", ()):
                    shared.world.delete(collection, uuid)
            shared.keep()
    except (KeyError, TypeError, ValueError) as error:
        return JSONResponse({"error": f"No such record: {error}"}, status_code=400)
    return JSONResponse({"now": shared.world.now().isoformat()})


async def _faults(shared: Shared, request: Request) -> Response:
    """Turn faults on and off: ``["502=2", "cut=0"]``."""
    try:
        for fault in await request.json():
            shared.faults.turn_on(fault)
    except InputError as error:
        return JSONResponse({"error": str(error)}, status_code=400)
    return JSONResponse({})


async def _restart(shared: Shared, _request: Request) -> Response:
    """Do what a restart of MO does: the connections that leaked are back."""
    shared.pool.restart()
    return JSONResponse({})


async def _emit(shared: Shared, _request: Request) -> Response:
    """Make events of what has changed, now."""
    async with shared.busy:
        return JSONResponse({"changed": shared.generator.emit_now()})


async def _reset_last_tried(shared: Shared, _request: Request) -> Response:
    """Let nothing hold any event back."""
    async with shared.busy:
        shared.world.events.reset_back_off()
        shared.keep()
    return JSONResponse({})


DOORS: Final[tuple[tuple[str, str, Callable[..., Any]], ...]] = (
    ("/sandbox", "GET", _about),
    ("/sandbox/records", "POST", _records),
    ("/sandbox/faults", "POST", _faults),
    ("/sandbox/restart", "POST", _restart),
    ("/sandbox/events/emit", "POST", _emit),
    ("/sandbox/events/reset-last-tried", "POST", _reset_last_tried),
)
