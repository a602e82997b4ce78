"""The fields that a part of a document selects, merged as GraphQL does, with their arguments' values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLIncludeDirective,
    GraphQLSkipDirective,
    InlineFragmentNode,
    OperationDefinitionNode,
    get_argument_values,
    get_directive_values,
    get_variable_values,
)

from motoolkit.errors import InputError
from motoolkit.language import tr
from motoolkit.probes.flat._refused import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graphql import DocumentNode, GraphQLField, GraphQLSchema, SelectionSetNode
    from graphql.execution.values import VariableValues


class Fields:
    """The selections of one request.

    Args:
        document: a checked query.
        variables: the values of its variables.
        schema: MO's.

    Raises:
        InputError: a variable's value does not fit its type.
    """

    def __init__(self, document: DocumentNode, variables: Mapping[str, Any], schema: GraphQLSchema) -> None:
        self._fragments = {
            d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)
        }
        (operation,) = (d for d in document.definitions if isinstance(d, OperationDefinitionNode))
        self._values = _values(operation, variables, schema)

    def of(self, kind: str, sets: Iterable[SelectionSetNode]) -> Mapping[str, list[FieldNode]]:
        """Return the fields selected of a type by their name in the answer, without those skipped."""
        found: dict[str, list[FieldNode]] = {}
        for node in self._flat(kind, sets):
            found.setdefault((node.alias or node.name).value, []).append(node)
        return found

    def arguments(self, declared: GraphQLField, node: FieldNode) -> dict[str, Any]:
        """Return the values of a field's arguments; those that the document leaves out are not there."""
        return get_argument_values(declared, node, self._values)

    def _flat(self, kind: str, sets: Iterable[SelectionSetNode]) -> Iterator[FieldNode]:
        for node in (one for selected in sets for one in selected.selections):
            if not self._included(node):
                continue
            if isinstance(node, FieldNode):
                yield node
                continue
            on, inside = self._spread(node)
            if on not in (None, kind):
                raise Refused(tr("a fragment on {type} inside {kind}", type=on, kind=kind))
            yield from self._flat(kind, [inside])

    def _spread(self, node: Any) -> tuple[str | None, SelectionSetNode]:
        if isinstance(node, InlineFragmentNode):
            return node.type_condition.name.value if node.type_condition else None, node.selection_set
        fragment = self._fragments[node.name.value] if isinstance(node, FragmentSpreadNode) else node
        return fragment.type_condition.name.value, fragment.selection_set

    def _included(self, node: Any) -> bool:
        skip = get_directive_values(GraphQLSkipDirective, node, self._values)
        include = get_directive_values(GraphQLIncludeDirective, node, self._values)
        return not (skip and skip["if"]) and not (include and not include["if"])


def _values(
    operation: OperationDefinitionNode, variables: Mapping[str, Any], schema: GraphQLSchema
) -> VariableValues:
    found = get_variable_values(schema, operation.variable_definitions or (), dict(variables))
    if isinstance(found, list):
        raise InputError(
            tr("A variable does not fit: {why}", why=found[0].message),
            remedy=tr("Give it a value of its type."),
        )
    return found
