"""Requests as MO reads them: JSON, a query string, or the form of the GraphQL multipart request spec."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from motoolkit.sandbox.files import Upload

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request


class UnreadableError(Exception):
    """A request that MO answers with 400 and a plain sentence."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A GraphQL request; a repr would show CPR numbers, so it has none of the variables."""

    query: str
    variables: Mapping[str, Any] | None
    operation_name: str | None

    def __repr__(self) -> str:
        return f"Asked({self.operation_name!r})"


async def read_request(request: Request) -> Asked:
    """Return what is asked.

    Raises:
        UnreadableError: MO would answer 400.
    """
    found = await _body(request)
    if isinstance(found, list):
        raise UnreadableError("Batching is not enabled")
    if not isinstance(found, dict) or not found.get("query"):
        raise UnreadableError("No GraphQL query found in the request")
    return Asked(found["query"], found.get("variables"), found.get("operationName"))


async def _body(request: Request) -> Any:
    if request.method == "GET":
        found: dict[str, Any] = dict(request.query_params)
        return found | ({"variables": _parsed(found["variables"])} if "variables" in found else {})
    kind = request.headers.get("content-type", "")
    if kind.startswith("multipart/form-data"):
        return await _form(request)
    if not kind.startswith("application/json"):
        raise UnreadableError("Unsupported content type")
    return _parsed(await request.body())


async def _form(request: Request) -> Any:
    """Put the files of a form where its ``map`` says that they belong in its ``operations``."""
    try:
        form = await request.form()
    except HTTPException:
        raise UnreadableError("Unable to parse the multipart body") from None
    operations, places = (_parsed(_text(form.get(name))) for name in ("operations", "map"))
    if not isinstance(operations, dict) or not isinstance(places, dict):
        raise UnreadableError("Unable to parse the multipart body")
    for name, paths in places.items():
        part = form.get(name)
        if not isinstance(part, UploadFile):
            raise UnreadableError("File(s) missing in form data")
        upload = Upload(part.filename or "", await part.read())
        for path in paths:
            _put(operations, str(path).split("."), upload)
    await form.close()
    return operations


def _text(part: Any) -> str:
    return part if isinstance(part, str) else "{}"


def _put(operations: Any, path: list[str], upload: Upload) -> None:
    holder: Any = None
    key: Any = None
    place = operations
    try:
        for step in path:
            holder, key = place, int(step) if isinstance(place, list) else step
            place = holder[key]
        holder[key] = upload
    except (KeyError, IndexError, TypeError, ValueError):
        raise UnreadableError("File(s) missing in form data") from None


def _parsed(body: bytes | str) -> Any:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        raise UnreadableError("Unable to parse request body as JSON") from None
