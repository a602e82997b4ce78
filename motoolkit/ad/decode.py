"""What directories write, as values: GUIDs, SIDs, times, flags, CPR numbers.

Directories send bytes, and exports of them send texts; every decoder takes both (domain/ad.md, 1).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Final
from uuid import UUID

from motoolkit.errors import InputError
from motoolkit.model import Cpr

_1601: Final = datetime(1601, 1, 1, tzinfo=UTC)
_NEVER: Final = 0x7FFFFFFFFFFFFFFF
_GENERALIZED: Final = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)?(\d\d)?(?:[.,]\d+)?(Z|[+-]\d\d(?:\d\d)?)?")
_SEPARATORS: Final = re.compile(r"[\s\u00a0./‐‑–-]")
_COMPUTED: Final = 0x10 | 0x800000
"""Locked out and password expired: bits that only msDS-User-Account-Control-Computed tells."""


def text(raw: bytes) -> str:
    """Return a text; what is no UTF-8 is read as Windows wrote it, never refused."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def guid(raw: bytes) -> str:
    """Return a GUID in lower case without braces, "" for none.

    Sixteen bytes are as Windows orders them, the first three fields little-endian; everything else is text.
    """
    if not raw:
        return ""
    if len(raw) == 16:  # noqa: PLR2004 - a GUID's bytes
        return str(UUID(bytes_le=raw))
    try:
        return str(UUID(text(raw).strip()))
    except ValueError:
        return ""


def sid(raw: bytes) -> str:
    """Return a security identifier as ``S-1-5-21-…``, "" for none."""
    if raw[:2].upper() == b"S-":
        return text(raw).strip().upper()
    if len(raw) < 8 or len(raw) != 8 + 4 * raw[1]:  # noqa: PLR2004 - its fixed part
        return ""
    parts = (int.from_bytes(raw[at : at + 4], "little") for at in range(8, len(raw), 4))
    return "-".join(map(str, ("S", raw[0], int.from_bytes(raw[2:8], "big"), *parts)))


def filetime(raw: bytes) -> datetime | None:
    """Return a moment, of hundreds of nanoseconds since 1601; None for never: 0 and the largest one."""
    ticks = integer(raw)
    if ticks is None or ticks <= 0 or ticks == _NEVER:
        return None
    try:
        return _1601 + timedelta(microseconds=ticks // 10)
    except OverflowError:
        return None


def to_filetime(moment: datetime) -> bytes:
    """Return a moment as a directory writes it."""
    return str((moment - _1601) // timedelta(microseconds=1) * 10).encode()


def generalized(raw: bytes) -> datetime | None:
    """Return a moment such as ``20261127103000.0Z`` or ``…+0200``, in UTC; None for none.

    Without a zone it is UTC, as directories mean it.
    """
    found = _GENERALIZED.fullmatch(text(raw).strip())
    if found is None:
        return None
    *parts, zone = found.groups()
    offset = timedelta()
    if zone and zone != "Z":
        offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[3:] or 0)) * (-1 if zone[0] == "-" else 1)
    try:
        year, month, day, hour, minute, second = (int(part or 0) for part in parts)
        zoned = datetime(year, month, day, hour, minute, second, tzinfo=timezone(offset))
        return zoned.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def integer(raw: bytes) -> int | None:
    """Return a whole number, None for none."""
    try:
        return int(text(raw).strip())
    except ValueError:
        return None


def group_type(raw: bytes) -> int:
    """Return groupType, signed as the directory writes it; some exports write it unsigned."""
    value = (integer(raw) or 0) & 0xFFFFFFFF
    return value - (1 << 32) if value >> 31 else value


def account_control(raw: bytes, computed: bytes = b"") -> int | None:
    """Return userAccountControl with what only the computed one tells: locked out, password expired."""
    flags = integer(raw)
    return None if flags is None else flags | ((integer(computed) or 0) & _COMPUTED)


def boolean(raw: bytes) -> bool:
    """Return a yes or no: ``TRUE``, ``True`` or ``1`` is yes."""
    return text(raw).strip().casefold() in {"true", "1", "yes"}


def primary_address(addresses: tuple[str, ...]) -> str:
    """Return the primary one of proxyAddresses, the one with SMTP in capitals, "" for none."""
    return next((each[5:] for each in addresses if each.startswith("SMTP:")), "")


def cpr(raw: bytes) -> tuple[str, bool]:
    """Return the ten characters of a CPR number, and whether there is something that is none.

    Separators do not matter, and a leading zero that a spreadsheet took away is put back where that makes a
    day.  Numbers with a day that does not exist (fictive ones) are numbers.
    """
    written = text(raw).strip()
    if not written:
        return "", False
    digits = _SEPARATORS.sub("", written)
    if len(digits) == 9 and digits.isascii() and digits.isdigit():  # noqa: PLR2004 - one short
        digits = f"0{digits}"
        if Cpr(digits).birth_date is None:
            return "", True
    try:
        return Cpr.parse(digits).digits, False
    except InputError:
        return "", True
