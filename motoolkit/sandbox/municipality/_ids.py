"""UUIDs by name: the same object has the same UUID whatever the seed, the size and the day."""

from __future__ import annotations

from uuid import UUID, uuid5

_NAMESPACE = UUID("6e6f7264-6279-4000-8000-6b6f6d6d756e")


def uid(collection: str, key: str) -> str:
    """Return the UUID of the object that the municipality calls ``key``."""
    return str(uuid5(_NAMESPACE, f"{collection}/{key}"))
