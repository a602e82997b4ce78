"""Resolvers of registrations: what was asserted when, and by whom."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from motoolkit.catalogue import CATALOGUE
from motoolkit.sandbox.engine.paging import page
from motoolkit.sandbox.engine.window import instant, window
from motoolkit.sandbox.graphql._nodes import Asserted, Node, Response
from motoolkit.sandbox.graphql._sdl import registration_type
from motoolkit.sandbox.identity import MISSING_UUID

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from motoolkit.sandbox.engine.request import Request
    from motoolkit.sandbox.graphql._typing import Info, Resolver
    from motoolkit.sandbox.world import Held, Registration


SHOWS_DELETION: Final = frozenset({"facets", "classes", "itsystems", "org_units", "persons"})
"""Collections whose deletion is a registration of its own; of others the ended one is seen (measured)."""


def all_registrations(
    _source: Any,
    info: Info,
    filter: Any = None,  # noqa: A002  # MO's argument
    limit: int | None = None,
    cursor: str | None = None,
) -> dict[str, Any]:
    """Return the registrations that overlap a time, by object and start; a page is of so many objects."""
    given = filter or {}
    found: dict[str, list[Asserted]] = defaultdict(list)
    for held in _scanned(info.context, given):
        found[held.uuid] += _of(held, given)
    chosen, next_cursor = page(sorted(uuid for uuid, some in found.items() if some), limit, cursor)
    return {
        "objects": [asserted for uuid in chosen for asserted in found[uuid]],
        "page_info": {"next_cursor": next_cursor},
    }


def of_response(
    response: Response,
    info: Info,
    filter: Any = None,  # noqa: A002  # MO's argument
    **_: Any,
) -> list[Asserted]:
    """Return an object's registrations; MO never gives any of a rolebinding (measured)."""
    held = info.context.world.get(response.collection, response.uuid)
    if held is None or response.collection == "rolebindings":
        return []
    return list(_of(held, filter or {}))


def _scanned(request: Request, given: Mapping[str, Any]) -> Iterable[Held]:
    models = given.get("models")
    for collection in CATALOGUE.values():
        if models is not None and collection.model not in models:
            continue
        if given.get("uuids") is None:
            yield from request.world.all(collection.name)
        else:
            held = (request.world.get(collection.name, uuid) for uuid in given["uuids"])
            yield from (one for one in held if one is not None)


def _of(held: Held, given: Mapping[str, Any]) -> Iterator[Asserted]:
    for registration in held.registrations:
        if (not registration.deletes or held.collection in SHOWS_DELETION) and _fits(registration, given):
            yield Asserted(held, registration)


def _fits(registration: Registration, given: Mapping[str, Any]) -> bool:
    """Tell whether a registration overlaps [start, end]: a current one always does, whatever ``start``."""
    actors, start, end = given.get("actors"), given.get("start"), given.get("end")
    return (
        (actors is None or registration.actor in actors)
        and (end is None or registration.start <= end)
        and (start is None or registration.end is None or registration.end > start)
    )


def actor(uuid: str) -> dict[str, Any]:
    """Return an actor; MO translates its own special ones and knows no others by name."""
    if uuid in SPECIAL_ACTORS:
        return {"__typename": "SpecialActor", "uuid": uuid, "display_name": None, "key": SPECIAL_ACTORS[uuid]}
    return {"__typename": "UnknownActor", "uuid": uuid, "display_name": None, "error": "Unknown actor"}


SPECIAL_ACTORS: Final = {
    "00000000-0000-0000-0000-000000000000": "NO_AUTH",
    "00000000-0000-0000-0000-000000000001": "LEGACY_AUTH",
    MISSING_UUID: "MISSING_UUID_ON_TOKEN",
}


def _current(asserted: Asserted, info: Info, at: datetime | None = None) -> Node | None:
    found = asserted.nodes(instant(at or info.context.now))
    return found[-1] if found else None


def _validities(asserted: Asserted, info: Info, **given: Any) -> list[Node]:
    return asserted.nodes(window(given, info.context.now, "start", "end"))


FIELDS: Final[dict[str, Resolver]] = {
    "registration_id": lambda asserted, _info: asserted.registration.number,
    "start": lambda asserted, _info: asserted.registration.start,
    "end": lambda asserted, _info: asserted.registration.end,
    "actor": lambda asserted, _info: asserted.registration.actor,
    "model": lambda asserted, _info: CATALOGUE[asserted.held.collection].model,
    "uuid": lambda asserted, _info: asserted.held.uuid,
    "note": lambda asserted, _info: "" if asserted.registration.deletes else asserted.registration.note,
    "actor_object": lambda asserted, _info: actor(asserted.registration.actor),
    "current": _current,
    "validities": _validities,
}


def type_of(asserted: Asserted, *_: Any) -> str:
    """Return the type of a registration behind the interface."""
    return registration_type(CATALOGUE[asserted.held.collection])
