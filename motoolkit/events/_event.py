"""An event as a handler sees it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from motoolkit.errors import InputError
from motoolkit.events._changes import changes_of, timeline_of
from motoolkit.events._routing import MO, collection_of

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from motoolkit.catalogue import Collection
    from motoolkit.events._changes import Change, Rows
    from motoolkit.model import Timeline


@dataclass(frozen=True)
class Event:
    """Something happened to ``subject``: read it anew, for MO does not tell what.

    An event comes at least once, and maybe again.  It comes when a change is registered, also one of the
    past or the future, and once more on the day on which it takes effect (measured).

    Attributes:
        routing_key: what kind of thing the subject is (``engagement``).
        subject: its UUID, or whatever the owner of another namespace sends.
        priority: 1 is the most urgent; 10000 is what nobody asked for.
        received: when it was fetched from MO.
    """

    routing_key: str
    subject: str
    priority: int
    received: datetime
    namespace: str = MO
    token: str = field(default="", repr=False)
    rows: tuple[Rows, Rows] | None = field(default=None, repr=False, compare=False)
    show_cpr: bool = field(default=False, repr=False, compare=False)

    @property
    def collection(self) -> Collection | None:
        """The catalogue's collection that holds the subject; None outside MO's own namespace."""
        return collection_of(self.routing_key, self.namespace)

    @cached_property
    def before(self) -> Timeline[dict[str, Any]]:
        """The object as the mirror had it: every validity, values by the mirror's columns.

        Raises:
            InputError: the listener has no mirror.
        """
        return self._timeline(0)

    @cached_property
    def after(self) -> Timeline[dict[str, Any]]:
        """The object as MO has it now; empty when it is gone.

        Raises:
            InputError: the listener has no mirror.
        """
        return self._timeline(1)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What is otherwise than the mirror had it: field, period, old and new; CPR numbers are masked.

        Raises:
            InputError: the listener has no mirror.
        """
        collection, rows = self._hydrated()
        return changes_of(collection, *rows, show_cpr=self.show_cpr)

    @property
    def deleted(self) -> bool:
        """Whether MO no longer has the object.

        Raises:
            InputError: the listener has no mirror.
        """
        return not self._hydrated()[1][1]

    def _timeline(self, side: int) -> Timeline[dict[str, Any]]:
        collection, rows = self._hydrated()
        return timeline_of(collection, rows[side], show_cpr=self.show_cpr)

    def _hydrated(self) -> tuple[Collection, tuple[Rows, Rows]]:
        if self.collection is None or self.rows is None:
            raise InputError(
                f"What changed in {self.routing_key} {self.subject} is not known.",
                remedy="Give the listener a mirror that holds it: Listener(..., mirror=mirror).",
            )
        return self.collection, self.rows
