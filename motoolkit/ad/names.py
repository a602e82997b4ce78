"""Names of units, groups and roles, as they are compared; a directory has room for 64 characters."""

from __future__ import annotations

import unicodedata
from typing import Final

LONGEST: Final = 64
"""Characters of a name in AD; what MO has more of is not there."""


def plain(name: str) -> str:
    """Return what is the same for two writings of a name: composed, in lower case, with single blanks."""
    composed = name if name.isascii() else unicodedata.normalize("NFC", name)
    return " ".join(composed.split()).casefold()


def tidy(name: str) -> str:
    """Return a name composed, without blanks that nobody sees, and as long as a directory has it."""
    return " ".join(unicodedata.normalize("NFC", name).split())[:LONGEST].rstrip()


def folded(name: str) -> str:
    """Return what is the same for two names that a directory takes for one."""
    return tidy(name).casefold()
