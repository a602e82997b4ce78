"""MO's filters of namespaces, listeners and events: which condition is about which attribute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from motoolkit.sandbox.events._records import Listener, Namespace, Pending

NAMESPACE: Final = {"names": "name", "owners": "owner"}
LISTENER: Final = {"uuids": "uuid", "user_keys": "user_key", "owners": "owner", "routing_keys": "routing_key"}
PENDING: Final = {"subjects": "subject", "priorities": "priority"}


def namespace_fits(namespace: Namespace, given: Mapping[str, Any]) -> bool:
    """Tell whether a NamespaceFilter selects a namespace."""
    return _one_of(namespace, NAMESPACE, given) and given.get("public") in (None, namespace.public)


def listener_fits(listener: Listener, given: Mapping[str, Any]) -> bool:
    """Tell whether the own conditions of a ListenerFilter select a listener."""
    return _one_of(listener, LISTENER, given)


def pending_fits(pending: Pending, given: Mapping[str, Any]) -> bool:
    """Tell whether the own conditions of a FullEventFilter select an event."""
    return _one_of(pending, PENDING, given) and given.get("silenced") in (None, pending.silenced)


def _one_of(found: object, names: Mapping[str, str], given: Mapping[str, Any]) -> bool:
    """Tell whether each attribute is one of those given; null says nothing, an empty list selects nothing."""
    return all(
        getattr(found, attribute) in given[name]
        for name, attribute in names.items()
        if given.get(name) is not None
    )
