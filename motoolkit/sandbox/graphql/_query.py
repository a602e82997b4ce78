"""Resolvers of the top level and of Responses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from motoolkit.sandbox.engine.managers import inherited
from motoolkit.sandbox.engine.select import select
from motoolkit.sandbox.engine.window import window
from motoolkit.sandbox.graphql._access import needs
from motoolkit.sandbox.graphql._nodes import Node, Response, loaded_node, node_at, paged
from motoolkit.sandbox.graphql._registrations import SPECIAL_ACTORS, actor, all_registrations, of_response
from motoolkit.sandbox.identity import MISSING_UUID, WITHOUT_UUID

if TYPE_CHECKING:
    from datetime import datetime

    from motoolkit.catalogue import Collection
    from motoolkit.sandbox.graphql._typing import Info, Resolver
    from motoolkit.sandbox.world import World


_LAST_PAGE: Final = {"next_cursor": None}


def collection_resolver(collection: Collection) -> Resolver:
    """Return the resolver of a top-level collection."""

    def resolve(
        _source: Any,
        info: Info,
        filter: Any = None,  # noqa: A002  # MO's argument
        inherit: bool = False,  # noqa: FBT001, FBT002  # MO's argument
        **page: Any,
    ) -> dict[str, Any]:
        given = filter or {}
        found = inherited(info.context, given) if inherit else select(info.context, collection.name, given)
        return paged(info.context, collection.name, found, given, **page)

    return needs(f"read_{collection.role}", resolve)


def _current(
    response: Response,
    info: Info,
    registration_time: datetime | None = None,
    **given: Any,
) -> Node | None:
    request = info.context
    if given.get("at") is None and registration_time is None:
        return loaded_node(request, response)
    return node_at(request, response, given.get("at") or request.now, registration_time)


def _validities(
    response: Response,
    info: Info,
    registration_time: datetime | None = None,
    **given: Any,
) -> list[Node]:
    request = info.context
    if not given and registration_time is None:
        found = request.loaded(response.collection, response.uuid)
    else:
        asked = window(given, request.now, "start", "end")
        found = request.slices(response.collection, response.uuid, asked, registration_time)
    return [Node(response.collection, response.uuid, period) for period in found]


RESPONSE: Final[dict[str, Resolver]] = {
    "uuid": lambda response, _info: response.uuid,
    "current": _current,
    "validities": _validities,
    "objects": _validities,
    "registrations": of_response,
}


def _me(_source: Any, info: Info) -> dict[str, Any]:
    identity = info.context.identity
    shown = WITHOUT_UUID if identity.actor == MISSING_UUID else identity.actor
    return {
        "actor": actor(shown) | {"display_name": identity.username},
        "username": identity.username,
        "email": identity.email,
        "roles": sorted(identity.roles),
    }


def organisation(world: World) -> dict[str, Any]:
    """Return the root organisation, of which there is one."""
    return {
        "uuid": world.organisation,
        "user_key": "root",
        "name": "root",
        "type": "organisation",
        "municipality_code": world.municipality_code,
    }


def _org(_source: Any, info: Info) -> dict[str, Any]:
    return organisation(info.context.world)


def _healths(_source: Any, _info: Info, filter: Any = None, **_: Any) -> dict[str, Any]:  # noqa: A002  # MO's argument
    wanted = (filter or {}).get("identifiers")
    healths = {"dar": False, "dataset": True}
    found = [
        {"identifier": name, "status": status}
        for name, status in healths.items()
        if wanted is None or name in wanted
    ]
    return {"objects": found, "page_info": _LAST_PAGE}


def _actors(_source: Any, _info: Info, filter: Any = None, **_: Any) -> dict[str, Any]:  # noqa: A002  # MO's argument
    wanted = (filter or {}).get("uuids")
    found = [actor(uuid) for uuid in sorted(SPECIAL_ACTORS) if wanted is None or uuid in wanted]
    return {"objects": found, "page_info": _LAST_PAGE}


QUERY: Final[dict[str, Resolver]] = {
    "me": _me,
    "org": needs("read_org", _org),
    # MO itself tells neither outside its packaged builds (measured).
    "version": lambda _source, _info: {"mo_version": None, "mo_hash": None},
    "healths": _healths,
    "actors": needs("read_actor", _actors),
    "registrations": needs("read_registration", all_registrations),
}
