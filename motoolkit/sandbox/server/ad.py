"""The directories as files, and how an audit reads them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import JSONResponse, PlainTextResponse, Response

from motoolkit.sandbox.ad import csv_of, ldif, relinked

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request

    from motoolkit.sandbox.ad import Directory
    from motoolkit.sandbox.server.shared import Shared

_WRITERS: Final[dict[str, tuple[str, Callable[[Directory], str]]]] = {
    "ldif": ("text/ldif; charset=utf-8", ldif),
    "csv": ("text/csv; charset=utf-8", csv_of),
}


def how_to_read(shared: Shared, request: Request) -> list[dict[str, Any]] | None:
    """Tell the settings of each directory and where its export is, None where there are none."""
    if shared.ad is None:
        return None
    base = str(request.base_url).rstrip("/")
    return [{**each, "files": [f"{base}/sandbox/ad/{each['name']}.ldif"]} for each in shared.ad.settings()]


async def _directories(shared: Shared) -> Mapping[str, Directory]:
    """Return the directories; making them reads the world."""
    async with shared.busy:
        return await asyncio.to_thread(lambda: shared.ad.directories if shared.ad else {})


async def _export(shared: Shared, request: Request) -> Response:
    shared.requests += 1
    directory = (await _directories(shared)).get(request.path_params["name"])
    writer = _WRITERS.get(request.path_params["form"])
    if directory is None or writer is None:
        return PlainTextResponse("Not Found", status_code=404)
    kind, write = writer
    return Response(await asyncio.to_thread(write, directory), headers={"content-type": kind})


async def _guids(shared: Shared, request: Request) -> Response:
    """Let MO have other GUIDs, by those that it has: ``{"of the made-up account": "of the server's"}``."""
    if shared.ad is None:
        return PlainTextResponse("Not Found", status_code=404)
    told = await request.json()
    async with shared.busy:
        with shared.world.transaction():
            changed = relinked(shared.world, told)
            shared.world.put(changed)
        shared.keep()
    return JSONResponse({"changed": len(changed)})


AD_PATHS: Final[tuple[tuple[str, str, Callable[..., Any]], ...]] = (
    ("/sandbox/ad/{name}.{form}", "GET", _export),
    ("/sandbox/ad/guids", "POST", _guids),
)
