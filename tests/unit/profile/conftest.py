"""A profile file of one's own, and a keyring that lives as long as the test."""

from __future__ import annotations

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

from motoolkit.profile import profile_file


class MemoryKeyring(KeyringBackend):
    """A keyring of a dictionary."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.held = {}

    def get_password(self, service, username):
        """Return what is held, or None."""
        return self.held.get((service, username))

    def set_password(self, service, username, password):
        """Hold it."""
        self.held[service, username] = password

    def delete_password(self, service, username):
        """Forget it."""
        if (service, username) not in self.held:
            raise PasswordDeleteError
        del self.held[service, username]


@pytest.fixture
def memory_keyring():
    """Put a keyring in place that holds ``held[service, user]``."""
    before, mine = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(mine)
    yield mine
    keyring.set_keyring(before)


@pytest.fixture
def no_keyring():
    """Put the backend in place that keyring takes where a machine has none."""
    from keyring.backends import fail

    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())
    yield
    keyring.set_keyring(before)


@pytest.fixture
def write():
    """Write the profile file: ``write("[profiles.nordby] …")``."""

    def go(text: str):
        profile_file().parent.mkdir(parents=True, exist_ok=True)
        profile_file().write_text(text)
        return profile_file()

    return go
