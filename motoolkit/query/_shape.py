"""What a document's answer looks like as a table: its columns and rows, known before anything is asked.

The rule is in docs/queries.md; the names of the cases there are those of tests/unit/query/test_flattening.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Final, cast

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLObjectType,
    GraphQLString,
    InlineFragmentNode,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
)

from motoolkit.catalogue import CATALOGUE, Reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graphql import DocumentNode, GraphQLNamedType, GraphQLOutputType, GraphQLSchema, SelectionSetNode

    from motoolkit.query._split import Reading

_TRANSPARENT: Final = frozenset({"objects", "current", "validities"})
"""Fields between an object and its values, which give no column a longer name."""
_WRAPPERS: Final = ("Paged", "Response", "Registration")
_PERIODS: Final = frozenset({"Validity", "OpenValidity"})
_PERIOD_COLUMNS: Final = {"from": "valid_from", "to": "valid_to"}
_SUFFIXES: Final = ("_responses", "_response")


class Many(Enum):
    """How often a node stands in the answer for one of what is above it."""

    ONE = "one"
    LIST = "list"
    SINGLE = "a list that MO declares where only one can be"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value: its key in the answer, its column, and its GraphQL type.

    ``person`` tells that it stands on a person, where a user_key may be a CPR number.
    """

    key: str
    column: str
    type: str
    many: bool = False
    period: bool = False
    person: bool = False


@dataclass(slots=True)
class Node:
    """An object, or a list of them: its key in the answer, its values, and the nodes under it."""

    key: str
    many: Many
    leaves: list[Leaf] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)

    def columns(self) -> Iterator[Leaf]:
        """Yield the leaves in the order of the document."""
        yield from self.leaves
        for node in self.nodes:
            yield from node.columns()


def shape_of(reading: Reading, schema: GraphQLSchema) -> Node:
    """Return the shape of what MO answers to one reading."""
    return _Shaper(reading.document, schema).top(reading.field, reading.key)


class _Shaper:
    def __init__(self, document: DocumentNode, schema: GraphQLSchema) -> None:
        self._fragments = {
            d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)
        }
        self._schema = schema
        self._taken: set[str] = set()

    def top(self, selected: FieldNode, key: str) -> Node:
        """Return the shape of a top-level field; a bare value has one column, called after it."""
        found = _declared(self._schema.type_map["Query"], selected.name.value)
        node = Node(key, _many(found))
        kind = get_named_type(found)
        if is_leaf_type(kind):
            node.leaves.append(Leaf("", key, kind.name))
        else:
            self._fill(node, kind, [selected], prefix="", path="", hidden=False)
        return node

    def _fill(
        self,
        node: Node,
        kind: GraphQLNamedType,
        selected: Iterable[FieldNode],
        *,
        prefix: str,
        path: str,
        hidden: bool,
    ) -> None:
        """Add what is selected of ``kind``; ``hidden`` nodes add nothing to the names below them."""
        chosen = list(self._chosen(kind, [s.selection_set for s in selected if s.selection_set]))
        for key, _, declared in chosen:
            if is_leaf_type(named := get_named_type(declared)):
                period = kind.name in _PERIODS
                label = _PERIOD_COLUMNS.get(key, key) if period else key
                if hidden and key == "uuid" and f"{prefix}uuid" in self._taken:
                    continue
                column = self._free(f"{prefix}{label}", f"{path}{label}")
                on_person = kind.name == "Employee"
                node.leaves.append(Leaf(key, column, named.name, _is_list(declared), period, on_person))
        for key, nodes, declared in chosen:
            named = get_named_type(declared)
            if is_leaf_type(named) or named.name == "PageInfo":
                continue
            child = Node(key, self._times(kind, nodes[0], declared))
            see_through = _sees_through(kind, nodes[0], named)
            label = "" if see_through else f"{_label(key)}."
            self._fill(
                child,
                named,
                nodes,
                prefix=f"{prefix}{label}",
                path=path if see_through and key == "objects" else f"{path}{_label(key)}.",
                hidden=see_through and named.name not in _PERIODS,
            )
            node.nodes.append(child)

    def _free(self, column: str, full: str) -> str:
        """Return the column's name, the whole path where another column has it already."""
        name = column if column not in self._taken else full
        number = 2
        while name in self._taken:
            name, number = f"{full}_{number}", number + 1
        self._taken.add(name)
        return name

    def _chosen(
        self, kind: GraphQLNamedType, sets: Sequence[SelectionSetNode]
    ) -> Iterator[tuple[str, list[FieldNode], GraphQLOutputType]]:
        """Yield each answered key with its fields, those of fragments too, and its declared type."""
        found: dict[str, tuple[list[FieldNode], GraphQLOutputType]] = {}
        for above, selected in self._flat(kind, sets):
            declared = _declared(above, selected.name.value)
            found.setdefault(_key(selected), ([], declared))[0].append(selected)
        for key, (nodes, declared) in found.items():
            yield key, nodes, declared

    def _flat(
        self, kind: GraphQLNamedType, sets: Iterable[SelectionSetNode]
    ) -> Iterator[tuple[GraphQLNamedType, FieldNode]]:
        for selection in (s for selection_set in sets for s in selection_set.selections):
            if isinstance(selection, FieldNode):
                yield kind, selection
            elif isinstance(selection, InlineFragmentNode):
                on = selection.type_condition
                below = self._schema.type_map[on.name.value] if on else kind
                yield from self._flat(below, [selection.selection_set])
            elif isinstance(selection, FragmentSpreadNode):
                spread = self._fragments[selection.name.value]
                below = self._schema.type_map[spread.type_condition.name.value]
                yield from self._flat(below, [spread.selection_set])

    def _times(self, kind: GraphQLNamedType, selected: FieldNode, declared: GraphQLOutputType) -> Many:
        """Tell how often a field's object is there.

        MO's deprecated fields for one link (``engagement.person``) are lists of what is valid at once: one
        at most, unless a window of their own widens that.
        """
        if not _is_list(declared):
            return Many.ONE
        described = CATALOGUE.of_type(kind.name)
        single = described is not None and any(
            isinstance(link, Reference) and not link.many and selected.name.value in link.twins
            for link in described.references
        )
        return Many.SINGLE if single else Many.LIST


def _declared(kind: GraphQLNamedType, name: str) -> GraphQLOutputType:
    """Return the type of a field of a document that was checked; a union has ``__typename`` alone."""
    if name != "__typename" and isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
        return cast("GraphQLOutputType", kind.fields[name].type)
    return GraphQLString


def _sees_through(kind: GraphQLNamedType, selected: FieldNode, below: GraphQLNamedType) -> bool:
    if below.name in _PERIODS:
        return selected.alias is None
    wrapped = kind.name.endswith(_WRAPPERS) and selected.name.value in _TRANSPARENT
    return wrapped and selected.alias is None


def _key(selected: FieldNode) -> str:
    return (selected.alias or selected.name).value


def _label(key: str) -> str:
    for suffix in _SUFFIXES:
        if key.endswith(suffix):
            return key.removesuffix(suffix)
    return key


def _many(declared: GraphQLOutputType) -> Many:
    return Many.LIST if _is_list(declared) else Many.ONE


def _is_list(declared: GraphQLOutputType) -> bool:
    return isinstance(get_nullable_type(declared), GraphQLList)
