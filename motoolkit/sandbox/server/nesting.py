"""What a real MO takes over what is nested in an answer, in objects: why flat reading is faster."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graphql import FieldNode, FragmentDefinitionNode, InlineFragmentNode, OperationDefinitionNode, parse

from motoolkit.catalogue import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graphql import SelectionSetNode

    from motoolkit.catalogue import Collection, Listing, Reference

TARGET: Final = 0.5
"""A link read in one go for all parents, for each object that it leads to (measured: 2 beside 4 ms)."""

TWIN: Final = 2.0
"""A deprecated link, for each parent (measured: 6 to 15 beside 3 ms)."""

LIST: Final = 3.0
"""A list, for each parent; its objects come on top (measured: 8 to 9 beside 3 ms)."""

CLIMB: Final = 6.0
"""What walks the tree, for each parent (measured: 17 to 27 beside 3 ms)."""

_CLIMBS: Final = frozenset(
    {"ancestors", "child_count", "has_children", "root", "root_response", "managers", "managers_response"}
)
_TRANSPARENT: Final = frozenset({"objects", "current", "validities", "registrations"})


def nested_weight(query: str, data: Mapping[str, Any]) -> float:
    """Return what the answer to a query holds below its top-level objects, in objects."""
    document = parse(query, no_location=True)
    walk = _Walk({d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)})
    operations = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
    for field in walk.fields(operations[0].selection_set) if operations else ():
        collection = _TOPS.get(field.name.value)
        if collection is not None and field.selection_set:
            walk.into(field.selection_set, data.get(_key(field)), collection, _key(field))
    return walk.weight


class _Walk:
    def __init__(self, fragments: Mapping[str, FragmentDefinitionNode]) -> None:
        self._fragments = fragments
        self._seen: set[tuple[str, str]] = set()
        self.weight = 0.0

    def fields(self, selections: SelectionSetNode) -> Iterator[FieldNode]:
        """Yield what is selected, in fragments too."""
        for selection in selections.selections:
            if isinstance(selection, FieldNode):
                yield selection
            elif isinstance(selection, InlineFragmentNode):
                yield from self.fields(selection.selection_set)
            else:
                yield from self.fields(self._fragments[selection.name.value].selection_set)  # type: ignore[attr-defined]

    def into(self, selections: SelectionSetNode, found: Any, collection: Collection, path: str) -> None:
        """Weigh what hangs on an object, or on each of a list."""
        for each in found if isinstance(found, list) else [found]:
            if isinstance(each, dict):
                for field in self.fields(selections):
                    self._field(field, each.get(_key(field)), collection, f"{path}.{_key(field)}")

    def _field(self, field: FieldNode, value: Any, collection: Collection, path: str) -> None:
        name = field.name.value
        link = _LINKS[collection.name].get(name)
        if field.selection_set and name in _TRANSPARENT:
            self.into(field.selection_set, value, collection, path)
        elif name in _CLIMBS:
            self.weight += CLIMB
        elif link is not None and field.selection_set:
            self.weight += self._cost(name, link, field, value, path)
            self.into(field.selection_set, value, CATALOGUE[link.target], path)

    def _cost(self, name: str, link: Reference | Listing, field: FieldNode, value: Any, path: str) -> float:
        if isinstance(value, dict) and "objects" in value:
            return LIST + len(value["objects"])
        if name != getattr(link, "field", name):
            return TWIN + (len(value) if isinstance(value, list) and hasattr(link, "by") else 0)
        loads = field.selection_set and any(
            f.name.value in _TRANSPARENT for f in self.fields(field.selection_set)
        )
        whom = (path, str(value.get("uuid", value))) if isinstance(value, dict) else (path, "")
        if not loads or not value or whom in self._seen:
            return 0.0
        self._seen.add(whom)
        return TARGET


def _key(field: FieldNode) -> str:
    return (field.alias or field.name).value


def _links(collection: Collection) -> Iterator[tuple[str, Reference | Listing]]:
    for reference in collection.references:
        yield from ((name, reference) for name in (reference.field, *reference.twins))
    for listing in collection.listings:
        yield from ((name, listing) for name in (listing.field, listing.twin) if name)


_TOPS: Final = {name: c for c in CATALOGUE.values() for name in (c.name, c.twin) if name}
_LINKS: Final = {c.name: dict(_links(c)) for c in CATALOGUE.values()}
