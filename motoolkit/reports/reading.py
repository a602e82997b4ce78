"""The facts of a report, read from the mirror as of one date in a handful of queries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol

from motoolkit.errors import InputError, ReportError
from motoolkit.model import Cpr
from motoolkit.reports.facts import Account, Class, Email, Engagement, Facts, Leave, Person, Role, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from motoolkit.mirror import MirrorInfo

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


def read_facts(source: Source, as_of: date, *, cpr: bool, leaves: bool) -> Facts:
    """Read what the reports need as of a date; CPR numbers and leaves only when asked for.

    Raises:
        ReportError: the mirror lacks a collection that is needed.
    """
    _check_held(source, [name for name in COLLECTIONS if leaves or name != "leaves"])
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
