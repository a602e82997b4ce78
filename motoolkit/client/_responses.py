"""What a HTTP response holds, or why it is none of what was asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NoReturn

import httpx
import orjson

from motoolkit.client._failures import retry_after
from motoolkit.errors import AuthenticationError, BusyError, TransportError
from motoolkit.model import mask_all

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_TITLE: Final = re.compile(r"<title[^>]*>([^<]{1,80})", re.IGNORECASE)
_MAX_TEXT: Final = 200
_OK: Final = 200
_NO_CONTENT: Final = 204


def read_json(response: httpx.Response, place: str) -> Any:
    """Return the JSON of a successful response.

    Raises:
        TransportError: it is a failure, a redirect, empty, HTML, or no JSON.
        AuthenticationError: the server turned us away before MO saw the request.
    """
    if response.status_code != _OK:
        _refuse(response, place)
    if not response.content.strip():
        raise TransportError(
            f"{place} sent an empty answer.", remedy="Check that the address is MO's own.", repeatable=True
        )
    try:
        return orjson.loads(response.content)
    except orjson.JSONDecodeError:
        raise _no_json(response, place) from None


def read_text(response: httpx.Response, place: str) -> str:
    """Return the text of a successful response; an HTML page is none.

    Raises:
        TransportError, AuthenticationError: as ``read_json``.
    """
    if response.status_code != _OK:
        _refuse(response, place)
    if _is_html(response):
        raise _no_json(response, place)
    return response.text


def _is_html(response: httpx.Response) -> bool:
    return response.content[:100].lstrip().lower().startswith((b"<!doctype", b"<html"))


def _no_json(response: httpx.Response, place: str) -> TransportError:
    if not _is_html(response):
        return TransportError(f"{place} sent an answer that is not JSON.", remedy="Check the address.")
    title = _TITLE.search(response.text[:5000])
    told = f" ({mask_all(title[1].strip())!r})" if title else ""
    return TransportError(
        f"{place} sent a web page{told} instead of data: a login page or a proxy stands before MO.",
        remedy="Use the address at which MO itself answers, past the login page.",
        status=response.status_code,
    )


def _refuse(response: httpx.Response, place: str) -> NoReturn:
    status = response.status_code
    if response.is_redirect:
        _moved(response, place)
    _STATUSES.get(status, _server_failed if status >= httpx.codes.INTERNAL_SERVER_ERROR else _rejected)(
        response, place
    )


def _moved(response: httpx.Response, place: str) -> NoReturn:
    target = response.request.url.join(response.headers.get("Location", ""))
    shown = target.copy_with(query=None, fragment=None, userinfo=b"")
    raise TransportError(
        f"{place} sends us on to {shown}.",
        remedy="Write the address that MO has there as mo_url; requests are never sent on by themselves.",
        status=response.status_code,
    )


def _turned_away(response: httpx.Response, place: str) -> NoReturn:
    raise AuthenticationError(
        f"{place} turned the request away (HTTP {response.status_code}).",
        remedy="Check the profile's credentials, and whether a proxy before MO wants its own.",
    )


def _missing(response: httpx.Response, place: str) -> NoReturn:
    raise TransportError(
        f"{place} knows no {response.request.url.path} (HTTP 404).",
        remedy="Check mo_url: it is the address before /graphql.",
        status=response.status_code,
    )


def _busy(response: httpx.Response, place: str) -> NoReturn:
    raise BusyError(
        f"{place} is closed or overloaded (HTTP {response.status_code}).",
        remedy="Try again later; the hosting can tell whether MO is being upgraded.",
        status=response.status_code,
        repeatable=True,
        retry_after=retry_after(response),
    )


def _server_failed(response: httpx.Response, place: str) -> NoReturn:
    raise TransportError(
        f"{place} failed inside (HTTP {response.status_code}).",
        remedy="Ask the hosting for MO's log of this moment.",
        status=response.status_code,
    )


def _rejected(response: httpx.Response, place: str) -> NoReturn:
    text = "" if _is_html(response) else mask_all(" ".join(response.text[:_MAX_TEXT].split()))
    raise TransportError(
        f"{place} rejected the request (HTTP {response.status_code}){f': {text}' if text else ''}.",
        remedy="Check that the address is MO's own.",
        status=response.status_code,
    )


_STATUSES: Final[Mapping[int, Callable[[httpx.Response, str], NoReturn]]] = {
    401: _turned_away,
    403: _turned_away,
    404: _missing,
    429: _busy,
    502: _busy,
    503: _busy,
    504: _busy,
}
