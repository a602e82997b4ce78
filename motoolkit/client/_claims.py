"""What a token says about its bearer, without the token: why MO may have refused it, and who it makes us."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import orjson

from motoolkit.errors import AuthenticationError
from motoolkit.model import COPENHAGEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_CLOCK_LEEWAY: Final = 5
"""Seconds by which MO lets clocks differ."""
_PARTS: Final = 3

SPECIAL_ACTORS: Final[Mapping[str, str]] = {
    "00000000-0000-0000-0000-000000000000": "MO runs without authentication",
    "00000000-0000-0000-0000-000000000001": "a legacy session, which may do nearly everything and is nobody",
    "42c432e8-9c4a-11e6-9f62-873cf34a735f": "written before MO knew who wrote",
    "05211100-baad-1110-006e-6f2075756964": "an old database user of MO's, not a person",
    "bad070c1-baad-1110-006e-6f7061727365": "the token could not be parsed, so writes carry no name",
    "face1e55-baad-1110-006d-697373696e67": "the token holds no uuid claim, so writes carry no name",
    "5ec0fa11-baad-1110-006d-696477617265": "the request went past MO's authentication",
    "ffffffff-ffff-ffff-ffff-ffffffffffff": "the token holds no uuid claim, so writes carry no name",
}
"""The actors that stand for no one in particular, in plain words (seen on a real MO)."""


def claims(token: str) -> dict[str, Any] | None:
    """Return what a token holds, unverified; None when it is no JWT."""
    parts = token.split(".")
    if len(parts) != _PARTS:
        return None
    try:
        held = orjson.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (binascii.Error, ValueError):
        return None
    return held if isinstance(held, dict) else None


def explain_token(token: str, place: str, *, now: float) -> AuthenticationError:
    """Return the error for a token that MO refused: what it held that explains the refusal."""
    held = claims(token)
    if held is None:
        return AuthenticationError(
            f"{place} does not accept the token: it is no JWT of three parts.",
            remedy="Give the access token itself, without 'Bearer'.",
        )
    reasons = list(_reasons(held, now))
    told = "; ".join(reasons) or "it is valid by its own dates, so its issuer or signature is not MO's"
    return AuthenticationError(
        f"{place} does not accept the token: {told} ({_summary(held)}).",
        remedy="Fetch a new token." if any("expired" in r for r in reasons) else _REMEDY,
    )


_REMEDY: Final = (
    "Check that auth_server and realm are the ones that MO trusts, "
    "and the client's mappers (uuid, azp) in Keycloak."
)


def _reasons(held: dict[str, Any], now: float) -> Iterator[str]:
    expires = _number(held.get("exp"))
    if expires is not None and expires + _CLOCK_LEEWAY < now:
        yield f"it expired {_moment(expires)}, {_span(now - expires)} ago"
    for claim in ("nbf", "iat"):
        begins = _number(held.get(claim))
        if begins is not None and begins - _CLOCK_LEEWAY > now:
            yield f"it is only valid from {_moment(begins)}, {_span(begins - now)} ahead: the clocks differ"
            break
    if "azp" not in held:
        yield "it holds no azp, which MO requires"
    if "uuid" not in held:
        yield "it holds no uuid, so MO can not tell who acts"


def _summary(held: dict[str, Any]) -> str:
    told = {
        "client": held.get("azp"),
        "audience": held.get("aud"),
        "issuer": held.get("iss"),
        "expires": _moment(expires) if (expires := _number(held.get("exp"))) is not None else None,
    }
    return ", ".join(f"{name} {_plain(value)}" for name, value in told.items() if value) or "it names no one"


def _plain(value: Any) -> str:
    return " and ".join(map(str, value)) if isinstance(value, list) else str(value)


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _moment(seconds: float) -> str:
    try:
        return datetime.fromtimestamp(seconds, COPENHAGEN).strftime("%Y-%m-%d %H:%M:%S")
    except (OverflowError, OSError, ValueError):
        return "at no real time"


def _span(seconds: float) -> str:
    for size, name in ((86400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{int(seconds // size)} {name}"
    return f"{int(seconds)} seconds"
