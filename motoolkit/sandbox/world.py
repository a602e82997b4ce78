"""All that the sandbox holds: objects, each an append-only log of what was asserted about it."""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID, uuid5

from motoolkit.catalogue import CATALOGUE, Reference
from motoolkit.model import COPENHAGEN
from motoolkit.sandbox.events import EventStore
from motoolkit.sandbox.files import FileStore
from motoolkit.sandbox.groups import nothing_of, rows_of
from motoolkit.sandbox.rows import slices_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from motoolkit.sandbox.records import Record, Slice
    from motoolkit.sandbox.rows import Row, Rows

LEGACY_ACTOR: Final = "00000000-0000-0000-0000-000000000001"
CREATED: Final = "Oprettet i MO"
EDITED: Final = "Rediger"
ENDED: Final = "Afsluttet"

_NAMESPACE = UUID("6d6f746f-6f6c-4b69-8474-73616e64626f")


@dataclass(slots=True)
class Registration:
    """What was asserted of an object from ``start`` until ``end``.

    ``rows`` are what it was made of, and None where only the slices were given; without any it was deleted.
    ``edits`` tells that it came of an update or a termination.
    """

    number: int
    start: datetime
    actor: str
    note: str
    slices: tuple[Slice, ...]
    end: datetime | None = None
    rows: Rows | None = None
    edits: bool = False

    @property
    def deletes(self) -> bool:
        """Whether this says that the object is no more; one without a living day still is."""
        return not self.slices and not self.rows

    def holds_at(self, moment: datetime) -> bool:
        """Tell whether this is what was asserted at ``moment``."""
        return self.start <= moment and (self.end is None or moment < self.end)


