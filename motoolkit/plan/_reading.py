"""Reading the objects that a plan is about, from MO or from a mirror."""

from __future__ import annotations

import warnings
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final, Protocol

from motoolkit.catalogue import CATALOGUE, EVER, Reference
from motoolkit.model import Validity, as_date
from motoolkit.plan._desired import desired
from motoolkit.plan._rows import KEEPINGS
from motoolkit.plan._state import Span, clean, merged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from motoolkit.catalogue import Collection
    from motoolkit.catalogue._shapes import Field
    from motoolkit.client import Client
    from motoolkit.plan._operation import Operation
    from motoolkit.plan._state import Key, State

_AT_A_TIME: Final = 500
_ORGANISATION_AS_PARENT: Final = 27
"""Up to this version units at the top have the organisation's UUID for a parent (measured)."""

_THEIRS: Final = ("engagements", "managers", "associations", "itusers", "addresses", "leaves", "owners")
"""What a person has or is, by ``person``; all of it ends when the person is terminated."""


class Rows(Protocol):
    """A mirror, as far as a plan reads it."""

    def rows(
        self, query: str, parameters: Mapping[str, Any] | None = None, *, show_cpr: bool = False
    ) -> Iterator[tuple[Any, ...]]:
        """Yield the answer to a SELECT."""


def read_state(client: Client, keys: Iterable[Key]) -> dict[Key, tuple[Span, ...]]:
    """Read objects from MO, every slice of them; what MO does not have is not in the answer.

    Raises:
        MoError: MO did not answer, or not as it should.
    """
    wanted: dict[str, set[str]] = defaultdict(set)
    for collection, uuid in keys:
        wanted[collection].add(uuid)
    state: dict[Key, tuple[Span, ...]] = {}
    for collection, uuids in wanted.items():
        ordered = sorted(uuids)
        for first in range(0, len(ordered), _AT_A_TIME):
            state |= _read(client, collection, {"uuids": ordered[first : first + _AT_A_TIME]})
    return state


def read_for(client: Client, operations: Sequence[Operation]) -> dict[Key, tuple[Span, ...]]:
    """Read from MO all that the operations are about.

    That is their objects; of persons who are terminated also what they have; and where MO chooses the UUID
    itself, the object that an earlier run of the same plan made, under the UUID that the plan chose for it.
    """
    state = read_state(client, {operation.key for operation in operations})
    ending = [o.uuid for o in operations if o.kind == "person" and o.action == "terminate"]
    if ending:
        state |= _belongings(client, ending)
    for operation in operations:
        if operation.action == "create" and not KEEPINGS[operation.kind].own_uuid:
            state |= _made_before(client, operation, state)
    return state


def _belongings(client: Client, persons: list[str]) -> dict[Key, tuple[Span, ...]]:
    state: dict[Key, tuple[Span, ...]] = {}
    for collection in _THEIRS:
        state |= _read(client, collection, {"employee": {"uuids": persons, **EVER}})
    accounts = [uuid for collection, uuid in state if collection == "itusers"]
    if accounts:
        state |= _read(client, "rolebindings", {"ituser": {"uuids": accounts, **EVER}})
    return state


def _made_before(client: Client, operation: Operation, state: State) -> dict[Key, tuple[Span, ...]]:
    """Find an object that is in all what the operation makes; its user_key is the UUID that was chosen."""
    wanted = desired([operation], {})[operation.key]
    user_key = wanted[0].values["user_key"]
    for key, spans in _read(client, operation.collection, {"user_keys": [user_key]}).items():
        if key not in state and spans == wanted:
            return {operation.key: spans}
    return {}


def _read(client: Client, collection: str, chosen: dict[str, Any]) -> dict[Key, tuple[Span, ...]]:
    nobody = _organisation(client) if collection == "org_units" else None
    state = {}
    for page in client.read(collection, filter=chosen):
        for found in page.objects:
            if spans := _spans(CATALOGUE[collection], found["validities"], client.version, nobody):
                state[collection, found["uuid"]] = spans
    return state


def _organisation(client: Client) -> str | None:
    if client.version > _ORGANISATION_AS_PARENT:
        return None
    with warnings.catch_warnings():
        # The field is deprecated in every version, and the only one that tells.
        warnings.simplefilter("ignore")
        uuid: str = client.execute("{ org { uuid } }")["org"]["uuid"]
    return uuid


def _spans(
    collection: Collection, validities: list[dict[str, Any]], version: int, nobody: str | None
) -> tuple[Span, ...]:
    available = collection.available(version)
    return merged(
        Span(period.start, period.end, {f.name: _answered(answered, f, nobody) for f in available})
        for answered in validities
        for period in [Validity.from_mo(answered["validity"]["from"], answered["validity"]["to"], version)]
    )


def _answered(answered: dict[str, Any], stored: Field, nobody: str | None) -> Any:
    if not isinstance(stored, Reference):
        return clean(answered[stored.name])
    if stored.many:
        return clean(answered[stored.uuids_field] or ())
    response = answered[stored.field]
    found = response["uuid"] if response else None
    return None if found == nobody else found


def state_of_mirror(mirror: Rows, keys: Iterable[Key]) -> dict[Key, tuple[Span, ...]]:
    """Read objects from a mirror, as ``read_state`` does from MO.

    Raises:
        MirrorError: the mirror does not hold one of the collections.
    """
    wanted: dict[str, set[str]] = defaultdict(set)
    for collection, uuid in keys:
        wanted[collection].add(uuid)
    state: dict[Key, tuple[Span, ...]] = {}
    for name, uuids in wanted.items():
        state |= _mirrored(mirror, CATALOGUE[name], "list_contains($uuids, uuid)", {"uuids": sorted(uuids)})
    return state


def _mirrored(
    mirror: Rows, collection: Collection, where: str, parameters: dict[str, Any]
) -> dict[Key, tuple[Span, ...]]:
    columns = ", ".join(f.column for f in collection.stored)
    query = f"SELECT uuid, valid_from, valid_to, {columns} FROM {collection.name} WHERE {where}"
    spans: dict[Key, list[Span]] = defaultdict(list)
    for uuid, start, end, *values in mirror.rows(query, parameters, show_cpr=True):
        named = {f.name: clean(value) for f, value in zip(collection.stored, values, strict=True)}
        spans[collection.name, uuid].append(Span(_day(start), _day(end), named))
    return {key: merged(found) for key, found in spans.items()}


def _day(value: Any) -> Any:
    return None if value is None else as_date(value)
