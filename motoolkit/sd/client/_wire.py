"""The only place that talks to SD-Løn over HTTP."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Final

import httpx

from motoolkit.client import retry_after, translated
from motoolkit.errors import (
    SdClosedError,
    SdCredentialsError,
    SdError,
    SdTransportError,
    TransportError,
)
from motoolkit.model import mask_all
from motoolkit.sd.client._body import Packer
from motoolkit.sd.parsing import too_large

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from motoolkit.profile import SdSettings
    from motoolkit.sd.client._body import Body

_CONNECT_SECONDS: Final = 10.0
_PIECE: Final = 256 * 1024
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_OK: Final = 200
_REFUSED: Final = frozenset({401, 403})
_NOT_FOUND: Final = 404
_BUSY: Final = frozenset({429, 502, 503, 504})
_SERVER_ERROR: Final = 500


class _NoCpr(logging.Filter):
    """httpx logs addresses, and SD's hold CPR numbers: they are masked in whatever it logs."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(
                mask_all(str(each)) if isinstance(each, str | httpx.URL) else each for each in record.args
            )
        return True


_FILTER: Final = _NoCpr()


class _Basic(httpx.Auth):
    """User name and password, taken from where they are kept for each request."""

    def __init__(self, settings: SdSettings) -> None:
        self._settings = settings

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        password = self._settings.password
        signed = httpx.BasicAuth(self._settings.username or "", password.reveal() if password else "")
        yield from signed.auth_flow(request)


class Wire:
    """SD-Løn over a httpx client.

    Args:
        settings: where SD is, whom it knows us as, and how much it is asked at a time.
        timeout: seconds that one request may take.
        limit: bytes that an answer may have.
    """

    def __init__(self, settings: SdSettings, *, timeout: float, limit: int) -> None:
        logging.getLogger("httpx").addFilter(_FILTER)
        url = settings.url or ""
        self._limit = limit
        self._method = settings.method
        self._place = f"SD-Løn at {url}"
        self._gate = threading.BoundedSemaphore(settings.concurrency)
        self._http = httpx.Client(
            base_url=url,
            auth=_Basic(settings),
            timeout=httpx.Timeout(timeout, connect=_CONNECT_SECONDS),
            # A proxy of the network's can not reach what runs on this machine.
            trust_env=httpx.URL(url).host not in _LOOPBACK,
            # Certificates take a quarter of a second to load; only https has any.
            verify=httpx.URL(url).scheme == "https",
            headers={"User-Agent": "motoolkit"},
        )

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def ask(self, path: str, query: Mapping[str, str]) -> Body:
        """Return the answer of a service.

        Raises:
            SdTransportError, SdClosedError, SdCredentialsError, SdUnreadableError: there is none.
        """
        with self._gate:
            return self._send(self._method if query else "GET", path, query)

    def _send(self, method: str, path: str, query: Mapping[str, str]) -> Body:
        # Built here and raised below, so that no httpx error, which holds the address, hangs on ours.
        failure: SdError
        try:
            with (
                translated(self._place),
                self._http.stream(method, path, params=dict(query) or None) as response,
            ):
                self._check(response, path)
                return self._receive(response)
        except SdError:
            raise
        except TransportError as error:
            failure = SdTransportError(error.message, remedy=error.remedy, repeatable=error.repeatable)
        raise failure

    def _receive(self, response: httpx.Response) -> Body:
        told = response.headers.get("Content-Length", "")
        if told.isdigit() and int(told) > self._limit:
            raise too_large(self._limit)
        packer = Packer()
        for piece in response.iter_bytes(_PIECE):
            packer.add(piece)
            if packer.size > self._limit:
                raise too_large(self._limit)
        return packer.body()

    def _check(self, response: httpx.Response, path: str) -> None:
        status = response.status_code
        if status == _OK:
            return
        if status in _REFUSED:
            raise SdCredentialsError(
                f"{self._place} does not accept the user name and password (HTTP {status}).",
                remedy="Check sd_username and sd_password, and that SD has opened this service for the user.",
            )
        if status in _BUSY:
            raise SdClosedError(
                f"{self._place} is closed or overloaded (HTTP {status}).",
                remedy="Try again later.",
                status=status,
                repeatable=True,
                retry_after=retry_after(response),
            )
        raise self._failure(response, path)

    def _failure(self, response: httpx.Response, path: str) -> SdTransportError:
        status = response.status_code
        if response.is_redirect:
            target = httpx.URL(response.headers.get("Location", ""))
            where = f"{target.host or self._place}{mask_all(target.path)}"
            return SdTransportError(
                f"{self._place} sends us on to {where}.",
                remedy="Write the address that SD-Løn has there as sd_url; requests are never sent on.",
                status=status,
            )
        if status == _NOT_FOUND:
            return SdTransportError(
                f"{self._place} knows no {path} (HTTP 404).",
                remedy="Check sd_url: it is the address before /sdws.",
                status=status,
            )
        return SdTransportError(
            f"{self._place} answered with HTTP {status}.",
            remedy="Try again later; if it stays so, ask SD's support.",
            status=status,
            repeatable=status >= _SERVER_ERROR,
        )
