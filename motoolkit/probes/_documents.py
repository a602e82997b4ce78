"""A nested document taken apart: its fields by path, and the document without one, or with another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from graphql import (
    REMOVE,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    NamedTypeNode,
    NameNode,
    OperationDefinitionNode,
    SelectionSetNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    visit,
)

from motoolkit.catalogue import CATALOGUE
from motoolkit.probes._links import DEAR_LEAVES, TRANSPARENT, Link, Nature, link_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from graphql import GraphQLSchema

Path = tuple[str, ...]
_WRAPPERS: Final = ("Response", "Paged", "Registration")


@dataclass(frozen=True, slots=True)
class Place:
    """A nested field of a document.

    Attributes:
        path: the keys of the answer from the top-level field's down to it.
        link: what it is.
        depth: how many links lead to it: 1 on the collection's own objects.
        selected: the names of what is asked for right below it, past ``current`` and the like.
    """

    path: Path
    link: Link
    depth: int
    selected: tuple[str, ...] = ()

    @property
    def parent(self) -> Path:
        """The path of the objects on which the field stands."""
        return self.path[:-1]


def label(path: Iterable[str]) -> str:
    """Return a path as people read it: ``person.engagements``, without what stands between."""
    return ".".join(step for step in list(path)[1:] if step not in TRANSPARENT)


def inlined(document: DocumentNode) -> DocumentNode:
    """Return a document whose fragments stand where they are used."""
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    kept = tuple(d for d in document.definitions if not isinstance(d, FragmentDefinitionNode))
    bare = DocumentNode(definitions=kept)
    return visit(bare, _Inliner(fragments)) if fragments else document


class _Inliner(Visitor):
    def __init__(self, fragments: dict[str, FragmentDefinitionNode]) -> None:
        super().__init__()
        self._fragments = fragments

    def enter_fragment_spread(self, node: FragmentSpreadNode, *_: Any) -> InlineFragmentNode:
        """Put the fragment itself there; what it spreads is visited next."""
        spread = self._fragments[node.name.value]
        return InlineFragmentNode(
            type_condition=NamedTypeNode(name=spread.type_condition.name),
            directives=node.directives,
            selection_set=spread.selection_set,
        )


def tops(document: DocumentNode) -> list[FieldNode]:
    """Return the top-level fields of a document."""

    def flat(selections: SelectionSetNode) -> Iterator[FieldNode]:
        for selection in selections.selections:
            if isinstance(selection, FieldNode):
                yield selection
            elif isinstance(selection, InlineFragmentNode):
                yield from flat(selection.selection_set)

    (operation,) = (d for d in document.definitions if isinstance(d, OperationDefinitionNode))
    return list(flat(operation.selection_set))


class _Walker(Visitor):
    """Follows the keys of the answer."""

    def __init__(self) -> None:
        super().__init__()
        self.path: list[str] = []

    def enter_field(self, node: FieldNode, *_: Any) -> Any:
        """Go down."""
        self.path.append((node.alias or node.name).value)
        return self.found(node)

    def leave_field(self, _node: FieldNode, *_: Any) -> None:
        """Go up."""
        self.path.pop()

    def found(self, node: FieldNode) -> Any:
        """Do what is to be done with a field."""
        raise NotImplementedError


class _Finder(_Walker):
    def __init__(self, info: TypeInfo) -> None:
        super().__init__()
        self._info = info
        self._inside: list[bool] = []
        self.places: dict[Path, Place] = {}

    def found(self, node: FieldNode) -> None:
        """Note a field that may cost something by itself."""
        parent = self._info.get_parent_type()
        name = node.name.value
        above = parent.name if parent else ""
        named = get_named_type(self._info.get_type()) if self._info.get_type() else None
        nested = bool(node.selection_set) and not self._sees_through(above, name)
        kind = named.name if named else ""
        nested = nested and bool(kind) and "Validity" not in kind and kind != "PageInfo"
        dear = not node.selection_set and name in DEAR_LEAVES
        counts = (nested or dear) and len(self.path) > 1
        if counts and tuple(self.path) not in self.places:
            link = link_of(above, name)
            if link.nature is Nature.LIST and _climbs(node):
                link = replace(link, nature=Nature.CLIMB, targets=(*link.targets, "org_units"))
            depth = 1 + sum(self._inside)
            self.places[tuple(self.path)] = Place(tuple(self.path), link, depth, _selected(node))
        self._inside.append(counts and nested)

    def leave_field(self, node: FieldNode, *_: Any) -> None:
        """Go up."""
        super().leave_field(node)
        self._inside.pop()

    @staticmethod
    def _sees_through(above: str, name: str) -> bool:
        return name in TRANSPARENT and above.endswith(_WRAPPERS)


def _climbs(node: FieldNode) -> bool:
    """Tell whether a list is looked for further up where it is empty."""
    return any(
        argument.name.value == "inherit" and getattr(argument.value, "value", True)
        for argument in node.arguments or ()
    )


def _selected(node: FieldNode) -> tuple[str, ...]:
    found: dict[str, None] = {}

    def collect(selections: SelectionSetNode | None) -> None:
        for each in selections.selections if selections else ():
            if isinstance(each, FieldNode) and each.name.value not in TRANSPARENT:
                found[each.name.value] = None
            elif isinstance(each, FieldNode | InlineFragmentNode):
                collect(each.selection_set)

    collect(node.selection_set)
    return tuple(found)


def places(document: DocumentNode, schema: GraphQLSchema) -> list[Place]:
    """Return the nested fields of a checked document, in its order."""
    info = TypeInfo(schema)
    finder = _Finder(info)
    visit(document, TypeInfoVisitor(info, finder))
    return list(finder.places.values())


class _Changer(_Walker):
    def __init__(self, path: Path, change: Callable[[FieldNode], Any]) -> None:
        super().__init__()
        self._wanted, self._change = list(path), change

    def found(self, node: FieldNode) -> Any:
        """Change the field of the path."""
        if self.path != self._wanted:
            return None
        changed = self._change(node)
        # A removed node is not left, so the walk goes up here.
        if changed is REMOVE:
            self.path.pop()
        return changed

    def leave_selection_set(self, node: SelectionSetNode, *_: Any) -> Any:
        """Leave nothing empty: the object itself stays."""
        return None if node.selections else _set(_field("__typename"))


def without(document: DocumentNode, path: Path) -> DocumentNode:
    """Return the document without a field."""
    return _tidy(visit(document, _Changer(path, lambda _: REMOVE)))


def instead(document: DocumentNode, place: Place) -> DocumentNode | None:
    """Return the document with what replaces a deprecated field; None where nothing does."""
    if place.link.nature not in {Nature.TWIN, Nature.LIST_TWIN}:
        return None

    def change(node: FieldNode) -> FieldNode:
        current = _field("current", node.selection_set)
        inside = _field("objects", _set(current)) if place.link.many else current
        return FieldNode(
            name=NameNode(value=place.link.field),
            alias=NameNode(value=(node.alias or node.name).value),
            arguments=node.arguments,
            directives=node.directives,
            selection_set=_set(inside),
        )

    changed: DocumentNode = visit(document, _Once(place.path, change))
    return changed


def all_instead(document: DocumentNode, found: Iterable[Place]) -> DocumentNode | None:
    """Return the document with no deprecated field; None where it has fewer than two."""
    twins = [place for place in found if place.link.nature in {Nature.TWIN, Nature.LIST_TWIN}]
    if len(twins) < 2:  # noqa: PLR2004 - of one there is a form already
        return None
    # From the innermost on: what replaces a field makes the paths below it longer.
    for place in sorted(twins, key=lambda each: -len(each.path)):
        document = instead(document, place) or document
    return document


def joined(document: DocumentNode, place: Place) -> DocumentNode:
    """Return the document with no more of a field than what it can be joined by."""
    link = place.link
    if not link.name or link.many or link.nature not in {Nature.TWIN, Nature.RESPONSE}:
        return without(document, place.path)

    def change(node: FieldNode) -> FieldNode:
        return FieldNode(
            name=NameNode(value=link.field), arguments=(), directives=node.directives,
            alias=NameNode(value=f"{(node.alias or node.name).value}_key"),
            selection_set=_set(_field("uuid")),
        )  # fmt: skip

    return _tidy(visit(document, _Once(place.path, change)))


class _Once(_Walker):
    """Replaces a field and looks no further below it."""

    def __init__(self, path: Path, change: Callable[[FieldNode], FieldNode]) -> None:
        super().__init__()
        self._wanted, self._change = list(path), change

    def found(self, node: FieldNode) -> FieldNode | None:
        """Leave fields as they are on the way down."""

    def leave_field(self, node: FieldNode, *_: Any) -> Any:
        """Replace the field on the way up, so that what replaces it is not visited."""
        here = self.path == self._wanted
        self.path.pop()
        return self._change(node) if here else None


def cut(document: DocumentNode, found: Iterable[Place], depth: int) -> DocumentNode:
    """Return the document without what is deeper than so many links."""
    for place in found:
        if place.depth == depth + 1:
            document = without(document, place.path)
    return document


def _tidy(document: DocumentNode) -> DocumentNode:
    """Remove the declarations of variables that nothing uses any more: MO refuses them."""
    (operation,) = (d for d in document.definitions if isinstance(d, OperationDefinitionNode))
    used = _Used()
    visit(operation.selection_set, used)
    kept = tuple(d for d in operation.variable_definitions or () if d.variable.name.value in used.names)
    changed = OperationDefinitionNode(
        operation=operation.operation,
        name=operation.name,
        variable_definitions=kept,
        directives=operation.directives,
        selection_set=operation.selection_set,
    )
    return DocumentNode(definitions=(changed,))


class _Used(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def enter_variable(self, node: Any, *_: Any) -> None:
        """Note a variable."""
        self.names.add(node.name.value)


def variables_used(document: DocumentNode) -> set[str]:
    """Return the names of the variables that a document uses."""
    used = _Used()
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            visit(definition.selection_set, used)
    return used.names


def only_top(document: DocumentNode, top: FieldNode) -> DocumentNode:
    """Return the document with one of its top-level fields alone."""
    (operation,) = (d for d in document.definitions if isinstance(d, OperationDefinitionNode))
    alone = OperationDefinitionNode(
        operation=operation.operation,
        name=operation.name,
        variable_definitions=operation.variable_definitions,
        directives=operation.directives,
        selection_set=_set(top),
    )
    return _tidy(DocumentNode(definitions=(alone,)))


def collection_of(document: DocumentNode) -> str:
    """Return the catalogue's name of the collection that a document of one top-level field reads."""
    (top,) = tops(document)
    name = top.name.value
    return next((c.name for c in CATALOGUE.values() if name in {c.name, c.twin}), name)


def counted(answer: Any, path: Path) -> int:
    """Return how many objects an answer has at a path of keys."""
    if isinstance(answer, list):
        return sum(counted(each, path) for each in answer)
    if not path:
        return int(answer is not None)
    return counted(answer.get(path[0]), path[1:]) if isinstance(answer, dict) else 0


def _field(name: str, inside: SelectionSetNode | None = None) -> FieldNode:
    return FieldNode(name=NameNode(value=name), arguments=(), directives=(), selection_set=inside)


def _set(*fields: FieldNode) -> SelectionSetNode:
    return SelectionSetNode(selections=fields)
