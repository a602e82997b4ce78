"""The profile file: found, read, checked, and rewritten without losing what others wrote in it."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from motoolkit.errors import InputError, ProfileError, SecretError
from motoolkit.files import replace_file
from motoolkit.profile._ad_tables import read_directories
from motoolkit.profile._settings import READERS, SECRETS
from motoolkit.profile.secret import secret_at

if TYPE_CHECKING:
    from collections.abc import Mapping

DIRECTORIES: Final = "ad"
"""The table of a profile that holds one table for each directory."""


def profile_file() -> Path:
    """Return where profiles are kept: ``MOTOOLKIT_CONFIG``, else the user's configuration folder."""
    if chosen := os.environ.get("MOTOOLKIT_CONFIG"):
        return Path(chosen).expanduser()
    import platformdirs

    return Path(platformdirs.user_config_dir("motoolkit", appauthor=False)) / "profiles.toml"


def read_profiles() -> dict[str, dict[str, Any]]:
    """Return the settings of every profile in the file, as written; no file is no profile.

    Raises:
        ProfileError: the file can not be read, or is no TOML.
    """
    path = profile_file()
    try:
        parsed = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise ProfileError(
            f"The profile file {path} can not be read: {error.strerror}.", remedy="Check its owner and mode."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProfileError(
            f"The profile file {path} is no valid TOML: {error}.", remedy="Correct it in an editor."
        ) from None
    profiles = parsed.get("profiles", {})
    if not isinstance(profiles, dict) or not all(isinstance(p, dict) for p in profiles.values()):
        raise ProfileError(
            f"The profile file {path} holds no [profiles.NAME] tables.", remedy="Name each profile like that."
        )
    return profiles


def check_settings(name: str, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return a file's settings, each read by its own reader; secrets must be references.

    Raises:
        ProfileError: a setting is unknown or has no usable value.
        SecretError: a secret stands in plain text.
    """
    place = f"profile {name!r}"
    read = {
        setting: _referenced(place, setting, value)
        if setting in SECRETS
        else read_setting(place, setting, value)
        for setting, value in settings.items()
        if setting != DIRECTORIES
    }
    if DIRECTORIES in settings:
        read[DIRECTORIES] = read_directories(place, settings[DIRECTORIES])
    return read


def read_setting(place: str, setting: str, value: Any) -> Any:
    """Read one setting; an error names the place it came from and the setting, never a secret's value."""
    if setting not in READERS:
        raise ProfileError.unknown(f"setting of {place} called", setting, [*READERS, DIRECTORIES])
    try:
        return READERS[setting](value)
    except ProfileError as error:
        hidden = setting in SECRETS or "@" in str(value)  # https://user:password@host
        told = "" if hidden else f" ({value!r})"
        raise ProfileError(
            f"{setting} of {place} can not be used{told}: {error.message}", remedy=error.remedy
        ) from None


def _referenced(place: str, setting: str, value: Any) -> Any:
    try:
        return secret_at(str(value))
    except SecretError as error:
        raise SecretError(
            f"{setting} of {place} stands in plain text in {profile_file()}.", remedy=error.remedy
        ) from None


def write_profile(name: str, settings: Mapping[str, Any] | None) -> None:
    """Put a profile into the file, or take it out with None; comments and unknown tables stay.

    Raises:
        ProfileError: the file can not be read or written.
    """
    import tomlkit

    read_profiles()
    path = profile_file()
    document = tomlkit.parse(path.read_text(encoding="utf-8")) if path.exists() else tomlkit.document()
    profiles = document.setdefault("profiles", tomlkit.table(is_super_table=True))
    profiles.pop(name, None)
    if settings is not None:
        table = tomlkit.table()
        table.update(settings)
        profiles[name] = table
    try:
        replace_file(path, tomlkit.dumps(document).encode())
    except OSError as error:
        raise ProfileError(
            f"The profile file {path} can not be written: {error.strerror}.",
            remedy="Check the folder's owner and mode, or choose another file with MOTOOLKIT_CONFIG.",
        ) from error


def known(name: str, profiles: Mapping[str, Any]) -> InputError:
    """Return the error for a profile that is not in the file."""
    error = ProfileError.unknown("profile", name, list(profiles))
    if not profiles:
        error.remedy = f"Add it: motoolkit profile add {name}. Profiles are kept in {profile_file()}."
    return error
