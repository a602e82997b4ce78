"""Both sides of an audit in one place: MO's objects and the directories', found by what they point at."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from motoolkit.ad import mo
from motoolkit.ad._memory import Memory
from motoolkit.ad._tables import Fact, Table
from motoolkit.ad.dn import parent, parts
from motoolkit.ad.names import folded, plain
from motoolkit.ad.records import guid_of
from motoolkit.model import COPENHAGEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date, datetime

    from motoolkit.ad.records import Account, AdGroup, Delta, Header, Ou, Snapshot, Tombstone
    from motoolkit.ad.stuck import StuckEvents
    from motoolkit.mirror import Mirror
    from motoolkit.profile.ad import AdSettings

T = TypeVar("T")


def _by(*names: str) -> dict[str, Callable[[Any], Iterable[str]]]:
    return {name: lambda row, name=name: (getattr(row, name),) for name in names}  # type: ignore[misc]  # name is bound


def _names(person: mo.Person) -> set[str]:
    nickname = f"{person.nickname_given_name} {person.nickname_surname}"
    return {plain(person.name), plain(nickname)}


_NAMED: Final[dict[str, Callable[[Any], Iterable[str]]]] = {
    "guid": lambda row: (guid_of(row.user_key),),
    "folded": lambda row: (row.user_key.casefold(),),
}

_MO: Final[dict[str, dict[str, Callable[[Any], Iterable[Any]]]]] = {
    "facets": {},
    "classes": {**_by("user_key", "facet", "it_system"), **_NAMED},
    "itsystems": {**_by("user_key"), **_NAMED},
    "org_units": {
        **_by("parent", "user_key", "name"),
        "guid": lambda row: (guid_of(row.user_key),),
        "folded": lambda row: (folded(row.name),),
        "top": lambda row: () if row.parent else ("top",),
    },
    "persons": {**_by("cpr"), "name": _names},
    "engagements": _by("person", "org_unit", "user_key", "job_function"),
    "managers": _by("person", "org_unit"),
    "itusers": {
        **_by("person", "org_unit", "itsystem"),
        "user_key": lambda row: (guid_of(row.user_key) or row.user_key.casefold(),),
        "external_id": lambda row: (guid_of(row.external_id) or row.external_id.casefold(),),
        "engagement": lambda row: row.engagements,
    },
    "rolebindings": _by("ituser", "role"),
    "addresses": {
        **_by("person", "org_unit", "ituser", "engagement"),
        "value": lambda row: (row.value.casefold(),),
    },
    "leaves": _by("person", "engagement"),
    "owners": _by("person", "org_unit"),
}
"""The indexes of MO's tables; what directories have too is case-folded, a GUID as they write it."""


def _in_ad(value: Callable[[Any], str | Iterable[str]]) -> Callable[[Any], Iterable[tuple[str, str]]]:
    """Return an index of (directory, case-folded value)."""

    def values(row: Any) -> Iterable[tuple[str, str]]:
        found = value(row)
        return [(row.ad, each.casefold()) for each in ([found] if isinstance(found, str) else found) if each]

    return values


def _place(row: Any) -> Iterable[tuple[str, Any]]:
    """Return the index of what is directly below something."""
    return ((row.ad, parts(parent(row.dn))),) if row.dn else ()


def _primary_group(account: Account) -> Iterable[tuple[str, int]]:
    # Everybody's is not worth an index.
    rid = account.primary_group
    return () if rid is None or rid == _DOMAIN_USERS else ((account.ad, rid),)


def _mails(account: Account) -> set[str]:
    proxies = (p.split(":", 1)[1] for p in account.proxy_addresses if p.casefold().startswith("smtp:"))
    return {address.casefold() for address in (account.mail, *proxies) if address}


def _has_cpr(account: Account) -> bool:
    """Tell whether an account is of the sort whose CPR numbers are counted: people's, as far as it shows."""
    return account.object_class.lower() not in {"computer", "contact"} and not account.sam.endswith("$")


