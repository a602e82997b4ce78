"""A document cut into readings: one for each collection, which is read page by page, and one for the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    Undefined,
    VariableNode,
    Visitor,
    get_named_type,
    parse,
    value_from_ast_untyped,
    visit,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from graphql import GraphQLField, GraphQLSchema, SelectionNode, ValueNode, VariableDefinitionNode

_PAGED: Final = "Paged"
_TURNING: Final = ("limit", "cursor")
_PAGE: Final = cast(
    "OperationDefinitionNode",
    parse(
        "query ($limit: int, $cursor: Cursor) "
        "{ page(limit: $limit, cursor: $cursor) { page_info { next_cursor } } }",
        no_location=True,
    ).definitions[0],
)
"""What a document is given to be read page by page: variables, arguments, and where the next page begins."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One top-level field, and the document that asks for it alone.

    Attributes:
        field: the field as it was written.
        key: what it answers as.
        document: what to send; of a paged reading its field answers as ``page``.
        variables: those that the document takes.
        paged: whether it is read page by page.
        most: how many objects the document asked for, None for all.
        cursor: where the document itself begins.
    """

    field: FieldNode
    key: str
    document: DocumentNode
    variables: dict[str, Any]
    paged: bool
    most: int | None = None
    cursor: str | None = None


def split(document: DocumentNode, variables: dict[str, Any], schema: GraphQLSchema) -> list[Reading]:
    """Return the readings of a checked query in its order."""
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    (operation,) = (d for d in document.definitions if isinstance(d, OperationDefinitionNode))
    cutter = _Cutter(operation, fragments, variables)
    paged = {name for name, f in _root(schema).items() if get_named_type(f.type).name.endswith(_PAGED)}
    return [
        (cutter.pages if field.name.value in paged and _lists(field) else cutter.whole)(field)
        for field in cutter.top(operation.selection_set)
    ]


class _Cutter:
    def __init__(
        self,
        operation: OperationDefinitionNode,
        fragments: Mapping[str, FragmentDefinitionNode],
        variables: dict[str, Any],
    ) -> None:
        self._operation = operation
        self._fragments = fragments
        self._variables = variables
        self._defaults = {
            declared.variable.name.value: value_from_ast_untyped(declared.default_value)
            for declared in operation.variable_definitions or ()
            if declared.default_value is not None
        }

    def top(self, selections: SelectionSetNode) -> Iterator[FieldNode]:
        """Yield the top-level fields, those of fragments too."""
        for selection in selections.selections:
            if isinstance(selection, FieldNode):
                yield selection
            elif isinstance(selection, InlineFragmentNode):
                yield from self.top(selection.selection_set)
            elif isinstance(selection, FragmentSpreadNode):
                yield from self.top(self._fragments[selection.name.value].selection_set)

    def whole(self, field: FieldNode) -> Reading:
        """Return the reading of a field that MO answers at once."""
        used = self._used(field)
        return Reading(field, _key(field), self._document(field, used, ()), self._given(used), paged=False)

    def pages(self, field: FieldNode) -> Reading:
        """Return the reading of a collection, whose own limit and cursor tell how much of it is wanted."""
        turning = {a.name.value: a.value for a in field.arguments or () if a.name.value in _TURNING}
        bare = _without(field, turning)
        used = self._used(bare)
        if used.variables & set(_TURNING):
            return self.whole(field)
        return Reading(
            field,
            _key(field),
            self._document(_turned(bare), used, _PAGE.variable_definitions or ()),
            self._given(used),
            paged=True,
            most=self._value(turning.get("limit")),
            cursor=self._value(turning.get("cursor")),
        )

    def _value(self, written: ValueNode | None) -> Any:
        """Return what an argument is; a variable that is not given is None."""
        found = None if written is None else value_from_ast_untyped(written, self._defaults | self._variables)
        return None if found is Undefined else found

    def _used(self, field: FieldNode) -> _Used:
        used = _Used()
        visit(field, used)
        seen: set[str] = set()
        while missing := used.fragments - seen:
            for name in missing:
                visit(self._fragments[name], used)
            seen |= missing
        return used

    def _given(self, used: _Used) -> dict[str, Any]:
        return {name: value for name, value in self._variables.items() if name in used.variables}

    def _document(
        self, field: FieldNode, used: _Used, more: Iterable[VariableDefinitionNode]
    ) -> DocumentNode:
        declared = (
            d for d in self._operation.variable_definitions or () if d.variable.name.value in used.variables
        )
        operation = OperationDefinitionNode(
            operation=self._operation.operation,
            variable_definitions=(*declared, *more),
            selection_set=SelectionSetNode(selections=(field,)),
        )
        spread = (f for name, f in self._fragments.items() if name in used.fragments)
        return DocumentNode(definitions=(operation, *spread))


class _Used(Visitor):
    """Notes which variables and fragments are used."""

    def __init__(self) -> None:
        super().__init__()
        self.variables: set[str] = set()
        self.fragments: set[str] = set()

    def enter_variable(self, node: VariableNode, *_: Any) -> None:
        """Note a variable."""
        self.variables.add(node.name.value)

    def enter_fragment_spread(self, node: FragmentSpreadNode, *_: Any) -> None:
        """Note a fragment."""
        self.fragments.add(node.name.value)


def _root(schema: GraphQLSchema) -> Mapping[str, GraphQLField]:
    return schema.query_type.fields if schema.query_type else {}


def _lists(field: FieldNode) -> bool:
    """Tell whether a field asks for its ``objects`` under that name."""
    return any(isinstance(s, FieldNode) and not s.alias and s.name.value == "objects" for s in _chosen(field))


def _without(field: FieldNode, names: Iterable[str]) -> FieldNode:
    kept = tuple(a for a in field.arguments or () if a.name.value not in names)
    return FieldNode(
        alias=field.alias,
        name=field.name,
        arguments=kept,
        directives=field.directives,
        selection_set=field.selection_set,
    )


def _turned(field: FieldNode) -> FieldNode:
    """Return the field under the name, and with the arguments, with which the client turns pages."""
    page = cast("FieldNode", _PAGE.selection_set.selections[0])
    return FieldNode(
        alias=page.name,
        name=field.name,
        arguments=(*(field.arguments or ()), *(page.arguments or ())),
        directives=field.directives,
        selection_set=SelectionSetNode(selections=(*_chosen(field), *_chosen(page))),
    )


def _chosen(field: FieldNode) -> Sequence[SelectionNode]:
    return field.selection_set.selections if field.selection_set else ()


def _key(field: FieldNode) -> str:
    return (field.alias or field.name).value
