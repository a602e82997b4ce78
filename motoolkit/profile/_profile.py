"""One customer's connection: which MO, who we are there, and how hard to press."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from motoolkit.errors import ProfileError
from motoolkit.profile._ad_tables import with_password
from motoolkit.profile._files import (
    DIRECTORIES,
    check_settings,
    known,
    profile_file,
    read_profiles,
    read_setting,
)
from motoolkit.profile._layers import GENERAL, Layer, combine
from motoolkit.profile._settings import READERS, SECRETS
from motoolkit.profile.sd import SdSettings, combine_sd
from motoolkit.profile.secret import secret_at

if TYPE_CHECKING:
    from motoolkit.profile.ad import AdSettings
    from motoolkit.profile.credentials import Credentials

DEFAULT_CONCURRENCY: Final = 2
DEFAULT_PAGE_SIZE: Final = 500
DEFAULT_TIMEOUT: Final = 120.0
_SD_WAY_IN: Final = frozenset({"sd_url", "sd_username", "sd_password"})


@dataclass(frozen=True, slots=True)
class Profile:
    """How one MO is reached.

    Attributes:
        name: what people call it, and None when it came from a URL or the environment.
        mo_url: the base address, without ``/graphql``.
        credentials: who we are; None for a URL alone.
        graphql_version: a pinned version; None for the newest that MO serves and the toolkit knows.
        concurrency: requests under way at the same time.
        page_size: objects that the first page asks for; it adapts from there.
        timeout: seconds that one request may take.
        sd: how the customer's SD-Løn is reached.
        ad: how the customer's directories are reached, and how they are audited.
    """

    mo_url: str
    name: str | None = None
    credentials: Credentials | None = None
    graphql_version: int | None = None
    concurrency: int = DEFAULT_CONCURRENCY
    page_size: int = DEFAULT_PAGE_SIZE
    timeout: float = DEFAULT_TIMEOUT
    sd: SdSettings = field(default_factory=SdSettings)
    ad: tuple[AdSettings, ...] = ()


def is_chosen(name: str | None, overrides: dict[str, Any]) -> bool:
    """Tell whether anything says which MO is meant: an argument or the environment."""
    environment = (os.environ.get("MOTOOLKIT_PROFILE"), os.environ.get("MOTOOLKIT_MO_URL"))
    return any((name, overrides.get("mo_url"), *environment))


def load_profile(name: str | None = None, **overrides: Any) -> Profile:
    """Return a profile: from its name or a URL, the environment, and ``overrides`` above all.

    Args:
        name: a profile of the file, or a URL; None for ``MOTOOLKIT_PROFILE``, else the environment alone.
        overrides: any setting of a profile.  A secret may be given as a reference (``env:NAME``).

    The call wins over the environment (``MOTOOLKIT_MO_URL``, ``MOTOOLKIT_CLIENT_SECRET`` …), and that over
    the file.  Credentials belong to the MO that they are written with: when the environment or the call
    name another MO than the layers below, credentials from there are left out, never sent elsewhere.  The
    same holds for SD-Løn's.

    Raises:
        ProfileError: no such profile, an unusable setting, or no address.
        SecretError: a secret stands in plain text in the file.
    """
    name, layers = _layers(name, overrides)
    settings, credentials = combine(layers, name)
    if "mo_url" not in settings:
        raise ProfileError(
            "Nothing says which MO is meant.",
            remedy="Name a profile or a URL, or set MOTOOLKIT_PROFILE or MOTOOLKIT_MO_URL.",
        )
    directories = _directories(layers)
    return Profile(name=name, credentials=credentials, sd=combine_sd(layers), ad=directories, **settings)


def load_sd_settings(name: str | None = None, **overrides: Any) -> SdSettings:
    """Return how SD-Løn is reached, as ``load_profile`` would, even where nothing says which MO is meant.

    Raises:
        ProfileError, SecretError: as ``load_profile``.
    """
    return combine_sd(_layers(name, overrides)[1])


def _layers(name: str | None, overrides: dict[str, Any]) -> tuple[str | None, list[Layer]]:
    """Return the name of the profile in the file, and the settings of call, environment and file."""
    if name is not None and "://" in name:
        overrides = {"mo_url": name, **overrides}
        name = None
    elif name is None and not overrides.get("mo_url"):
        name = os.environ.get("MOTOOLKIT_PROFILE") or None
    given = {s: read_setting("the call", s, v) for s, v in overrides.items() if v is not None}
    return name, [Layer(given), Layer(_environment()), Layer(_written(name))]


def load_ad_settings(name: str | None = None) -> tuple[AdSettings, ...]:
    """Return the directories as ``load_profile`` would, even where nothing says which MO is meant.

    Raises:
        ProfileError, SecretError: as ``load_profile``.
    """
    return _directories(_layers(name, {})[1])


def _directories(layers: list[Layer]) -> tuple[AdSettings, ...]:
    """Return the directories of the file, with the passwords that the environment has for them."""
    found = next((layer.settings[DIRECTORIES] for layer in layers if DIRECTORIES in layer.settings), ())
    return tuple(with_password(each) for each in found)


def override(profile: Profile, overrides: dict[str, Any]) -> Profile:
    """Return a profile with other settings; who we are stays.

    Raises:
        ProfileError: a setting is unknown, unusable, or one of the credentials.
    """
    free = {*GENERAL, *(s for s in READERS if s.startswith("sd_") and s not in _SD_WAY_IN)}
    for setting in set(overrides) & set(READERS) - free:
        raise ProfileError(
            f"{setting} can not be changed on a profile that is loaded already.",
            remedy="Give it to load_profile, with the profile's name.",
        )
    given = {s: read_setting("the call", s, v) for s, v in overrides.items() if v is not None}
    sd = {s.removeprefix("sd_"): given.pop(s) for s in list(given) if s.startswith("sd_")}
    if "institutions" in sd:
        sd["institutions"] = tuple(sd["institutions"])
    return replace(profile, sd=replace(profile.sd, **sd), **given)


def _environment() -> dict[str, Any]:
    found = {s: f"MOTOOLKIT_{s.upper()}" for s in READERS if os.environ.get(f"MOTOOLKIT_{s.upper()}")}
    return {
        setting: secret_at(f"env:{variable}")
        if setting in SECRETS
        else read_setting(f"the environment ({variable})", setting, os.environ[variable])
        for setting, variable in found.items()
    }


def _written(name: str | None) -> dict[str, Any]:
    if name is None:
        return {}
    profiles = read_profiles()
    if name not in profiles:
        raise known(name, profiles)
    return check_settings(name, profiles[name])


def list_profiles() -> list[Profile]:
    """Return every profile of the file, by name; the environment plays no part.

    Raises:
        ProfileError: the file or a profile in it can not be used.
        SecretError: a secret stands in plain text.
    """
    return [_of_file(name, settings) for name, settings in sorted(read_profiles().items())]


def _of_file(name: str, settings: dict[str, Any]) -> Profile:
    layer = Layer(check_settings(name, settings))
    chosen, credentials = combine([layer], name)
    if "mo_url" not in chosen:
        raise ProfileError(f"Profile {name!r} names no mo_url.", remedy=f"Write it in {profile_file()}.")
    directories = layer.settings.get(DIRECTORIES, ())
    return Profile(name=name, credentials=credentials, sd=combine_sd([layer]), ad=directories, **chosen)
