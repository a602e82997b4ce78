"""How a directory writes things down: GUIDs, SIDs, times, names."""

from __future__ import annotations

import re
import struct
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

_1601: Final = datetime(1601, 1, 1, tzinfo=UTC)
_SPECIAL: Final = re.compile(r'([,+"\\<>;=])')


def guid_bytes(guid: str) -> bytes:
    """Return a GUID as the directory sends it: the first three fields the other way round."""
    return UUID(guid).bytes_le


def sid_text(domain: tuple[int, int, int], rid: int) -> str:
    """Return a SID as people read it."""
    return f"S-1-5-21-{domain[0]}-{domain[1]}-{domain[2]}-{rid}"


def sid_bytes(domain: tuple[int, int, int], rid: int) -> bytes:
    """Return a SID as the directory sends it."""
    return struct.pack("<BB", 1, 5) + (5).to_bytes(6, "big") + struct.pack("<5I", 21, *domain, rid)


def filetime(moment: datetime) -> int:
    """Return the ticks of 100 nanoseconds since 1601."""
    passed = moment.astimezone(UTC) - _1601
    return (passed.days * 86_400 + passed.seconds) * 10_000_000 + passed.microseconds * 10


def from_filetime(ticks: int) -> datetime:
    """Return the moment that ticks tell."""
    return datetime.fromtimestamp(ticks / 10_000_000 - 11_644_473_600, UTC)


def generalized(moment: datetime) -> str:
    """Return a moment as whenCreated writes it."""
    return f"{moment.astimezone(UTC):%Y%m%d%H%M%S}.0Z"


def escaped(value: str) -> str:
    """Return the value of an RDN as it stands in a DN."""
    text = _SPECIAL.sub(r"\\\1", value).replace("\n", "\\0A")
    if text.startswith(("#", " ")):
        text = "\\" + text
    return text[:-1] + "\\ " if text.endswith(" ") else text
