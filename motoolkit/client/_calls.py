"""Requests as values: what to send, whether it may be sent again, and how its response is read."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import orjson

from motoolkit.client._responses import read_json, read_text
from motoolkit.errors import AuthenticationError, BusyError, InputError, TransportError

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")
R = TypeVar("R")

# MO gives these no error_key, so their texts are all there is (measured).
NOT_AUTHENTICATED = "User is not authenticated"
_POOL_EXHAUSTED = "QueuePool limit"


@dataclass(frozen=True, slots=True)
class Call(Generic[T]):
    """One request to MO.

    ``content`` is asked anew for each attempt, so that a page can be made smaller after a busy answer, of
    which ``on_busy`` is told.
    """

    method: str
    path: str
    read: Callable[[httpx.Response], T]
    content: Callable[[], bytes] | None = None
    authenticated: bool = False
    repeatable: bool = True
    on_busy: Callable[[], None] | None = None
    timeout: float | None = None
    attempts: int | None = None


Steps = Generator[Call[Any], Any, R]
"""A procedure that yields calls, is sent their results (or thrown their errors), and returns."""


def get_json(path: str, place: str) -> Call[Any]:
    """Return the call that reads public JSON from MO."""
    return Call("GET", path, lambda response: read_json(response, place))


def get_text(path: str, place: str) -> Call[str]:
    """Return the call that reads a public text from MO."""
    return Call("GET", path, lambda response: read_text(response, place))


def get_raw(path: str) -> Call[httpx.Response]:
    """Return the call that looks at a response, whatever it is; it is made once."""
    return Call("GET", path, lambda response: response, repeatable=False)


def post_graphql(
    version: int,
    payload: Callable[[], dict[str, Any]],
    place: str,
    *,
    repeatable: bool,
    on_busy: Callable[[], None] | None = None,
    timeout: float | None = None,
) -> Call[dict[str, Any]]:
    """Return the call that sends a GraphQL request and reads MO's whole answer, errors included."""
    return Call(
        "POST",
        f"/graphql/v{version}",
        lambda response: _answer(response, place),
        content=lambda: _encoded(payload()),
        authenticated=True,
        repeatable=repeatable,
        on_busy=on_busy,
        timeout=timeout,
    )


def _encoded(payload: dict[str, Any]) -> bytes:
    try:
        return orjson.dumps(payload)
    except TypeError as error:
        raise InputError(
            f"A variable can not be sent as JSON: {error}.", remedy="Use texts, numbers, dates and UUIDs."
        ) from error


def _answer(response: httpx.Response, place: str) -> dict[str, Any]:
    answer = read_json(response, place)
    if not isinstance(answer, dict) or not ("data" in answer or "errors" in answer):
        raise TransportError(
            f"{place} answered with JSON that is no GraphQL answer.",
            remedy="Use the address at which MO itself answers.",
        )
    texts = [str(error.get("message", "")) for error in answer.get("errors") or ()]
    if NOT_AUTHENTICATED in texts:
        raise AuthenticationError(
            f"{place} does not know who we are.",
            remedy="Give the profile credentials, or check those it has.",
        )
    if any(_POOL_EXHAUSTED in text for text in texts):
        raise BusyError(
            f"{place} has no database connection left.",
            remedy="Wait some minutes; if it stays so, MO must be restarted by its hosting.",
            repeatable=True,
        )
    return answer
