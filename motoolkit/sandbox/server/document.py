"""What the server must know of a document before it is executed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from graphql import FieldNode, GraphQLError, OperationDefinitionNode, parse


@dataclass(frozen=True, slots=True)
class Operation:
    """Whether it writes, and MO's names of its top-level fields."""

    is_mutation: bool
    fields: tuple[str, ...]


@lru_cache(maxsize=512)
def operation_of(query: str, name: str | None) -> Operation:
    """Return the operation that MO executes: the one named, else the first.

    A document that can not be read has an empty one: MO says what is wrong with it.
    """
    try:
        definitions = parse(query).definitions
    except GraphQLError:
        return Operation(is_mutation=False, fields=())
    found = [
        definition
        for definition in definitions
        if isinstance(definition, OperationDefinitionNode)
        and (name is None or (definition.name is not None and definition.name.value == name))
    ]
    if not found:
        return Operation(is_mutation=False, fields=())
    selections = found[0].selection_set.selections
    fields = tuple(field.name.value for field in selections if isinstance(field, FieldNode))
    return Operation(found[0].operation.value == "mutation", fields)
