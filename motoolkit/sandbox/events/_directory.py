"""Who listens where: namespaces, and the listeners in them."""

from __future__ import annotations

from dataclasses import asdict
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from motoolkit.sandbox.events._filters import listeners_that_fit, namespaces_that_fit
from motoolkit.sandbox.events._records import MO, EventError, Listener, Namespace
from motoolkit.sandbox.events._table import Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from motoolkit.sandbox.events._records import Undo

MO_OWNER: Final = "6d6f0000-0000-4000-8000-000000000001"
"""Who owns MO's namespace: nobody who could log in; a real MO draws one when it is installed (measured)."""


class Directory:
    """Namespaces and listeners, with MO's own namespace from the start."""

    def __init__(self) -> None:
        self._namespaces: Table[Namespace] = Table(asdict)
        self._listeners: Table[Listener] = Table(asdict)
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

    def namespaces(self, given: Mapping[str, Any]) -> list[Namespace]:
        """Return the namespaces that a NamespaceFilter selects, as they were declared."""
        return list(filter(namespaces_that_fit(given), self._namespaces))

    def listeners(self, given: Mapping[str, Any]) -> list[Listener]:
        """Return the listeners that a ListenerFilter selects, anybody's, by UUID."""
        wanted = {space.name for space in self.namespaces(given.get("namespaces") or {})}
        fits = listeners_that_fit(given)
        found = [one for one in self._listeners if one.namespace in wanted and fits(one)]
        return sorted(found, key=attrgetter("uuid"))
