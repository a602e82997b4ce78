"""All that belongs to one person or one unit, read from the mirror owner by owner in one pass."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Literal

from motoolkit.identities._names import OF_THE_DAY
from motoolkit.identities._rows import Address, Engagement, ItUser, Manager, RoleBinding, Stream, by_object
from motoolkit.identities._spans import several, union

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from motoolkit.identities._spans import Spans
    from motoolkit.mirror import Mirror

OwnerSort = Literal["person", "org_unit"]

COLLECTIONS: Final = (
    "classes",
    "itsystems",
    "org_units",
    "persons",
    "engagements",
    "itusers",
    "rolebindings",
    "managers",
    "addresses",
)
"""What a mirror must hold."""

_PERIOD: Final = "coalesce(x.valid_from, DATE '0001-01-01'), coalesce(x.valid_to, DATE '9999-12-31')"
_ENGAGEMENT: Final = (
    f"x.uuid, {_PERIOD}, coalesce(x.user_key, ''), coalesce(x.org_unit_uuid, ''),"
    " coalesce(x.job_function_uuid, ''), coalesce(x.primary_uuid, '')"
)
_ITUSER: Final = (
    f"x.uuid, {_PERIOD}, coalesce(x.user_key, ''), coalesce(x.external_id, ''),"
    " coalesce(x.itsystem_uuid, ''), x.engagement_uuids, coalesce(x.primary_uuid, '')"
)
_ADDRESS: Final = (
    f"x.uuid, {_PERIOD}, coalesce(x.value, ''), coalesce(x.address_type_uuid, ''),"
    " coalesce(x.engagement_uuid, ''), coalesce(x.ituser_uuid, '')"
)
_BINDING: Final = (
    f"x.uuid, {_PERIOD}, coalesce(x.ituser_uuid, ''), coalesce(x.role_uuid, ''),"
    " coalesce(x.org_unit_uuid, '')"
)
_MANAGER: Final = (
    f"x.uuid, {_PERIOD}, coalesce(x.person_uuid, ''), coalesce(x.org_unit_uuid, ''),"
    " coalesce(x.engagement_uuid, ''), coalesce(x.manager_type_uuid, '')"
)
_PEOPLE: Final = "SELECT uuid, any_value(name) AS name FROM persons GROUP BY uuid"
_BY: Final = {"person": "person_uuid", "org_unit": "org_unit_uuid"}
_LINKING: Final = """
    SELECT DISTINCT {by} AS owner, unnest(engagement_uuids) AS target FROM itusers WHERE {mine}
    UNION SELECT DISTINCT {by}, engagement_uuid FROM addresses WHERE engagement_uuid IS NOT NULL AND {mine}
"""
_HOLDING: Final = "SELECT DISTINCT {by} AS owner, ituser_uuid AS target FROM addresses WHERE {mine}"
_OWNERS: Final = f"""
    SELECT uuid, first(coalesce(name, '') {OF_THE_DAY}) AS name FROM {{table}} WHERE {{chosen}}
    GROUP BY uuid ORDER BY uuid
"""


@dataclass(eq=False)
class Owned:
    """What belongs to one owner, ever.

    Attributes:
        foreign_engagements: somebody else's that the owner's accounts and addresses point at.
        foreign_itusers: somebody else's that the owner's addresses point at.
    """

    sort: OwnerSort
    uuid: str
    name: str
    engagements: list[Engagement] = field(default_factory=list)
    itusers: list[ItUser] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    rolebindings: list[RoleBinding] = field(default_factory=list)
    managers: list[Manager] = field(default_factory=list)
    foreign_engagements: list[Engagement] = field(default_factory=list)
    foreign_itusers: list[ItUser] = field(default_factory=list)

    @cached_property
    def jobs(self) -> dict[str, list[Engagement]]:
        """The owner's engagements by UUID."""
        return by_object(self.engagements)

    @cached_property
    def accounts(self) -> dict[str, list[ItUser]]:
        """The owner's accounts by UUID."""
        return by_object(self.itusers)

    @cached_property
    def employed(self) -> Spans:
        """The days with an engagement."""
        return union((row.start, row.end) for row in self.engagements)

    @cached_property
    def in_parallel(self) -> Spans:
        """The days with several engagements."""
        if len(self.jobs) < 2:  # noqa: PLR2004 - several
            return []
        return several((row.start, row.end) for row in self.engagements)

    @cached_property
    def foreign_jobs(self) -> dict[str, list[Engagement]]:
        """Somebody else's engagements by UUID."""
        return by_object(self.foreign_engagements)

    @cached_property
    def foreign_accounts(self) -> dict[str, list[ItUser]]:
        """Somebody else's accounts by UUID."""
        return by_object(self.foreign_itusers)


