"""All that the sandbox holds: objects, each an append-only log of what was asserted about it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID, uuid5

from motoolkit.catalogue import CATALOGUE, Reference
from motoolkit.model import COPENHAGEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from motoolkit.sandbox.records import Record, Slice

LEGACY_ACTOR: Final = "00000000-0000-0000-0000-000000000001"
CREATED: Final = "Oprettet i MO"
EDITED: Final = "Rediger"
ENDED: Final = "Afsluttet"

_NAMESPACE = UUID("6d6f746f-6f6c-4b69-8474-73616e64626f")


@dataclass(slots=True)
class Registration:
    """What was asserted of an object from ``start`` until ``end``; without slices it was deleted."""

    number: int
    start: datetime
    actor: str
    note: str
    slices: tuple[Slice, ...]
    end: datetime | None = None

    def holds_at(self, moment: datetime) -> bool:
        """Tell whether this is what was asserted at ``moment``."""
        return self.start <= moment and (self.end is None or moment < self.end)


@dataclass(slots=True)
class Held:
    """One object and its registrations, the oldest first."""

    collection: str
    uuid: str
    registrations: list[Registration] = field(default_factory=list)

    def slices(self, moment: datetime | None = None) -> tuple[Slice, ...]:
        """Return the slices asserted now, or at ``moment``."""
        if moment is None:
            return self.registrations[-1].slices
        return next((r.slices for r in reversed(self.registrations) if r.holds_at(moment)), ())


class World:
    """A municipality as MO holds it, with a clock that can be frozen.

    Args:
        records: what it holds from the start.
        today: the date at which its clock stands; None for the real time.
        substitute_roles: the association types that may have a deputy (MO's CONFDB_SUBSTITUTE_ROLES).
    """

    def __init__(
        self,
        records: Iterable[Record] = (),
        *,
        today: date | None = None,
        substitute_roles: Sequence[str] = (),
    ) -> None:
        self.organisation = str(uuid5(_NAMESPACE, "organisation"))
        self.substitute_roles = frozenset(str(role) for role in substitute_roles)
        self._frozen = None if today is None else datetime.combine(today, time(12), COPENHAGEN)
        self._objects: dict[str, dict[str, Held]] = {name: {} for name in CATALOGUE}
        self._ordered: dict[str, list[str]] = {}
        self._pointing: dict[tuple[str, str], Mapping[str, frozenset[str]]] = {}
        self._count = 0
        self.put(records)

    def now(self) -> datetime:
        """Return the time on the world's clock, in Copenhagen; a frozen one ticks only with each write."""
        if self._frozen is None:
            return datetime.now(UTC).astimezone(COPENHAGEN)
        return self._frozen + timedelta(microseconds=self._count)

    def get(self, collection: str, uuid: str) -> Held | None:
        """Return an object, also a deleted one, or None."""
        return self._objects[collection].get(uuid)

    def all(self, collection: str) -> Iterator[Held]:
        """Yield the objects of a collection in the order of their UUIDs, which is MO's."""
        objects = self._objects[collection]
        if collection not in self._ordered:
            self._ordered[collection] = sorted(objects)
        return (objects[uuid] for uuid in self._ordered[collection])

    def put(self, records: Iterable[Record], actor: str = LEGACY_ACTOR) -> None:
        """Assert ``records``, each as a new registration that replaces what was asserted before."""
        for record in records:
            note = EDITED if record.uuid in self._objects[record.collection] else CREATED
            self._assert(record.collection, record.uuid, record.slices, actor, note)

    def delete(self, collection: str, uuid: str, actor: str = LEGACY_ACTOR, note: str = ENDED) -> None:
        """Delete an object; its earlier registrations stay.

        Raises:
            KeyError: there is no such object.
        """
        if uuid not in self._objects[collection]:
            raise KeyError(uuid)
        self._assert(collection, uuid, (), actor, note)

    def pointing_at(self, collection: str, reference: str, uuid: str) -> frozenset[str]:
        """Return the objects whose ``reference`` points at ``uuid`` at any time, now asserted."""
        if (collection, reference) not in self._pointing:
            self._pointing[collection, reference] = self._index(collection, reference)
        return self._pointing[collection, reference].get(uuid, frozenset())

    def _assert(self, collection: str, uuid: str, slices: tuple[Slice, ...], actor: str, note: str) -> None:
        self._count += 1
        held = self._objects[collection].get(uuid)
        if held is None:
            held = self._objects[collection][uuid] = Held(collection, uuid)
            self._ordered.pop(collection, None)
        moment = self.now()
        if held.registrations:
            held.registrations[-1].end = moment
        held.registrations.append(Registration(self._count, moment, actor, note, slices))
        self._pointing = {key: index for key, index in self._pointing.items() if key[0] != collection}

    def _index(self, collection: str, reference: str) -> dict[str, frozenset[str]]:
        sources: dict[str, set[str]] = defaultdict(set)
        for held in self._objects[collection].values():
            for period in held.slices():
                for target in targets(collection, reference, period.values):
                    sources[target].add(held.uuid)
        return {target: frozenset(found) for target, found in sources.items()}


def targets(collection: str, name: str, values: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the UUIDs that a slice's reference points at: none, one or several."""
    known = CATALOGUE[collection].by_name.get(name)
    found = values.get(name)
    if isinstance(known, Reference) and known.many:
        return tuple(found or ())
    return () if found is None else (found,)
