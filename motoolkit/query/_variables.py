"""Which variables a document speaks of, before it is held against any schema."""

from __future__ import annotations

from typing import Any

from graphql import GraphQLError, NonNullTypeNode, VariableDefinitionNode, VariableNode, Visitor, parse, visit


def variables_of(document: str) -> tuple[list[str], frozenset[str]]:
    """Return the variables that a document uses or declares, and those of them that need no value.

    A document that is no GraphQL has none: its check will say what is wrong with it.
    """
    try:
        tree = parse(document)
    except GraphQLError:
        return [], frozenset()
    spoken = _Spoken()
    visit(tree, spoken)
    return list(dict.fromkeys(spoken.used)), frozenset(spoken.optional)


class _Spoken(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.used: list[str] = []
        self.optional: set[str] = set()

    def enter_variable(self, node: VariableNode, *_: Any) -> None:
        """Note a variable."""
        self.used.append(node.name.value)

    def enter_variable_definition(self, node: VariableDefinitionNode, *_: Any) -> None:
        """Note a variable that may be left out."""
        if node.default_value is not None or not isinstance(node.type, NonNullTypeNode):
            self.optional.add(node.variable.name.value)
