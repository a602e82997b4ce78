"""``X_refresh``: events about objects that have not changed, for those who want to read them all anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from motoolkit.catalogue import CATALOGUE
from motoolkit.sandbox.engine.paging import page
from motoolkit.sandbox.engine.select import select
from motoolkit.sandbox.events import DEFAULT_PRIORITY, EventError, routing_key
from motoolkit.sandbox.graphql._access import needs

if TYPE_CHECKING:
    from motoolkit.catalogue import Collection
    from motoolkit.sandbox.graphql._typing import Info, Resolver

SDL: Final = "type UUIDPaged { objects: [UUID!]! page_info: PageInfo! }"
"""What a refresh answers."""

QUERY_SDL: Final = ""

_NOT_ENOUGH: Final = '@deprecated(reason: "Say whose listeners with owner.")'
_ARGUMENTS: Final = (
    f"limit: int, cursor: Cursor, queue: String {_NOT_ENOUGH}, exchange: String, "
    f"listener: UUID {_NOT_ENOUGH}, owner: UUID, priority: Int! = {DEFAULT_PRIORITY}"
)


class NoBrokerError(Exception):
    """What MO answers who names neither listener nor owner, where there is no AMQP."""

    def __init__(self) -> None:
        super().__init__("Must call start() before publish message!")


def refresh_name(collection: Collection) -> str:
    """Return the mutation's name: ``employee_refresh``, ``org_unit_refresh``."""
    return f"{collection.role}_refresh"


def refresh_sdl(collection: Collection) -> str:
    """Return the field line of a collection's refresh."""
    return f"{refresh_name(collection)}(filter: {collection.filter_type}, {_ARGUMENTS}): UUIDPaged!"


def refresh_resolver(collection: Collection) -> Resolver:
    """Return what resolves a collection's refresh."""

    def resolve(
        _source: Any,
        info: Info,
        filter: Any = None,  # noqa: A002  # MO's argument
        limit: int | None = None,
        cursor: str | None = None,
        **to: Any,
    ) -> dict[str, Any]:
        uuids, next_cursor = page(select(info.context, collection.name, filter or {}), limit, cursor)
        _publish(info, routing_key(collection), list(uuids), **to)
        return {"objects": uuids, "page_info": {"next_cursor": next_cursor}}

    return needs(f"refresh_{collection.role}", resolve)


def _publish(
    info: Info,
    key: str,
    uuids: list[str],
    *,
    priority: int,
    listener: str | None = None,
    owner: str | None = None,
    exchange: str | None = None,
    **_: Any,
) -> None:
    """Put events to the listeners named; without any MO turns to AMQP, which the sandbox has not.

    Raises:
        EventError: an exchange is named beside listener or owner.
        NoBrokerError: neither is named, and there is something to tell.
    """
    if exchange and (listener or owner):
        raise EventError(
            "listener/owner and exchange are mutually exclusive. Exchanges are part of the legacy event "
            "system. If you are using GraphQL Events, do NOT use exchange."
        )
    if uuids and not (listener or owner):
        raise NoBrokerError
    world = info.context.world
    for uuid in uuids:
        world.events.add(key, uuid, priority=priority, listener=listener, owner=owner, undo=world.undo)


MUTATION_SDL: Final = "\n".join(map(refresh_sdl, CATALOGUE.values()))

QUERY: Final[dict[str, Resolver]] = {}

MUTATION: Final[dict[str, Resolver]] = {
    refresh_name(collection): refresh_resolver(collection) for collection in CATALOGUE.values()
}

FIELDS: Final[dict[tuple[str, str], Resolver]] = {}
