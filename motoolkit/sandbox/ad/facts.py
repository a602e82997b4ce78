"""What MO has that directories are made of: people at work, their accounts, units and who leads them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from motoolkit.sandbox.records import Record, Slice

NEEDED: Final = (
    "facets",
    "itsystems",
    "classes",
    "org_units",
    "persons",
    "engagements",
    "itusers",
    "rolebindings",
    "managers",
    "addresses",
    "leaves",
    "owners",
)
"""The collections that directories are derived from."""


@dataclass(frozen=True, slots=True)
class Engagement:
    """An engagement as it is today, else as it will be, else as it was last; ``end`` is of all of it."""

    uuid: str
    user_key: str
    person: str
    unit: str
    job: str
    kind: str
    primary: bool
    fraction: int
    start: date
    end: date | None
    tense: int

    @property
    def rank(self) -> tuple[bool, int, str]:
        """The order in which engagements place somebody: primary, greatest, lowest number."""
        return not self.primary, -self.fraction, self.user_key


@dataclass(frozen=True, slots=True)
class ItUser:
    """An account as MO knows it, likewise."""

    uuid: str
    user_key: str
    external_id: str
    system: str
    person: str
    unit: str
    engagements: tuple[str, ...]
    start: date
    end: date | None
    tense: int


PAST: Final = -1
NOW: Final = 0
COMING: Final = 1


class Facts:
    """MO's objects as they were made, looked at on a day."""

    def __init__(self, records: Iterable[Record], today: date) -> None:
        self.today = today
        self._all: dict[str, dict[str, Record]] = defaultdict(dict)
        for record in records:
            if record.collection in NEEDED:
                self._all[record.collection].setdefault(record.uuid, record)

    def all(self, collection: str) -> Iterable[Record]:
        """Return the objects of a collection."""
        return self._all[collection].values()

    def tense(self, record: Record) -> int:
        """Tell whether an object is there today, is over, or is yet to come."""
        if any(_holds(each, self.today) for each in record.slices):
            return NOW
        return COMING if any(each.start and each.start > self.today for each in record.slices) else PAST

    def now(self, record: Record) -> dict[str, Any]:
        """Return what holds today, else what held last, else what will first."""
        held = [each for each in record.slices if _holds(each, self.today)]
        over = [each for each in record.slices if each.end is not None and each.end <= self.today]
        return (held or over[-1:] or list(record.slices))[0].values

    def current(self, collection: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield UUID and values of the objects of a collection that are there today."""
        for record in self.all(collection):
            if self.tense(record) == NOW:
                yield record.uuid, self.now(record)

    def value(self, collection: str, uuid: str | None, field: str) -> str:
        """Return a field of an object as of today, "" where there is none."""
        record = self._all[collection].get(uuid or "")
        return "" if record is None else str(self.now(record)[field] or "")

    def person(self, uuid: str) -> dict[str, Any]:
        """Return a person's values."""
        return self.now(self._all["persons"][uuid])

    @cached_property
    def engagements(self) -> dict[str, Engagement]:
        """All engagements by UUID."""
        return {record.uuid: self._engagement(record) for record in self.all("engagements")}

    @cached_property
    def work(self) -> dict[str, list[Engagement]]:
        """Engagements by person, those that place somebody best first."""
        return _grouped(sorted(self.engagements.values(), key=lambda each: each.rank), "person")

    @cached_property
    def accounts(self) -> dict[str, list[ItUser]]:
        """IT users of persons by person."""
        found = [self._ituser(record) for record in self.all("itusers")]
        return _grouped(sorted(found, key=lambda each: (each.user_key, each.uuid)), "person")

    @cached_property
    def leaders(self) -> dict[str, list[tuple[bool, str]]]:
        """By unit who leads it today: whether not as its Leder, and the person, "" for a vacant post."""
        found: dict[str, list[tuple[bool, str]]] = defaultdict(list)
        for _, values in self.current("managers"):
            other = self.value("classes", values["manager_type"], "user_key") != "leder"
            found[values["org_unit"]].append((other, values["person"] or ""))
        return {unit: sorted(posts) for unit, posts in found.items()}

    @cached_property
    def units(self) -> dict[str, dict[str, Any]]:
        """The values of all units by UUID, those that are over too."""
        return {record.uuid: self.now(record) for record in self.all("org_units")}

    @cached_property
    def active_units(self) -> frozenset[str]:
        """The units of today."""
        return frozenset(uuid for uuid, _ in self.current("org_units"))

    @cached_property
    def on_leave(self) -> frozenset[str]:
        """The persons who are on leave today."""
        return frozenset(str(values["person"]) for _, values in self.current("leaves"))

    @cached_property
    def addresses(self) -> dict[str, list[dict[str, Any]]]:
        """The addresses of today by whom they are of: person or unit."""
        found: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for _, values in self.current("addresses"):
            secret = self.value("classes", values["visibility"], "scope") == "SECRET"
            kind = self.value("classes", values["address_type"], "user_key")
            told = {**values, "kind": kind, "secret": secret}
            found[values["person"] or values["org_unit"]].append(told)
        return found

    def line(self, unit: str) -> list[str]:
        """Return a unit and all above it, the lowest first."""
        found: list[str] = []
        while unit in self.units and unit not in found:
            found.append(unit)
            unit = self.units[unit]["parent"] or ""
        return found

    def names(self, unit: str) -> list[str]:
        """Return what a unit and those above it are called, the top first."""
        return [str(self.units[uuid]["name"]) for uuid in reversed(self.line(unit))]

    def itsystem(self, user_key: str) -> str:
        """Return the UUID of an IT system."""
        return next(
            (uuid for uuid, values in self.current("itsystems") if values["user_key"] == user_key), ""
        )

    def _engagement(self, record: Record) -> Engagement:
        values = self.now(record)
        return Engagement(
            record.uuid,
            str(values["user_key"] or ""),
            str(values["person"]),
            str(values["org_unit"] or ""),
            self.value("classes", values["job_function"], "name"),
            self.value("classes", values["engagement_type"], "user_key"),
            self.value("classes", values["primary"], "user_key") in {"primary", "explicitly-primary"},
            values["fraction"] or 0,
            record.slices[0].start or self.today,
            record.slices[-1].end,
            self.tense(record),
        )

    def _ituser(self, record: Record) -> ItUser:
        values = self.now(record)
        return ItUser(
            record.uuid,
            str(values["user_key"] or ""),
            str(values["external_id"] or ""),
            self.value("itsystems", values["itsystem"], "user_key"),
            str(values["person"] or ""),
            str(values["org_unit"] or ""),
            tuple(values["engagements"] or ()),
            record.slices[0].start or self.today,
            record.slices[-1].end,
            self.tense(record),
        )


def _holds(each: Slice, day: date) -> bool:
    return (each.start is None or each.start <= day) and (each.end is None or day < each.end)


def _grouped(rows: Iterable[Any], name: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found
