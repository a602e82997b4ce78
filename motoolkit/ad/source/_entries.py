"""One object of a directory as it came, and the record that is made of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from motoolkit.ad import decode, dn
from motoolkit.ad.records import Account, AdGroup, Ou, Tombstone, guid_of
from motoolkit.model import mask_all

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from motoolkit.profile.ad import AdSettings

    Record = Account | AdGroup | Ou | Tombstone

_GROUPS: Final = frozenset({"group", "groupofnames", "groupofuniquenames", "posixgroup"})
_ACCOUNTS: Final = frozenset({"user", "person", "inetorgperson", "contact", "computer", "account"})
_SPECIAL: Final = (
    "msDS-GroupManagedServiceAccount",
    "msDS-ManagedServiceAccount",
    "computer",
    "contact",
)
_LINKS: Final = frozenset({"manager", "managedby", "owner", "publicdelegates"})
_MEMBERS: Final = ("member", "uniquemember")
_GUIDS: Final = frozenset({"objectguid", "msexchmailboxguid", "entryuuid"})
_SIDS: Final = frozenset({"objectsid", "sidhistory"})
_WINDOWS_MAILBOX: Final = "msexchmailboxguid"


@dataclass(frozen=True, slots=True)
class Entry:
    """One object as it came.

    Attributes:
        dn: where it is, without what the Extended DN control puts before it.
        values: raw values by the attribute's lower-case name.
    """

    dn: str
    values: Mapping[str, tuple[bytes, ...]]

    def raw(self, *names: str) -> bytes:
        """Return the first value of the first of these attributes that has one, b"" for none."""
        return next((self.values[each][0] for each in names if self.values.get(each)), b"")

    def text(self, *names: str) -> str:
        """Return the same as a text."""
        return decode.text(self.raw(*names)).strip()

    def texts(self, name: str) -> tuple[str, ...]:
        """Return all values of an attribute as texts."""
        return tuple(_readable(name, raw) for raw in self.values.get(name, ()))

    @property
    def guid(self) -> str:
        """What no other object has."""
        return decode.guid(self.raw("objectguid", "entryuuid"))

    @property
    def classes(self) -> frozenset[str]:
        """Its object classes, case-folded."""
        return frozenset(decode.text(each).casefold() for each in self.values.get("objectclass", ()))


@dataclass(slots=True)
class Draft:
    """A record without its links, which are known when everything has been read."""

    shape: type[Record]
    values: dict[str, Any]
    links: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def dn(self) -> str:
        """Where it is."""
        return str(self.values.get("dn", ""))

    @property
    def guid(self) -> str:
        """What no other object has."""
        return str(self.values["guid"])

    def record(self, resolve: Callable[[str], str]) -> Record:
        """Return the record; ``resolve`` gives the GUID of a DN, "" for what was not read."""
        for name, links in self.links.items():
            found = tuple(guid for link in links if (guid := _guid_of_link(link) or resolve(link)))
            self.values[name] = found if name in {"members", "delegates"} else next(iter(found), "")
        return self.shape(**self.values)


def _guid_of_link(link: str) -> str:
    return guid_of(dn.extended(link)[1]) if link.startswith("<") else ""


def draft(entry: Entry, settings: AdSettings) -> Draft | None:
    """Return what an entry is, None for what audits do not look at: containers, domains, trusts."""
    classes = entry.classes
    if decode.boolean(entry.raw("isdeleted")):
        return Draft(Tombstone, _tombstone(entry, settings.name))
    if classes & _GROUPS:
        return _group(entry, settings)
    if "organizationalunit" in classes:
        links = {"managed_by": _links(entry, "managedby", "owner")}
        return Draft(Ou, _common(entry, settings) | {"name": entry.text("ou", "name")}, links)
    if classes & _ACCOUNTS:
        return _account(entry, settings)
    return None


def _tombstone(entry: Entry, ad: str) -> dict[str, Any]:
    known = entry.text("msds-lastknownrdn") or entry.text("name", "cn") or dn.rdn_value(entry.dn)
    return {
        "ad": ad,
        "guid": entry.guid,
        "sam": entry.text("samaccountname"),
        # A deleted object is called by its name, a line feed, DEL: and its GUID.
        "name": known.split("\n", 1)[0],
        "last_parent": dn.extended(entry.text("lastknownparent"))[0],
        "deleted": _changed(entry),
    }


def _changed(entry: Entry) -> datetime | None:
    return decode.generalized(entry.raw("whenchanged", "modifytimestamp"))


def _common(entry: Entry, settings: AdSettings) -> dict[str, Any]:
    return {
        "ad": settings.name,
        "guid": entry.guid,
        "dn": entry.dn,
        "description": entry.text("description"),
        "changed": _changed(entry),
        "usn": decode.integer(entry.raw("usnchanged")),
        "attributes": _attributes(entry, settings),
    }


def _group(entry: Entry, settings: AdSettings) -> Draft:
    values = _common(entry, settings) | {
        "sam": entry.text("samaccountname", "cn"),
        "name": entry.text("cn", "name"),
        "group_type": decode.group_type(entry.raw("grouptype")),
        "mail": entry.text("mail"),
        "sid": decode.sid(entry.raw("objectsid")),
        "admin_count": decode.integer(entry.raw("admincount")) or 0,
        "critical": decode.boolean(entry.raw("iscriticalsystemobject")),
    }
    links = {
        "members": tuple(decode.text(raw) for name in _MEMBERS for raw in entry.values.get(name, ())),
        "managed_by": _links(entry, "managedby", "owner"),
    }
    return Draft(AdGroup, values, links)


def _links(entry: Entry, *names: str) -> tuple[str, ...]:
    return tuple(decode.text(raw) for name in names for raw in entry.values.get(name, ()))


def _account(entry: Entry, settings: AdSettings) -> Draft:
    common = _common(entry, settings)
    del common["description"]
    cpr, wrong = decode.cpr(entry.raw(settings.cpr_attribute.casefold()))
    hidden = settings.cpr_attribute.casefold() == "employeenumber"
    values = common | {
        "sam": entry.text("samaccountname", "uid"),
        "upn": entry.text("userprincipalname"),
        "cn": entry.text("cn", "name"),
        "display_name": entry.text("displayname"),
        "given_name": entry.text("givenname"),
        "surname": entry.text("sn"),
        "mail": entry.text("mail"),
        "proxy_addresses": entry.texts("proxyaddresses"),
        "cpr": cpr,
        "cpr_wrong": wrong,
        "employee_number": "" if hidden else entry.text("employeenumber"),
        "engagement": _named(entry, settings.engagement_attribute),
        "mo_uuid": guid_of(uuid := _named(entry, settings.mo_uuid_attribute)) or uuid,
    }
    links = {"manager": _links(entry, "manager"), "delegates": _links(entry, "publicdelegates")}
    return Draft(Account, values | _state(entry), links)


def _named(entry: Entry, attribute: str) -> str:
    return entry.text(attribute.casefold()) if attribute else ""


def _state(entry: Entry) -> dict[str, Any]:
    """Return what an account may do, and what the directory noted of it."""
    classes = entry.classes
    return {
        "uac": decode.account_control(
            entry.raw("useraccountcontrol"), entry.raw("msds-user-account-control-computed")
        ),
        "expires_at": decode.filetime(entry.raw("accountexpires")),
        "created": decode.generalized(entry.raw("whencreated", "createtimestamp")),
        "password_set": decode.filetime(entry.raw("pwdlastset")),
        "last_logon": decode.filetime(entry.raw("lastlogontimestamp")),
        "recipient_type": decode.integer(entry.raw("msexchrecipienttypedetails")) or 0,
        "mailbox": decode.guid(entry.raw(_WINDOWS_MAILBOX)) or entry.text("homemdb", "targetaddress"),
        "sid": decode.sid(entry.raw("objectsid")),
        "sid_history": tuple(filter(None, map(decode.sid, entry.values.get("sidhistory", ())))),
        "primary_group": decode.integer(entry.raw("primarygroupid")),
        "admin_count": decode.integer(entry.raw("admincount")) or 0,
        "critical": decode.boolean(entry.raw("iscriticalsystemobject")),
        "object_class": next((each for each in _SPECIAL if each.casefold() in classes), "user"),
    }


def _attributes(entry: Entry, settings: AdSettings) -> dict[str, tuple[str, ...]]:
    """Return all that was read as texts, but for the CPR number and members, who have their own place."""
    hidden = settings.cpr_attribute.casefold()
    number = decode.cpr(entry.raw(hidden))[0] if hidden else ""
    found = {name: entry.texts(name) for name in entry.values if name not in {hidden, *_MEMBERS}}
    if not number:
        return found
    # Nobody keeps a CPR number in one attribute only on purpose.
    return {
        name: tuple(mask_all(each) if number[:6] in each else each for each in texts)
        for name, texts in found.items()
    }


def _readable(name: str, raw: bytes) -> str:
    if name in _GUIDS:
        return decode.guid(raw)
    if name in _SIDS:
        return decode.sid(raw)
    return dn.extended(decode.text(raw))[0] if name in _LINKS else decode.text(raw)
