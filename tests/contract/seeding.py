"""Write a made-up municipality into an empty real MO through its GraphQL API, and read it back.

MO's updates are no plain patches, so what is sent obeys what was measured on a real MO:

- an object is created over its whole life with its first values, then updated from each change to its end;
  the end is always sent, an open one would prolong it;
- nothing is sent that changes nothing: MO would answer well and forget the whole request;
- unit updates resend name and user_key, manager updates everything, association updates the deputy;
- what outlives its unit, or as a unit its parent, is created as long as that lives and then prolonged.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import httpx

from motoolkit.catalogue import CATALOGUE, EVER, Reference, read_document
from motoolkit.model import Timeline, Validity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from motoolkit.catalogue import Field
    from motoolkit.sandbox.records import Record, Slice

VERSION = 30
PER_DOCUMENT = 40
PER_PAGE = 500
OWN_UUIDS = frozenset({"rolebindings", "related_units", "owners"})
"""Collections whose UUIDs MO chooses itself."""


Timelines = dict[str, Timeline[dict[str, Any]]]


@dataclass(frozen=True)
class Operation:
    """One aliased mutation of a document."""

    mutation: str
    type: str
    input: dict[str, Any]


@dataclass(frozen=True)
class Writing:
    """How a collection is written: the stem of its mutations and of their input types.

    ``names`` are inputs that are not called as the field; ``resent`` the fields of every update,
    ``nullable`` those of them where null means none instead of nothing said; ``stays`` those that an update
    of another period would erase.
    """

    stem: str
    type: str
    names: dict[str, str] = field(default_factory=dict)
    resent: tuple[str, ...] = ("user_key",)
    nullable: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()

    def change(self, before: Slice, after: Slice) -> dict[str, Any]:
        """Return the fields of an update from ``before`` to ``after``."""
        return {
            name: value
            for name, value in after.values.items()
            if name in self.resent or value != before.values[name]
            if value is not None or name in self.nullable
        }

    def operation(
        self, verb: str, uuid: str, values: dict[str, Any], start: date | None, end: date | None
    ) -> Operation:
        """Return a mutation of the object over ``[start, end)``."""
        period = {"from": start and str(start), "to": end and str(end)}
        sent = {self.names.get(name, name): value for name, value in values.items()} | {"uuid": uuid}
        if verb == "Terminate":
            sent |= period
        elif (self.stem, verb) != ("employee", "Create"):
            sent["validity"] = period
        return Operation(f"{self.stem}_{verb.lower()}", f"{self.type}{verb}Input", sent)


_UNIT_NAMES = {f"unit_{name}": f"org_unit_{name}" for name in ("type", "level", "hierarchy")}
_CLASS_NAMES = {"facet": "facet_uuid", "parent": "parent_uuid", "it_system": "it_system_uuid"}
_MANAGER = ("person", "org_unit", "engagement", "manager_type", "manager_level", "responsibilities")
WRITINGS = {
    "facets": Writing("facet", "Facet"),
    "itsystems": Writing("itsystem", "ITSystem"),
    "classes": Writing("class", "Class", _CLASS_NAMES, ("user_key", "name", "facet", "parent")),
    "org_units": Writing(
        "org_unit", "OrganisationUnit", _UNIT_NAMES, ("name", "user_key"), stays=("unit_hierarchy",)
    ),
    "persons": Writing("employee", "Employee"),
    "engagements": Writing("engagement", "Engagement"),
    "itusers": Writing("ituser", "ITUser"),
    "rolebindings": Writing("rolebinding", "RoleBinding", resent=("ituser",)),
    "managers": Writing(
        "manager", "Manager", {"responsibilities": "responsibility"}, _MANAGER, ("person", "engagement")
    ),
    "associations": Writing(
        "association", "Association", resent=("association_type", "substitute"), nullable=("substitute",)
    ),
    "addresses": Writing(
        "address", "Address", resent=("value", "address_type", "visibility", "engagement", "ituser")
    ),
    "leaves": Writing("leave", "Leave"),
    "kles": Writing("kle", "KLE"),
    "owners": Writing("owner", "Owner", {"owner_inference_priority": "inference_priority"}),
}


def seed(url: str, session: str, records: Iterable[Record]) -> None:
    """Write ``records`` into the empty MO at ``url`` and check that MO then answers just that.

    Args:
        url: of the MO, without path.
        session: a legacy session UUID that the MO accepts.
        records: objects in an order in which what is pointed at comes first.

    Raises:
        AssertionError: MO refuses something, or answers something else than was written.
    """
    records = list(records)
    with _client(url, session) as client:
        operations = list(_operations(records))
        for first in range(0, len(operations), PER_DOCUMENT):
            _send(client, operations[first : first + PER_DOCUMENT])
    check(url, session, records)


def is_empty(url: str, session: str) -> bool:
    """Tell whether the MO holds nothing that a municipality would, so that it can be seeded."""
    with _client(url, session) as client:
        return not any(_read(client, name) for name in ("facets", "org_units", "persons"))


def check(url: str, session: str, records: Iterable[Record]) -> None:
    """Check that MO answers just what ``records`` say, slice by slice, once equal neighbours are merged.

    Raises:
        AssertionError: it does not; the message names the first objects that differ.
    """
    with _client(url, session) as client:
        found = list(_differences(client, list(records)))
    assert not found, f"{len(found)} objects differ, the first ones:\n" + "\n".join(found[:20])


def _client(url: str, session: str) -> httpx.Client:
    return httpx.Client(base_url=url, headers={"session": session}, timeout=300)


def _operations(records: list[Record]) -> Iterator[Operation]:
    ends = {r.uuid: r.slices[-1].end for r in records if r.collection == "org_units"}
    for record in records:
        if record.collection != "related_units":
            yield from _of_record(record, ends)
    yield from _relations([r for r in records if r.collection == "related_units"])


def _of_record(record: Record, unit_ends: dict[str, date | None]) -> Iterator[Operation]:
    """Create over the whole life, prolong beyond the unit's end, then change and cut out gaps."""
    writing = WRITINGS[record.collection]
    first, end = record.slices[0], record.slices[-1].end
    unit_end = unit_ends.get(first.values.get("parent") or first.values.get("org_unit") or "")
    outlives = unit_end is not None and (end is None or unit_end < end)
    given = {name: value for name, value in first.values.items() if value is not None}
    yield writing.operation("Create", record.uuid, given, first.start, unit_end if outlives else end)
    if outlives:
        # Over the whole life: MO stretches every value to the new end but those of several, the hierarchy.
        again = {name: first.values[name] for name in (*writing.resent, *writing.stays)}
        yield writing.operation("Update", record.uuid, again, first.start, end)
    for before, after in pairwise(record.slices):
        if before.end != after.start:
            yield writing.operation("Terminate", record.uuid, {}, before.end, after.start)
        if before.values != after.values:
            yield writing.operation("Update", record.uuid, writing.change(before, after), after.start, end)


