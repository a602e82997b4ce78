"""The MO objects that SD's facts are derived from, as lookups."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from motoolkit.sandbox.records import Record, Slice

_LINKS: Final = {"leaves": "engagement", "addresses": "org_unit"}


class Made:
    """A municipality's objects as they were made, and the day on which it is looked at."""

    def __init__(self, records: Iterable[Record], today: date) -> None:
        self.today = today
        self._all: dict[str, dict[str, Record]] = defaultdict(dict)
        for record in records:
            self._all[record.collection].setdefault(record.uuid, record)
        self._keys = {uuid: self._last(one)["user_key"] for uuid, one in self._all["classes"].items()}
        self._names = {uuid: self._last(one)["name"] for uuid, one in self._all["classes"].items()}
        self._linked = {name: self._by(name, link) for name, link in _LINKS.items()}
        self._linked |= {"own": self._by("addresses", "person"), "jobs": self._by("addresses", "engagement")}

    def all(self, collection: str) -> Iterable[Record]:
        """Return the objects of a collection, in the order in which they were made."""
        return self._all[collection].values()

    def get(self, collection: str, uuid: str) -> Record | None:
        """Return an object, if it is there."""
        return self._all[collection].get(uuid)

    def key(self, uuid: str | None) -> str | None:
        """Return the user_key of a class, None where there is no such class."""
        return self._keys.get(uuid or "")

    def name(self, uuid: str | None) -> str | None:
        """Return the name of a class, None where there is no such class."""
        return self._names.get(uuid or "")

    def linked(self, what: str, uuid: str) -> list[Record]:
        """Return the ``leaves`` of an engagement, the ``addresses`` of a unit, or a person's ``own``."""
        return self._linked[what].get(uuid, [])

    def now(self, record: Record) -> dict[str, Any]:
        """Return what holds today, else what held last."""
        for each in record.slices:
            if holds(each, self.today):
                return each.values
        return self._last(record)

    def reached(self, what: str, uuid: str, kind: str) -> str:
        """Return an address of a kind as of today, blank where there is none."""
        for record in self.linked(what, uuid):
            for each in record.slices:
                if holds(each, self.today) and self.key(each.values["address_type"]) == kind:
                    return str(each.values["value"])
        return ""

    @staticmethod
    def _last(record: Record) -> dict[str, Any]:
        return record.slices[-1].values

    def _by(self, collection: str, link: str) -> dict[str, list[Record]]:
        found: dict[str, list[Record]] = defaultdict(list)
        for record in self.all(collection):
            if target := self._last(record)[link]:
                found[target].append(record)
        return found


def holds(each: Slice, day: date) -> bool:
    """Tell whether a slice has a day."""
    return (each.start is None or each.start <= day) and (each.end is None or day < each.end)
