"""What resolvers hand to each other: an object behind a link, one of its slices, a registration."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from motoolkit.catalogue import CATALOGUE
from motoolkit.model import Validity
from motoolkit.sandbox.engine.paging import page
from motoolkit.sandbox.engine.window import instant, window
from motoolkit.sandbox.writing._refusal import RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from motoolkit.sandbox.engine.request import Request
    from motoolkit.sandbox.engine.window import Window
    from motoolkit.sandbox.records import Slice
    from motoolkit.sandbox.world import Held, Registration


class Node(NamedTuple):
    """One slice of an object: what the schema's object types resolve from."""

    collection: str
    uuid: str
    period: Slice

    @property
    def values(self) -> dict[str, Any]:
        """The values of the slice by the catalogue's names."""
        return self.period.values


class Response(NamedTuple):
    """An object behind a link, whether or not there is one."""

    collection: str
    uuid: str


@dataclass(frozen=True, slots=True)
class Asserted:
    """A registration of an object, and what it says."""

    held: Held
    registration: Registration

    def nodes(self, asked: Window) -> list[Node]:
        """Return the slices that were asserted, within a window."""
        found = asked.of(self.registration.slices)
        return [Node(self.held.collection, self.held.uuid, period) for period in found]


def respond(
    request: Request, collection: str, uuids: Sequence[str], asked: Window, at: datetime | None = None
) -> None:
    """Prime the request's loader with what a list returned, as MO does; the first one counts."""
    for uuid in uuids:
        key = (collection, uuid)
        if key not in request.primed:
            request.primed[key] = request.slices(collection, uuid, asked, at)


def paged(
    request: Request, collection: str, uuids: Sequence[str], given: Mapping[str, Any], **arguments: Any
) -> dict[str, Any]:
    """Return one page of Responses of a selection that was made with the filter ``given``.

    Raises:
        RefusedError: several objects of an earlier time, of which MO reads one at a time (measured).
    """
    chosen, cursor = page(uuids, arguments.get("limit"), arguments.get("cursor"))
    moment = given.get("registration_time")
    if moment is not None and len(chosen) > 1:
        raise RefusedError("E_INVALID_INPUT", "Multiple uuid parameters passed to search operation")
    respond(request, collection, chosen, window(given, request.now), moment)
    return {
        "objects": [Response(collection, uuid) for uuid in chosen],
        "page_info": {"next_cursor": cursor},
    }


def nodes(
    request: Request, collection: str, uuids: Sequence[str], asked: Window, at: datetime | None = None
) -> list[Node]:
    """Return every slice of some objects within a window: what the deprecated lists hold.

    They go past the request's loader: they neither prime it nor show what it holds (measured).
    """
    return [
        Node(collection, uuid, period)
        for uuid in uuids
        for period in request.slices(collection, uuid, asked, at)
    ]


def present_node(request: Request, collection: str, uuid: str | None) -> Node | None:
    """Return an object as it is now, None when it is not valid now; nothing that the request has written."""
    found = () if uuid is None else request.slices(collection, uuid, request.present, request.now)
    return Node(collection, uuid or "", found[-1]) if found else None


def node_at(request: Request, response: Response, moment: datetime, asserted: datetime | None) -> Node | None:
    """Return the slice of an object at an instant."""
    found = request.slices(response.collection, response.uuid, instant(moment), asserted)
    return Node(*response, found[-1]) if found else None


def loaded_node(request: Request, response: Response) -> Node | None:
    """Return MO's ``current`` without arguments.

    Of the slices that the request has loaded, the one that holds today; both its days count, and the one
    that ends last wins, so an object that ended today still shows in a wide window (measured).
    """
    today = request.now.date()
    found = [
        period
        for period in request.loaded(response.collection, response.uuid)
        if (period.start is None or period.start <= today) and (period.end is None or today <= period.end)
    ]
    return Node(*response, max(found, key=_ends)) if found else None


def _ends(period: Slice) -> tuple[bool, str]:
    return (period.end is None, str(period.end or ""))


@lru_cache(maxsize=1 << 16)
def validity(start: date | None, end: date | None, version: int) -> dict[str, str | None]:
    """Return a slice's period as MO writes it at a GraphQL version."""
    return Validity(start, end).to_mo(version)


_TYPES: Final = {"itusers": "it", "related_units": "related_unit"}


def type_name(collection: str) -> str:
    """Return what MO calls an object's type in the deprecated ``type``; mostly what registrations say."""
    return _TYPES.get(collection) or CATALOGUE[collection].model
