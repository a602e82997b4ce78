"""Writing a directory into a real server over LDAP, so that there is something to audit and to change.

What the server decides itself (GUIDs, SIDs, when something was created, last logons) is its own afterwards;
MO learns the GUIDs by ``relinked`` or by the sandbox's door.
"""

from __future__ import annotations

import ssl
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from motoolkit.errors import InputError
from motoolkit.sandbox.ad._thing import LINKS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from motoolkit.sandbox.ad.entries import Entry

_SYSTEM_OWNED: Final = frozenset(
    {
        *(
            "objectGUID",
            "objectSid",
            "whenCreated",
            "whenChanged",
            "uSNCreated",
            "uSNChanged",
            "name",
            "cn",
            "ou",
        ),
        *(
            "memberOf",
            "directReports",
            "managedObjects",
            "objectCategory",
            "sAMAccountType",
            "primaryGroupID",
        ),
        *("pwdLastSet", "lastLogonTimestamp", "isCriticalSystemObject", "isDeleted", "lastKnownParent"),
        *("msDS-LastKnownRDN", "objectClass", *LINKS),
    }
)
_PAGE: Final = 500
_EXISTS: Final = 68
_SUCCESS: Final = 0


@dataclass(slots=True)
class Loaded:
    """What became of a directory in a server.

    Attributes:
        guids: the server's GUID by that of the export.
        unknown: attributes that the server's schema does not have.
        refused: what the server did not take: DN and its reason.
    """

    guids: dict[str, str] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)
    refused: list[tuple[str, str]] = field(default_factory=list)


def connect(url: str, username: str, password: str, *, ca_file: str | None = None) -> Any:
    """Return a connection of ldap3 to a server, bound, with its schema.

    Raises:
        InputError: it does not answer, or does not let the user in.
    """
    import ldap3
    from ldap3.core.exceptions import LDAPException

    checked = ldap3.Tls(validate=ssl.CERT_REQUIRED, ca_certs_file=ca_file)
    server = ldap3.Server(url, get_info=ldap3.ALL, tls=checked, connect_timeout=10)
    try:
        connection = ldap3.Connection(server, username, password, receive_timeout=120)
        if not connection.bind():
            raise InputError(
                f"{url} does not let {username} in ({connection.result['description']}).",
                remedy="Check name and password.",
            )
    except LDAPException as error:
        raise InputError(
            f"{url} can not be reached ({error}).",
            remedy="Use ldaps://, and give the authority of its certificate with --ca-file.",
        ) from None
    return connection


def load(entries: Iterable[Entry], connection: Any, *, password: str, base: str = "") -> Loaded:
    """Write a directory into a server and return what became of it.

    Units come first, then accounts, each with a password, then groups and their members, then who leads
    whom; what shall be deleted is written and deleted before the accounts.  What is there already stays.

    Args:
        entries: the directory's, as ``Directory.entries`` or ``read_ldif`` gives them.
        connection: ldap3's, bound over LDAPS by somebody who may write; with a schema (``get_info=ALL``).
        password: that every account gets.
        base: the DN of the server's root; by default the one that the server tells.
    """
    return _Loading(list(entries), connection, password, base).run()


