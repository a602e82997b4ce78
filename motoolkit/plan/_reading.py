"""Reading the objects that a plan is about, from MO or from a mirror."""

from __future__ import annotations

import warnings
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias

from motoolkit.catalogue import CATALOGUE, EVER, Reference
from motoolkit.model import Validity, as_date
from motoolkit.plan._desired import desired
from motoolkit.plan._related import RELATED_UNITS, sets_of
from motoolkit.plan._rows import KEEPINGS
from motoolkit.plan._state import Span, blank, clean, merged

if TYPE_CHECKING:
    from collections.abc import Collection as Names
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from motoolkit.catalogue import Collection
    from motoolkit.catalogue._shapes import Field
    from motoolkit.client import Client
    from motoolkit.plan._operation import Operation
    from motoolkit.plan._state import Key, State

_AT_A_TIME: Final = 500
_ORGANISATION_AS_PARENT: Final = 27
"""Up to this version units at the top have the organisation's UUID for a parent (measured)."""

PERSONAL: Final = ("engagements", "managers", "associations", "itusers", "addresses", "leaves", "owners")
"""What a person has or is, by ``person``; all of it ends when the person is terminated."""

Fields: TypeAlias = "Mapping[str, Names[str]]"
"""The catalogue's names of fields, by collection."""


class Rows(Protocol):
    """A mirror, as far as a plan reads it."""

    def rows(
        self, query: str, parameters: Mapping[str, Any] | None = None, *, show_cpr: bool = False
    ) -> Iterator[tuple[Any, ...]]:
        """Yield the answer to a SELECT."""


def read_state(
    client: Client, keys: Iterable[Key], fields: Fields | None = None
) -> dict[Key, tuple[Span, ...]]:
    """Read objects from MO, every slice of them; what MO does not have is not in the answer.

    Args:
        client: the MO.
        keys: of the objects.
        fields: those to read, by collection; the others are taken to be empty.  None for all.

    Raises:
        MoError: MO did not answer, or not as it should.
    """
    wanted: dict[str, set[str]] = defaultdict(set)
    for collection, uuid in keys:
        wanted[collection].add(uuid)
    state: dict[Key, tuple[Span, ...]] = {}
    if units := wanted.pop(RELATED_UNITS, set()):
        state |= _related(client, units)
    for collection, uuids in wanted.items():
        for some in portions(uuids):
            state |= read(client, collection, {"uuids": some}, fields)
    return state


def _related(client: Client, units: set[str]) -> dict[Key, tuple[Span, ...]]:
    pairs = {
        key: spans
        for some in portions(units)
        for key, spans in read(client, RELATED_UNITS, {"org_unit": {"uuids": some, **EVER}}).items()
    }
    return sets_of(pairs, units)


def portions(texts: Iterable[str]) -> Iterator[list[str]]:
    """Yield texts in order, as many at a time as one request should name."""
    ordered = sorted(texts)
    for first in range(0, len(ordered), _AT_A_TIME):
        yield ordered[first : first + _AT_A_TIME]


def read_for(
    client: Client, operations: Sequence[Operation], fields: Fields | None = None
) -> dict[Key, tuple[Span, ...]]:
    """Read from MO all that the operations are about.

    That is their objects; of persons who are terminated also what they have; and where MO chooses the UUID
    itself, the object that an earlier run of the same plan made, under the UUID that the plan chose for it.

    Args:
        client: the MO.
        operations: of a plan.
        fields: those to read, by collection; the others are taken to be empty.  None for all.
    """
    state = read_state(client, {operation.key for operation in operations}, fields)
    ending = [o.uuid for o in operations if o.kind == "person" and o.action == "terminate"]
    if ending:
        state |= _belongings(client, ending)
    return state | _made_before(client, unnamed(operations, state), state)


def unnamed(operations: Sequence[Operation], state: State) -> dict[Key, list[tuple[Span, ...]]]:
    """Return the objects that operations make and MO gives a UUID: as they are made, and as they are left."""
    creations = [o for o in operations if o.action == "create" and not KEEPINGS[o.kind].own_uuid]
    left = desired(operations, state) if creations else {}
    lives = {o.key: [desired([o], {})[o.key], left[o.key]] for o in creations if o.key not in state}
    return {key: [spans for spans in some if spans] for key, some in lives.items()}


def _belongings(client: Client, persons: list[str]) -> dict[Key, tuple[Span, ...]]:
    state: dict[Key, tuple[Span, ...]] = {}
    for collection in PERSONAL:
        state |= read(client, collection, {"employee": {"uuids": persons, **EVER}})
    accounts = [uuid for collection, uuid in state if collection == "itusers"]
    if accounts:
        state |= read(client, "rolebindings", {"ituser": {"uuids": accounts, **EVER}})
    return state


