"""Values made comparable: what two systems write differently and mean alike.  Findings tell the originals.

Domain facts, section 6: NFC, blanks, case; phones as E.164; names that differ softly.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from motoolkit.ad.names import plain

if TYPE_CHECKING:
    from collections.abc import Callable

_NOT_DIALLED: Final = re.compile(r"[\s()./\-‐-―]")
_DENMARK: Final = "+45"
_DANISH_DIGITS: Final = 8
_POSTAL: Final = re.compile(
    r"(?P<street>.*?)[\s,]*\b(?:DK-?)?(?P<code>\d{4})\b[\s,]*(?P<city>\D+)", re.DOTALL
)
_COLLISION: Final = re.compile(r"_\d{1,3}$")
_LONGEST_NAME: Final = 60
_WORDS: Final = re.compile(r"[\s,.\-]+")
_LETTERS: Final = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ö": "oe", "ä": "ae"})


def phone(value: str) -> str:
    """Return a telephone number as E.164, eight digits being Danish ones; a local number as it is."""
    dialled = _NOT_DIALLED.sub("", value.casefold().removeprefix("tel:"))
    if dialled.startswith("00"):
        dialled = f"+{dialled[2:]}"
    if dialled.isdigit() and len(dialled) == _DANISH_DIGITS:
        return _DENMARK + dialled
    if dialled.isdigit() and len(dialled) == _DANISH_DIGITS + 2 and dialled.startswith("45"):
        return f"+{dialled}"
    return dialled


def mail(value: str) -> str:
    """Return an e-mail address in lower case, without what a proxy address begins with."""
    return value.strip().casefold().removeprefix("smtp:").removeprefix("mailto:")


def street(value: str) -> str:
    """Return road and number of a postal address that may have the town too."""
    return plain(postal(value)[0])


def digits(value: str) -> str:
    """Return the digits of a postal code."""
    return "".join(each for each in value if each.isdigit())


def postal(value: str) -> tuple[str, str, str]:
    """Return road and number, postal code and town of an address in one line; "" for what it has not."""
    match = _POSTAL.fullmatch(value.strip())
    if match is None:
        return value.strip(" ,"), "", ""
    return match["street"].strip(" ,"), match["code"], match["city"].strip(" ,")


def common_name(value: str) -> str:
    """Return a common name without the number that the integration adds where the name is taken."""
    return plain(_COLLISION.sub("", value.strip()))


def common_names(name: str) -> tuple[str, ...]:
    """Return what the integration may call somebody in AD: middle names go until the name is short enough."""
    words = name.split()
    while len(" ".join(words)) > _LONGEST_NAME and len(words) > 2:  # noqa: PLR2004 - first and last name stay
        del words[-2]
    return tuple(dict.fromkeys((name, " ".join(words)[:_LONGEST_NAME].strip())))


def without_username(value: str, username: str) -> str:
    """Return a displayed name without the username that some directories add: ``Bo Holm (bo01)``."""
    if not username:
        return value
    sam = re.escape(username)
    return re.sub(rf"\s*(?:\({sam}\)|[-–]\s*{sam})\s*$", "", value, flags=re.IGNORECASE)


def alike(one: str, other: str) -> bool:
    """Tell whether two names may be one person's: middle names left out, initials, another order, å as aa."""
    names = sorted((_words(one), _words(other)), key=len)
    few, many = names
    if not few:
        return False
    if sorted(few) == sorted(many):
        return True
    whole = 0
    places = iter(many)
    for word in few:
        found = next((each for each in places if _fits(word, each)), None)
        if found is None:
            return False
        whole += found == word
    return whole > 0


def _words(name: str) -> list[str]:
    return [word for word in _WORDS.split(plain(name).translate(_LETTERS)) if word]


def _fits(word: str, other: str) -> bool:
    return word == other or (1 in {len(word), len(other)} and word[0] == other[0])


NORMAL: Final[dict[str, Callable[[str], str]]] = {
    "text": plain,
    "name": plain,
    "cn": common_name,
    "phone": phone,
    "mail": mail,
    "street": street,
    "digits": digits,
}
"""How each sort of value is made comparable."""
