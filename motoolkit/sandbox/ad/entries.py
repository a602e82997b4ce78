"""A directory as LDAP entries: what a search over all of it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from motoolkit.sandbox.ad._codec import escaped, generalized, guid_bytes, sid_bytes
from motoolkit.sandbox.ad._thing import LINKS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from motoolkit.sandbox.ad._thing import Draft, Thing
    from motoolkit.sandbox.ad.expected import Expected
    from motoolkit.sandbox.ad.places import Place

Value = str | bytes
_FIRST_RID: Final = 1103
_RDN: Final = {"organizationalUnit": "OU"}
_CATEGORY: Final = {
    "user": "Person",
    "computer": "Computer",
    "group": "Group",
    "organizationalUnit": "Organizational-Unit",
    "container": "Container",
}
_BACK: Final = {"manager": "directReports", "member": "memberOf", "managedBy": "managedObjects"}
_LEFT: Final = ("sAMAccountName", "userAccountControl")
"""What is left of a deleted object beside its name, GUID and SID."""
DELETED_OBJECTS: Final = "CN=Deleted Objects"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its DN and its attributes by the directory's names; GUIDs and SIDs are bytes."""

    dn: str
    attributes: Mapping[str, tuple[Value, ...]] = field(hash=False)

    def text(self, name: str) -> str:
        """Return an attribute's first value as a text, "" for none."""
        value = next(iter(self.attributes.get(name, ())), "")
        return value.hex() if isinstance(value, bytes) else value


@dataclass(frozen=True, slots=True)
class Directory:
    """One directory.

    Attributes:
        name: ``admin`` or ``skole``.
        base: the DN of its root.
        entries: all of it, what holds before what is held; the deleted ones come last.
        settings: how an audit reads it, named as in a profile.
        expected: all that an audit has to find in it: of what is planted, and of MO's own oddities.
    """

    name: str
    base: str
    entries: tuple[Entry, ...] = field(repr=False, hash=False)
    settings: Mapping[str, Any] = field(repr=False, hash=False)
    expected: tuple[Expected, ...] = field(repr=False, hash=False)


def entries(draft: Draft, place: Place) -> tuple[Entry, ...]:
    """Return a draft's things as entries."""
    return tuple(_Writer(draft, place).all())


class _Writer:
    def __init__(self, draft: Draft, place: Place) -> None:
        self.draft = draft
        self.place = place
        self._dns: dict[str, str] = {"": place.base}
        self._back: dict[str, dict[str, list[str]]] = {}
        for thing in draft:
            for name, guids in thing.links.items():
                for guid in guids if name in _BACK else ():
                    self._back.setdefault(guid, {}).setdefault(_BACK[name], []).append(thing.guid)
        for rid, thing in enumerate((t for t in draft if _has_sid(t) and not t.rid), _FIRST_RID):
            thing.rid = rid

    def all(self) -> list[Entry]:
        """Return the root, then everything that lives with what holds it first, then what was deleted."""
        living = [thing for thing in self.draft if thing.deleted is None]
        living.sort(key=lambda thing: self.dn(thing.guid).count(",") if thing.kind in _RDN else 1000)
        dead = [thing for thing in self.draft if thing.deleted is not None]
        found = [self._root(), *(self._entry(thing) for thing in living), *map(self._tombstone, dead)]
        return [self._numbered(entry, number) for number, entry in enumerate(found)]

    def dn(self, guid: str) -> str:
        """Return where a thing lies."""
        if guid not in self._dns:
            thing = self.draft[guid]
            rdn = f"{_RDN.get(thing.kind, 'CN')}={escaped(thing.name)}"
            self._dns[guid] = f"{rdn},{self.dn(thing.parent)}"
        return self._dns[guid]

    def _root(self) -> Entry:
        attributes: dict[str, tuple[Value, ...]] = {
            "objectClass": ("top", "domain", "domainDNS"),
            "dc": (self.place.name,),
            "name": (self.place.name,),
            "objectGUID": (guid_bytes(self.place.key("root")),),
        }
        return Entry(self.place.base, attributes)

    def _entry(self, thing: Thing) -> Entry:
        is_ou = thing.kind in _RDN
        values: dict[str, tuple[Value, ...]] = {
            "objectClass": thing.classes,
            **({} if is_ou else {"cn": (thing.name,)}),
            "name": (thing.name,),
            **{name: tuple(found) for name, found in thing.values.items()},
            **({"ou": (thing.name,)} if is_ou else {}),
            **self._common(thing),
            "objectCategory": (f"CN={_CATEGORY[thing.kind]},CN=Schema,CN=Configuration,{self.place.base}",),
        }
        for name in LINKS:
            if guids := thing.links.get(name):
                values[name] = tuple(self.dn(guid) for guid in guids)
        for name, guids in self._back.get(thing.guid, {}).items():
            values[name] = tuple(self.dn(guid) for guid in guids)
        return Entry(self.dn(thing.guid), values)

    def _common(self, thing: Thing) -> dict[str, tuple[Value, ...]]:
        sid = {"objectSid": (sid_bytes(self.place.domain, thing.rid),)} if thing.rid else {}
        return {
            "objectGUID": (guid_bytes(thing.guid),),
            **sid,
            "whenCreated": (generalized(thing.created),),
            "whenChanged": (generalized(thing.changed),),
        }

    def _tombstone(self, thing: Thing) -> Entry:
        name = f"{thing.name}\nDEL:{thing.guid}"
        values: dict[str, tuple[Value, ...]] = {
            "objectClass": thing.classes,
            "cn": (name,),
            "name": (name,),
            "isDeleted": ("TRUE",),
            "lastKnownParent": (self.dn(thing.parent),),
            "msDS-LastKnownRDN": (thing.name,),
            **{each: tuple(thing.values[each]) for each in _LEFT if each in thing.values},
            **self._common(thing),
        }
        return Entry(f"CN={escaped(name)},{DELETED_OBJECTS},{self.place.base}", values)

    def _numbered(self, entry: Entry, number: int) -> Entry:
        """Give an entry the counter of its last change; the order is that of the export."""
        usn = (str(8200 + number),)
        return Entry(entry.dn, {**entry.attributes, "uSNCreated": usn, "uSNChanged": usn})


def _has_sid(thing: Thing) -> bool:
    return thing.kind in {"user", "computer", "group"}
