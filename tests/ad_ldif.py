"""LDIF of accounts and OUs, as a directory exports them, in words as short as may be."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

BASE = "DC=nordby,DC=example"
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


def guid_of(sam: str) -> str:
    """Return the GUID that an account or OU has, by its name."""
    return str(uuid5(NAMESPACE_URL, f"ldif/{sam}"))


def ticks(moment: datetime) -> str:
    """Return a moment as accountExpires has it."""
    return str(int((moment - _EPOCH).total_seconds()) * 10**7)


def account(sam: str, place: str, *, guid: str = "", **values: str) -> str:
    """Return an account below an OU: ``account("x1", "OU=Eksterne", givenName="Xenia", sn="Ude")``."""
    given = {"userAccountControl": "512", "accountExpires": "0", "sAMAccountName": sam, **values}
    return _entry(f"CN={sam},{place},{BASE}", "user", guid or guid_of(sam), given)


def ou(place: str) -> str:
    """Return an OU: ``ou("OU=Eksterne")``."""
    name = place.split(",", 1)[0].partition("=")[2]
    return _entry(f"{place},{BASE}", "organizationalUnit", guid_of(place), {"ou": name, "name": name})


def ldif(*entries: str) -> str:
    """Return a whole export."""
    return "\n".join(["version: 1", "", *entries, ""])


def _entry(dn: str, shape: str, guid: str, values: dict[str, str]) -> str:
    raw = base64.b64encode(UUID(guid).bytes_le).decode()
    lines = [f"dn:: {_b64(dn)}", "objectClass: top", f"objectClass: {shape}", f"objectGUID:: {raw}"]
    lines += [f"{name}:: {_b64(value)}" for name, value in values.items() if value]
    return "\n".join([*lines, ""])


def _b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
