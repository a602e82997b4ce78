"""Sealed files: what holds CPR numbers and must outlive a process is never written in clear."""

from __future__ import annotations

import base64
import hmac
import os
import secrets
from dataclasses import dataclass
from functools import lru_cache
from hashlib import scrypt
from typing import TYPE_CHECKING, Final

from motoolkit.errors import InputError, SecretError
from motoolkit.files import replace_file

if TYPE_CHECKING:
    from pathlib import Path

    from cryptography.fernet import Fernet


def new_key() -> str:
    """Return a key that nobody has yet."""
    from cryptography.fernet import Fernet

    return Fernet.generate_key().decode()


@dataclass(frozen=True, slots=True)
class SealedFiles:
    """One kind of sealed files, and where their keys are.

    Attributes:
        what: what people call such a file: ``draft``.
        variable: the environment variable that may hold the key, which may be a password of one's own.
        service: where in the keyring keys are, each under the name of what it is for.
    """

    what: str
    variable: str
    service: str

    def key_for(self, name: str, *, make: bool, told: str = "") -> str:
        """Return a key: of the environment, else of the keyring.

        Args:
            name: what the key is for; its place in the keyring.
            make: make a key where the keyring has none.
            told: which of these files it is for, in errors.

        Raises:
            SecretError: there is no key, or no keyring.
        """
        if chosen := os.environ.get(self.variable):
            return chosen
        import keyring
        from keyring.errors import KeyringError

        for_what = f"the {self.what} {told}".strip()
        try:
            key = keyring.get_password(self.service, name)
            if key is None and make:
                key = secrets.token_urlsafe(32)
                keyring.set_password(self.service, name, key)
        except KeyringError as error:
            raise SecretError(
                f"There is no key for {for_what}: this machine's keyring can not be used.",
                remedy=f"Set {self.variable} to a password of your own.",
            ) from error
        if key is None:
            raise SecretError(
                f"The keyring has no key for {for_what}.",
                remedy=f"Set {self.variable} to the password that it was saved with.",
            )
        return key

    def seal(self, path: Path, content: bytes, key: str) -> None:
        """Write a file, sealed with a key; whole or not at all, readable by its owner only.

        Raises:
            InputError: the file can not be written.
        """
        try:
            replace_file(path, self._cipher(key).encrypt(content))
        except OSError as error:
            raise InputError(
                f"The {self.what} can not be written to {path}: {error.strerror}.",
                remedy="Choose another path.",
            ) from None

    def unseal(self, path: Path, key: str, *, seconds: int | None = None) -> bytes:
        """Return what a file holds.

        Args:
            path: the file.
            key: what it was sealed with.
            seconds: how old it may be; its age is sealed too, so that a file's date does not matter.

        Raises:
            InputError: it can not be read, or not with this key, or it is too old.
        """
        from cryptography.fernet import InvalidToken

        try:
            return self._cipher(key).decrypt(path.read_bytes(), ttl=seconds)
        except OSError as error:
            raise InputError(
                f"The {self.what} {path} can not be read: {error.strerror}.", remedy="Check the path."
            ) from None
        except InvalidToken:
            raise InputError(
                f"The {self.what} {path} can not be opened with this key, or is no {self.what}.",
                remedy="Use the key that it was saved with.",
            ) from None

    def name_for(self, what: str, key: str) -> str:
        """Return a file name that tells nobody without the key what it is for, not even by trying."""
        material = _material(key, self._salt)
        return hmac.new(material, b"name " + what.encode(), "sha256").hexdigest()

    @property
    def _salt(self) -> str:
        return self.service.replace("/", " ")

    def _cipher(self, key: str) -> Fernet:
        from cryptography.fernet import Fernet

        return Fernet(_material(key, self._salt))


@lru_cache(maxsize=8)
def _material(key: str, salt: str) -> bytes:
    """Return a key as a cipher wants it; a password of one's own is made into one, which takes its time."""
    from cryptography.fernet import Fernet

    try:
        Fernet(key)
    except ValueError:
        made = scrypt(key.encode(), salt=salt.encode(), n=2**14, r=8, p=1, dklen=32)
        return base64.urlsafe_b64encode(made)
    return key.encode()


DRAFTS: Final = SealedFiles("draft", "MOTOOLKIT_DRAFT_KEY", "motoolkit/draft")
"""What has been entered in a form and not been sent."""
