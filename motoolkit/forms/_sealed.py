"""Sealed files: drafts hold CPR numbers, so nothing of them is written in clear."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING, Final

from motoolkit.errors import InputError, SecretError

if TYPE_CHECKING:
    from pathlib import Path

    from cryptography.fernet import Fernet

VARIABLE: Final = "MOTOOLKIT_DRAFT_KEY"
_SERVICE: Final = "motoolkit/draft"
_MODE: Final = 0o600
_FOLDER_MODE: Final = 0o700


def new_key() -> str:
    """Return a key that nobody has yet."""
    from cryptography.fernet import Fernet

    return Fernet.generate_key().decode()


def key_for(path: Path, *, make: bool) -> str:
    """Return the key of a sealed file: of ``MOTOOLKIT_DRAFT_KEY``, else of the keyring.

    Args:
        path: the file; in the keyring its key is ``motoolkit/draft/NAME``, NAME without ending.
        make: make a key where the keyring has none.

    Raises:
        SecretError: there is no key, or no keyring.
    """
    if chosen := os.environ.get(VARIABLE):
        return chosen
    import keyring
    from keyring.errors import KeyringError

    try:
        key = keyring.get_password(_SERVICE, path.stem)
        if key is None and make:
            key = secrets.token_urlsafe(32)
            keyring.set_password(_SERVICE, path.stem, key)
    except KeyringError as error:
        raise SecretError(
            f"There is no key for the draft {path.name}: this machine's keyring can not be used.",
            remedy=f"Set {VARIABLE} to a password of your own.",
        ) from error
    if key is None:
        raise SecretError(
            f"The keyring has no key for the draft {path.name}.",
            remedy=f"Set {VARIABLE} to the password that it was saved with.",
        )
    return key


def seal(path: Path, text: str, key: str) -> None:
    """Write a text to a file, sealed with a key; whole or not at all, readable by its owner only.

    Raises:
        InputError: the file can not be written.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=_FOLDER_MODE)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _MODE), "wb") as opened:
            opened.write(_cipher(key).encrypt(text.encode()))
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise InputError(
            f"The draft can not be written to {path}: {error.strerror}.", remedy="Choose another path."
        ) from None


def unseal(path: Path, key: str) -> str:
    """Return what a file holds.

    Raises:
        InputError: it can not be read, or not with this key.
    """
    from cryptography.fernet import InvalidToken

    try:
        return str(_cipher(key).decrypt(path.read_bytes()), "utf-8")
    except OSError as error:
        raise InputError(
            f"The draft {path} can not be read: {error.strerror}.", remedy="Check the path."
        ) from None
    except InvalidToken:
        raise InputError(
            f"The draft {path} can not be opened with this key, or is no draft.",
            remedy="Use the key that it was saved with.",
        ) from None


def _cipher(key: str) -> Fernet:
    """Return the cipher of a key; a password of one's own is made into one."""
    import base64
    from hashlib import scrypt

    from cryptography.fernet import Fernet

    try:
        return Fernet(key)
    except ValueError:
        made = scrypt(key.encode(), salt=b"motoolkit draft", n=2**14, r=8, p=1, dklen=32)
        return Fernet(base64.urlsafe_b64encode(made))
