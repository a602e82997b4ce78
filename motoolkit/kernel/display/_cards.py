"""Small cards: where a profile points and how it logs in, and which MO a client speaks with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from motoolkit.drawing import card, facts_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.profile import Profile

_WAYS: Final = {
    "ClientCredentials": "Keycloak-klient",
    "PasswordGrant": "Keycloak-bruger",
    "GivenToken": "token, der er givet",
    "LegacySession": "gammel session",
    "NoneType": "intet; kun en sandkasse lukker ind",
}
_KEPT: Final = ("client_secret", "password", "token", "session")
_SHOWN: Final = {
    "auth_server": "Keycloak",
    "realm": "Realm",
    "client_id": "Klient",
    "username": "Bruger",
}


def profile_html(profile: Profile) -> str:
    """Return a profile as a card, without its secrets."""
    return card(profile.name or "Profil uden navn", facts_table(_profile(profile)))


def profile_text(profile: Profile) -> str:
    """Return a profile as plain text, without its secrets."""
    return _lines(f"Profil: {profile.name or 'uden navn'}", list(_profile(profile)))


def client_html(client: Any) -> str:
    """Return a client as a card; MO is asked nothing."""
    return card(client.profile.name or client.url, facts_table(_client(client)))


def client_text(client: Any) -> str:
    """Return a client as plain text; MO is asked nothing."""
    return _lines(f"MO: {client.profile.name or client.url}", list(_client(client)))


def _profile(profile: Profile) -> Iterator[tuple[str, str]]:
    held = profile.credentials
    yield "MO", profile.mo_url
    yield "Logger ind med", _WAYS[type(held).__name__]
    for name, label in _SHOWN.items():
        if value := getattr(held, name, None):
            yield label, str(value)
    for name in _KEPT:
        if secret := getattr(held, name, None):
            yield "Hemmelighed", "givet" if secret.source == "given" else str(secret.source)
    version = profile.graphql_version
    yield "GraphQL", "nyeste fælles version" if version is None else f"v{version}"
    yield "Tempo", f"{profile.concurrency} ad gangen, {profile.page_size} objekter, {profile.timeout:g} s"


def _client(client: Any) -> Iterator[tuple[str, str]]:
    version = client.known_version
    yield "Adresse", client.url
    yield "GraphQL", "endnu ikke aftalt" if version is None else f"v{version}"
    yield "Logger ind med", _WAYS[type(client.profile.credentials).__name__]


def _lines(title: str, facts: list[tuple[str, str]]) -> str:
    width = max(len(name) for name, _ in facts)
    return "\n".join([title, *(f"  {name:<{width}}  {value}" for name, value in facts)])
