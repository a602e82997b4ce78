"""Searches: in pages, to the end, with every range of long lists, or not at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit
from uuid import UUID

from ldap3 import BASE, DEREF_NEVER, SUBTREE
from ldap3.core.exceptions import LDAPException, LDAPOperationResult
from ldap3.protocol.microsoft import extended_dn_control, show_deleted_control
from ldap3.utils.conv import escape_bytes

from motoolkit.ad import decode, dn
from motoolkit.ad.source import _connection as connection
from motoolkit.ad.source._attributes import DELETED, named, wished
from motoolkit.ad.source._entries import Entry
from motoolkit.ad.source._refusals import answered, broken
from motoolkit.errors import AdError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from motoolkit.profile.ad import AdSettings
    from motoolkit.profile.secret import Secret

PAGED: Final = "1.2.840.113556.1.4.319"
_NAME: Final = re.compile(r"\bNAME\s+(?:'([^']+)'|\(([^)]*)\))")
_ROOT: Final = (
    "defaultNamingContext",
    "namingContexts",
    "dsServiceName",
    "dnsHostName",
    "highestCommittedUSN",
    "supportedControl",
    "subschemaSubentry",
)
_CLASSES: Final = {
    "AD": ("user", "contact", "group", "organizationalUnit"),
    "standard": (
        "person",
        "account",
        "posixAccount",
        "group",
        "groupOfNames",
        "groupOfUniqueNames",
        "posixGroup",
        "organizationalUnit",
    ),
}
_BATCH: Final = 100
_REFERRAL: Final = 10
NO_SUCH_OBJECT: Final = 32
_NOT_THERE: Final = frozenset({_REFERRAL, NO_SUCH_OBJECT, 34, 50})
"""Answers that say only that this one object is not to be had."""
_UNDECODED: Final = (LDAPException, OSError, ValueError, LookupError, TypeError, AttributeError)
"""What the library raises on an answer that is cut off or no LDAP."""


class Reader:
    """One connection to a directory, and what can be asked over it.

    Paging cookies belong to a connection: after an error nothing goes on, the caller begins anew.
    """

    def __init__(self, settings: AdSettings, password: Secret | str | None) -> None:
        self.settings = settings
        self.references: set[str] = set()
        self.contexts: tuple[str, ...] = ()
        self._connection = connection.connect(settings, password)
        self._is_ad = settings.dialect == "AD"
        try:
            self.refresh()
            self._check_dialect()
            self.contexts = self.root.texts("namingcontexts")
            self.base = self._base()
            self._known = self._schema()
        except BaseException:
            self.close()
            raise

    def refresh(self) -> None:
        """Read what the server tells of itself, its newest number of a change among it."""
        self.root = self._one("", _ROOT)

    def _check_dialect(self) -> None:
        """Refuse a server that is no AD where one is expected: it would look like an empty one."""
        if self._is_ad and not self.root.raw("defaultnamingcontext", "dsservicename"):
            raise AdError(
                f"The directory {self.settings.name} is no Active Directory.",
                remedy='Write dialect = "standard" in its table.',
            )

    def _base(self) -> str:
        for base in (self.settings.base_dn, self.root.text("defaultnamingcontext"), *self.contexts):
            if base:
                return base
        raise AdError(
            f"The directory {self.settings.name} does not say where it begins.", remedy="Give its base_dn."
        )

    def close(self) -> None:
        """Let go of the connection."""
        connection.close(self._connection)

    @property
    def context(self) -> str:
        """The naming context that the base is in, "" for none."""
        fitting = [each for each in self.contexts if dn.within(self.base, each)]
        return max(fitting, key=lambda each: len(dn.parts(each)), default="")

    @property
    def server(self) -> str:
        """What the server calls itself, else its address."""
        return self.root.text("dnshostname") or self.settings.url

    def classes(self, *more: str) -> str:
        """Return the filter for what audits look at."""
        listed = (*_CLASSES[self.settings.dialect], *more)
        return f"(|{''.join(f'(objectClass={each})' for each in listed)})"

    def attributes(self, *, constructed: bool = True) -> list[str]:
        """Return what is asked for: what is wished and the directory has."""
        wanted = wished(self.settings, constructed=constructed)
        return [each for each in wanted if not self._known or each.casefold() in self._known]

    def unknown(self) -> tuple[str, ...]:
        """Return the attributes that the settings name and the directory does not have."""
        return tuple(
            each for each in named(self.settings) if self._known and each.casefold() not in self._known
        )

    def everything(self, base: str = "") -> Iterator[Entry]:
        """Yield all that audits look at below a base, the whole one's by default."""
        yield from self.pages(base or self.base, self.classes(), self.attributes())

    def objects(self, guids: Collection[str]) -> Iterator[Entry]:
        """Yield those of these objects that are there."""
        for some in _batches(sorted(guids)):
            yield from self.pages(self.base, f"(|{''.join(map(self._by_guid, some))})", self.attributes())

    def deleted(self, guids: Collection[str] | None = None) -> Iterator[Entry]:
        """Yield deleted objects, all of them or these, as far as they may be seen."""
        batches = [""] if guids is None else [f"(|{''.join(map(self._by_guid, s))})" for s in _batches(guids)]
        for some in batches if self.context else ():
            wanted = f"(&(isDeleted=TRUE){self.classes()}{some})"
            yield from self.pages(self.context, wanted, DELETED, deleted=True)

    def guids(self) -> set[str]:
        """Return the GUIDs of all that audits look at."""
        wanted = ("objectGUID",) if self._is_ad else ("objectGUID", "entryUUID")
        return {entry.guid for entry in self.pages(self.base, self.classes(), wanted)}

    def guid_of(self, link: str) -> str:
        """Return the GUID of the object with a DN, "" for none."""
        try:
            return self._one(link, ("objectGUID", "entryUUID")).guid
        except AdError as error:
            if error.code not in _NOT_THERE:
                raise
            return ""

    def at(self, place: str, *attributes: str) -> Entry:
        """Return one object by its DN, with these attributes."""
        return self._one(place, attributes)

    def _by_guid(self, guid: str) -> str:
        if not self._is_ad:
            return f"(entryUUID={guid})"
        return f"(objectGUID={escape_bytes(UUID(guid).bytes_le)})"

    def pages(
        self, base: str, wanted: str, attributes: Iterable[str], *, deleted: bool = False
    ) -> Iterator[Entry]:
        """Yield the entries of a search, page by page; long lists are read to their end.

        Raises:
            AdError: it did not come to its end.
        """
        cookie: bytes | None = None
        listed = list(attributes)
        cut: list[Entry] = []
        while True:
            entries, controls = self.ask(
                base, wanted, listed, deleted=deleted, paged_size=self.settings.page_size, paged_cookie=cookie
            )
            for entry in entries:
                if any(";range=" in name for name in entry.values):
                    cut.append(entry)  # asked for when the pages are through
                else:
                    yield entry
            cookie = controls.get(PAGED, {}).get("cookie")
            if not cookie:
                break
        yield from map(self._whole, cut)

    def ask(
        self,
        base: str,
        wanted: str,
        attributes: Sequence[str],
        *,
        scope: Any = SUBTREE,
        deleted: bool = False,
        controls: Sequence[Any] = (),
        **paging: Any,
    ) -> tuple[list[Entry], dict[str, Any]]:
        """Ask once and return the entries with the server's controls.

        Raises:
            AdError: the answer is not whole.
        """
        # The root entry's own names would come with GUIDs too.
        given = [*controls, *([extended_dn_control()] if self._is_ad and base else ())]
        if deleted:
            given.append(show_deleted_control())
        try:
            self._connection.search(
                base,
                wanted,
                scope,
                dereference_aliases=DEREF_NEVER,
                attributes=list(attributes),
                controls=given or None,
                paged_criticality=True,
                **paging,
            )
        except LDAPOperationResult as error:
            raise self._answered(base, error.result or 0, str(error.message or "")) from None
        except _UNDECODED as error:
            raise broken(self.settings, error) from None
        result = self._connection.result
        # The library lets limits, time-outs and referrals pass as answers.
        if result["result"] != 0:
            raise self._answered(base, result["result"], result["message"])
        return list(self._entries(base)), {
            oid: control["value"] for oid, control in result.get("controls", {}).items()
        }

    def _entries(self, base: str) -> Iterator[Entry]:
        for each in self._connection.response or ():
            if each["type"] != "searchResEntry":
                # Searches of the whole context always meet some; what matters is below what is read.
                if dn.same(base, self.base):
                    self._refer(each.get("uri", ()))
                continue
            place, guid = dn.extended(each["dn"])
            values = {name.lower(): tuple(raw or ()) for name, raw in each["raw_attributes"].items()}
            if guid and "objectguid" not in values:
                values["objectguid"] = (guid.encode(),)
            yield Entry(place, values)

    def _refer(self, addresses: Iterable[str]) -> None:
        """Note a reference; those to the server's own other parts, as its configuration, lead to nobody."""
        for each in addresses:
            place = unquote(urlsplit(each).path.lstrip("/"))
            if not any(dn.same(place, context) for context in self.contexts):
                self.references.add(each)

    def _answered(self, base: str, code: int, message: str) -> AdError:
        error = answered(self.settings, code, message)
        if code in {_REFERRAL, NO_SUCH_OBJECT} and base == self.settings.base_dn:
            error.message = f"The directory {self.settings.name} does not have the base_dn {base}."
            error.remedy = f"It has {' and '.join(self.contexts)}; write base_dn below one of them."
        return error

    def _one(self, place: str, attributes: Sequence[str]) -> Entry:
        entries, _ = self.ask(place, "(objectClass=*)", attributes, scope=BASE)
        if len(entries) != 1:
            raise AdError(
                f"The directory {self.settings.name} does not show {place or 'what it is (its root entry)'}.",
                remedy="Check that the account may read it.",
                code=NO_SUCH_OBJECT,
            )
        return self._whole(entries[0])

    def _whole(self, entry: Entry) -> Entry:
        """Return an entry with every range of its long lists, as AD gives 1500 values at a time."""
        values = dict(entry.values)
        for name in [each for each in values if ";range=" in each]:
            attribute, _, span = name.partition(";range=")
            found = list(values.pop(name))
            while not span.endswith("*"):
                begin = int(span.partition("-")[2]) + 1
                span, more = self._range(entry, attribute, begin)
                found += more
            values[attribute] = tuple(found)
        return Entry(entry.dn, values)

    def _range(self, entry: Entry, attribute: str, begin: int) -> tuple[str, tuple[bytes, ...]]:
        place = f"<GUID={entry.guid}>" if self._is_ad and entry.guid else entry.dn
        entries, _ = self.ask(
            place, "(objectClass=*)", (f"{attribute};range={begin}-*", "objectGUID"), scope=BASE
        )
        start = f"{attribute};range={begin}-"
        for each in entries:
            for name, values in each.values.items():
                if name.startswith(start):
                    return name.partition(";range=")[2], values
        raise AdError(
            f"The list {attribute} of {entry.dn} became shorter while it was read.", remedy="Read it again."
        )

    def _schema(self) -> frozenset[str]:
        """Return the lower-case names of all attributes of the directory; none where it does not say."""
        place = self.root.text("subschemasubentry")
        if not place:
            return frozenset()
        try:
            told = self._one(place, ("attributeTypes",)).values.get("attributetypes", ())
        except AdError as error:
            if error.code not in _NOT_THERE:
                raise
            return frozenset()
        names: set[str] = set()
        for each in told:
            if found := _NAME.search(decode.text(each)):
                names.update(re.findall(r"[\w.-]+", (found[1] or found[2]).casefold()))
        return frozenset(names)


def _batches(guids: Collection[str]) -> Iterator[list[str]]:
    listed = list(guids)
    yield from (listed[at : at + _BATCH] for at in range(0, len(listed), _BATCH))