def _relations(records: list[Record]) -> Iterator[Operation]:
    """Relate each unit to all of its relations at once: MO replaces the whole set."""
    shared = Counter(unit for record in records for unit in record.slices[0].values["org_units"])
    destinations: dict[tuple[str, date | None], list[str]] = defaultdict(list)
    for record in records:
        origin, other = sorted(record.slices[0].values["org_units"], key=lambda unit: -shared[unit])
        destinations[origin, record.slices[0].start].append(other)
    for (origin, start), others in destinations.items():
        sent = {"origin": origin, "destination": others, "validity": {"from": str(start)}}
        yield Operation("related_units_update", "RelatedUnitsUpdateInput", sent)


def _send(client: httpx.Client, operations: list[Operation]) -> None:
    declared = ", ".join(f"$i{n}: {operation.type}!" for n, operation in enumerate(operations))
    fields = " ".join(f"a{n}: {o.mutation}(input: $i{n}) {{ uuid }}" for n, o in enumerate(operations))
    variables = {f"i{n}": operation.input for n, operation in enumerate(operations)}
    answer = _post(client, f"mutation ({declared}) {{ {fields} }}", variables)
    for error in answer.get("errors", ()):
        at = int(error["path"][0][1:]) if error.get("path") else 0
        refused = operations[at]
        raise AssertionError(f"{refused.mutation} {refused.input}: {error['message']}")


def _post(client: httpx.Client, query: str, variables: dict[str, Any]) -> dict[str, Any]:
    response = client.post(f"/graphql/v{VERSION}", json={"query": query, "variables": variables})
    answer: dict[str, Any] = response.raise_for_status().json()
    return answer


def _differences(client: httpx.Client, records: list[Record]) -> Iterator[str]:
    """Yield a line for each object that MO answers differently, or should not have, or lacks."""
    expected: dict[str, Timelines] = {name: {} for name in CATALOGUE}
    for record in records:
        slices = [(Validity(s.start, s.end), s.values) for s in record.slices]
        expected[record.collection][record.uuid] = Timeline(slices).coalesce()
    for name, wanted in expected.items():
        found = _read(client, name)
        yield from _compare(
            name, *(map(_by_content, (wanted, found)) if name in OWN_UUIDS else (wanted, found))
        )


def _compare(name: str, wanted: Timelines, found: Timelines) -> Iterator[str]:
    for uuid in wanted.keys() | found.keys():
        differences = wanted.get(uuid, Timeline()).diff(found.get(uuid, Timeline()))
        if differences or uuid not in wanted or uuid not in found:
            yield f"{name} {uuid}: {differences[:2]}"


def _by_content(timelines: Timelines) -> Timelines:
    """Key the objects by what they say, without the UUID and the user_key that defaults to it."""
    return {
        str([(validity, {**values, "user_key": None}) for validity, values in timeline]): Timeline()
        for timeline in timelines.values()
    }


def _read(client: httpx.Client, name: str) -> Timelines:
    document = read_document(CATALOGUE[name], VERSION)
    variables = {"filter": EVER, "limit": PER_PAGE, "cursor": None}
    found = {}
    while True:
        answer = _post(client, document, variables)
        assert not answer.get("errors"), answer["errors"]
        page = answer["data"]["page"]
        for item in page["objects"]:
            found[item["uuid"]] = Timeline(_span(name, each) for each in item["validities"]).coalesce()
        if not (cursor := page["page_info"]["next_cursor"]):
            return found
        variables["cursor"] = cursor


def _span(name: str, answered: dict[str, Any]) -> tuple[Validity, dict[str, Any]]:
    validity = Validity.from_mo(answered["validity"]["from"], answered["validity"]["to"], VERSION)
    return validity, {each.name: _value(answered, each) for each in CATALOGUE[name].stored}


def _value(answered: dict[str, Any], stored: Field) -> Any:
    if not isinstance(stored, Reference):
        return answered[stored.name]
    if stored.many:
        return tuple(sorted(answered[stored.uuids_field] or ()))
    response = answered[stored.field]
    return response and response["uuid"]
