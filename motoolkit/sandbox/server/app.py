"""The sandbox's paths."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from functools import cache, partial
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from motoolkit.catalogue import VERSIONS
from motoolkit.sandbox.graphql import sdl
from motoolkit.sandbox.server.ad import AD_PATHS
from motoolkit.sandbox.server.doors import DOORS
from motoolkit.sandbox.server.graphql import SERVED, answer, identify
from motoolkit.sandbox.server.sd import SD_PATHS
from motoolkit.sandbox.server.tokens import REALM, RefusedError, basic_credentials

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from starlette.requests import Request

    from motoolkit.sandbox.server.shared import Shared

_REALM_PATH: Final = f"/auth/realms/{REALM}"
_OPENID_PATH: Final = f"{_REALM_PATH}/protocol/openid-connect"
_NOT_FOUND: Final = {"detail": "Not Found"}
_SCHEMA_HASH: Final = sha256(sdl(VERSIONS[0]).encode()).hexdigest()
"""What clients tell two sandboxes apart by, so that nobody keeps an outdated schema."""


def make_app(shared: Shared) -> Starlette:
    """Return the application over a world."""
    paths: list[tuple[str, str, Callable[..., Any]]] = [
        ("/graphql", "GET", _newest),
        ("/graphql/v{version:int}", "GET", _graphql_get),
        ("/graphql/v{version:int}", "POST", _graphql_post),
        ("/graphql/v{version:int}/", "GET", _without_slash),
        ("/graphql/v{version:int}/", "POST", _without_slash),
        ("/graphql/v{version:int}/schema.graphql", "GET", _schema),
        ("/version/", "GET", _version),
        ("/health/", "GET", _health),
        ("/health/live", "GET", _alive),
        ("/health/ready", "GET", _alive),
        ("/health/{name}", "GET", _one_health),
        ("/service/{rest:path}", "GET", _service),
        (f"{_OPENID_PATH}/token", "POST", _token),
        (f"{_OPENID_PATH}/certs", "GET", _certs),
        (f"{_REALM_PATH}/.well-known/openid-configuration", "GET", _openid),
        *SD_PATHS,
        *AD_PATHS,
        *DOORS,
    ]
    routes = [Route(path, partial(handle, shared), methods=[method]) for path, method, handle in paths]
    app = Starlette(
        routes=routes,
        exception_handlers={404: _not_found, 405: _not_allowed},
        lifespan=lambda _app: _living(shared),
    )
    app.router.redirect_slashes = False
    return app


@asynccontextmanager
async def _living(shared: Shared) -> AsyncIterator[None]:
    """Make events while the server runs, and put the state file in order when it stops."""
    generating = asyncio.create_task(shared.generator.run())
    yield
    generating.cancel()
    with suppress(asyncio.CancelledError):
        await generating
    if shared.file is not None:
        shared.file.close()


@cache
def _page() -> str:
    """Return the GraphiQL page, which is one file and asks this machine only."""
    return (files(__package__ or "") / "graphiql.html").read_text("utf-8")


def _url(request: Request) -> str:
    return str(request.base_url).rstrip("/")


async def _not_found(_request: Request, _error: Exception) -> Response:
    return JSONResponse(_NOT_FOUND, status_code=404)


async def _not_allowed(_request: Request, _error: Exception) -> Response:
    return JSONResponse({"detail": "Method Not Allowed"}, status_code=405)


async def _newest(_shared: Shared, _request: Request) -> Response:
    return RedirectResponse(f"/graphql/v{VERSIONS[0]}", status_code=307)


async def _without_slash(_shared: Shared, request: Request) -> Response:
    return RedirectResponse(str(request.url).rstrip("/"), status_code=307)


async def _graphql_get(shared: Shared, request: Request) -> Response:
    if request.path_params["version"] not in SERVED:
        return JSONResponse(_NOT_FOUND, status_code=404)
    if "query" not in request.query_params:
        return HTMLResponse(_page())
    return await answer(request, shared, request.path_params["version"])


async def _graphql_post(shared: Shared, request: Request) -> Response:
    if request.path_params["version"] not in SERVED:
        return JSONResponse(_NOT_FOUND, status_code=404)
    return await answer(request, shared, request.path_params["version"])


async def _schema(_shared: Shared, request: Request) -> Response:
    version = request.path_params["version"]
    if version not in SERVED:
        return JSONResponse(_NOT_FOUND, status_code=404)
    return PlainTextResponse(sdl(max(version, VERSIONS[-1])))


async def _version(_shared: Shared, _request: Request) -> Response:
    return JSONResponse({"mo_version": "sandbox", "mo_hash": _SCHEMA_HASH})


async def _health(_shared: Shared, _request: Request) -> Response:
    return JSONResponse({"dataset": True, "dar": False})


async def _alive(_shared: Shared, _request: Request) -> Response:
    return Response(status_code=204)


async def _one_health(_shared: Shared, request: Request) -> Response:
    known = {"dataset": True, "dar": False}
    name = request.path_params["name"]
    return JSONResponse(known[name]) if name in known else JSONResponse(_NOT_FOUND, status_code=404)


async def _service(shared: Shared, request: Request) -> Response:
    identity = identify(request, shared)
    if identity is None:
        return JSONResponse("Not authenticated", status_code=401)
    if "service_api" not in identity.roles:
        gone = {"status": "Forbidden", "msg": "The Service API is gone"}
        return JSONResponse(gone, status_code=403)
    return JSONResponse(_NOT_FOUND, status_code=404)


async def _token(shared: Shared, request: Request) -> Response:
    form = dict(parse_qsl((await request.body()).decode())) | basic_credentials(request)
    try:
        return JSONResponse(shared.tokens.issue(form, f"{_url(request)}{_REALM_PATH}"))
    except RefusedError as refused:
        return JSONResponse(refused.body, status_code=refused.status)


async def _certs(shared: Shared, _request: Request) -> Response:
    return JSONResponse(shared.tokens.certs())


async def _openid(_shared: Shared, request: Request) -> Response:
    base = f"{_url(request)}{_OPENID_PATH}"
    return JSONResponse(
        {
            "issuer": f"{_url(request)}{_REALM_PATH}",
            "token_endpoint": f"{base}/token",
            "jwks_uri": f"{base}/certs",
            "grant_types_supported": ["client_credentials", "password"],
        }
    )