_AD: Final[dict[str, dict[str, Callable[[Any], Iterable[Any]]]]] = {
    "accounts": {
        "ad": lambda row: (row.ad,),
        "guid": lambda row: (row.guid,),
        "sam": _in_ad(lambda row: row.sam),
        "any_sam": lambda row: (row.sam.casefold(),),
        "upn": _in_ad(lambda row: row.upn),
        "upn_name": lambda row: (row.upn.partition("@")[0].casefold(),),
        "mail": _mails,
        "cpr": lambda row: (row.cpr,),
        "told_cpr": lambda row: ((row.ad, bool(row.cpr or row.cpr_wrong)),) if _has_cpr(row) else (),
        "engagement": lambda row: (row.engagement,),
        "mo_uuid": lambda row: (row.mo_uuid.casefold(),),
        "manager": _in_ad(lambda row: row.manager),
        "delegate": _in_ad(lambda row: row.delegates),
        "parent": _place,
        "primary_group": _primary_group,
    },
    "groups": {
        "ad": lambda row: (row.ad,),
        "guid": lambda row: (row.guid,),
        "sam": _in_ad(lambda row: row.sam),
        "member": _in_ad(lambda row: row.members),
        "managed_by": _in_ad(lambda row: row.managed_by),
        "parent": _place,
    },
    "ous": {
        "ad": lambda row: (row.ad,),
        "guid": lambda row: (row.guid,),
        "name": _in_ad(lambda row: row.name),
        "dn": lambda row: ((row.ad, parts(row.dn)),) if row.dn else (),
        "parent": _place,
        "child": lambda row: [(ad, above, folded(row.name)) for ad, above in _place(row)],
    },
    "headers": {},
    "readings": {},
    "stuck": {},
    "tombstones": {"guid": lambda row: (row.guid,), "sam": _in_ad(lambda row: row.sam)},
}
"""The indexes of the directories' tables."""
_DOMAIN_USERS: Final = 513
_RECORDS: Final = ("accounts", "groups", "ous", "tombstones")
_FEWEST_ACCOUNTS: Final = 5
_LEAST_SHARE: Final = 0.2


class Reading(NamedTuple):
    """What a read of a directory as a whole tells.

    It is a fact of its own because whoever counted the accounts would look at every change of one.

    Attributes:
        cpr_unreadable: so few of at least five accounts show a CPR number that the attribute is to blame.
    """

    ad: str
    cpr_unreadable: bool


