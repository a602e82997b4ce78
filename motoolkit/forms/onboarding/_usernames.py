"""Suggestions for a username: from the name, by patterns, free in MO now and ever."""

from __future__ import annotations

import re
import unicodedata
from itertools import count, islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.forms.onboarding._lookup import Lookup

PATTERNS: Final = ("{given:.3}{surname:.3}", "{given:.2}{surname:.2}", "{given:.1}{surname:.5}", "{given}")
"""How names become usernames, the best first; behind the last one comes a number from 2 on."""

_DANISH: Final = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ß": "ss"})
_OTHERS: Final = re.compile(r"[^a-z0-9]")
_MOST_TRIES: Final = 30


def suggestions(given_name: str, surname: str, lookup: Lookup, wanted: int = 3) -> list[str]:
    """Return usernames that nobody in MO has or had, in any system.

    Args:
        given_name: of the person; the first word counts.
        surname: the last word counts.
        lookup: whom to ask.
        wanted: how many.

    Raises:
        MoError: MO did not answer, or not as it should.
    """
    tried = islice(candidates(given_name, surname), _MOST_TRIES)
    return list(islice((name for name in tried if not lookup.holders(name)), wanted))


def candidates(given_name: str, surname: str) -> Iterator[str]:
    """Yield usernames without end, the best first; none for somebody without a name."""
    given, last = folded(given_name.partition(" ")[0]), folded(surname.strip().rpartition(" ")[2])
    found = [name for pattern in PATTERNS if (name := pattern.format(given=given, surname=last))]
    distinct = list(dict.fromkeys(found))
    yield from distinct
    for number in count(2) if distinct else ():
        yield f"{distinct[0]}{number}"


def folded(name: str) -> str:
    """Return a name in the letters a to z: ``Åse`` is ``aase``."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_DANISH))
    return _OTHERS.sub("", plain)
