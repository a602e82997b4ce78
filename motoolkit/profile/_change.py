"""Adding and removing profiles."""

from __future__ import annotations

import re
from typing import Any, Final

from motoolkit.errors import ProfileError
from motoolkit.profile._files import (
    DIRECTORIES,
    check_settings,
    known,
    read_profiles,
    read_setting,
    write_profile,
)
from motoolkit.profile._layers import Layer, combine
from motoolkit.profile._profile import Profile, load_profile
from motoolkit.profile._settings import SECRETS
from motoolkit.profile.secret import Secret, forget_in_keyring, is_reference, keep_in_keyring

_NAME: Final = re.compile(r"[A-Za-z0-9ÆØÅæøå][\w.-]*")
_SERVICE: Final = "motoolkit"


def add_profile(name: str, *, replace: bool = False, **settings: Any) -> Profile:
    """Write a profile to the file; its secrets go to the keyring, the file gets references.

    Args:
        name: what to call it; letters, digits, ``-``, ``_`` and ``.``.
        replace: whether a profile of that name may be overwritten.
        settings: ``mo_url`` and any other setting.  A secret is a value, which goes to the keyring under
            ``motoolkit/NAME``, or a reference (``env:``, ``file:``, ``keyring:``), which is written as it is.

    Raises:
        ProfileError: the name is taken or unusable, or a setting is.
        SecretError: there is no keyring to put a secret in.
    """
    if not _NAME.fullmatch(name):
        raise ProfileError(
            f"{name!r} can not be the name of a profile.", remedy="Use letters, digits, '-', '_' and '.'."
        )
    there = read_profiles()
    if name in there and not replace:
        raise ProfileError(
            f"There is a profile {name!r} already.",
            remedy=f"Remove it first: motoolkit profile remove {name}.",
        )
    given = {s: v for s, v in settings.items() if v is not None}
    read = {s: read_setting(f"profile {name!r}", s, v) for s, v in given.items()}
    if "mo_url" not in read:
        raise ProfileError(f"Profile {name!r} needs a mo_url.", remedy="Give the address of its MO.")
    combine([Layer(read)], name)
    written = {s: _reference(name, s, given[s]) if s in SECRETS else v for s, v in read.items()}
    if DIRECTORIES in there.get(name, {}):
        written[DIRECTORIES] = there[name][DIRECTORIES]  # they are written by hand, and stay
    check_settings(name, written)
    write_profile(name, written)
    return load_profile(name)


def _reference(name: str, setting: str, value: Any) -> str:
    if isinstance(value, str) and is_reference(value):
        return value
    revealed = value.reveal() if isinstance(value, Secret) else str(value)
    return keep_in_keyring(_SERVICE, _keyring_user(name, setting), revealed)


def _keyring_user(name: str, setting: str) -> str:
    return name if setting == "client_secret" else f"{name}-{setting}"


def remove_profile(name: str) -> None:
    """Take a profile out of the file, and the secrets that ``add_profile`` kept for it out of the keyring.

    Raises:
        ProfileError: there is no such profile.
    """
    profiles = read_profiles()
    if name not in profiles:
        raise known(name, profiles)
    write_profile(name, None)
    for setting in sorted(SECRETS):
        kept = f"keyring:{_SERVICE}/{_keyring_user(name, setting)}"
        if profiles[name].get(setting) == kept:
            forget_in_keyring(kept)
