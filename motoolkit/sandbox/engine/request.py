"""What one GraphQL request knows: the world, the version, who asks, and what it has loaded so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from motoolkit.sandbox.engine.window import Window, instant

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from motoolkit.sandbox.engine.tree import Tree
    from motoolkit.sandbox.identity import Identity
    from motoolkit.sandbox.records import Slice
    from motoolkit.sandbox.world import World


class AbortedError(Exception):
    """What MO's database answers after a no-op update: the transaction is dead, and MO does not know it."""

    def __init__(self) -> None:
        super().__init__("ErrorCodes.E_UNKNOWN")
        self.extensions = {
            "error_context": {
                "error": True,
                "description": "(psycopg.errors.InFailedSqlTransaction) current transaction is aborted, "
                "commands ignored until end of transaction block",
                "status": 500,
                "error_key": "E_UNKNOWN",
            }
        }


def never(_fault: str) -> bool:
    """Tell that no fault befalls a request."""
    return False


@dataclass(slots=True)
class Request:
    """The context of every resolver; ``now`` is taken once.

    ``strikes`` tells whether a fault befalls this request.
    """

    store: World
    version: int
    identity: Identity
    now: datetime
    primed: dict[tuple[str, str], tuple[Slice, ...]] = field(default_factory=dict)
    selected: dict[Any, frozenset[str]] = field(default_factory=dict)
    trees: dict[Window, Tree] = field(default_factory=dict)
    strikes: Callable[[str], bool] = never

    @property
    def world(self) -> World:
        """The world, as long as the transaction lives.

        Raises:
            AbortedError: a no-op update has killed it.
        """
        if self.store.aborted:
            raise AbortedError
        return self.store

    @property
    def present(self) -> Window:
        """The window of a filter that says nothing."""
        return instant(self.now)

    def slices(
        self, collection: str, uuid: str, window: Window, at: datetime | None = None
    ) -> tuple[Slice, ...]:
        """Return an object's slices in a window, as asserted now or ``at`` a registration time."""
        held = self.world.get(collection, uuid)
        return () if held is None else window.of(held.slices(at))

    def loaded(self, collection: str, uuid: str) -> tuple[Slice, ...]:
        """Return what the request's loader holds of an object, reading the present when it is asked first.

        MO primes it with the first list that returned the object, whatever that list's window was, so
        a ``current`` without ``at`` depends on the rest of the request (measured).
        """
        key = (collection, uuid)
        if key not in self.primed:
            self.primed[key] = self.slices(collection, uuid, self.present)
        return self.primed[key]
