"""Names of people, units, groups and roles, as they are compared; a directory has room for 64 characters."""

from __future__ import annotations

import unicodedata
from typing import Final

LONGEST: Final = 64
"""Characters of a name in AD; what MO has more of is not there."""


def composed(name: str) -> str:
    """Return a name composed, and without blanks that nobody sees."""
    return " ".join((name if name.isascii() else unicodedata.normalize("NFC", name)).split())


def plain(name: str) -> str:
    """Return what is the same for two writings of a name."""
    return composed(name).casefold()


def tidy(name: str) -> str:
    """Return a name as a directory has it: composed, and cut where it is too long."""
    return composed(name)[:LONGEST].rstrip()


def folded(name: str) -> str:
    """Return what is the same for two names that a directory takes for one."""
    return tidy(name).casefold()