@dataclass(slots=True)
class Held:
    """One object and its registrations, the oldest first."""

    collection: str
    uuid: str
    registrations: list[Registration] = field(default_factory=list)

    @property
    def exists(self) -> bool:
        """Whether it is there and not deleted."""
        return bool(self.registrations) and not self.registrations[-1].deletes

    @property
    def rows(self) -> Rows:
        """The rows asserted now."""
        last = self.registrations[-1]
        return rows_of(self.collection, last.slices) if last.rows is None else last.rows

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
        self.municipality_code: int | None = None
        self.substitute_roles = frozenset(str(role) for role in substitute_roles)
        self.today = today
        self._frozen = None if today is None else datetime.combine(today, time(12), COPENHAGEN)
        self._objects: dict[str, dict[str, Held]] = {name: {} for name in CATALOGUE}
        self._ordered: dict[str, list[str]] = {}
        self._pointing: dict[tuple[str, str], dict[str, set[str]]] = {}
        self._count = 0
        self.events = EventStore()
        self.undo: list[Callable[[], object]] | None = None
        self.aborted = False
        self.noop_aborts = True
        self.changed: list[tuple[Held, Registration]] = []
        self.files = FileStore()
        self.on_commit: list[Callable[[Sequence[tuple[Held, Registration]]], None]] = []
        self.put(records)
        #: The number of the last registration of those with which it began.
        self.made = self._count

    def now(self) -> datetime:
        """Return the time on the world's clock, in Copenhagen; a frozen one ticks only with each write."""
        if self._frozen is None:
            return datetime.now(UTC).astimezone(COPENHAGEN)
        return self._frozen + timedelta(microseconds=self._count)

    @property
    def written(self) -> int:
        """The number of the last registration; it never goes back, also where writing was taken back."""
        return self._count

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
            self._assert(record.collection, record.uuid, actor=actor, note=note, slices=record.slices)

    def write(
        self, collection: str, uuid: str, rows: Iterable[Row], *, actor: str, note: str, always: bool = False
    ) -> None:
        """Assert the rows of an object, unless an update has asserted the very same already.

        The database of a real MO gives up the whole transaction then, while MO itself carries on as if all
        were well: nothing of the request is kept.  The first update after a creation is always one (measured;
        ``noop_aborts``).
        """
        fresh = tuple(rows)
        held = self._objects[collection].get(uuid)
        if (
            held is not None
            and held.exists
            and not always
            and held.registrations[-1].edits
            and _same(held.rows, fresh)
        ):
            self.aborted = self.noop_aborts
            return
        slices = slices_of(fresh, nothing_of(collection))
        self._assert(collection, uuid, actor=actor, note=note, slices=slices, rows=fresh, edits=not always)

    def delete(self, collection: str, uuid: str, actor: str = LEGACY_ACTOR, note: str = ENDED) -> None:
        """Delete an object; its earlier registrations stay.

        Raises:
            KeyError: there is no such object.
        """
        if uuid not in self._objects[collection]:
            raise KeyError(uuid)
        self._assert(collection, uuid, actor=actor, note=note)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all that is written inside, or with ``rollback`` or an exception nothing of it."""
        self.undo, self.aborted, self.changed = [], False, []
        try:
            yield
        except BaseException:
            self.rollback()
            raise
        if self.aborted:
            self.rollback()
        changed, self.undo, self.changed, self.aborted = self.changed, None, [], False
        if changed:
            for tell in self.on_commit:
                tell(changed)

    def rollback(self) -> None:
        """Take back all that the open transaction has written."""
        for undo in reversed(self.undo or ()):
            undo()
        self.undo, self.changed = [], []

    def everything(self) -> Iterator[Held]:
        """Yield all objects of all collections."""
        for objects in self._objects.values():
            yield from objects.values()

    def restore(self, objects: Iterable[Held], *, written: int, made: int = 0) -> None:
        """Take over objects with their registrations, as an earlier world held them.

        Args:
            objects: all of them, the deleted ones too.
            written: the number of that world's last registration.
            made: the number of the last of those with which it began.
        """
        for held in objects:
            self._objects[held.collection][held.uuid] = held
        self._count, self.made = written, made
        self._ordered.clear()
        self._pointing.clear()

    def pointing_at(self, collection: str, reference: str, uuid: str) -> frozenset[str]:
        """Return the objects whose ``reference`` points at ``uuid`` at any time, now asserted."""
        if (collection, reference) not in self._pointing:
            self._pointing[collection, reference] = self._index(collection, reference)
        return frozenset(self._pointing[collection, reference].get(uuid, ()))

    def _assert(
        self,
        collection: str,
        uuid: str,
        *,
        actor: str,
        note: str,
        slices: tuple[Slice, ...] = (),
        rows: Rows | None = None,
        edits: bool = False,
    ) -> None:
        self._count += 1
        objects = self._objects[collection]
        held = objects.get(uuid)
        if held is None:
            held = objects[uuid] = Held(collection, uuid)
            if collection in self._ordered:
                insort(self._ordered[collection], uuid)
        before = held.slices() if held.registrations else ()
        moment = self.now()
        if held.registrations:
            held.registrations[-1].end = moment
        held.registrations.append(
            Registration(self._count, moment, actor, note, slices, rows=rows, edits=edits)
        )
        self._point(held, before, slices)
        if self.undo is not None:
            self.undo.append(lambda: self._take_back(held, before))
            self.changed.append((held, held.registrations[-1]))

    def _take_back(self, held: Held, before: tuple[Slice, ...]) -> None:
        gone = held.registrations.pop()
        self._point(held, gone.slices, before)
        if held.registrations:
            held.registrations[-1].end = None
            return
        del self._objects[held.collection][held.uuid]
        self._ordered.pop(held.collection, None)

    def _point(self, held: Held, before: tuple[Slice, ...], after: tuple[Slice, ...]) -> None:
        """Keep the indexes that stand in step with a change of one object."""
        for (collection, reference), index in self._pointing.items():
            if collection == held.collection:
                for target in _all_targets(collection, reference, before):
                    index[target].discard(held.uuid)
                for target in _all_targets(collection, reference, after):
                    index[target].add(held.uuid)

    def _index(self, collection: str, reference: str) -> dict[str, set[str]]:
        sources: dict[str, set[str]] = defaultdict(set)
        for held in self._objects[collection].values():
            for target in _all_targets(collection, reference, held.slices()):
                sources[target].add(held.uuid)
        return sources


def _same(rows: Rows, others: Rows) -> bool:
    return len(rows) == len(others) and all(row in others for row in rows)


def _all_targets(collection: str, name: str, slices: Iterable[Slice]) -> set[str]:
    return {target for period in slices for target in targets(collection, name, period.values)}


def targets(collection: str, name: str, values: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the UUIDs that a slice's reference points at: none, one or several."""
    known = CATALOGUE[collection].by_name.get(name)
    found = values.get(name)
    if isinstance(known, Reference) and known.many:
        return tuple(found or ())
    return () if found is None else (found,)
