"""From a profile to SD-Løn; a sandbox tells its own."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import httpx

from motoolkit.client import profile_for
from motoolkit.errors import ProfileError
from motoolkit.profile import Profile, SdSettings, Secret, is_chosen, load_sd_settings
from motoolkit.profile.sd import ALWAYS, OPENING_HOURS
from motoolkit.sd.client._client import SdClient

if TYPE_CHECKING:
    from collections.abc import Mapping

_SECONDS: Final = 30.0
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_TIMEOUT: Final = 120.0


def connect_sd(profile: Profile | str | None = None, **overrides: Any) -> SdClient:
    """Return a client of the customer's SD-Løn; nothing is asked of it yet.

    Args:
        profile: a profile's name, the URL of its MO, or a ``Profile``; None as for ``motoolkit.connect``.
        overrides: any setting of a profile (``sd_url``, ``sd_institutions``, ``sd_password="env:NAME"`` …).

    Where nothing says ``sd_url`` and the MO is a sandbox, its stand-in for SD is used, which knows no hours.

    Raises:
        ProfileError: nothing says where SD is, or who we are there.
        SecretError: a secret stands in plain text where a reference belongs.
    """
    settings, timeout, mo_url = _settings(profile, overrides)
    if settings.url is None:
        settings = _of_sandbox(settings, mo_url)
    missing = [f"sd_{name}" for name in ("username", "password") if getattr(settings, name) is None]
    if missing:
        raise ProfileError(
            f"Nothing says {' and '.join(missing)} for SD-Løn at {settings.url}.",
            remedy=f"Set {' and '.join(missing)} in the profile, where its sd_url stands, or as "
            f"{' and '.join(f'MOTOOLKIT_{name.upper()}' for name in missing)}.",
        )
    return SdClient(replace(settings, hours=settings.hours or OPENING_HOURS), timeout=timeout)


def _settings(
    profile: Profile | str | None, overrides: dict[str, Any]
) -> tuple[SdSettings, float, str | None]:
    """Return the settings, the time that a request may take, and where MO is."""
    if profile is None and not is_chosen(None, overrides) and _says_url(overrides):
        return load_sd_settings(**overrides), _TIMEOUT, None
    chosen = profile_for(profile, overrides)
    return chosen.sd, chosen.timeout, chosen.mo_url


def _says_url(overrides: Mapping[str, Any]) -> bool:
    return bool(overrides.get("sd_url") or os.environ.get("MOTOOLKIT_SD_URL"))


def _of_sandbox(settings: SdSettings, mo_url: str | None) -> SdSettings:
    told = _door(mo_url) if mo_url else {}
    try:
        return replace(
            settings,
            url=str(told["url"]).rstrip("/"),
            username=str(told["username"]),
            password=Secret(str(told["password"])),
            institutions=settings.institutions or tuple(map(str, told["institutions"])),
            hours=settings.hours or ALWAYS,
            # Another sandbox may answer at the same address tomorrow.
            cache_hours=0.0,
        )
    except (KeyError, TypeError):
        raise ProfileError(
            "Nothing says where SD-Løn is.",
            remedy="Set sd_url, sd_username and sd_password in the profile, or MOTOOLKIT_SD_URL and so on.",
        ) from None


def _door(mo_url: str) -> Any:
    """Return what a sandbox tells of its SD; a real MO has no such door."""
    try:
        answer = httpx.get(
            f"{mo_url}/sandbox", timeout=_SECONDS, trust_env=httpx.URL(mo_url).host not in _LOOPBACK
        )
        return answer.json()["sd"] if answer.status_code == httpx.codes.OK else {}
    except (httpx.HTTPError, ValueError, KeyError, TypeError):
        return {}
