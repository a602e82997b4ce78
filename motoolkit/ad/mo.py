"""What an audit needs of MO: one row for each period of each object, from the mirror.

The names are MO's; references are UUIDs, with "" for none.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Final

from motoolkit.catalogue import CATALOGUE, Reference

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from motoolkit.mirror import Mirror


@dataclass(frozen=True, slots=True)
class Row:
    """A period ``[start, end)`` of an object in MO; None is without limit."""

    uuid: str
    start: date | None
    end: date | None

    def on(self, day: date) -> bool:
        """Tell whether it is valid on a day."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    def over(self, day: date) -> bool:
        """Tell whether it ended on a day or before."""
        return self.end is not None and self.end <= day

    def to_come(self, day: date) -> bool:
        """Tell whether it begins after a day."""
        return self.start is not None and day < self.start


@dataclass(frozen=True, slots=True)
class Person(Row):
    """A person; ``cpr`` is ten digits or "", personal data."""

    cpr: str = field(repr=False)
    given_name: str
    surname: str
    nickname_given_name: str
    nickname_surname: str

    @property
    def name(self) -> str:
        """The official name."""
        return f"{self.given_name} {self.surname}".strip()


@dataclass(frozen=True, slots=True)
class Engagement(Row):
    """An engagement."""

    user_key: str
    person: str
    org_unit: str
    job_function: str
    engagement_type: str
    primary: str
    fraction: int | None
    extension_1: str
    extension_2: str
    extension_3: str
    extension_4: str
    extension_5: str
    extension_6: str
    extension_7: str
    extension_8: str
    extension_9: str
    extension_10: str


@dataclass(frozen=True, slots=True)
class ItUser(Row):
    """An account as MO knows it, of a person or of a unit."""

    user_key: str
    external_id: str
    itsystem: str
    person: str
    org_unit: str
    engagements: tuple[str, ...]
    primary: str


@dataclass(frozen=True, slots=True)
class Address(Row):
    """An address of a person, a unit, an engagement or an account."""

    value: str
    address_type: str
    visibility: str
    person: str
    org_unit: str
    engagement: str
    ituser: str


@dataclass(frozen=True, slots=True)
class Unit(Row):
    """A unit of the organisation."""

    user_key: str
    name: str
    parent: str
    unit_type: str
    unit_level: str


@dataclass(frozen=True, slots=True)
class Manager(Row):
    """A manager's post; without person it is vacant."""

    person: str
    org_unit: str
    manager_type: str
    manager_level: str
    responsibilities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leave(Row):
    """A leave."""

    person: str
    engagement: str
    leave_type: str


@dataclass(frozen=True, slots=True)
class RoleBinding(Row):
    """A role that an account has, perhaps in one unit only."""

    ituser: str
    role: str
    org_unit: str


@dataclass(frozen=True, slots=True)
class Owner(Row):
    """Who owns a person or a unit."""

    person: str
    org_unit: str
    owner: str


@dataclass(frozen=True, slots=True)
class Class(Row):
    """A class: a job function, an address type, a role."""

    user_key: str
    name: str
    scope: str
    facet: str
    it_system: str


@dataclass(frozen=True, slots=True)
class ItSystem(Row):
    """An IT system."""

    user_key: str
    name: str


@dataclass(frozen=True, slots=True)
class Facet(Row):
    """A facet, which classes are of."""

    user_key: str


ROWS: Final[dict[str, type[Row]]] = {
    "facets": Facet,
    "classes": Class,
    "itsystems": ItSystem,
    "org_units": Unit,
    "persons": Person,
    "engagements": Engagement,
    "managers": Manager,
    "itusers": ItUser,
    "rolebindings": RoleBinding,
    "addresses": Address,
    "leaves": Leave,
    "owners": Owner,
}
"""The collections that an audit reads, by MO's name."""

COLLECTIONS: Final = tuple(ROWS)
"""What a mirror must hold for an audit."""

_COLUMNS: Final = {
    "uuid": "uuid",
    "start": "valid_from",
    "end": "valid_to",
    "cpr": "regexp_replace(coalesce(cpr_number, ''), '[^0-9A-Za-z]', '', 'g')",
}


def read_mo(
    mirror: Mirror, collection: str, uuids: Collection[str] | None = None
) -> dict[str, tuple[Any, ...]]:
    """Return the rows of each object of a collection by UUID, in order of time.

    Args:
        mirror: holds the collection.
        collection: one of ``COLLECTIONS``.
        uuids: only these objects; None for all.  What is not there any more is not in the answer.

    Raises:
        MirrorError: the collection is not in the mirror.
    """
    shape = ROWS[collection]
    names = [each.name for each in fields(shape)]
    columns = ", ".join(_column(collection, name) for name in names)
    lists = [at for at, name in enumerate(names) if _is_list(collection, name)]
    only = "" if uuids is None else " WHERE uuid IN (SELECT unnest($uuids))"
    query = f"SELECT {columns} FROM {collection}{only} ORDER BY uuid, valid_from NULLS FIRST"
    parameters = None if uuids is None else {"uuids": sorted(uuids)}
    found: defaultdict[str, list[Any]] = defaultdict(list)
    for row in mirror.rows(query, parameters, show_cpr=True):
        values = list(row)
        for place in lists:
            values[place] = tuple(values[place] or ())
        found[values[0]].append(shape(*values))
    return {uuid: tuple(rows) for uuid, rows in found.items()}


def _column(collection: str, name: str) -> str:
    if name in _COLUMNS:
        return _COLUMNS[name]
    column = CATALOGUE[collection].by_name[name].column
    return column if _is_list(collection, name) or name == "fraction" else f"coalesce({column}, '')"


def _is_list(collection: str, name: str) -> bool:
    known = CATALOGUE[collection].by_name.get(name)
    return isinstance(known, Reference) and known.many


def current(rows: Iterable[Any], day: date) -> list[Any]:
    """Return the rows that are valid on a day."""
    return [row for row in rows if row.on(day)]


def at(rows: Iterable[Any], day: date) -> Any | None:
    """Return what an object is on a day, else was last, else will be first; None for nothing."""
    held = tuple(rows)
    if len(held) == 1:
        return held[0]
    on = next((row for row in held if row.on(day)), None)
    over = next((row for row in reversed(held) if row.over(day)), None)
    return on or over or next(iter(held), None)
