"""Running a request as MO does: the first operation, errors beside the data, always an answer."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    OperationDefinitionNode,
    execute_sync,
    parse,
    validate,
)

from motoolkit.sandbox.engine.request import Request, never
from motoolkit.sandbox.graphql._schema import schema

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from motoolkit.sandbox.identity import Identity
    from motoolkit.sandbox.world import World


class MutationOverGetError(Exception):
    """A mutation came with GET, which MO answers with a plain 400."""


def execute(
    world: World,
    version: int,
    query: str,
    variables: Mapping[str, Any] | None,
    *,
    operation_name: str | None,
    identity: Identity,
    allow_mutations: bool = True,
    strikes: Callable[[str], bool] = never,
) -> dict[str, Any]:
    """Run a document and return MO's body: ``data``, and ``errors`` where there are any.

    One request is one transaction, and any error takes all of it back.  ``strikes`` tells which faults befall
    it.

    Raises:
        MutationOverGetError: the document is a mutation and ``allow_mutations`` is off.
    """
    document = _prepared(version, query)
    if isinstance(document, list):
        return _body(ExecutionResult(None, document))
    operation = _operation(document, operation_name)
    if operation is not None and operation.operation.value == "mutation" and not allow_mutations:
        raise MutationOverGetError
    with world.transaction():
        request = Request(world, version, identity, world.now(), strikes=strikes)
        result = execute_sync(
            schema(version),
            document,
            context_value=request,
            variable_values=dict(variables or {}),
            operation_name=operation.name.value if operation and operation.name else None,
        )
        if result.errors:
            world.rollback()
    return _body(result)


@lru_cache(maxsize=512)
def _prepared(version: int, query: str) -> DocumentNode | list[GraphQLError]:
    """Return a document that fits the schema, or what is wrong with it."""
    try:
        document = parse(query)
    except GraphQLError as error:
        return [error]
    return validate(schema(version), document) or _only_first(document)


def _only_first(document: DocumentNode) -> DocumentNode:
    """Leave out all unnamed operations but the first: MO runs the first without being told (measured)."""
    operations = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
    dropped = [d for d in operations[1:] if d.name is None]
    kept = tuple(d for d in document.definitions if d not in dropped)
    return document if not dropped else DocumentNode(definitions=kept)


def _operation(document: DocumentNode, name: str | None) -> OperationDefinitionNode | None:
    operations = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
    if name is None:
        return next(iter(operations), None)
    return next((d for d in operations if d.name and d.name.value == name), None)


def _body(result: ExecutionResult) -> dict[str, Any]:
    body: dict[str, Any] = {"data": result.data}
    if result.errors:
        body["errors"] = [error.formatted for error in result.errors]
    return body
