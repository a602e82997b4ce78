"""Who MO takes us for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Identity:
    """The actor that MO sees behind a client.

    ``meaning`` tells in plain words what a special actor stands for, and is None for an ordinary one.
    """

    uuid: str
    name: str | None
    email: str | None
    roles: frozenset[str]
    meaning: str | None = None

    def can(self, role: str) -> bool:
        """Tell whether MO gave us a role (``read_engagement``)."""
        return role in self.roles
