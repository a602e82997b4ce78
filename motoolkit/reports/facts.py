"""What reports need to know, read from the mirror as of one date in a handful of queries."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

from motoolkit.errors import InputError, ReportError
from motoolkit.model import Cpr, OrgTree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from motoolkit.mirror import MirrorInfo

PRIMARY_KEYS: Final = ("explicitly-primary", "primary")
"""The user_keys of MO's classes for a primary engagement or account."""

COLLECTIONS: Final = (
    "facets",
    "classes",
    "org_units",
    "persons",
    "engagements",
    "managers",
    "addresses",
    "itusers",
    "leaves",
)
"""What ``read_facts`` reads: a mirror for reports need not hold more."""

_ALIVE = "(valid_from IS NULL OR valid_from <= $as_of) AND (valid_to IS NULL OR valid_to > $as_of)"


class Source(Protocol):
    """What a report needs of a mirror."""

    def rows(
        self, query: str, parameters: Mapping[str, Any] | None = None, *, show_cpr: bool = False
    ) -> Iterable[tuple[Any, ...]]:
        """Answer one SELECT over tables that are called as MO's collections."""

    def info(self) -> MirrorInfo:
        """Tell what is held, from where and of when."""


class Unit(NamedTuple):
    """An organisation unit on the date."""

    uuid: str
    name: str
    user_key: str
    parent: str | None
    unit_type: str | None
    hierarchy: str | None


class Class(NamedTuple):
    """A class; ``valid`` tells whether it is so on the date, else the values are its last known ones."""

    uuid: str
    user_key: str
    name: str
    scope: str | None
    facet: str | None
    valid: bool


class Person(NamedTuple):
    """A person's names; the CPR number is kept apart, and only where a report shows it."""

    uuid: str
    name: str
    nickname: str


class Engagement(NamedTuple):
    """An engagement on the date; ``extensions`` are extension_1 to extension_10."""

    uuid: str
    user_key: str
    person: str
    unit: str
    job_function: str | None
    engagement_type: str | None
    primary: str | None
    fraction: int | None
    since: date | None
    extensions: tuple[str | None, ...]


class Role(NamedTuple):
    """A manager role on the date; without a person it is vacant."""

    uuid: str
    unit: str
    person: str | None
    engagement: str | None
    manager_type: str | None
    level: str | None
    responsibilities: tuple[str, ...]
    since: date | None


class Email(NamedTuple):
    """An e-mail address on the date and what it is bound to."""

    uuid: str
    value: str
    address_type: str
    visibility: str | None
    person: str | None
    engagement: str | None
    ituser: str | None
    since: date | None


class Account(NamedTuple):
    """An IT account on the date, as far as e-mail goes."""

    uuid: str
    engagements: tuple[str, ...]
    primary: str | None


class Leave(NamedTuple):
    """A leave on the date; ``until`` is the first day after it."""

    engagement: str
    leave_type: str | None
    until: date | None


@dataclass(frozen=True)
class Facts:
    """The organisation on one date, by UUID.

    ``former_units`` are those of other dates. ``cprs`` holds None for a number that can not be read and
    nothing for a person without one.
    """

    as_of: date
    units: dict[str, Unit]
    former_units: dict[str, Unit]
    classes: dict[str, Class]
    persons: dict[str, Person]
    engagements: dict[str, Engagement]
    roles: tuple[Role, ...]
    emails: tuple[Email, ...]
    accounts: dict[str, Account]
    leaves: tuple[Leave, ...] = ()
    cprs: dict[str, Cpr | None] = field(default_factory=dict, repr=False)

    @cached_property
    def tree(self) -> OrgTree:
        """The units below their parents."""
        organisation = _organisation(self.units, self.former_units)
        triples = ((unit.uuid, unit.name, unit.parent) for unit in self.units.values())
        return OrgTree.from_units(triples, organisation=organisation)

    def name(self, person: str | None) -> str:
        """Return a person's name, blank where the person is not known on the date."""
        found = self.persons.get(person or "")
        return found.name if found else ""

    def is_primary(self, class_uuid: str | None) -> bool:
        """Tell whether a class says "primary", the chosen or the calculated one."""
        found = self.classes.get(class_uuid or "")
        return found is not None and found.user_key in PRIMARY_KEYS


def _organisation(units: dict[str, Unit], former: dict[str, Unit]) -> str | None:
    """Return the root organisation's UUID, which MO up to v27 gives as the parent of every top unit.

    The mirror does not tell it; it is the parent that was never a unit, where no unit is without a parent.
    """
    if any(unit.parent is None for unit in units.values()):
        return None
    parents = Counter(unit.parent for unit in units.values())
    strangers = [parent for parent, _ in parents.most_common() if parent not in units | former]
    return next(iter(strangers), None)


