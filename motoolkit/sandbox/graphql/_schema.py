"""The executable schema of each GraphQL version."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from graphql import GraphQLInterfaceType, GraphQLObjectType, GraphQLSchema, build_schema

from motoolkit.catalogue import CATALOGUE
from motoolkit.sandbox.graphql import _registrations
from motoolkit.sandbox.graphql._mutations import mutation_resolvers
from motoolkit.sandbox.graphql._objects import object_resolvers
from motoolkit.sandbox.graphql._query import QUERY, RESPONSE, collection_resolver
from motoolkit.sandbox.graphql._scalars import give_meaning
from motoolkit.sandbox.graphql._sdl import OWN_PARTS, sdl
from motoolkit.sandbox.graphql._special import SPECIAL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from motoolkit.sandbox.graphql._typing import Resolver


@cache
def schema(version: int) -> GraphQLSchema:
    """Return the schema of a GraphQL version with its resolvers."""
    built = build_schema(sdl(version))
    give_meaning(built)
    for collection in CATALOGUE.values():
        _attach(built, collection.type, dict(object_resolvers(collection)))
        _attach(built, collection.response_type, RESPONSE)
        for name in filter(None, (collection.name, collection.twin)):
            _attach(built, "Query", {name: collection_resolver(collection)})
    for (type_name, field), resolve in SPECIAL.items():
        _attach(built, type_name, {field: resolve})
    _attach(built, "Query", QUERY)
    _attach(built, "Mutation", dict(mutation_resolvers()))
    for own in OWN_PARTS:
        _attach(built, "Query", own.QUERY)
        _attach(built, "Mutation", own.MUTATION)
        for (type_name, field), resolve in own.FIELDS.items():
            _attach(built, type_name, {field: resolve})
    for name in built.type_map:
        if name.endswith("Registration"):
            _attach(built, name, _registrations.FIELDS)
    _tell_types_apart(built)
    return built


def _attach(built: GraphQLSchema, type_name: str, resolvers: Mapping[str, Resolver]) -> None:
    found = built.type_map.get(type_name)
    if isinstance(found, GraphQLObjectType):
        for name, resolve in resolvers.items():
            if name in found.fields:
                found.fields[name].resolve = resolve


def _tell_types_apart(built: GraphQLSchema) -> None:
    for found in built.type_map.values():
        if isinstance(found, GraphQLInterfaceType):
            registration = found.name == "IRegistration"
            found.resolve_type = _registrations.type_of if registration else _named_type


def _named_type(value: Mapping[str, Any], *_: Any) -> str:
    return str(value["__typename"])
