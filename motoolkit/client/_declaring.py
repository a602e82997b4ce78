"""Variables that a document uses without declaring them: people type ``$name`` and mean it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphql import (
    NameNode,
    OperationDefinitionNode,
    TypeInfo,
    TypeInfoVisitor,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
    parse_type,
    visit,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphql import DocumentNode, GraphQLSchema


def declare(document: DocumentNode, schema: GraphQLSchema, given: Iterable[str]) -> DocumentNode:
    """Return the document with those of the ``given`` variables declared that it only uses.

    Each is declared as what it is used for; one that stands where the schema knows no place stays undeclared.
    """
    wanted = set(given) - {
        variable.variable.name.value
        for definition in document.definitions
        if isinstance(definition, OperationDefinitionNode)
        for variable in definition.variable_definitions or ()
    }
    if not wanted:
        return document
    info = TypeInfo(schema)
    used = _Used(info, wanted)
    visit(document, TypeInfoVisitor(info, used))
    if not used.types:
        return document
    return visit(document, _Declaring(used.types))  # type: ignore[no-any-return]


class _Used(Visitor):
    """Notes of what type the place of each variable is."""

    def __init__(self, info: TypeInfo, wanted: set[str]) -> None:
        super().__init__()
        self._info = info
        self._wanted = wanted
        self.types: dict[str, str] = {}

    def enter_variable(self, node: VariableNode, *_: Any) -> None:
        """Note one use."""
        kind = self._info.get_input_type()
        if node.name.value in self._wanted and kind is not None:
            self.types.setdefault(node.name.value, str(kind))


class _Declaring(Visitor):
    def __init__(self, types: dict[str, str]) -> None:
        super().__init__()
        self._types = types

    def enter_operation_definition(self, node: OperationDefinitionNode, *_: Any) -> OperationDefinitionNode:
        """Add the declarations."""
        return OperationDefinitionNode(
            operation=node.operation,
            name=node.name,
            variable_definitions=(*(node.variable_definitions or ()), *map(_definition, self._types.items())),
            directives=node.directives,
            selection_set=node.selection_set,
            loc=node.loc,
        )


def _definition(declared: tuple[str, str]) -> VariableDefinitionNode:
    name, kind = declared
    return VariableDefinitionNode(variable=VariableNode(name=NameNode(value=name)), type=parse_type(kind))