def read_facts(source: Source, as_of: date, *, cpr: bool, leaves: bool) -> Facts:
    """Read what the reports need as of a date; CPR numbers and leaves only when asked for.

    Raises:
        ReportError: the mirror lacks a collection that is needed.
    """
    _check_held(source, [*_NEEDED, *(["leaves"] if leaves else [])])
    table = _Tables(source, as_of)
    return Facts(
        as_of=as_of,
        units=_by_uuid(map(Unit._make, table.alive("org_units", _UNIT))),
        former_units=_by_uuid(map(Unit._make, table.last_known("org_units", _UNIT))),
        classes=_classes(table),
        persons=_by_uuid(_person(row) for row in table.alive("persons", _PERSON)),
        engagements=_by_uuid(_engagement(row) for row in table.alive("engagements", _ENGAGEMENT)),
        roles=tuple(_role(row) for row in table.alive("managers", _ROLE)),
        emails=tuple(map(Email._make, table.alive("addresses", _EMAIL, where=_IS_EMAIL))),
        accounts=_by_uuid(_account(row) for row in table.alive("itusers", _ACCOUNT)),
        leaves=tuple(map(Leave._make, table.alive("leaves", _LEAVE))) if leaves else (),
        cprs=dict(_cprs(table)) if cpr else {},
    )


def _check_held(source: Source, needed: Iterable[str]) -> None:
    held = source.info().objects
    if missing := [name for name in needed if name not in held]:
        raise ReportError(
            f"The mirror does not hold {', '.join(missing)}, which the report reads.",
            remedy="Load all collections: motoolkit mirror load.",
        )


_NEEDED = ("facets", "classes", "org_units", "persons", "engagements", "managers", "addresses", "itusers")
_UNIT = "uuid, name, user_key, parent_uuid, unit_type_uuid, unit_hierarchy_uuid"
_PERSON = "uuid, given_name, surname, nickname_given_name, nickname_surname"
_ENGAGEMENT = (
    "uuid, user_key, person_uuid, org_unit_uuid, job_function_uuid, engagement_type_uuid, primary_uuid, "
    "fraction, valid_from, " + ", ".join(f"extension_{n}" for n in range(1, 11))
)
_ROLE = (
    "uuid, org_unit_uuid, person_uuid, engagement_uuid, manager_type_uuid, manager_level_uuid, "
    "responsibility_uuids, valid_from"
)
_EMAIL = (
    "uuid, trim(value), address_type_uuid, visibility_uuid, person_uuid, engagement_uuid, ituser_uuid, "
    "valid_from"
)
_IS_EMAIL = "trim(value) <> '' AND address_type_uuid IN (SELECT uuid FROM classes WHERE scope = 'EMAIL')"
_ACCOUNT = "uuid, engagement_uuids, primary_uuid"
_LEAVE = "engagement_uuid, leave_type_uuid, valid_to"
_CLASS = "uuid, user_key, name, scope, facet_uuid"


class _Tables:
    """The mirror's tables as of one date; rows come in the order of their UUIDs."""

    def __init__(self, source: Source, as_of: date) -> None:
        self._source = source
        self._as_of = as_of

    def alive(
        self, collection: str, columns: str, *, where: str = "true", show_cpr: bool = False
    ) -> Iterable[tuple[Any, ...]]:
        query = f"SELECT {columns} FROM {collection} WHERE {_ALIVE} AND {where} ORDER BY uuid"
        return self._source.rows(query, {"as_of": self._as_of}, show_cpr=show_cpr)

    def last_known(self, collection: str, columns: str) -> Iterable[tuple[Any, ...]]:
        """Yield what is not valid on the date: as it last was before it, or else will first be."""
        return self._source.rows(
            f"SELECT {columns} FROM {collection} "
            f"WHERE uuid NOT IN (SELECT uuid FROM {collection} WHERE {_ALIVE}) "
            "QUALIFY row_number() OVER (PARTITION BY uuid ORDER BY valid_from > $as_of, "
            "CASE WHEN valid_from > $as_of THEN valid_from END, valid_from DESC NULLS LAST) = 1 "
            "ORDER BY uuid",
            {"as_of": self._as_of},
        )


def _by_uuid(rows: Iterable[Any]) -> dict[str, Any]:
    return {row.uuid: row for row in rows}


def _classes(table: _Tables) -> dict[str, Class]:
    facets = dict(table.last_known("facets", "uuid, user_key")) | dict(
        table.alive("facets", "uuid, user_key")
    )
    found = {row[0]: (row, False) for row in table.last_known("classes", _CLASS)}
    found |= {row[0]: (row, True) for row in table.alive("classes", _CLASS)}
    return {
        uuid: Class(uuid, user_key, name, scope, facets.get(facet), valid)
        for uuid, ((_, user_key, name, scope, facet), valid) in found.items()
    }


def _person(row: tuple[Any, ...]) -> Person:
    uuid, given, surname, nick_given, nick_surname = row
    return Person(uuid, _joined(given, surname), _joined(nick_given, nick_surname))


def _joined(*names: str | None) -> str:
    return " ".join(stripped for name in names if name and (stripped := name.strip()))


def _engagement(row: tuple[Any, ...]) -> Engagement:
    return Engagement._make((*row[:9], row[9:]))


def _role(row: tuple[Any, ...]) -> Role:
    return Role._make((*row[:6], tuple(row[6] or ()), row[7]))


def _account(row: tuple[Any, ...]) -> Account:
    uuid, engagements, primary = row
    return Account(uuid, tuple(engagements or ()), primary)


def _cprs(table: _Tables) -> Iterator[tuple[str, Cpr | None]]:
    for uuid, text in table.alive("persons", "uuid, cpr_number", where="cpr_number <> ''", show_cpr=True):
        try:
            yield uuid, Cpr.parse(text)
        except InputError:
            yield uuid, None
