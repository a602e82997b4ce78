"""Logging in, as httpx.Auth: a token is fetched when needed, renewed before it expires, never shown."""

from __future__ import annotations

import asyncio
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import httpx

from motoolkit.client._calls import NOT_AUTHENTICATED
from motoolkit.client._claims import explain_token
from motoolkit.client._keycloak import read_token
from motoolkit.errors import AuthenticationError
from motoolkit.profile import GivenToken, LegacySession, Secret

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Generator

    from motoolkit.profile import Credentials, Grant

_LEEWAY: Final = 30.0
_UNAUTHORISED: Final = 401
_SHORT: Final = 1000
"""MO's refusal is a hundred bytes; larger answers are not searched for it."""


def auth_for(credentials: Credentials | None, place: str) -> httpx.Auth:
    """Return how requests prove who we are."""
    match credentials:
        case None:
            return Anonymous(place)
        case GivenToken():
            return TokenAuth(credentials.token, place)
        case LegacySession():
            return SessionAuth(credentials.session, place)
        case _:
            return GrantAuth(credentials, place)


def held_token(auth: httpx.Auth | None) -> Secret | None:
    """Return the token in use; None where there is none, or none yet."""
    match auth:
        case TokenAuth():
            return auth.token
        case GrantAuth():
            return auth.token
        case _:
            return None


def is_refused(response: httpx.Response) -> bool:
    """Tell whether a server turned an identity down: HTTP 401, or MO's 200 with an error in it."""
    if response.status_code == _UNAUTHORISED:
        return True
    return len(response.content) < _SHORT and NOT_AUTHENTICATED.encode() in response.content


class _Fixed(httpx.Auth):
    """An identity that can not be renewed."""

    requires_response_body = True

    def __init__(self, place: str) -> None:
        self._place = place

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        self._sign(request)
        response = yield request
        if is_refused(response):
            raise self._refusal()

    def _sign(self, request: httpx.Request) -> None:
        raise NotImplementedError

    def _refusal(self) -> AuthenticationError:
        raise NotImplementedError


class Anonymous(_Fixed):
    """No identity at all."""

    def _sign(self, request: httpx.Request) -> None:
        pass

    def _refusal(self) -> AuthenticationError:
        return AuthenticationError(
            f"{self._place} wants to know who asks, and no credentials were given.",
            remedy="Use a profile (motoolkit profile add), or set MOTOOLKIT_AUTH_SERVER, MOTOOLKIT_CLIENT_ID "
            "and MOTOOLKIT_CLIENT_SECRET, or MOTOOLKIT_TOKEN, or MOTOOLKIT_SESSION.",
        )


class SessionAuth(_Fixed):
    """MO's legacy ``session`` header."""

    def __init__(self, session: Secret, place: str) -> None:
        super().__init__(place)
        self._session = session

    def _sign(self, request: httpx.Request) -> None:
        request.headers["session"] = self._session.reveal()

    def _refusal(self) -> AuthenticationError:
        return AuthenticationError(
            f"{self._place} does not know the session ({self._session.source}).",
            remedy="It must be one of OS2MO_LEGACY_SESSIONS in MO's settings; use a Keycloak client instead.",
        )


class TokenAuth(_Fixed):
    """A given bearer token."""

    def __init__(self, token: Secret, place: str) -> None:
        super().__init__(place)
        self.token = token

    def _sign(self, request: httpx.Request) -> None:
        request.headers["Authorization"] = f"Bearer {self.token.reveal()}"

    def _refusal(self) -> AuthenticationError:
        return explain_token(self.token.reveal(), self._place, now=time.time())


@dataclass(frozen=True, slots=True)
class _Token:
    value: Secret
    renew_at: float

    @property
    def is_fresh(self) -> bool:
        return time.monotonic() < self.renew_at


class GrantAuth(httpx.Auth):
    """Tokens from Keycloak, fetched once for all threads and tasks, renewed 30 s before they expire."""

    requires_response_body = True

    def __init__(self, grant: Grant, place: str) -> None:
        self._grant = grant
        self._place = place
        self._token: _Token | None = None
        self._lock = threading.Lock()
        self._async_lock = asyncio.Lock()

    @property
    def token(self) -> Secret | None:
        """The token at hand, if one was fetched."""
        return self._token.value if self._token else None

    def sync_auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        with self._lock:
            token = yield from self._obtain(rejected=None)
        response = yield _signed(request, token)
        response.read()
        if not is_refused(response):
            return
        with self._lock:
            token = yield from self._obtain(rejected=token)
        response = yield _signed(request, token)
        response.read()
        self._settle(response, token)

    async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        token = None
        for _ in range(2):
            async with self._async_lock:
                steps = self._obtain(rejected=token)
                try:
                    asked = next(steps)
                    response = yield asked
                    await response.aread()
                    steps.send(response)
                except StopIteration as done:
                    token = done.value
            response = yield _signed(request, token)
            await response.aread()
            if not is_refused(response):
                return
        self._settle(response, token)

    def _obtain(self, rejected: _Token | None) -> Generator[httpx.Request, httpx.Response, _Token]:
        """Return the token at hand, or fetch one when it is old or MO has just rejected it."""
        held = self._token
        if held is not None and held is not rejected and held.is_fresh:
            return held
        asked = time.monotonic()
        response = yield self._request()
        response.read()
        value, seconds = read_token(response, self._grant)
        self._token = _Token(Secret(value), asked + max(seconds - _LEEWAY, seconds / 2))
        return self._token

    def _request(self) -> httpx.Request:
        grant = self._grant
        url = f"{grant.auth_server}/realms/{grant.realm}/protocol/openid-connect/token"
        return httpx.Request("POST", url, data=grant.grant())

    def _settle(self, response: httpx.Response, token: _Token | None) -> None:
        if is_refused(response) and token is not None:
            raise explain_token(token.value.reveal(), self._place, now=time.time())


def _signed(request: httpx.Request, token: _Token | None) -> httpx.Request:
    if token is not None:
        request.headers["Authorization"] = f"Bearer {token.value.reveal()}"
    return request
