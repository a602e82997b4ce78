"""A Keycloak-shaped token endpoint: signs RS256 tokens, and tells later whose they are."""

from __future__ import annotations

import time
from base64 import b64decode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote_plus
from uuid import NAMESPACE_URL, uuid4, uuid5

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from motoolkit.errors import InputError
from motoolkit.sandbox.identity import MISSING_UUID, ROLES, Identity

if TYPE_CHECKING:
    from starlette.requests import Request

REALM: Final = "mo"
DEFAULT_CLIENT: Final = ("motoolkit", "sandbox")
_LEEWAY: Final = 5


@dataclass(frozen=True, slots=True)
class Client:
    """A service account: what it is called, its secret, and the roles it holds."""

    name: str
    secret: str
    roles: frozenset[str] = ROLES
    has_uuid: bool = True

    @classmethod
    def parse(cls, text: str) -> Client:
        """Read ``ID:SECRET[:ROLE,ROLE...]``; ``-uuid`` among the roles makes tokens without a uuid.

        Raises:
            InputError: the text is something else.
        """
        name, _, rest = text.partition(":")
        secret, given, roles = rest.partition(":")
        if not (name and secret):
            raise InputError(
                f"{name!r} is no client.", remedy="Write --client ID:SECRET or ID:SECRET:ROLE,ROLE."
            )
        wanted = frozenset(filter(None, roles.split(",")))
        return cls(name, secret, wanted - {"-uuid"} if given else ROLES, "-uuid" not in wanted)


class RefusedError(Exception):
    """A refused login: Keycloak's status, error and description."""

    def __init__(self, status: int, error: str, description: str) -> None:
        super().__init__(description)
        self.status = status
        self.body = {"error": error, "error_description": description}


class Tokens:
    """The clients and users of the realm, the key, and how long a token lives (in seconds)."""

    def __init__(self, clients: list[Client], lifetime: int = 300) -> None:
        self._clients = {client.name: client for client in (Client(*DEFAULT_CLIENT), *clients)}
        self._lifetime = lifetime
        self._accepted: set[str] = set()
        self._expired: set[str] = set()
        self._key = RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256"}, auto_kid=True)

    def certs(self) -> dict[str, Any]:
        """Return the public key as Keycloak's ``certs`` does."""
        return {"keys": [self._key.as_dict(private=False)]}

    def issue(self, form: dict[str, str], issuer: str) -> dict[str, Any]:
        """Answer a client_credentials or password grant.

        Users are the clients: a client's name and secret are also a username and a password.

        Raises:
            RefusedError: Keycloak would refuse, with this status and body.
        """
        grant = form.get("grant_type")
        if grant == "client_credentials":
            client = self._clients.get(form.get("client_id", ""))
            if client is None or client.secret != form.get("client_secret"):
                error = "invalid_client" if client is None else "unauthorized_client"
                raise RefusedError(401, error, "Invalid client or Invalid client credentials")
        elif grant == "password":
            client = self._clients.get(form.get("username", ""))
            if client is None or client.secret != form.get("password"):
                raise RefusedError(401, "invalid_grant", "Invalid user credentials")
        else:
            raise RefusedError(400, "unsupported_grant_type", "Unsupported grant_type")
        token = jwt.encode(self._header(), self._claims(client, form.get("client_id", ""), issuer), self._key)
        return {
            "access_token": token,
            "expires_in": self._lifetime,
            "refresh_expires_in": 0,
            "token_type": "Bearer",
            "not-before-policy": 0,
            "scope": "email profile",
        }

    def identify(self, token: str) -> Identity | None:
        """Return whom a token was issued to; None for one that is expired, forged or no token at all."""
        try:
            claims = jwt.decode(token, self._key).claims
        except (JoseError, ValueError):
            return None
        if claims.get("exp", 0) + _LEEWAY < time.time() or "azp" not in claims or token in self._expired:
            return None
        self._accepted.add(token)
        return Identity(
            actor=claims.get("uuid", MISSING_UUID),
            username=claims.get("preferred_username"),
            email=claims.get("email"),
            roles=frozenset(claims["realm_access"]["roles"]),
        )

    def was_accepted(self, token: str) -> bool:
        """Tell whether a token has let somebody in before."""
        return token in self._accepted

    def expire(self, token: str) -> None:
        """Let a token be over before its time."""
        self._expired.add(token)

    def _header(self) -> dict[str, Any]:
        return {"alg": "RS256", "typ": "JWT", "kid": self._key.kid}

    def _claims(self, client: Client, azp: str, issuer: str) -> dict[str, Any]:
        now = int(time.time())
        claims = {
            "jti": str(uuid4()),
            "iss": issuer,
            "aud": "account",
            "azp": azp,
            "iat": now,
            "exp": now + self._lifetime,
            "preferred_username": f"service-account-{client.name}",
            "realm_access": {"roles": sorted(client.roles)},
        }
        return claims | ({"uuid": str(uuid5(NAMESPACE_URL, client.name))} if client.has_uuid else {})


def basic_credentials(request: Request) -> dict[str, str]:
    """Return the client in an ``Authorization: Basic`` header, which Keycloak takes as well as the form's."""
    scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return {}
    try:
        name, _, secret = b64decode(encoded).decode().partition(":")
    except ValueError:
        return {}
    return {"client_id": unquote_plus(name), "client_secret": unquote_plus(secret)}