class World(Memory):
    """MO and the directories, of one moment.

    Rules look at it through its tables only, which note what was looked at, and through ``ask``.

    Args:
        settings: the directories that are audited.
        as_of: the day that is today.
        now: the moment at which it is judged, with its zone.
        tracking: note what is looked at, so that ``forget`` can tell what a change concerns.
    """

    def __init__(
        self, settings: Iterable[AdSettings], *, as_of: date, now: datetime, tracking: bool = False
    ) -> None:
        super().__init__(tracking=tracking)
        self.settings: Mapping[str, AdSettings] = {each.name: each for each in settings}
        self.as_of = as_of
        self.now = now.astimezone(COPENHAGEN)
        self._tables: dict[str, Table[Any]] = {
            name: Table(name, self, indexes) for name, indexes in (_MO | _AD).items()
        }
        tables = self._tables
        self.headers: Table[Header] = tables["headers"]
        self.readings: Table[Reading] = tables["readings"]
        self.facets: Table[mo.Facet] = tables["facets"]
        self.classes: Table[mo.Class] = tables["classes"]
        self.itsystems: Table[mo.ItSystem] = tables["itsystems"]
        self.org_units: Table[mo.Unit] = tables["org_units"]
        self.persons: Table[mo.Person] = tables["persons"]
        self.engagements: Table[mo.Engagement] = tables["engagements"]
        self.managers: Table[mo.Manager] = tables["managers"]
        self.itusers: Table[mo.ItUser] = tables["itusers"]
        self.rolebindings: Table[mo.RoleBinding] = tables["rolebindings"]
        self.addresses: Table[mo.Address] = tables["addresses"]
        self.leaves: Table[mo.Leave] = tables["leaves"]
        self.owners: Table[mo.Owner] = tables["owners"]
        self.accounts: Table[Account] = tables["accounts"]
        self.groups: Table[AdGroup] = tables["groups"]
        self.ous: Table[Ou] = tables["ous"]
        self.tombstones: Table[Tombstone] = tables["tombstones"]
        self.stuck: Table[StuckEvents] = tables["stuck"]

    def turn(self, *, as_of: date, now: datetime) -> None:
        """Let it be another day; all answers are forgotten."""
        self.as_of, self.now = as_of, now.astimezone(COPENHAGEN)
        self.clear()

    def table(self, name: str) -> Table[Any]:
        """Return a table by its name."""
        return self._tables[name]

    def load_mo(self, mirror: Mirror) -> set[Fact]:
        """Take over all that a mirror holds of MO, and return the facts that changed since it was here."""
        facts: set[Fact] = set()
        for collection in mo.COLLECTIONS:
            table, found = self._tables[collection], mo.read_mo(mirror, collection)
            if not len(table):
                table.fill(found)
                continue
            for uuid in {*table.keys(), *found}:
                facts |= table.put(uuid, found.get(uuid, ()))
        return facts

    def load(self, snapshot: Snapshot) -> None:
        """Take over a directory's snapshot; nothing of the directory was here before."""
        self.headers.put(snapshot.header.ad, (snapshot.header,))
        for name in _RECORDS:
            self._tables[name].fill({record.key: (record,) for record in getattr(snapshot, name)})
        self._take_stock(snapshot.header.ad)

    def replace(self, snapshot: Snapshot) -> set[Fact]:
        """Take over a directory's snapshot instead of what is here, and return the facts that changed."""
        ad = snapshot.header.ad
        facts = self.headers.put(ad, (snapshot.header,))
        for name in _RECORDS:
            table, found = self._tables[name], {record.key: record for record in getattr(snapshot, name)}
            gone = {each.key for each in table.everything() if each.ad == ad} - set(found)
            for key in (*gone, *found):
                facts |= table.put(key, (found[key],) if key in found else ())
        return facts | self._take_stock(ad)

    def wait(self, events: Iterable[StuckEvents]) -> set[Fact]:
        """Take over which events have waited for too long, and return the facts that changed."""
        now = {(each.ad, each.subject): (each,) for each in events}
        facts: set[Fact] = set()
        for key in {*self.stuck.keys(), *now}:
            facts |= self.stuck.put(key, now.get(key, ()))
        return facts

    def change_mo(self, mirror: Mirror, changed: Mapping[str, Iterable[str]]) -> set[Fact]:
        """Read some objects of MO again, by collection and UUID, and return the facts that changed."""
        facts: set[Fact] = set()
        for collection, uuids in changed.items():
            if collection in mo.ROWS:
                wanted = list(uuids)
                rows = mo.read_mo(mirror, collection, wanted)
                for uuid in wanted:
                    facts |= self._tables[collection].put(uuid, rows.get(uuid, ()))
        return facts

    def change_ad(self, delta: Delta) -> set[Fact]:
        """Take over what changed in a directory, and return the facts that changed."""
        header = self.headers.one(delta.ad)
        now = () if header is None else (_read_on(header, delta),)
        facts = self.headers.put(delta.ad, now)
        for guid in delta.gone:
            for name in ("accounts", "groups", "ous"):
                facts |= self._tables[name].put((delta.ad, guid), ())
        for name in _RECORDS:
            for record in getattr(delta, name):
                facts |= self._tables[name].put(record.key, (record,))
        return facts | self._take_stock(delta.ad)

    def _take_stock(self, ad: str) -> set[Fact]:
        told, untold = (self.accounts.count("told_cpr", (ad, each)) for each in (True, False))
        unreadable = told + untold >= _FEWEST_ACCOUNTS and told < _LEAST_SHARE * (told + untold)
        return self.readings.put(ad, (Reading(ad, unreadable),))


def _read_on(header: Header, delta: Delta) -> Header:
    """Return a header after a delta; one of single objects does not tell where the next one goes on."""
    return replace(header, read_at=delta.read_at, cookie=delta.cookie or header.cookie)
