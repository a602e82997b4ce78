"""The catalogue itself: collections by any of the names that people use for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from motoolkit.catalogue._shapes import Collection
from motoolkit.errors import InputError


class Catalogue(Mapping[str, Collection]):
    """MO's collections by name (``engagements``), in an order that reads parents before children."""

    def __init__(self, collections: tuple[Collection, ...]) -> None:
        self._by_name = {c.name: c for c in collections}
        self._by_type = {c.type: c for c in collections}
        self._by_model = {c.model: c for c in collections}
        self._by_routing_key = {c.routing_key: c for c in collections if c.routing_key}

    def __getitem__(self, name: str) -> Collection:
        return self._by_name[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name)

    def __len__(self) -> int:
        return len(self._by_name)

    def find(self, name: str) -> Collection:
        """Return the collection called ``name``.

        Raises:
            InputError: there is none; the message suggests near misses.
        """
        if name not in self._by_name:
            raise InputError.unknown("collection", name, list(self._by_name))
        return self._by_name[name]

    def of_type(self, type_name: str) -> Collection | None:
        """Return the collection of a GraphQL type (``Engagement``), or None."""
        return self._by_type.get(type_name)

    def of_model(self, model: str) -> Collection | None:
        """Return the collection of a registration's ``model``, or None."""
        return self._by_model.get(model)

    def of_routing_key(self, routing_key: str) -> Collection | None:
        """Return the collection of an event's routing key (``person``), or None."""
        return self._by_routing_key.get(routing_key)
