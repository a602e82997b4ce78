"""Resolvers of ``type Mutation``: each returns the object's Response, read within the same transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from motoolkit.catalogue import MUTATION_ROLES, WRITINGS
from motoolkit.sandbox.graphql._access import needs
from motoolkit.sandbox.graphql._nodes import Response
from motoolkit.sandbox.graphql._query import organisation
from motoolkit.sandbox.writing import create, delete, relate, terminate, update

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.catalogue import Action, Writing
    from motoolkit.sandbox.graphql._typing import Info, Resolver

_WRITE: Final = {"create": create, "update": update, "terminate": terminate}


def mutation_resolvers() -> Iterator[tuple[str, Resolver]]:
    """Yield every mutation of objects with what resolves it."""
    for writing in WRITINGS.values():
        for action in writing.actions:
            resolve = _delete(writing) if action == "delete" else _single(writing, action)
            name = writing.mutation(action)
            yield name, needs(MUTATION_ROLES[name], resolve)
        for name, action in writing.plural.items():
            yield name, needs(MUTATION_ROLES[name], _plural(writing, action))
    yield "related_units_update", needs(MUTATION_ROLES["related_units_update"], _relate)
    yield "org_create", needs("create_org", _org_create)


def _single(writing: Writing, action: Action) -> Resolver:
    def resolve(_source: Any, info: Info, input: Any) -> Response:  # noqa: A002  # MO's argument
        return Response(writing.collection, _WRITE[action](info.context, writing, input))

    return resolve


def _plural(writing: Writing, action: Action) -> Resolver:
    def resolve(_source: Any, info: Info, input: Any) -> list[Response]:  # noqa: A002  # MO's argument
        return [Response(writing.collection, _WRITE[action](info.context, writing, one)) for one in input]

    return resolve


def _delete(writing: Writing) -> Resolver:
    def resolve(_source: Any, info: Info, uuid: str) -> Response:
        return Response(writing.collection, delete(info.context, writing, uuid))

    return resolve


def _relate(_source: Any, info: Info, input: Any) -> Response:  # noqa: A002  # MO's argument
    return Response("related_units", relate(info.context, input))


def _org_create(_source: Any, info: Info, input: Any) -> dict[str, Any]:  # noqa: A002  # MO's argument
    world = info.context.world
    before = world.municipality_code
    if world.undo is not None:
        world.undo.append(lambda: setattr(world, "municipality_code", before))
    world.municipality_code = input.get("municipality_code")
    return organisation(world)
