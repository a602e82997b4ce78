"""What the event system holds, and the token that an event is acknowledged with."""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self
from uuid import UUID

from motoolkit.model import COPENHAGEN

if TYPE_CHECKING:
    from motoolkit.sandbox.world import World

MO: Final = "mo"
"""The public namespace of MO's own changes."""

DEFAULT_PRIORITY: Final = 10000
"""What is not urgent; 1 is the most urgent."""

Undo = list[Callable[[], object]] | None
"""Where each change notes how to take it back; None where nothing is ever taken back."""


class EventError(Exception):
    """What MO refuses; it sends the bare sentence, without a key."""


class Token(NamedTuple):
    """Which event was handed out, and which of its generations."""

    uuid: str
    generation: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a token that was handed out.

        Raises:
            EventError: it is none.
        """
        try:
            uuid, generation = b64decode(text).decode().split(".", 1)
            return cls(str(UUID(uuid)), str(UUID(generation)))
        except (ValueError, TypeError, binascii.Error):
            raise EventError("Could not parse EventToken") from None

    def __str__(self) -> str:
        """Return it as it is handed out: nothing that a client should read."""
        return b64encode(f"{self.uuid}.{self.generation}".encode()).decode()


@dataclass(frozen=True, slots=True)
class Namespace:
    """Where events are sent; in one that is not ``public`` only the owner may listen."""

    name: str
    owner: str
    public: bool


@dataclass(frozen=True, slots=True)
class Listener:
    """Who listens to what; (user_key, owner, namespace) is unique."""

    uuid: str
    user_key: str
    owner: str
    routing_key: str
    namespace: str


@dataclass(frozen=True, slots=True)
class Pending:
    """An event that waits for a listener; there is one a subject.

    ``generation`` changes when the subject does, so that what was handed out before can no longer be
    acknowledged.  ``last_tried`` is None where nothing holds the event back.
    """

    uuid: str
    listener: str
    subject: str
    priority: int
    generation: str
    silenced: bool = False
    fetched: int = 0
    last_tried: datetime | None = None

    @property
    def token(self) -> Token:
        """What acknowledges it."""
        return Token(self.uuid, self.generation)

    def to_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return asdict(self) | {"last_tried": self.last_tried and self.last_tried.isoformat()}

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Self:
        """Return what ``to_json`` wrote."""
        tried = found["last_tried"]
        return cls(**{**found, "last_tried": tried and datetime.fromisoformat(tried)})


@dataclass(frozen=True, slots=True)
class Mark:
    """How far the generator has come: the last registration that it saw, and its time."""

    number: int
    moment: datetime

    @classmethod
    def of(cls, world: World) -> Self:
        """Return the mark of a world as it is now."""
        return cls(world.written, world.now())

    def to_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {"number": self.number, "moment": self.moment.isoformat()}

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Self:
        """Return what ``to_json`` wrote."""
        return cls(found["number"], datetime.fromisoformat(found["moment"]).astimezone(COPENHAGEN))
