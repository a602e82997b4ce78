"""The roles that MO's mutations need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motoolkit.catalogue._inputs import WRITINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from motoolkit.catalogue._shapes import Collection


def mutation_roles(collections: Iterable[Collection]) -> Iterator[tuple[str, str]]:
    """Yield the mutations of objects, each with its role: ``addresses_create``, ``create_address``."""
    roles = {}
    for collection in collections:
        roles[collection.name] = collection.role
        yield f"{collection.role}_refresh", f"refresh_{collection.role}"
    for writing in WRITINGS.values():
        role = roles[writing.collection]
        for action in writing.actions:
            yield writing.mutation(action), f"{action}_{role}"
        for name, action in writing.plural.items():
            yield name, f"{action}_{role}"
    yield "related_units_update", f"update_{roles['related_units']}"
