"""The events that wait for their listeners, and how they are handed out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, Self
from uuid import UUID, uuid4, uuid5

from motoolkit.sandbox.events._directory import Directory
from motoolkit.sandbox.events._filters import pending_that_fit
from motoolkit.sandbox.events._records import (
    DEFAULT_PRIORITY,
    MO,
    EventError,
    Listener,
    Mark,
    Namespace,
    Pending,
)
from motoolkit.sandbox.events._waiting import Waiting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from motoolkit.sandbox.events._records import Token, Undo
    from motoolkit.sandbox.events._table import Table

LONGEST_SUBJECT: Final = 220


def _utc_now() -> datetime:
    return datetime.now(UTC)


class EventStore(Directory):
    """MO's event system, with MO's own namespace from the start.

    Whatever changes it takes ``undo``, a list that gets a callable for each change; called in reverse order
    they take back all of it.

    Args:
        clock: the real time in UTC, which back-off is counted in even when the world's clock stands.

    Attributes:
        mark: how far the generator has come.
    """

    def __init__(self, clock: Callable[[], datetime] = _utc_now) -> None:
        super().__init__()
        self._clock = clock
        self._pending = Waiting()
        self.mark: Mark | None = None

    def delete_listener(self, uuid: str, *, delete_pending_events: bool = False, undo: Undo = None) -> None:
        """Delete a listener if there is one; anybody may (measured).

        Raises:
            EventError: events wait for it, and they are not to be deleted with it.
        """
        if self._pending.of(uuid) and not delete_pending_events:
            raise EventError(
                "There are pending events for this listener. Consider carefully if these need to be handled "
                "first. You can delete the listener anyway with `delete_pending_events`."
            )
        for event in self._pending.of(uuid):
            self._pending.set(event.uuid, None, undo)
        self._listeners.set(uuid, None, undo)

    def send(
        self,
        namespace: str,
        routing_key: str,
        subject: str,
        *,
        sender: str,
        priority: int = DEFAULT_PRIORITY,
        undo: Undo = None,
    ) -> None:
        """Send an event in a namespace of one's own.

        Raises:
            EventError: the priority is below 1, the subject too long, or the namespace unknown or another's.
        """
        if priority < 1:
            raise EventError("priority must be natural")
        if len(subject) > LONGEST_SUBJECT:
            raise EventError("Too large subject. Only send identifiers as the subject, not data")
        place = self._namespaces.get(namespace)
        if place is None:
            raise EventError("Namespace does not exist.")
        if place.owner != sender:
            raise EventError("You are not the owner of that namespace.")
        self.add(routing_key, subject, namespace=namespace, priority=priority, undo=undo)

    def add(
        self,
        routing_key: str,
        subject: str,
        *,
        namespace: str = MO,
        priority: int = DEFAULT_PRIORITY,
        listener: str | None = None,
        owner: str | None = None,
        undo: Undo = None,
    ) -> None:
        """Put an event to those who listen to the routing key; where given, to that listener or owner only.

        One that still waits for the same subject becomes this one: it keeps the more urgent priority and its
        silence, but what was handed out no longer acknowledges it, and nothing holds it back any more.
        """
        for one in self._listeners:
            if (
                (one.namespace, one.routing_key) == (namespace, routing_key)
                and listener in (None, one.uuid)
                and owner in (None, one.owner)
            ):
                self._put(one, subject, priority, undo)

    def peek(self, listener: str, *, actor: str) -> Pending | None:
        """Return what ``fetch`` would: by silence, priority and how often it was fetched."""
        one = self._listeners.get(listener)
        if one is None or one.owner != actor:
            return None
        return self._pending.first(listener, self._clock())

    def fetch(
        self,
        listener: str,
        *,
        actor: str,
        spurious: Callable[[], bool] = lambda: False,
        undo: Undo = None,
    ) -> Pending | None:
        """Hand out an event, and hide it for a while; None says nothing about what waits.

        Args:
            listener: whose; another's, or one that does not exist, has none.
            actor: who asks.
            spurious: asked while something waits; whether to answer None all the same, as a real MO does to
                those who fetch in parallel.
            undo: how to take it back.
        """
        event = self.peek(listener, actor=actor)
        if event is None or spurious():
            return None
        handed = replace(event, fetched=event.fetched + 1, last_tried=self._clock())
        self._pending.set(event.uuid, handed, undo)
        return handed

    def acknowledge(self, token: Token, *, actor: str, undo: Undo = None) -> None:
        """Let go of an event; a stale, unknown or foreign token has no effect (measured)."""
        event = self._pending.get(token.uuid)
        listener = event and self._listeners.get(event.listener)
        if event and listener and event.token == token and listener.owner == actor:
            self._pending.set(event.uuid, None, undo)

    def silence(self, listeners: Mapping[str, Any], subjects: Iterable[str], *, undo: Undo = None) -> None:
        """Silence events, anybody's: they are handed out last."""
        for event in self.events({"listeners": listeners, "subjects": list(subjects)}):
            self._renew(event, undo, silenced=True)

    def unsilence(self, given: Mapping[str, Any], *, undo: Undo = None) -> None:
        """End the silence of events, anybody's, and let nothing hold them back."""
        for event in self.events({**given, "silenced": True}):
            self._renew(event, undo, silenced=False, last_tried=None)

    def rerun(self, given: Mapping[str, Any], *, undo: Undo = None) -> list[Pending]:
        """Let nothing hold events back, anybody's, and return them."""
        found = self.events(given)
        for event in found:
            self._renew(event, undo, last_tried=None)
        return found

    def reset_back_off(self, *, undo: Undo = None) -> None:
        """Let nothing hold any event back; MO has this for tests only."""
        self.rerun({}, undo=undo)

    def events(self, given: Mapping[str, Any], *, owner: str | None = None) -> list[Pending]:
        """Return the events that a FullEventFilter selects, only those for ``owner`` where given, by UUID."""
        fits = pending_that_fit(given)
        found = [
            event
            for one in self.listeners(given.get("listeners") or {})
            if owner in (None, one.owner)
            for event in self._pending.of(one.uuid)
            if fits(event)
        ]
        return sorted(found, key=attrgetter("uuid"))

    def to_json(self) -> dict[str, Any]:
        """Return all of it as plain values, each record by its key."""
        tables = {name: table.to_json() for name, table in self._tables.items()}
        return {**tables, "mark": self.mark and self.mark.to_json()}

    def changes(self) -> dict[str, Any]:
        """Return what has changed since this was last asked, as ``to_json`` writes it; None is gone.

        Where nothing has there is nothing in it.  How far the generator has come is told with the rest only:
        what it passed without telling anybody it may pass again.
        """
        changed = {name: found for name, table in self._tables.items() if (found := table.changes())}
        return {**changed, "mark": self.mark and self.mark.to_json()} if changed else {}

    @classmethod
    def from_json(
        cls, found: Mapping[str, Any], *later: Mapping[str, Any], clock: Callable[[], datetime] = _utc_now
    ) -> Self:
        """Return what ``to_json`` has written, and ``changes`` has told ``later``."""
        store = cls(clock)
        store._namespaces.set(MO, None)
        for part in (found, *later):
            for name, table in store._tables.items():
                for key, record in part.get(name, {}).items():
                    table.set(key, record and _READ[name](record))
            store.mark = Mark.from_json(part["mark"]) if part.get("mark") else store.mark
        store.changes()
        return store

    @property
    def _tables(self) -> dict[str, Table[Any]]:
        return {"namespaces": self._namespaces, "listeners": self._listeners, "events": self._pending}

    def _put(self, listener: Listener, subject: str, priority: int, undo: Undo) -> None:
        uuid = str(uuid5(UUID(listener.uuid), subject))
        waiting = self._pending.get(uuid)
        if waiting is None:
            fresh = Pending(uuid, listener.uuid, subject, priority, str(uuid4()))
            self._pending.set(uuid, fresh, undo)
            return
        urgent = min(waiting.priority, priority)
        self._renew(waiting, undo, priority=urgent, generation=str(uuid4()), fetched=0, last_tried=None)

    def _renew(self, event: Pending, undo: Undo, **changed: Any) -> None:
        self._pending.set(event.uuid, replace(event, **changed), undo)


_READ: Final[dict[str, Callable[[Mapping[str, Any]], Any]]] = {
    "namespaces": lambda found: Namespace(**found),
    "listeners": lambda found: Listener(**found),
    "events": Pending.from_json,
}
