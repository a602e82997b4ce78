"""Who asks the sandbox, and what they may."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from motoolkit.catalogue import CATALOGUE
from motoolkit.sandbox.world import LEGACY_ACTOR

_VERBS: Final = ("create", "read", "update", "terminate", "delete", "refresh")
_STEMS: Final = (
    *(collection.role for collection in CATALOGUE.values()),
    *("accesslog", "actor", "configuration", "file", "health", "org", "registration", "version"),
    *("event", "event_listener", "event_namespace"),
)
_OTHERS: Final = (
    *("acknowledge_event", "fetch_event", "rerun_event", "send_event", "silence_event", "unsilence_event"),
    *("download_files", "list_files", "upload_files"),
)

ROLES: Final = frozenset({f"{verb}_{stem}" for verb in _VERBS for stem in _STEMS} | set(_OTHERS))
"""Every role that opens something; MO grants them one by one (a real MO's own list)."""

MISSING_UUID: Final = "face1e55-baad-1110-006d-697373696e67"
"""Who writes, and owns listeners, with a token without a ``uuid`` (measured)."""

WITHOUT_UUID: Final = "ffffffff-ffff-ffff-ffff-ffffffffffff"
"""The actor that ``me`` shows for such a token (measured)."""


@dataclass(frozen=True, slots=True)
class Identity:
    """An actor, the names that the token gives it, and its roles."""

    actor: str
    username: str | None = None
    email: str | None = None
    roles: frozenset[str] = ROLES


LEGACY: Final = Identity(LEGACY_ACTOR, roles=ROLES | {"admin", "owner", "service_api"})
"""Whoever comes with a ``session`` header; such a one lacks only ``read_event_all`` (measured)."""
