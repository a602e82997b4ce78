"""Keycloak's answers at the token endpoint, its errors in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import orjson

from motoolkit.client._responses import read_json
from motoolkit.errors import AuthenticationError, TransportError
from motoolkit.profile import PasswordGrant

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx

    from motoolkit.profile import Grant

_OK: Final = 200
_NOT_FOUND: Final = 404

_ERRORS: Final[Mapping[str, tuple[str, str]]] = {
    "invalid_client": (
        "Keycloak does not accept the secret for client {client}",
        "Check client_id and client_secret; secrets are under Clients > {client} > Credentials in Keycloak.",
    ),
    "unauthorized_client": (
        "Keycloak does not let client {client} log in this way",
        "Check the secret, and that Keycloak has {needed} on for the client.",
    ),
    "invalid_grant": (
        "Keycloak does not accept the user name or the password for user {user}",
        "Check username and password, and that the account is enabled and needs no new password.",
    ),
    "invalid_scope": ("Keycloak does not offer client {client} the scope", "Check the client's scopes."),
    "unsupported_grant_type": (
        "Keycloak does not know this way to log in",
        "Use a client with a secret (client credentials).",
    ),
}
_BAD_SECRET: Final = ("Invalid client or Invalid client credentials", "Invalid client secret")


def read_token(response: httpx.Response, grant: Grant) -> tuple[str, float]:
    """Return the token and the seconds that it lives.

    Raises:
        AuthenticationError: Keycloak refuses; the message tells what it does not accept.
        TransportError: it gave no usable answer.
    """
    place = f"Keycloak at {grant.auth_server}"
    if response.status_code == _NOT_FOUND:
        raise AuthenticationError(
            f"{place} has no realm {grant.realm!r} (HTTP 404).",
            remedy="Check realm and auth_server; auth_server often ends in /auth.",
        )
    error = _error(response)
    if error:
        raise _refusal(error, grant)
    answer = read_json(response, place)
    try:
        return str(answer["access_token"]), float(answer.get("expires_in", 60))
    except (AttributeError, KeyError, TypeError, ValueError):
        raise TransportError(
            f"{place} sent an answer without a token.", remedy="Check auth_server and realm."
        ) from None


def _error(response: httpx.Response) -> dict[str, Any]:
    if response.status_code == _OK:
        return {}
    try:
        answer = orjson.loads(response.content)
    except orjson.JSONDecodeError:
        return {}
    return answer if isinstance(answer, dict) and isinstance(answer.get("error"), str) else {}


def _refusal(error: dict[str, Any], grant: Grant) -> AuthenticationError:
    code, description = error["error"], str(error.get("error_description", ""))
    if description in _BAD_SECRET:
        code = "invalid_client"
    names = {
        "client": grant.client_id,
        "user": getattr(grant, "username", f"of client {grant.client_id}"),
        "needed": "'direct access grants'" if isinstance(grant, PasswordGrant) else "'service accounts'",
    }
    sentence, remedy = _ERRORS.get(code, ("Keycloak refuses client {client} ({code})", "Check the profile."))
    return AuthenticationError(
        f"{sentence.format(code=code, **names)} ({grant.auth_server}).",
        remedy=remedy.format(**names),
    )
