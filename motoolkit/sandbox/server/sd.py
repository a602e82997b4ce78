"""SD-Løn's paths: Basic auth, parameters in the address, XML, and the mishaps that SD has."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response, StreamingResponse

from motoolkit.sandbox.sd.services import PARENT_HISTORY, SERVICES, refusal, serve, truncated
from motoolkit.sandbox.server.tokens import basic_credentials

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from motoolkit.sandbox.sd import Payroll
    from motoolkit.sandbox.server.shared import Shared

USERNAME: Final = "SYNORDBY"
PASSWORD: Final = "loenseddel"  # noqa: S105  made up, and told to everybody who asks

_XML: Final = "text/xml;charset=UTF-8"
_PAGE: Final = "<html><head><title>SD-Web</title></head><body>Log på SD-Web</body></html>"
_CLOSED: Final = "The webservice has failed. Please contact Silkeborg Data."
_NO_HISTORY: Final = {"status": 404, "error": "Not Found"}


def how_to_ask(shared: Shared, request: Request) -> dict[str, Any] | None:
    """Tell where SD-Løn is and how to log in, None where there is none."""
    if shared.sd is None:
        return None
    return {
        "url": f"{str(request.base_url).rstrip('/')}",
        "username": USERNAME,
        "password": PASSWORD,
        "institutions": list(shared.sd.institutions),
        "mode": shared.sd.mode,
    }


async def _service(shared: Shared, request: Request) -> Response:
    name = request.path_params["service"]
    if shared.sd is None or name not in SERVICES:
        return PlainTextResponse("Not Found", status_code=404)
    mishap = await _mishap(shared, request)
    if mishap is not None:
        return mishap
    if shared.faults.strikes("sd-fault"):
        return Response(refusal(name, "An unexpected error has occurred"), media_type=_XML)
    payroll = await _payroll(shared)
    empty = shared.faults.strikes("sd-empty")
    chunks = await asyncio.to_thread(
        serve, payroll, name, dict(request.query_params), shared.world.now(), empty=empty
    )
    if shared.faults.strikes("sd-truncated"):
        chunks = truncated(chunks)
    return StreamingResponse(chunks, headers={"content-type": _XML})


async def _history(shared: Shared, request: Request) -> Response:
    if shared.sd is None:
        return JSONResponse(_NO_HISTORY, status_code=404)
    mishap = await _mishap(shared, request)
    if mishap is not None:
        return mishap
    if shared.faults.strikes("sd-history-empty"):
        return JSONResponse([])
    payroll = await _payroll(shared)
    found = await asyncio.to_thread(PARENT_HISTORY, payroll, request.path_params["uuid"])
    if found is None or shared.faults.strikes("sd-history-404"):
        return JSONResponse(_NO_HISTORY, status_code=404)
    return JSONResponse(found)


async def _payroll(shared: Shared) -> Payroll:
    """Return SD's facts; making them reads the world."""
    assert shared.sd is not None  # noqa: S101  whoever asks has looked
    async with shared.busy:
        return await asyncio.to_thread(lambda: shared.sd.payroll)  # type: ignore[union-attr]  # as above


async def _mishap(shared: Shared, request: Request) -> Response | None:
    """Return what comes instead of an answer: a refused login, or what befalls SD."""
    shared.requests += 1
    if basic_credentials(request) != {"client_id": USERNAME, "client_secret": PASSWORD}:
        return PlainTextResponse(
            "Unauthorized", status_code=401, headers={"www-authenticate": 'Basic realm="SD"'}
        )
    if shared.faults.strikes("sd-slow"):
        await asyncio.sleep(shared.faults.seconds("sd-slow"))
    if shared.faults.strikes("sd-500"):
        return HTMLResponse("<html><body>Internal Server Error</body></html>", status_code=500)
    if shared.faults.strikes("sd-html"):
        return HTMLResponse(_PAGE)
    if shared.faults.strikes("sd-closed"):
        return Response(_CLOSED, headers={"content-type": _XML})
    return None


SD_PATHS: Final[tuple[tuple[str, str, Callable[..., Any]], ...]] = (
    ("/sdws/{service}", "GET", _service),
    ("/sdws/{service}", "POST", _service),
    (
        "/api-gateway/organization/public/api/v1/organizations/uuids/{uuid}/department-parent-history",
        "GET",
        _history,
    ),
)
