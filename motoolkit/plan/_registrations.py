"""MO's memory: what it held to be true at an earlier time, by its own clock."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from motoolkit.plan._reading import portions, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from motoolkit.client import Client
    from motoolkit.plan._state import Key, Span

_END_OF_TIME: Final = "9999-12-30"
_QUERY: Final = """\
query Registrations($filter: RegistrationFilter) {
  registrations(filter: $filter) { objects { uuid start } }
}
"""


def latest(client: Client, uuids: Iterable[str]) -> str | None:
    """Return the time of the last thing that MO knows of some objects, by its own clock.

    All that is written from now on is later than that by the same clock, so no two clocks have to agree.
    Asked for is what holds at the end of time: the present registration of each object, none of its history.

    Raises:
        QueryError: the token lacks the role read_registration.
        MoError: MO can not be read.
    """
    starts = (str(found["start"]) for found in _registrations(client, uuids, _END_OF_TIME))
    return max(starts, key=datetime.fromisoformat, default=None)


def read_asserted(client: Client, keys: Iterable[Key], asserted: str) -> dict[Key, tuple[Span, ...]]:
    """Read what MO held to be true of some objects at an instant of its own clock.

    They are read one by one, those alone that MO knew then: it answers such questions about one object
    only (measured: "Multiple uuid parameters passed to search operation").

    Raises:
        MoError: MO can not be read.
    """
    collections = {uuid: collection for collection, uuid in keys}
    state: dict[Key, tuple[Span, ...]] = {}
    for uuid in sorted(_known(client, collections, asserted)):
        state |= read(client, collections[uuid], {"uuids": [uuid]}, asserted=asserted)
    return state


def _known(client: Client, uuids: Iterable[str], asserted: str) -> set[str]:
    """Return those of some objects that MO knew then."""
    then = datetime.fromisoformat(asserted)
    found = _registrations(client, uuids, asserted)
    return {str(each["uuid"]) for each in found if datetime.fromisoformat(each["start"]) <= then}


def _registrations(client: Client, uuids: Iterable[str], start: str) -> Iterator[dict[str, Any]]:
    for some in portions(uuids):
        answer = client.execute(_QUERY, {"filter": {"uuids": some, "start": start}})
        yield from answer["registrations"]["objects"]
