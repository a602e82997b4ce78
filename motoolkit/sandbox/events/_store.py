"""Namespaces, listeners and what waits for them: all that MO keeps of its events."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, Self
from uuid import UUID, uuid4, uuid5

from motoolkit.sandbox.events._filters import listener_fits, namespace_fits, pending_fits
from motoolkit.sandbox.events._records import (
    DEFAULT_PRIORITY,
    MO,
    EventError,
    Listener,
    Mark,
    Namespace,
    Pending,
)
from motoolkit.sandbox.events._table import Grouped, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from motoolkit.sandbox.events._records import Token, Undo

MO_OWNER: Final = "6d6f0000-0000-4000-8000-000000000001"
"""Who owns MO's namespace: nobody who could log in; a real MO draws one when it is installed (measured)."""

LONGEST_SUBJECT: Final = 220
_FIRST_WAIT: Final = timedelta(minutes=3)
_LONGEST_WAIT: Final = timedelta(hours=17)
_MOST_DOUBLINGS: Final = 32


def back_off(fetched: int) -> timedelta:
    """Return for how long an event hides after it was fetched for the ``fetched``-th time (measured)."""
    doubled = timedelta(seconds=2 ** min(fetched, _MOST_DOUBLINGS))
    return max(_FIRST_WAIT, min(doubled, _LONGEST_WAIT))


def _utc_now() -> datetime:
    return datetime.now(UTC)


class EventStore:
    """MO's event system, with MO's own namespace from the start.

    Whatever changes it takes ``undo``, a list that gets a callable for each change; called in reverse order
    they take back all of it.

    Args:
        clock: the real time in UTC, which back-off is counted in even when the world's clock stands.
    """

    def __init__(self, clock: Callable[[], datetime] = _utc_now) -> None:
        self._clock = clock
        self._namespaces: Table[Namespace] = Table(asdict)
        self._listeners: Table[Listener] = Table(asdict)
        self._pending: Grouped[Pending] = Grouped(Pending.to_json, attrgetter("listener"))
        self.mark: Mark | None = None
        self._namespaces.set(MO, Namespace(MO, MO_OWNER, public=True))

    def declare_namespace(
        self, name: str, *, owner: str, public: bool = False, undo: Undo = None
    ) -> Namespace:
        """Return the namespace, new or as it was declared before.

        Raises:
            EventError: it is another's, or ``public`` differs.
        """
        found = self._namespaces.get(name)
        if found is None:
            found = Namespace(name, owner, public)
            self._namespaces.set(name, found, undo)
        if found.owner != owner:
            raise EventError("Namespace already claimed by another owner.")
        if found.public != public:
            raise EventError(f"Namespace already exists with public={str(found.public).lower()}.")
        return found

    def delete_namespace(self, name: str, *, undo: Undo = None) -> None:
        """Delete a namespace if there is one; anybody may (measured).

        Raises:
            EventError: somebody listens in it.
        """
        if any(listener.namespace == name for listener in self._listeners):
            raise EventError(
                "There are still listeners for this namespace. Use the `event_listener_delete` mutator."
            )
        self._namespaces.set(name, None, undo)

    def declare_listener(
        self, user_key: str, routing_key: str, *, owner: str, namespace: str = MO, undo: Undo = None
    ) -> Listener:
        """Return the listener, new or as it was declared before; any routing key will do.

        Raises:
            EventError: there is no such namespace, it is another's own, or the routing key differs.
        """
        place = self._namespaces.get(namespace)
        if place is None:
            raise EventError("Namespace does not exist")
        if not place.public and place.owner != owner:
            raise EventError("Namespace already exists, but is non-public and you are not the owner.")
        key = (user_key, owner, namespace)
        same = (one for one in self._listeners if (one.user_key, one.owner, one.namespace) == key)
        found = next(same, None)
        if found is None:
            found = Listener(str(uuid4()), user_key, owner, routing_key, namespace)
            self._listeners.set(found.uuid, found, undo)
        if found.routing_key != routing_key:
            raise EventError("There already exists a listener with this user_key and a different routing_key")
        return found

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
        now = self._clock()
        due = [event for event in self._pending.of(listener) if _is_due(event, now)]
        return min(due, key=lambda event: (event.silenced, event.priority, event.fetched), default=None)

    def fetch(
        self, listener: str, *, actor: str, spurious: bool = False, undo: Undo = None
    ) -> Pending | None:
        """Hand out an event, and hide it for a while; None says nothing about what waits.

        Args:
            listener: whose; another's, or one that does not exist, has none.
            actor: who asks.
            spurious: answer None although something waits, as a real MO does to those who fetch in parallel.
            undo: how to take it back.
        """
        event = None if spurious else self.peek(listener, actor=actor)
        if event is None:
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

    def namespaces(self, given: Mapping[str, Any]) -> list[Namespace]:
        """Return the namespaces that a NamespaceFilter selects, as they were declared."""
        return [found for found in self._namespaces if namespace_fits(found, given)]

    def listeners(self, given: Mapping[str, Any]) -> list[Listener]:
        """Return the listeners that a ListenerFilter selects, anybody's, by UUID."""
        wanted = {space.name for space in self.namespaces(given.get("namespaces") or {})}
        found = [one for one in self._listeners if one.namespace in wanted and listener_fits(one, given)]
        return sorted(found, key=attrgetter("uuid"))

    def events(self, given: Mapping[str, Any], *, owner: str | None = None) -> list[Pending]:
        """Return the events that a FullEventFilter selects, only those for ``owner`` where given, by UUID."""
        found = [
            event
            for one in self.listeners(given.get("listeners") or {})
            if owner in (None, one.owner)
            for event in self._pending.of(one.uuid)
            if pending_fits(event, given)
        ]
        return sorted(found, key=attrgetter("uuid"))

    def advance(self, mark: Mark) -> None:
        """Note how far the generator has come."""
        self.mark = mark

    def to_json(self) -> dict[str, Any]:
        """Return all of it as plain values, each record by its key."""
        tables = {name: table.to_json() for name, table in self._tables.items()}
        return {**tables, "mark": self.mark and self.mark.to_json()}

    def changes(self) -> dict[str, Any]:
        """Return what has changed since this was last asked, as ``to_json`` writes it; None is gone.

        There is nothing in it where nothing has; how far the generator has come is told with the rest only,
        or it would never be quiet.
        """
        changed = {name: found for name, table in self._tables.items() if (found := table.changes())}
        return {**changed, "mark": self.mark and self.mark.to_json()} if changed else {}

    @classmethod
    def from_json(
        cls, found: Mapping[str, Any], *later: Mapping[str, Any], clock: Callable[[], datetime] = _utc_now
    ) -> Self:
        """Return what ``to_json`` has written, and ``changes`` has told ``later``."""
        store = cls(clock)
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


def _is_due(event: Pending, now: datetime) -> bool:
    return event.last_tried is None or now - event.last_tried > back_off(event.fetched)


_READ: Final[dict[str, Callable[[Mapping[str, Any]], Any]]] = {
    "namespaces": lambda found: Namespace(**found),
    "listeners": lambda found: Listener(**found),
    "events": Pending.from_json,
}
