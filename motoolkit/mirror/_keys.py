"""Where the key of an encrypted mirror file comes from: the caller, the environment, or the keyring."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

from motoolkit.errors import MirrorError

if TYPE_CHECKING:
    from pathlib import Path

VARIABLE = "MOTOOLKIT_MIRROR_KEY"
_SERVICE = "motoolkit/mirror"
_WAYS_OUT = f"Set {VARIABLE}, or pass key=, or pass no path and keep the mirror in memory."


def key_for(path: Path) -> str:
    """Return the key of the mirror file at ``path``: of ``MOTOOLKIT_MIRROR_KEY``, else of the keyring.

    In the keyring it is ``keyring:motoolkit/mirror/NAME``, NAME being the file's name without ending.  For
    a file that is yet to be made a key is made too.

    Raises:
        MirrorError: there is no key for the file, or no keyring.
    """
    if key := os.environ.get(VARIABLE):
        return key
    import keyring
    from keyring.errors import KeyringError

    user = path.stem
    try:
        key = keyring.get_password(_SERVICE, user)
        if key is None and not path.exists():
            key = secrets.token_urlsafe(32)
            keyring.set_password(_SERVICE, user, key)
    except KeyringError as error:
        raise MirrorError(
            f"There is no key for the mirror file {path}: this machine's keyring can not be used.",
            remedy=_WAYS_OUT,
        ) from error
    if key is None:
        raise MirrorError(
            f"There is no key for the mirror file {path} in the keyring (keyring:{_SERVICE}/{user}).",
            remedy=f"{_WAYS_OUT[:-1]}, or delete the file and load again.",
        )
    return key
