"""Secrets that can be used but not shown."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from motoolkit.errors import SecretError

if TYPE_CHECKING:
    from collections.abc import Callable

_REMEDY: Final = (
    "Write where it is kept instead: keyring:SERVICE/USER, env:NAME or file:PATH; "
    "`motoolkit profile add` puts it in the keyring."
)


class Secret:
    """A secret, or where it is kept; ``reveal()`` is the only way to its value.

    Its ``repr``, ``str`` and ``format`` tell where it is kept; JSON and pickle refuse it.
    """

    __slots__ = ("_read", "source")

    def __init__(self, value: str) -> None:
        self._read: Callable[[], str] = lambda: value
        self.source = "given"

    @classmethod
    def kept(cls, source: str, read: Callable[[], str]) -> Secret:
        """Return a secret that ``read`` fetches when it is needed; ``source`` is what people are shown."""
        secret = cls("")
        secret._read = read
        secret.source = source
        return secret

    def reveal(self) -> str:
        """Return the value itself.

        Raises:
            SecretError: it is not where it should be.
        """
        return self._read()

    def __repr__(self) -> str:
        return f"Secret({self.source})"

    def __format__(self, format_spec: str) -> str:
        return format(repr(self), format_spec)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self.source == other.source and self.reveal() == other.reveal()

    def __hash__(self) -> int:
        return hash(self.source)

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("A secret can not be pickled or copied.")


def secret_at(reference: str) -> Secret:
    """Return the secret that a reference names: ``env:NAME``, ``file:PATH`` or ``keyring:SERVICE/USER``.

    It is fetched when it is revealed, so a profile can be read where its secret can not.

    Raises:
        SecretError: the text is no reference (and so probably the secret itself, which is not repeated).
    """
    scheme, colon, rest = reference.partition(":")
    if not colon or scheme not in _READERS or not rest:
        raise SecretError("A secret stands in plain text where a reference belongs.", remedy=_REMEDY)
    read = _READERS[scheme]
    return Secret.kept(reference, lambda: read(rest))


def is_reference(text: str) -> bool:
    """Tell whether a text names a place (``env:…``, ``file:…``, ``keyring:…``) and is no secret itself."""
    return text.partition(":")[0] in _READERS and ":" in text


def keep_in_keyring(service: str, user: str, value: str) -> str:
    """Put a secret in the system's keyring and return the reference to it.

    Raises:
        SecretError: there is no keyring here, or it refuses.
    """
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(service, user, value)
    except KeyringError as error:
        raise _no_keyring(f"{service}/{user}") from error
    return f"keyring:{service}/{user}"


def forget_in_keyring(reference: str) -> bool:
    """Delete the secret that a ``keyring:`` reference names; tell whether there was one to delete."""
    import keyring
    from keyring.errors import KeyringError

    service, _, user = reference.removeprefix("keyring:").rpartition("/")
    try:
        keyring.delete_password(service, user)
    except KeyringError:
        return False
    return True


def _from_environment(name: str) -> str:
    if value := os.environ.get(name):
        return value
    raise SecretError(f"The environment variable {name} is not set.", remedy=f"Set {name}.")


def _from_file(path: str) -> str:
    try:
        value = Path(path).expanduser().read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "it is no text"
        raise SecretError(
            f"The secret file {path} can not be read: {reason}.", remedy="Check its path and mode."
        ) from None
    if not value:
        raise SecretError(f"The secret file {path} is empty.", remedy="Write the secret in it.")
    return value


def _from_keyring(place: str) -> str:
    import keyring
    from keyring.errors import KeyringError

    service, _, user = place.rpartition("/")
    if not service or not user:
        raise SecretError(f"keyring:{place} names no secret.", remedy="Write it keyring:SERVICE/USER.")
    try:
        value = keyring.get_password(service, user)
    except KeyringError as error:
        raise _no_keyring(place) from error
    if not value:
        raise SecretError(
            f"The keyring holds no secret for {place}.",
            remedy=f"Put it there: keyring set {service} {user}.",
        )
    return value


def _no_keyring(place: str) -> SecretError:
    return SecretError(
        f"The keyring can not be used for {place}: this machine has none, or it is locked.",
        remedy="Unlock it, or keep the secret in an environment variable (env:NAME) or a file (file:PATH).",
    )


_READERS: Final[dict[str, Callable[[str], str]]] = {
    "env": _from_environment,
    "file": _from_file,
    "keyring": _from_keyring,
}
