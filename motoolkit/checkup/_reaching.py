"""From here to MO's door: name, proxy, certificate, answer, health, clock.  None of it needs a login."""

from __future__ import annotations

import socket
import ssl
import time
import urllib.request
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import httpx

from motoolkit.checkup._check import Check
from motoolkit.errors import TransportError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from motoolkit.client import Client

_CLOCK_LEEWAY: Final = 5.0
"""Seconds by which MO lets a token's clock differ from its own."""
_DAYS_LEFT: Final = 21
"""A certificate that ends sooner is worth a warning: a new one may take the customer's IT weeks."""
_SECONDS: Final = 10.0
_TRUST: Final[Mapping[int, tuple[str, str]]] = {
    10: ("has expired", "Ask the hosting to renew it."),
    18: ("is signed by nobody but itself", "Name its certificate in SSL_CERT_FILE."),
    19: ("is signed by an authority that this machine does not know", "Name it in SSL_CERT_FILE."),
    20: ("is signed by an authority that this machine does not know", "Name it in SSL_CERT_FILE."),
    62: ("is for another name", "Correct mo_url, or ask the hosting for a certificate of that name."),
}
"""OpenSSL's verdicts, in words."""
_ASK: Final = "Ask the hosting about it."
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


def name(client: Client) -> Check:
    """Look the name of MO up."""
    parts = urlsplit(client.url)
    if _proxy(client.url):
        return Check("name", "unknown", "The proxy looks MO's name up, not this machine.")
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or parts.scheme, type=socket.SOCK_STREAM)
    except OSError:
        return Check(
            "name",
            "failed",
            f"This machine does not know the name {parts.hostname}.",
            "Check the spelling of mo_url, and whether the VPN is on.",
        )
    addresses = ", ".join(dict.fromkeys(str(one[4][0]) for one in found))
    return Check("name", "ok", f"{parts.hostname} is {addresses}.")


def proxy(client: Client) -> Check:
    """Tell whether requests go through a proxy; its password is left out."""
    through = _proxy(client.url)
    if through is None:
        return Check("proxy", "ok", "Requests go to MO directly.")
    parts = urlsplit(through if "://" in through else f"//{through}")
    place = f"{parts.hostname}:{parts.port}" if parts.port else parts.hostname
    return Check(
        "proxy",
        "warning",
        f"Requests go through the proxy {place}, as the environment says.",
        "If MO can not be reached or answers strangely, name its host in NO_PROXY.",
    )


def _proxy(url: str) -> str | None:
    """Return the proxy that httpx takes for a MO; for one on this machine it takes none."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if host in _LOOPBACK or urllib.request.proxy_bypass(host):
        return None
    found = urllib.request.getproxies()
    return found.get(parts.scheme) or found.get("all")


def certificate(client: Client) -> Check:
    """Look at MO's certificate: whether it is trusted here, and for how long."""
    parts = urlsplit(client.url)
    if parts.scheme != "https":
        return _unencrypted(parts.hostname)
    if _proxy(client.url):
        return Check("certificate", "unknown", "The proxy stands between, so it was not looked at.")
    try:
        until = _valid_until(str(parts.hostname), parts.port or 443)
    except ssl.SSLCertVerificationError as error:
        told, remedy = _TRUST.get(error.verify_code, (f"is not trusted ({error.verify_message})", _ASK))
        return Check("certificate", "failed", f"MO's certificate {told}.", remedy)
    except OSError as error:
        told = error.strerror or type(error).__name__
        return Check("certificate", "unknown", f"No encrypted connection came about ({told}).")
    days = (until - datetime.now(UTC)).days
    if days < _DAYS_LEFT:
        ends = f"MO's certificate ends in {days} days, on {until:%Y-%m-%d}."
        return Check("certificate", "warning", ends, "Ask the hosting to renew it in time.")
    return Check("certificate", "ok", f"MO's certificate is trusted, and valid until {until:%Y-%m-%d}.")


def _unencrypted(host: str | None) -> Check:
    if host in _LOOPBACK:
        return Check("certificate", "ok", "MO is on this machine and needs none.")
    return Check("certificate", "warning", "MO is asked without encryption.", "Write https:// in mo_url.")


def _valid_until(host: str, port: int) -> datetime:
    with (
        socket.create_connection((host, port), timeout=_SECONDS) as plain,
        httpx.create_ssl_context().wrap_socket(plain, server_hostname=host) as wrapped,
    ):
        found: Any = wrapped.getpeercert() or {}
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(found["notAfter"]), UTC)


def reachable(client: Client) -> Check:
    """Ask MO for a sign of life."""
    began = time.monotonic()
    response = client.look("/health/live")
    if not response.is_success:
        raise TransportError(
            f"Something answers at {client.url}, but it is no MO (HTTP {response.status_code}).",
            remedy="Check mo_url: it is MO's base address, before /graphql.",
        )
    return Check("reachable", "ok", f"{client.url} answers in {time.monotonic() - began:.2f} s.")


def health(client: Client) -> Check:
    """Ask MO how it is (newsletter 6.2: that needs no login)."""
    parts = {str(part): bool(well) for part, well in client.health().items() if well is not None}
    ill = [part for part, well in parts.items() if not well]
    if "dataset" in ill:
        return Check("health", "failed", "MO's database is ill.", "Call the hosting.")
    # MO says so of each integration that is not set up: measured without DAR and AMQP.
    told = f" (off or ill: {', '.join(ill)})" if ill else ""
    return Check("health", "ok", f"MO's database is well{told}.")


def clock(client: Client) -> Check:
    """Hold MO's clock against this machine's."""
    before = time.time()
    response = client.look("/health/live")
    if "Date" not in response.headers:
        return Check("clock", "unknown", "MO does not tell the time.")
    # The header cuts fractions off, so that the middle of its second is the best guess.
    ahead = parsedate_to_datetime(response.headers["Date"]).timestamp() + 0.5 - (before + time.time()) / 2
    if abs(ahead) <= _CLOCK_LEEWAY:
        return Check("clock", "ok", "MO's clock and this machine's agree.")
    side = "ahead of" if ahead > 0 else "behind"
    return Check(
        "clock",
        "failed",
        f"MO's clock is {abs(ahead):.0f} s {side} this machine's.",
        "Set the clocks by a time server: tokens are refused when clocks differ.",
    )
