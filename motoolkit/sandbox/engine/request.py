"""What one GraphQL request knows: the world, the version, who asks, and what it has loaded so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from motoolkit.sandbox.engine.window import Window, instant

if TYPE_CHECKING:
    from datetime import datetime

    from motoolkit.sandbox.engine.tree import Tree
    from motoolkit.sandbox.identity import Identity
    from motoolkit.sandbox.records import Slice
    from motoolkit.sandbox.world import World


@dataclass(slots=True)
class Request:
    """The context of every resolver; ``now`` is taken once."""

    world: World
    version: int
    identity: Identity
    now: datetime
    primed: dict[tuple[str, str], tuple[Slice, ...]] = field(default_factory=dict)
    selected: dict[Any, frozenset[str]] = field(default_factory=dict)
    trees: dict[Window, Tree] = field(default_factory=dict)

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
