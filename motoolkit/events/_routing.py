"""What may be listened for: MO's routing keys, checked here since MO takes any text in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from motoolkit.catalogue import CATALOGUE
from motoolkit.errors import InputError

if TYPE_CHECKING:
    from motoolkit.catalogue import Collection

MO: Final = "mo"
"""The public namespace in which MO tells of its own changes."""

ROUTING_KEYS: Final = tuple(sorted(c.routing_key for c in CATALOGUE.values() if c.routing_key))
"""What MO tells of: one key for each kind of object."""


def check_routing_key(routing_key: str, namespace: str = MO) -> str:
    """Return a routing key that events can come under.

    MO accepts any and then never sends a thing (measured), so a slip would be silence.  In other namespaces
    the keys are their owner's business.

    Raises:
        InputError: MO has no such routing key; the message suggests near misses.
    """
    if namespace != MO:
        if not routing_key.strip():
            raise InputError("A routing key is empty.", remedy="Name what the namespace's owner sends under.")
        return routing_key
    if routing_key in ROUTING_KEYS:
        return routing_key
    found = CATALOGUE.get(routing_key) or CATALOGUE.of_model(routing_key)
    if found and found.routing_key:
        raise InputError(
            f"There is no routing key {routing_key!r}.", remedy=f"MO's events call it {found.routing_key!r}."
        )
    raise InputError.unknown("routing key", routing_key, ROUTING_KEYS)


def collection_of(routing_key: str, namespace: str = MO) -> Collection | None:
    """Return the collection that an event's subject is an object of; None outside MO's own namespace."""
    return CATALOGUE.of_routing_key(routing_key) if namespace == MO else None


def user_key(name: str, routing_key: str) -> str:
    """Return the user_key of the listener that MO keeps for one routing key of the listener ``name``.

    MO's listeners have one routing key each, and one user_key can not change its routing key (measured).
    """
    return f"{name}-{routing_key}"


def check_name(name: str) -> str:
    """Return a listener's name.

    Raises:
        InputError: it is empty.
    """
    if not name.strip():
        raise InputError(
            "A listener needs a name.", remedy="Name it after what it serves: Listener(mo, 'payroll')."
        )
    return name.strip()
