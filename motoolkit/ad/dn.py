"""Distinguished names, compared by what they mean and never as strings (domain/ad.md, 1.7)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

Rdn = tuple[tuple[str, str], ...]
"""One step of a DN: its (attribute, value) pairs in order; most steps have one."""

_PAIR: Final = re.compile(
    r"""\s* (?P<type> [A-Za-z][\w.-]* | \d+(?:\.\d+)* ) \s* = \s*
        (?P<value> "(?:[^"\\]|\\.)*" | (?:[^\\,;+"]|\\[0-9A-Fa-f]{2}|\\.)* ) \s*
        (?P<next> [,;+] | \Z )""",
    re.VERBOSE | re.DOTALL,
)
_HEX: Final = re.compile(rb"\\([0-9A-Fa-f]{2})|\\(.)", re.DOTALL)
_EXTENDED: Final = re.compile(r"<([A-Z]+)=([^>]*)>;?")
_SPECIAL: Final = re.compile(r'[\\,+"<>;=]')


def parse(dn: str) -> tuple[Rdn, ...]:
    """Return the steps of a DN, the nearest first, with values as they are meant, without escapes.

    Raises:
        ValueError: it is no DN.
    """
    steps: list[Rdn] = []
    pairs: list[tuple[str, str]] = []
    at, more = 0, bool(dn.strip())
    while more:
        found = _PAIR.match(dn, at)
        if found is None or found.end() == at:
            raise ValueError(dn)
        pairs.append((found["type"].lower(), _unescaped(found["value"])))
        if found["next"] != "+":
            steps.append(tuple(pairs))
            pairs = []
        at, more = found.end(), bool(found["next"])
    return tuple(steps)


def _unescaped(value: str) -> str:
    if value[:1] == '"' and value[-1:] == '"' and len(value) > 1:
        value = value[1:-1]
    else:
        kept = value.rstrip(" ")
        # The blank after a backslash is escaped, and belongs to the value.
        odd = (len(kept) - len(kept.rstrip("\\"))) % 2
        value = f"{kept} " if odd and kept != value else kept
    if "\\" not in value:
        return value
    raw = _HEX.sub(lambda m: bytes.fromhex(m[1].decode()) if m[1] else m[2], value.encode())
    return raw.decode("utf-8", "replace")


@lru_cache(maxsize=200_000)
def key(dn: str) -> tuple[Rdn, ...]:
    """Return what two writings of one DN have in common; of what is no DN, its own text.

    Types in lower case, values case-folded and in one Unicode form, several pairs of one step in order.
    """
    try:
        return tuple(
            tuple(sorted((kind, unicodedata.normalize("NFC", value).casefold()) for kind, value in rdn))
            for rdn in parse(dn)
        )
    except ValueError:
        return ((("", dn.casefold()),),)


def same(one: str, other: str) -> bool:
    """Tell whether two writings mean the same place."""
    return key(one) == key(other)


def below(dn: str, base: str) -> bool:
    """Tell whether a DN is below another one, or is it; everything is below ""."""
    steps = key(base) if base.strip() else ()
    return not steps or key(dn)[-len(steps) :] == steps


def parent(dn: str) -> str:
    """Return the DN that one is right below, as it is written, "" for none."""
    at = 0
    while found := _PAIR.match(dn, at):
        at = found.end()
        if found["next"] != "+":
            return dn[at:].lstrip() if found["next"] else ""
    return ""


def name(dn: str) -> str:
    """Return the value of a DN's first step, "" for none."""
    try:
        return parse(dn)[0][0][1]
    except (ValueError, IndexError):
        return ""


def escape(value: str) -> str:
    r"""Return a value as it must be written in a DN: ``Hansen\, Åse``."""
    escaped = _SPECIAL.sub(lambda found: f"\\{found[0]}", value).replace("\x00", "\\00")
    if escaped[:1] in {"#", " "}:
        escaped = f"\\{escaped}"
    if escaped.endswith(" ") and len(value) > 1:
        escaped = f"{escaped[:-1]}\\ "
    return escaped


def extended(dn: str) -> tuple[str, str]:
    """Return the DN and the GUID of what the Extended DN control sends: ``<GUID=…>;<SID=…>;CN=…``.

    The GUID is as it was sent, "" where there is none.
    """
    guid, at = "", 0
    while found := _EXTENDED.match(dn, at):
        guid = found[2] if found[1] == "GUID" else guid
        at = found.end()
    return dn[at:], guid