def _made_before(
    client: Client, wanted: Mapping[Key, Sequence[tuple[Span, ...]]], state: State
) -> dict[Key, tuple[Span, ...]]:
    """Find objects that are in all what creations make; their user_keys are the UUIDs that were chosen."""
    user_keys: dict[str, set[str]] = defaultdict(set)
    for (collection, _), lives in wanted.items():
        user_keys[collection] |= {spans[0].values["user_key"] for spans in lives}
    held = {
        key: spans
        for collection, keys in user_keys.items()
        for some in portions(keys)
        for key, spans in read(client, collection, {"user_keys": some}).items()
        if key not in state
    }
    made = {}
    for key, lives in wanted.items():
        found = next((other for other, s in held.items() if other[0] == key[0] and s in lives), None)
        if found is not None:
            made[key] = held.pop(found)
    return made


def read(
    client: Client,
    collection: str,
    chosen: dict[str, Any],
    fields: Fields | None = None,
    asserted: str | None = None,
) -> dict[Key, tuple[Span, ...]]:
    """Read the objects of a collection that MO's filter chooses, every slice of them.

    ``asserted`` is an instant of MO's own clock, to read what MO held to be true of them then.
    """
    nobody = _organisation(client) if collection == "org_units" else None
    available = CATALOGUE[collection].available(client.version)
    if fields is not None:
        available = tuple(field for field in available if field.name in fields[collection])
    state = {}
    names = [field.name for field in available]
    for page in client.read(collection, fields=names, filter=chosen, asserted=asserted):
        for found in page.objects:
            spans = [
                _span(collection, answered, available, client.version) for answered in found["validities"]
            ]
            if nobody is not None:
                spans = [_at_top(nobody, span) for span in spans]
            state[collection, found["uuid"]] = merged(spans)
    return {key: spans for key, spans in state.items() if spans}


def _organisation(client: Client) -> str | None:
    if client.version > _ORGANISATION_AS_PARENT:
        return None
    with warnings.catch_warnings():
        # The field is deprecated in every version, and the only one that tells.
        warnings.simplefilter("ignore")
        uuid: str = client.execute("{ org { uuid } }")["org"]["uuid"]
    return uuid


def _span(collection: str, answered: dict[str, Any], fields: Iterable[Field], version: int) -> Span:
    period = Validity.from_mo(answered["validity"]["from"], answered["validity"]["to"], version)
    values = {field.name: _answered(answered, field) for field in fields}
    return Span(period.start, period.end, blank(collection) | values)


def _answered(answered: dict[str, Any], stored: Field) -> Any:
    if not isinstance(stored, Reference):
        return clean(answered[stored.name])
    if stored.many:
        return clean(answered[stored.uuids_field] or ())
    response = answered[stored.field]
    return response["uuid"] if response else None


def _at_top(organisation: str, span: Span) -> Span:
    """Return a unit's slice with no parent where it is the organisation."""
    top = span.values["parent"] == organisation
    return Span(span.start, span.end, span.values | {"parent": None}) if top else span


def state_of_mirror(mirror: Rows, keys: Iterable[Key]) -> dict[Key, tuple[Span, ...]]:
    """Read objects from a mirror, as ``read_state`` does from MO.

    Raises:
        MirrorError: the mirror does not hold one of the collections.
    """
    wanted: dict[str, set[str]] = defaultdict(set)
    for collection, uuid in keys:
        wanted[collection].add(uuid)
    state: dict[Key, tuple[Span, ...]] = {}
    if units := wanted.pop(RELATED_UNITS, set()):
        among = "list_has_any(org_unit_uuids, $uuids)"
        pairs = mirrored(mirror, CATALOGUE[RELATED_UNITS], among, {"uuids": sorted(units)})
        state |= sets_of(pairs, units)
    for name, uuids in wanted.items():
        state |= mirrored(mirror, CATALOGUE[name], "list_contains($uuids, uuid)", {"uuids": sorted(uuids)})
    return state


def mirrored(
    mirror: Rows, collection: Collection, where: str, parameters: dict[str, Any]
) -> dict[Key, tuple[Span, ...]]:
    """Read the objects of a collection that a condition chooses, every slice of them."""
    columns = ", ".join(f.column for f in collection.stored)
    query = f"SELECT uuid, valid_from, valid_to, {columns} FROM {collection.name} WHERE {where}"
    spans: dict[Key, list[Span]] = defaultdict(list)
    for uuid, start, end, *values in mirror.rows(query, parameters, show_cpr=True):
        named = {f.name: clean(value) for f, value in zip(collection.stored, values, strict=True)}
        spans[collection.name, uuid].append(Span(_day(start), _day(end), named))
    return {key: merged(found) for key, found in spans.items()}


def _day(value: Any) -> Any:
    return None if value is None else as_date(value)
