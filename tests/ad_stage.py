"""Small worlds for tests of rules: MO's objects and a directory's, in words as short as may be."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from motoolkit.ad import mo
from motoolkit.ad._judging import Judging
from motoolkit.ad.records import Account, AdGroup, Header, Ou, Snapshot, Tombstone
from motoolkit.ad.world import World
from motoolkit.findings import Finding
from motoolkit.profile.ad import AdSettings

if TYPE_CHECKING:
    from motoolkit.findings import Finding

TODAY = date(2026, 11, 27)
NOW = datetime(2026, 11, 27, 11, tzinfo=UTC)
EVER = date(2020, 1, 1)


def uid(name: str) -> str:
    """Return the UUID of a thing by a name."""
    return str(uuid5(NAMESPACE_URL, name))


class Stage:
    """Collects objects; ``world()`` puts them together.

    Objects of MO are made by collection and name, with the fields that matter: ``stage.mo("persons", "hans",
    given_name="Hans")``.  A value that names another object of the stage is given by ``uid("name")``.
    """

    def __init__(self, *settings: AdSettings) -> None:
        self.settings = settings or (AdSettings(name="admin", itsystem="AD", cpr_attribute="employeeID"),)
        self.rows: dict[str, dict[str, list[mo.Row]]] = {name: {} for name in mo.ROWS}
        self.records: dict[str, list[object]] = {
            name: [] for name in ("accounts", "groups", "ous", "tombstones")
        }
        self.header: dict[str, Header] = {}
        self.mo("itsystems", "AD", user_key="AD", name="Active Directory")

    def mo(
        self,
        collection: str,
        thing: str,
        /,
        start: date | None = EVER,
        end: date | None = None,
        **values: object,
    ) -> str:
        """Add a period of an object of MO and return its UUID."""
        shape = mo.ROWS[collection]
        empty = {each: () if mo._is_list(collection, each) else "" for each in shape.__dataclass_fields__}
        if "fraction" in empty:
            empty["fraction"] = None
        row = shape(**(empty | {"uuid": uid(thing), "start": start, "end": end} | values))
        self.rows[collection].setdefault(row.uuid, []).append(row)
        return row.uuid

    def account(self, sam: str, ad: str = "admin", **values: object) -> Account:
        """Add an account, enabled and of this year unless the values say otherwise."""
        made = {
            "guid": uid(f"{ad}/{sam}"),
            "sam": sam,
            "uac": 512,
            "cn": sam,
            "dn": f"CN={sam},OU=Brugere,DC=ad1",
        }
        account = Account(ad=ad, **(made | values))
        self.records["accounts"].append(account)
        return account

    def group(self, sam: str, ad: str = "admin", **values: object) -> AdGroup:
        """Add a global security group."""
        made = {"guid": uid(f"{ad}/group/{sam}"), "sam": sam, "name": sam, "group_type": -2147483646}
        group = AdGroup(ad=ad, **(made | {"dn": f"CN={sam},OU=Grupper,DC=ad1"} | values))
        self.records["groups"].append(group)
        return group

    def ou(self, name: str, ad: str = "admin", **values: object) -> Ou:
        """Add an organisational unit."""
        made = {"guid": uid(f"{ad}/ou/{name}"), "name": name, "dn": f"OU={name},DC=ad1"}
        ou = Ou(ad=ad, **(made | values))
        self.records["ous"].append(ou)
        return ou

    def tombstone(self, sam: str, ad: str = "admin", **values: object) -> Tombstone:
        """Add what is left of a deleted account."""
        left = Tombstone(ad=ad, **({"guid": uid(f"{ad}/deleted/{sam}"), "sam": sam, "name": sam} | values))
        self.records["tombstones"].append(left)
        return left

    def snapshots(self) -> list[Snapshot]:
        """Return a snapshot for each directory."""
        return [
            Snapshot(
                header=self.header.get(each.name, Header(ad=each.name, read_at=NOW, tombstones=True)),
                **{
                    kind: tuple(record for record in records if record.ad == each.name)
                    for kind, records in self.records.items()
                },
            )
            for each in self.settings
        ]

    def incomplete(self, ad: str = "admin") -> None:
        """Let the read of a directory be one that did not come to its end."""
        self.header[ad] = replace(Header(ad=ad, read_at=NOW), complete=False)

    def found(self, code: str, **at: date) -> list[Finding]:
        """Return what the rule of a code finds."""
        return [each for each in Judging(self.world(**at)).findings() if each.kind.code == code]

    def world(self, *, as_of: date = TODAY, tracking: bool = False) -> World:
        """Return both sides put together."""
        world = World(self.settings, as_of=as_of, now=NOW, tracking=tracking)
        for collection, objects in self.rows.items():
            for uuid, rows in objects.items():
                world.table(collection).put(uuid, rows)
        for snapshot in self.snapshots():
            world.load(snapshot)
        return world
