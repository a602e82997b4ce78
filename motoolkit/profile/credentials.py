"""How a client says who it is: one class a way in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from motoolkit.profile.secret import Secret


@dataclass(frozen=True, slots=True)
class ClientCredentials:
    """A Keycloak client with a service account of its own."""

    auth_server: str
    realm: str
    client_id: str
    client_secret: Secret

    def grant(self) -> dict[str, str]:
        """Return the form that Keycloak's token endpoint is sent."""
        return {
            "grant_type": "client_credentials",
            "client_id": self.client_id,
            "client_secret": self.client_secret.reveal(),
        }


@dataclass(frozen=True, slots=True)
class PasswordGrant:
    """A Keycloak user; ``client_secret`` only where the client is confidential."""

    auth_server: str
    realm: str
    client_id: str
    username: str
    password: Secret
    client_secret: Secret | None = None

    def grant(self) -> dict[str, str]:
        """Return the form that Keycloak's token endpoint is sent."""
        form = {
            "grant_type": "password",
            "client_id": self.client_id,
            "username": self.username,
            "password": self.password.reveal(),
        }
        return form | ({"client_secret": self.client_secret.reveal()} if self.client_secret else {})


@dataclass(frozen=True, slots=True)
class GivenToken:
    """A bearer token that somebody else fetched; it is never renewed."""

    token: Secret


@dataclass(frozen=True, slots=True)
class LegacySession:
    """MO's legacy ``session`` header."""

    session: Secret


Grant = ClientCredentials | PasswordGrant
Credentials = ClientCredentials | PasswordGrant | GivenToken | LegacySession
"""None stands for a URL alone: the server is asked whether it is a sandbox, which tells its own."""
