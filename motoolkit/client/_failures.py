"""What can go wrong between us and a server, each as a sentence with a way out."""

from __future__ import annotations

import ssl
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

import httpx

from motoolkit.errors import BusyError, TransportError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_UP: Final = "Check that it is running and that this machine may reach it (VPN, firewall, proxy)."
# What took too long once would again, and MO goes on working at it: only a page is asked for anew, smaller.
_SLOW: Final = "Ask for less at a time, or give the query a longer timeout."
_LATER: Final = "Try again later, or ask the hosting about the server's load."

_FAILURES: Final[Mapping[type[httpx.HTTPError], tuple[type[TransportError], str, str, bool]]] = {
    httpx.ConnectTimeout: (TransportError, "does not answer: no connection came about in time", _UP, True),
    httpx.ConnectError: (TransportError, "can not be reached", _UP, True),
    httpx.ReadTimeout: (BusyError, "took the request but did not answer in time", _SLOW, False),
    httpx.WriteTimeout: (BusyError, "stopped taking the request", _LATER, False),
    httpx.PoolTimeout: (BusyError, "is still busy with our other requests", _LATER, True),
    httpx.RemoteProtocolError: (TransportError, "cut the answer off", "Try again.", True),
    httpx.ReadError: (TransportError, "cut the connection", "Try again.", True),
    httpx.WriteError: (TransportError, "cut the connection", "Try again.", True),
    httpx.DecodingError: (TransportError, "sent an answer that can not be decompressed", _LATER, False),
    httpx.ProxyError: (
        TransportError,
        "is behind a proxy that refuses",
        "Check HTTPS_PROXY and NO_PROXY.",
        False,
    ),
}


@contextmanager
def translated(place: str) -> Iterator[None]:
    """Turn what httpx raises into a TransportError about ``place``, or about the server that it came from."""
    try:
        yield
    except httpx.HTTPError as error:
        raise _failure(error, place) from error


def _failure(error: httpx.HTTPError, place: str) -> TransportError:
    where = _where(error, place)
    if (trust := _distrust(error)) is not None:
        return TransportError(
            f"{where} shows a certificate that this machine does not trust: {trust}.",
            remedy="Name the customer's certificate authority in SSL_CERT_FILE, or correct the address.",
        )
    for kind, (raised, sentence, remedy, repeatable) in _FAILURES.items():
        if isinstance(error, kind):
            reason = _reason(error)
            return raised(
                f"{where} {sentence}{f' ({reason})' if reason else ''}.", remedy=remedy, repeatable=repeatable
            )
    return TransportError(f"{where} could not be asked ({type(error).__name__}).", remedy=_UP)


def _where(error: httpx.HTTPError, place: str) -> str:
    """Name the server that the failed request went to: the token endpoint is asked on the way to MO."""
    try:
        url = error.request.url
    except RuntimeError:
        return place
    origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
    if url.path.endswith("/protocol/openid-connect/token"):
        return f"The login server at {origin}"
    return place


def _reason(error: httpx.HTTPError) -> str:
    """Return the operating system's words (``Connection refused``); httpx's own are often empty."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and cause.strerror:
            return cause.strerror
        cause = cause.__cause__ or cause.__context__
    return ""


def _distrust(error: httpx.HTTPError) -> str | None:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return cause.verify_message
        cause = cause.__cause__ or cause.__context__
    return None


def retry_after(response: httpx.Response) -> float | None:
    """Return the seconds that a server asks us to wait, given as seconds or as a date."""
    value = response.headers.get("Retry-After", "")
    if value.isdigit():
        return float(value)
    try:
        asked = parsedate_to_datetime(value)
        now = parsedate_to_datetime(response.headers["Date"])
    except (KeyError, TypeError, ValueError):
        return None
    return max((asked - now).total_seconds(), 0.0)
