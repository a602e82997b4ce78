"""Who asks the sandbox, and what they may."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from motoolkit.catalogue import CATALOGUE
from motoolkit.sandbox.world import LEGACY_ACTOR

READ_ROLES: Final = frozenset(
    {f"read_{collection.role}" for collection in CATALOGUE.values()}
    | {"read_org", "read_registration", "read_actor", "read_file", "read_accesslog"}
)
"""Every role that lets somebody read; MO grants them one by one."""

WITHOUT_UUID: Final = "ffffffff-ffff-ffff-ffff-ffffffffffff"
"""The actor that ``me`` shows for a token without a ``uuid`` (measured)."""


@dataclass(frozen=True, slots=True)
class Identity:
    """An actor, the names that the token gives it, and its roles."""

    actor: str
    username: str | None = None
    email: str | None = None
    roles: frozenset[str] = READ_ROLES


LEGACY: Final = Identity(LEGACY_ACTOR, roles=READ_ROLES | {"admin", "owner", "service_api"})
"""Whoever comes with a ``session`` header."""
