"""Which of MO's roles a denied field needs, derived from the document, the schema and the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLInterfaceType,
    GraphQLObjectType,
    InlineFragmentNode,
    OperationType,
    get_named_type,
)

from motoolkit.catalogue import CATALOGUE, MUTATION_ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from graphql import DocumentNode, GraphQLSchema, SelectionSetNode

    from motoolkit.client._check import Prepared

_TOP_LEVEL: Final[Mapping[str, str]] = {
    **MUTATION_ROLES,
    "access_log": "read_accesslog",
    "actors": "read_actor",
    "event_fetch": "fetch_event",
    "event_listeners": "read_event_listener",
    "event_namespaces": "read_event_namespace",
    "events": "read_event",
    "files": "read_file",
    "org": "read_org",
    "registrations": "read_registration",
    "event_acknowledge": "acknowledge_event",
    "event_listener_declare": "create_event_listener",
    "event_listener_delete": "delete_event_listener",
    "event_namespace_declare": "create_event_namespace",
    "event_namespace_delete": "delete_event_namespace",
    "event_rerun": "rerun_event",
    "event_send": "send_event",
    "event_silence": "silence_event",
    "event_unsilence": "unsilence_event",
    "org_create": "create_org",
    "upload_file": "upload_files",
}
"""Mutations, and queries outside the catalogue, by their own names (MO's role list)."""


def missing_role(prepared: Prepared, schema: GraphQLSchema, path: Sequence[str | int]) -> str | None:
    """Return the role that the field at ``path`` needs, None where that can not be told.

    The last relation on the path decides: ``unit_type_response`` needs ``read_class`` (measured: denial is
    per field, and a relation needs the role of what it leads to).
    """
    role = None
    for parent, name in _fields(prepared, schema, path):
        role = needed_role(parent, name) or role
    return role


def needed_role(parent: GraphQLObjectType | GraphQLInterfaceType, name: str) -> str | None:
    """Return the role that a field of a type needs, None where it needs none of its own."""
    if name in _TOP_LEVEL and parent.name in {"Query", "Mutation"}:
        return _TOP_LEVEL[name]
    target = get_named_type(parent.fields[name].type).name
    found = CATALOGUE.of_type(target.removesuffix("Paged").removesuffix("Response"))
    return f"read_{found.role}" if found and found.type != parent.name.removesuffix("Response") else None


def _fields(
    prepared: Prepared, schema: GraphQLSchema, path: Sequence[str | int]
) -> Iterator[tuple[GraphQLObjectType | GraphQLInterfaceType, str]]:
    """Yield the type and field name of each step of a path; a path holds aliases."""
    operation = OperationType.QUERY if prepared.is_query else OperationType.MUTATION
    parent: GraphQLObjectType | GraphQLInterfaceType | None = schema.get_root_type(operation)
    selections: Iterable[SelectionSetNode] = [prepared.operation.selection_set]
    for key in (step for step in path if isinstance(step, str)):
        nodes = [n for n in _flat(selections, prepared.document) if (n.alias or n.name).value == key]
        if not nodes or not isinstance(parent, GraphQLObjectType | GraphQLInterfaceType):
            return
        name = nodes[0].name.value
        if name not in parent.fields:
            return
        yield parent, name
        found = get_named_type(parent.fields[name].type)
        parent = found if isinstance(found, GraphQLObjectType | GraphQLInterfaceType) else None
        selections = [n.selection_set for n in nodes if n.selection_set]


def _flat(selections: Iterable[SelectionSetNode], document: DocumentNode) -> Iterator[FieldNode]:
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    for selection_set in selections:
        for node in selection_set.selections:
            if isinstance(node, FieldNode):
                yield node
            elif isinstance(node, InlineFragmentNode):
                yield from _flat([node.selection_set], document)
            elif isinstance(node, FragmentSpreadNode):
                yield from _flat([fragments[node.name.value].selection_set], document)
