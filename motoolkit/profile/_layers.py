"""The call over the environment over the file; credentials stay with the MO that they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from motoolkit.errors import ProfileError
from motoolkit.profile.credentials import ClientCredentials, GivenToken, LegacySession, PasswordGrant

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from motoolkit.profile.credentials import Credentials

GENERAL: Final = ("mo_url", "graphql_version", "concurrency", "page_size", "timeout")
_DEFAULT_REALM: Final = "mo"

_KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "token": ("token",),
    "session": ("session",),
    "password": ("username", "password"),
    "client": ("client_secret",),
}
"""The settings that show which way in is meant; a client's secret may go with a password."""

_WAYS: Final[Mapping[str, tuple[Callable[..., Credentials], tuple[str, ...], tuple[str, ...]]]] = {
    "token": (GivenToken, ("token",), ()),
    "session": (LegacySession, ("session",), ()),
    "password": (
        PasswordGrant,
        ("auth_server", "realm", "client_id", "username", "password"),
        ("client_secret",),
    ),
    "client": (ClientCredentials, ("auth_server", "realm", "client_id", "client_secret"), ()),
}
"""Of each way in: its class, the settings that it needs, and those that it may have."""


@dataclass(frozen=True, slots=True)
class Layer:
    """The settings of one origin."""

    settings: Mapping[str, Any]

    def kind(self) -> str | None:
        """Return the way in that this layer means, None for no way.

        Raises:
            ProfileError: it means several.
        """
        kinds = [kind for kind, shown in _KINDS.items() if any(s in self.settings for s in shown)]
        if kinds == ["password", "client"]:
            return "password"
        if len(kinds) > 1:
            raise ProfileError(
                f"Several ways to log in are given at once: {', '.join(kinds)}.", remedy="Keep one of them."
            )
        return kinds[0] if kinds else None

    def belongs_to(self, mo_url: str | None) -> bool:
        """Tell whether its credentials may be sent to this MO."""
        return bool(self.settings.get("mo_url", mo_url) == mo_url)


def combine(layers: Sequence[Layer], name: str | None) -> tuple[dict[str, Any], Credentials | None]:
    """Return the general settings and the credentials; earlier layers win.

    Raises:
        ProfileError: the chosen way in lacks a setting.
    """
    general = {s: v for layer in reversed(layers) for s, v in layer.settings.items() if s in GENERAL}
    usable = [layer for layer in layers if layer.belongs_to(general.get("mo_url"))]
    kind = next((found for layer in usable if (found := layer.kind())), None)
    if kind is None:
        return general, None
    merged = {"realm": _DEFAULT_REALM}
    for layer in reversed(usable):
        merged.update(layer.settings)
    return general, _build(kind, merged, name)


def _build(kind: str, merged: Mapping[str, Any], name: str | None) -> Credentials:
    way, needed, optional = _WAYS[kind]
    missing = [setting for setting in needed if setting not in merged]
    if missing:
        which = f"Profile {name!r}" if name else "The environment"
        raise ProfileError(
            f"{which} lacks {', '.join(missing)}, which logging in with a {kind} needs.",
            remedy=f"Set it in the profile or as {', '.join(f'MOTOOLKIT_{m.upper()}' for m in missing)}.",
        )
    return way(**{s: merged[s] for s in (*needed, *optional) if s in merged})