def read_owned(
    mirror: Mirror, as_of: date, owners: Collection[str] | None = None, *, sort: OwnerSort = "person"
) -> Iterator[Owned]:
    """Yield what belongs to each owner, in order of UUID.

    Args:
        mirror: holds ``COLLECTIONS``.
        as_of: the day of names.
        owners: their UUIDs; None for all.
        sort: what owners are.
    """
    by = _BY[sort]
    mine = f"{by} IS NOT NULL" if owners is None else f"{by} IN (SELECT unnest($owners))"
    given: dict[str, Any] = {} if owners is None else {"owners": sorted(owners)}
    streams = {
        name: Stream(mirror.rows(query, given or None), shape, lists)
        for name, (query, shape, lists) in _queries(by, mine, sort).items()
    }
    table = "persons" if sort == "person" else "org_units"
    chosen = "true" if owners is None else "uuid IN (SELECT unnest($owners))"
    people = mirror.rows(_OWNERS.format(table=table, chosen=chosen), {"as_of": as_of} | given)
    for uuid, name in people:
        yield Owned(sort, uuid, name, **{each: stream.take(uuid) for each, stream in streams.items()})


def _queries(by: str, mine: str, sort: OwnerSort) -> dict[str, tuple[str, type[Any], tuple[int, ...]]]:
    """Return for each attribute of ``Owned`` the question, the shape of rows, and where they hold lists."""
    own = f"SELECT x.{by} AS owner, {{columns}}, '' FROM {{table}} x WHERE x.{mine} ORDER BY 1, 2, 3"
    bindings = (
        f"SELECT i.owner, {_BINDING}, '' FROM rolebindings x JOIN"
        f" (SELECT DISTINCT {by} AS owner, uuid FROM itusers WHERE {mine}) AS i ON i.uuid = x.ituser_uuid"
        " ORDER BY 1, 2, 3"
    )
    linking = _LINKING.format(by=by, mine=mine)
    holding = _HOLDING.format(by=by, mine=mine)
    jobs = {"engagements": (own.format(columns=_ENGAGEMENT, table="engagements"), Engagement, ())}
    others: dict[str, tuple[str, type[Any], tuple[int, ...]]] = {
        "itusers": (own.format(columns=_ITUSER, table="itusers"), ItUser, (7,)),
        "addresses": (own.format(columns=_ADDRESS, table="addresses"), Address, ()),
        "rolebindings": (bindings, RoleBinding, ()),
        "managers": (own.format(columns=_MANAGER, table="managers"), Manager, ()),
        "foreign_engagements": (_foreign("engagements", _ENGAGEMENT, linking, by), Engagement, ()),
        "foreign_itusers": (_foreign("itusers", _ITUSER, holding, by), ItUser, (7,)),
    }
    return others | jobs if sort == "person" else others


def _foreign(table: str, columns: str, links: str, by: str) -> str:
    """Return the question for what the owners' things point at and is not theirs, with whose it is."""
    return (
        f"SELECT l.owner, {columns}, coalesce(p.name, u.name, '') FROM ({links}) AS l"
        f" JOIN {table} x ON x.uuid = l.target AND x.{by} IS DISTINCT FROM l.owner"
        f" LEFT JOIN ({_PEOPLE}) AS p ON p.uuid = x.person_uuid"
        " LEFT JOIN (SELECT uuid, any_value(name) AS name FROM org_units GROUP BY uuid) AS u"
        " ON u.uuid = x.org_unit_uuid ORDER BY 1, 2, 3"
    )
