"""What a nested field is, by the catalogue: a link, its deprecated twin, a list, or a walk in the tree."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from motoolkit.catalogue import CATALOGUE, Listing, Reference
from motoolkit.language import N_, tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.catalogue import Collection

TRANSPARENT: Final = frozenset({"objects", "current", "validities", "registrations"})
"""Fields between an object and its values."""

DEAR_LEAVES: Final = frozenset({"child_count", "has_children", "is_primary"})
"""Plain values that MO has to look for elsewhere."""

_CLIMBS: Final = {
    "ancestors": ("org_units",),
    "root": ("org_units",),
    "root_response": ("org_units",),
    "child_count": ("org_units",),
    "has_children": ("org_units",),
    "managers": ("managers", "org_units"),
    "managers_response": ("managers", "org_units"),
    "owners": ("owners", "org_units"),
    "is_primary": ("classes",),
}
"""What is found by walking, and the collections from which it can be found locally."""


class Nature(StrEnum):
    """What kind of field it is."""

    RESPONSE = "response"
    TWIN = "twin"
    LIST = "list"
    LIST_TWIN = "list twin"
    CLIMB = "climb"
    OTHER = "other"

    @property
    def label(self) -> str:
        """What people call it, in the language in use."""
        return tr(_LABELS[self])

    @property
    def asks_each_parent(self) -> bool:
        """Whether MO is known to send a query for each parent."""
        return self in {Nature.TWIN, Nature.LIST, Nature.LIST_TWIN, Nature.CLIMB}


_LABELS: Final = {
    Nature.RESPONSE: N_("link"),
    Nature.TWIN: N_("deprecated link"),
    Nature.LIST: N_("list"),
    Nature.LIST_TWIN: N_("deprecated list"),
    Nature.CLIMB: N_("walk in the tree"),
    Nature.OTHER: N_("other"),
}


@dataclass(frozen=True, slots=True)
class Link:
    """A nested field.

    Attributes:
        nature: what kind it is.
        field: the field that is used instead of a deprecated one, else its own name.
        targets: the collections whose flat reading has its facts.
        owner: the collection that it is a field of.
        by: the target's reference that leads back, of a list.
        name: the reference's name in the toolkit.
        many: whether it leads to several.
    """

    nature: Nature
    field: str
    targets: tuple[str, ...]
    owner: str = ""
    by: str = ""
    name: str = ""
    many: bool = False


def link_of(type_name: str, field: str) -> Link:
    """Return what a field of a GraphQL type is."""
    collection = CATALOGUE.of_type(type_name)
    if collection is None:
        return Link(Nature.OTHER, field, ())
    if field in _CLIMBS and field not in _lists(collection):
        return Link(Nature.CLIMB, field, _CLIMBS[field], collection.name)
    return next((link for name, link in _links(collection) if name == field), _other(collection, field))


def _other(collection: Collection, field: str) -> Link:
    return Link(Nature.OTHER, field, (), collection.name)


def _lists(collection: Collection) -> set[str | None]:
    """Return the lists that hold just what hangs on the object; ``managers`` of a unit is one."""
    return {name for listing in collection.listings for name in (listing.field, listing.twin)}


def _links(collection: Collection) -> Iterator[tuple[str, Link]]:
    for reference in collection.references:
        yield from _references(collection, reference)
    for listing in collection.listings:
        yield from _listings(collection, listing)


def _references(collection: Collection, link: Reference) -> Iterator[tuple[str, Link]]:
    found = {
        "field": link.field,
        "targets": (link.target,),
        "owner": collection.name,
        "name": link.column,
    }
    nature = Nature.LIST if link.many else Nature.RESPONSE
    yield link.field, Link(nature, many=link.many, **found)  # type: ignore[arg-type]
    for twin in link.twins:
        yield twin, Link(Nature.TWIN, many=link.many, **found)  # type: ignore[arg-type]


def _listings(collection: Collection, link: Listing) -> Iterator[tuple[str, Link]]:
    targets = (link.target,)
    by = CATALOGUE[link.target].reference(link.by).column
    yield link.field, Link(Nature.LIST, link.field, targets, collection.name, by, many=True)
    if link.twin and not link.twin_of_responses:
        yield link.twin, Link(Nature.LIST_TWIN, link.field, targets, collection.name, by, many=True)
    elif link.twin:
        yield link.twin, Link(Nature.LIST, link.twin, targets, collection.name, by, many=True)
