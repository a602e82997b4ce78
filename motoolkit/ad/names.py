"""Names of units, groups and roles, as they are compared; a directory has room for 64 characters."""

from __future__ import annotations

import unicodedata
from typing import Final

LONGEST: Final = 64
"""Characters of a name in AD; what MO has more of is not there."""


def plain(name: str) -> str:
    """Return a name composed, and without blanks that nobody sees."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def tidy(name: str) -> str:
    """Return a name as a directory has it: plain, and cut where it is too long."""
    return plain(name)[:LONGEST].rstrip()


def folded(name: str) -> str:
    """Return what is the same for two names that a directory takes for one."""
    return tidy(name).casefold()
