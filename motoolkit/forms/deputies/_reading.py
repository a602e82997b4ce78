"""Reading seats flat, a few requests a collection, from MO or from a mirror of it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

from motoolkit.catalogue import EVER
from motoolkit.model import Timeline, Validity
from motoolkit.plan import read, read_state, state_of_mirror
from motoolkit.plan.names import Names

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date

    from motoolkit.client import Client
    from motoolkit.mirror import Mirror
    from motoolkit.plan import Key, Span

    State = dict[Key, tuple[Span, ...]]

_FIELDS: Final = {
    "associations": ("person", "org_unit", "association_type", "substitute", "trade_union", "it_user"),
    "classes": ("name",),
    "engagements": ("person",),
    "org_units": ("name", "parent"),
    "persons": ("given_name", "surname"),
}
_AT_A_TIME: Final = 500
_AMONG: Final = "list_contains($persons, person_uuid)"


class Facts(NamedTuple):
    """What is told of a seat: UUIDs, by the catalogue's names."""

    org_unit: str
    association_type: str | None
    person: str | None
    substitute: str | None
    trade_union: str | None


class Reader(Protocol):
    """Where seats are read."""

    def associations(self, units: Collection[str] | None) -> State:
        """Return the associations that were ever in units; None for all, as MO has no filter by deputy."""

    def engagements(self, persons: Collection[str]) -> State:
        """Return all engagements that persons ever had."""

    def held_by(self, persons: Collection[str]) -> State:
        """Return the associations of which persons were ever the members."""

    def of(self, keys: Iterable[Key]) -> State:
        """Return objects."""

    def below(self, unit: str, on: date) -> set[str]:
        """Return a unit and all units below it on a day."""


def reader_of(source: Client | Mirror) -> Reader:
    """Return a MO, or a mirror of one, as where seats are read."""
    from motoolkit.client import Client

    return FromMo(source) if isinstance(source, Client) else FromMirror(source)


class FromMo:
    """A MO that answers now."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def associations(self, units: Collection[str] | None) -> State:
        """Return the associations that were ever in units, None for all."""
        if units is None:
            return self._read("associations", {})
        return {
            key: spans
            for some in _portions(units)
            for key, spans in self._read("associations", {"org_unit": {"uuids": some, **EVER}}).items()
        }

    def engagements(self, persons: Collection[str]) -> State:
        """Return all engagements that persons ever had."""
        return self._of_persons("engagements", persons)

    def held_by(self, persons: Collection[str]) -> State:
        """Return the associations of which persons were ever the members."""
        return self._of_persons("associations", persons)

    def _of_persons(self, collection: str, persons: Collection[str]) -> State:
        return {
            key: spans
            for some in _portions(persons)
            for key, spans in self._read(collection, {"employee": {"uuids": some, **EVER}}).items()
        }

    def of(self, keys: Iterable[Key]) -> State:
        """Return objects."""
        return read_state(self._client, keys, _FIELDS)

    def below(self, unit: str, on: date) -> set[str]:
        """Return a unit and all units below it on a day; a request for each level."""
        found = above = {unit}
        while above:
            chosen = {"parent": {"uuids": sorted(above), **EVER}}
            units = self._read("org_units", chosen)
            above = {key[1] for key, spans in units.items() if _parent(spans, on) in above} - found
            found = found | above
        return found

    def _read(self, collection: str, chosen: dict[str, Any]) -> State:
        return read(self._client, collection, chosen, _FIELDS)


class FromMirror:
    """A mirror, as old as it is."""

    def __init__(self, mirror: Mirror) -> None:
        self._mirror = mirror

    def associations(self, units: Collection[str] | None) -> State:
        """Return the associations that were ever in units, None for all."""
        if units is None:
            return self._where("associations", "true", {})
        return self._where("associations", "list_contains($units, org_unit_uuid)", {"units": sorted(units)})

    def engagements(self, persons: Collection[str]) -> State:
        """Return all engagements that persons ever had."""
        return self._where("engagements", _AMONG, {"persons": sorted(persons)})

    def held_by(self, persons: Collection[str]) -> State:
        """Return the associations of which persons were ever the members."""
        return self._where("associations", _AMONG, {"persons": sorted(persons)})

    def of(self, keys: Iterable[Key]) -> State:
        """Return objects."""
        return state_of_mirror(self._mirror, keys)

    def below(self, unit: str, on: date) -> set[str]:
        """Return a unit and all units below it on a day."""
        tree = self._mirror.tree(on)
        return set(tree.subtree(unit)) if unit in tree else {unit}

    def _where(self, collection: str, test: str, given: Mapping[str, Any]) -> State:
        query = f"SELECT DISTINCT uuid FROM {collection} WHERE {test}"
        return self.of([(collection, uuid) for (uuid,) in self._mirror.rows(query, given)])


def _portions(texts: Collection[str]) -> Iterator[list[str]]:
    ordered = sorted(texts)
    for first in range(0, len(ordered), _AT_A_TIME):
        yield ordered[first : first + _AT_A_TIME]


def _parent(spans: tuple[Span, ...], on: date) -> str | None:
    return next((span.values["parent"] for span in spans if span.validity.contains(on)), None)


def lives(state: State) -> dict[str, Timeline[Facts]]:
    """Return the seats among objects, by UUID: what holds of each when, equal neighbours as one.

    An association with an IT account is no seat: it says what the account is for.
    """
    return {
        uuid: Timeline((span.validity, facts(span)) for span in spans).coalesce()
        for (collection, uuid), spans in state.items()
        if collection == "associations" and not any(span.values["it_user"] for span in spans)
    }


def engaged(reader: Reader, persons: Collection[str]) -> dict[str, list[Validity]]:
    """Return the periods in which persons are engaged, by person."""
    found: dict[str, list[Validity]] = defaultdict(list)
    for spans in reader.engagements(persons).values():
        for span in spans:
            found[span.values["person"]].append(span.validity)
    return found


def facts(span: Span) -> Facts:
    """Return what a slice of an association says."""
    return Facts(*(span.values[name] for name in Facts._fields))


def names_of(reader: Reader, told: Iterable[Facts], persons: Iterable[str] = ()) -> Names:
    """Read the names of all that is told of seats, and of the units above them."""
    keys: set[Key] = {("persons", uuid) for uuid in persons}
    for each in told:
        keys |= {("classes", uuid) for uuid in (each.association_type, each.trade_union) if uuid}
        keys |= {("persons", uuid) for uuid in (each.person, each.substitute) if uuid}
        keys.add(("org_units", each.org_unit))
    state: State = {}
    while missing := keys - state.keys():
        found = reader.of(missing)
        state |= dict.fromkeys(missing, ()) | found
        keys |= {
            ("org_units", span.values["parent"])
            for (collection, _), spans in found.items()
            if collection == "org_units"
            for span in spans
            if span.values["parent"]
        }
    return Names(state)


def line(names: Names, unit: str, on: Validity) -> tuple[str, ...]:
    """Return the units from the top of the organisation down to a unit, as it is in a period."""
    steps: list[str] = []
    above: str | None = unit
    while above and above not in steps:
        steps.append(above)
        spans = names.state.get(("org_units", above), ())
        living = [span for span in spans if span.validity.overlaps(on)] or spans[-1:]
        above = living[0].values["parent"] if living else None
    return tuple(reversed(steps))