class _Loading:
    def __init__(self, entries: list[Entry], connection: Any, password: str, base: str) -> None:
        self.entries = entries
        self.connection = connection
        self.password = password
        info, schema = connection.server.info, connection.server.schema
        told = info.other.get("defaultNamingContext", [""])[0] if info else ""
        self.from_base = entries[0].dn
        self.base = base or told or self.from_base
        self.known = {name.lower() for name in schema.attribute_types} if schema else set()
        self.is_ad = not self.known or "unicodepwd" in self.known
        self.loaded = Loaded()

    def run(self) -> Loaded:
        living = [each for each in self.entries[1:] if "isDeleted" not in each.attributes]
        buried = [each for each in self.entries[1:] if "isDeleted" in each.attributes]
        mine = [each for each in living if _kind(each) != "container" and not _is_systems(each)]
        self._add_all(mine, "organizationalUnit")
        for entry in buried if self.is_ad else ():
            self._bury(entry)
        for kind in ("user", "computer", "group"):
            self._add_all(mine, kind)
        for entry in living:
            self._link(entry)
        self._learn_guids(self.base, [(self._place(each.dn), each) for each in mine])
        return self.loaded

    def _add_all(self, entries: Iterable[Entry], kind: str) -> None:
        for entry in entries:
            if _kind(entry) == kind:
                self._add(self._place(entry.dn), entry)

    def _place(self, dn: str) -> str:
        """Return a DN below the server's root."""
        return dn.removesuffix(self.from_base) + self.base

    def _add(self, place: str, entry: Entry) -> None:
        values = dict(self._values(entry))
        classes = [str(each) for each in entry.attributes["objectClass"]]
        if _kind(entry) == "user":
            values |= self._secret()
        self._try(place, lambda given: self.connection.add(place, classes, given), values)

    def _try(self, place: str, write: Callable[[dict[str, Any]], Any], values: dict[str, Any]) -> None:
        """Write an object; what only one may have and another has (a UPN) is left out the second time."""
        for given in (values, {n: v for n, v in values.items() if n != "userPrincipalName"}):
            write(given)
            result = self.connection.result
            if result["result"] in {_SUCCESS, _EXISTS}:
                return
            self.loaded.refused.append((place, f"{result['description']}: {result['message']}"))
            if "userPrincipalName" not in given:
                return

    def _secret(self) -> dict[str, Any]:
        if not self.is_ad:
            return {"userPassword": [self.password]}
        return {"unicodePwd": [f'"{self.password}"'.encode("utf-16-le")]}

    def _values(self, entry: Entry) -> Iterator[tuple[str, list[Any]]]:
        for name, values in entry.attributes.items():
            if name in _SYSTEM_OWNED:
                continue
            if self.known and name.lower() not in self.known:
                self.loaded.unknown.add(name)
                continue
            yield name, list(values)

    def _link(self, entry: Entry) -> None:
        import ldap3

        changes = {}
        for name in LINKS:
            targets = [self._place(str(each)) for each in entry.attributes.get(name, ())]
            if not targets:
                continue
            if self.known and name.lower() not in self.known:
                self.loaded.unknown.add(name)
            elif _is_systems(entry):
                # The server's own group keeps the members that it has.
                self._join(self._place(entry.dn), targets)
            else:
                changes[name] = [(ldap3.MODIFY_REPLACE, targets)]
        if changes:
            self._change(self._place(entry.dn), changes)

    def _join(self, group: str, members: list[str]) -> None:
        import ldap3

        for each in members:
            self._change(group, {"member": [(ldap3.MODIFY_ADD, [each])]}, may_be_there=True)

    def _change(self, place: str, changes: dict[str, Any], *, may_be_there: bool = False) -> None:
        self.connection.modify(place, changes)
        result = self.connection.result
        if result["result"] != _SUCCESS and not (may_be_there and result["result"] == _EXISTS):
            self.loaded.refused.append((place, f"{result['description']}: {result['message']}"))

    def _bury(self, entry: Entry) -> None:
        """Write what shall be deleted, and delete it: somebody else may have the name afterwards."""
        rdn = entry.dn.partition("\\0A")[0]
        place = f"{rdn},{self._place(entry.text('lastKnownParent'))}"
        values = {"sAMAccountName": [entry.text("sAMAccountName")], "userAccountControl": ["514"]}
        self._try(place, lambda given: self.connection.add(place, ["user"], given), values)
        self._learn_guids(place, [(place, entry)])
        self.connection.delete(place)

    def _learn_guids(self, base: str, written: list[tuple[str, Entry]]) -> None:
        """Read which GUIDs the server gave."""
        attribute = "objectGUID" if self.is_ad else "entryUUID"
        found = self.connection.extend.standard.paged_search(
            base, "(objectClass=*)", attributes=[attribute], paged_size=_PAGE, generator=True
        )
        guids = {
            _key(each["dn"]): _guid(each["raw_attributes"][attribute][0], binary=self.is_ad)
            for each in found
            if each.get("raw_attributes", {}).get(attribute)
        }
        for place, entry in written:
            if guid := guids.get(_key(place)):
                self.loaded.guids[str(UUID(bytes_le=bytes(entry.attributes["objectGUID"][0])))] = guid  # type: ignore[arg-type]  # bytes


def _guid(raw: bytes, *, binary: bool) -> str:
    return str(UUID(bytes_le=raw) if binary else UUID(raw.decode()))


def _kind(entry: Entry) -> str:
    return str(entry.attributes["objectClass"][-1])


def _is_systems(entry: Entry) -> bool:
    return entry.text("isCriticalSystemObject") == "TRUE"


def _key(dn: str) -> tuple[Any, ...]:
    """Return what is the same for all ways to write a DN."""
    from ldap3.utils.dn import parse_dn

    return tuple(
        (name.casefold(), unicodedata.normalize("NFC", _unescaped(value)).casefold())
        for name, value, _ in parse_dn(dn, escape=False)
    )


def _unescaped(value: str) -> str:
    raw, at = bytearray(), 0
    while at < len(value):
        pair = value[at + 1 : at + 3]
        if value[at] == "\\" and len(pair) == 2 and all(c in "0123456789abcdefABCDEF" for c in pair):  # noqa: PLR2004 - a byte
            raw.append(int(pair, 16))
            at += 3
        else:
            at += value[at] == "\\"
            raw += value[at : at + 1].encode()
            at += 1
    return raw.decode(errors="replace")
