"""MO's filters of namespaces, listeners and events: which condition is about which attribute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from motoolkit.sandbox.events._records import Listener, Namespace, Pending

NAMESPACE: Final = {"names": "name", "owners": "owner"}
LISTENER: Final = {"uuids": "uuid", "user_keys": "user_key", "owners": "owner", "routing_keys": "routing_key"}
PENDING: Final = {"subjects": "subject", "priorities": "priority"}


def namespaces_that_fit(given: Mapping[str, Any]) -> Callable[[Namespace], bool]:
    """Return what tells whether a NamespaceFilter selects a namespace."""
    listed = _one_of(NAMESPACE, given)
    return lambda namespace: listed(namespace) and given.get("public") in (None, namespace.public)


def listeners_that_fit(given: Mapping[str, Any]) -> Callable[[Listener], bool]:
    """Return what tells whether the own conditions of a ListenerFilter select a listener."""
    return _one_of(LISTENER, given)


def pending_that_fit(given: Mapping[str, Any]) -> Callable[[Pending], bool]:
    """Return what tells whether the own conditions of a FullEventFilter select an event."""
    listed = _one_of(PENDING, given)
    return lambda pending: listed(pending) and given.get("silenced") in (None, pending.silenced)


def _one_of(names: Mapping[str, str], given: Mapping[str, Any]) -> Callable[[object], bool]:
    """Tell whether each attribute is one of those given; null says nothing, an empty list selects nothing."""
    wanted = [(names[name], frozenset(given[name])) for name in names if given.get(name) is not None]
    return lambda found: all(getattr(found, attribute) in values for attribute, values in wanted)
