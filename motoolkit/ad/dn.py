r"""Distinguished names, compared as what they mean: ``CN=Hansen\, Åse`` and ``cn=hansen\2c åse`` are one.

Domain facts, section 1.7: types and values in any case, escapes in any form, Unicode composed or not, and
names of several parts (``cn=a+uid=b``) in any order.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

Rdn = tuple[tuple[str, str], ...]
"""One level of a name: types with their values, in order."""

_LEVEL: Final = re.compile(r'((?:[^,;\\"]|\\.|"(?:[^"\\]|\\.)*")*)(?:[,;]|$)', re.DOTALL)
_PART: Final = re.compile(r'((?:[^+\\"]|\\.|"(?:[^"\\]|\\.)*")*)(?:\+|$)', re.DOTALL)
_ESCAPE: Final = re.compile(rb"\\([0-9A-Fa-f]{2})|\\(.)", re.DOTALL)
_EXTENDED: Final = re.compile(r"<([A-Z]+)=([^>]*)>;?")
_MUST_BE_ESCAPED: Final = re.compile(r'[\\,+"<>;=]')
_SPECIAL: Final = re.compile(r'[\\"+;]')


@lru_cache(maxsize=8192)
def parts(dn: str) -> tuple[Rdn, ...]:
    """Return the levels of a name, the lowest first; two names are one where these are equal."""
    if not dn.strip():
        return ()
    if not _SPECIAL.search(dn):
        return tuple((_pair(level),) for level in dn.split(","))
    return tuple(tuple(sorted(_pair(part) for part in _split(_PART, level))) for level in _split(_LEVEL, dn))


def same(one: str, other: str) -> bool:
    """Tell whether two names are of one object."""
    # What is above is shared by many and known already.
    return one == other or (parts(parent(one)) == parts(parent(other)) and parts(one) == parts(other))


def below(dn: str, base: str) -> bool:
    """Tell whether something is below a base, at whatever depth; the base itself is not, and "" has all."""
    above, around = parts(base), parts(parent(dn))
    return bool(dn.strip()) and len(around) >= len(above) and around[len(around) - len(above) :] == above


def within(dn: str, base: str) -> bool:
    """Tell whether something is a base or below it."""
    above, all_of_it = parts(base), parts(dn)
    return all_of_it[max(len(all_of_it) - len(above), 0) :] == above


def parent(dn: str) -> str:
    """Return the name of what something is directly below, as it is written; "" for the topmost."""
    match = _LEVEL.match(dn)
    return dn[match.end() :].lstrip() if match else ""


def rdn_value(dn: str) -> str:
    """Return what something is called in its place: the first value, as people write it."""
    levels = _split(_LEVEL, dn)
    return _value(_split(_PART, levels[0])[0].partition("=")[2]) if levels and dn.strip() else ""


def escape(value: str) -> str:
    r"""Return a value as it must be written in a name: ``Hansen\, Åse``."""
    escaped = _MUST_BE_ESCAPED.sub(lambda found: f"\\{found[0]}", value).replace("\x00", "\\00")
    if escaped[:1] in {"#", " "}:
        escaped = f"\\{escaped}"
    if escaped.endswith(" ") and len(value) > 1:
        escaped = f"{escaped[:-1]}\\ "
    return escaped


def extended(dn: str) -> tuple[str, str]:
    """Return the name and the GUID of what the Extended DN control sends: ``<GUID=…>;<SID=…>;CN=…``.

    The GUID is as it was sent, "" where there is none.
    """
    guid, at = "", 0
    while found := _EXTENDED.match(dn, at):
        guid = found[2] if found[1] == "GUID" else guid
        at = found.end()
    return dn[at:], guid


def _split(pattern: re.Pattern[str], text: str) -> list[str]:
    found, at = [], 0
    while at <= len(text) and (match := pattern.match(text, at)):
        found.append(match[1])
        if match.end() == len(text) and match.end() == match.end(1):
            break
        at = match.end()
    return found or [text]


def _pair(part: str) -> tuple[str, str]:
    name, _, value = part.partition("=")
    return name.strip().lower(), unicodedata.normalize("NFC", _value(value).casefold())


def _value(written: str) -> str:
    """Return a value without its escapes; blanks around it count only where they are escaped."""
    stripped = written.strip(" ")
    if stripped.endswith("\\") and written.rstrip(" ") != written:
        # The blank that was taken away is the escaped one, unless the backslash is itself escaped.
        slashes = len(stripped) - len(stripped.rstrip("\\"))
        stripped += " " * (slashes % 2)
    if len(stripped) > 1 and stripped[0] == stripped[-1] == '"':
        stripped = stripped[1:-1]
    if "\\" not in stripped:
        return stripped
    raw = _ESCAPE.sub(lambda m: bytes.fromhex(m[1].decode()) if m[1] else m[2], stripped.encode())
    return raw.decode(errors="replace")
