"""A directory as the files that administrators hand over: LDIF (RFC 2849) and Get-ADUser's CSV."""

from __future__ import annotations

import base64
import csv
import io
import re
from typing import TYPE_CHECKING, Final
from uuid import UUID

from motoolkit.model import COPENHAGEN
from motoolkit.sandbox.ad._codec import from_filetime, sid_text
from motoolkit.sandbox.ad._thing import NEVER
from motoolkit.sandbox.ad.entries import Entry
from motoolkit.sandbox.ad.places import PLACES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from motoolkit.sandbox.ad.entries import Directory, Value

_WIDTH: Final = 76
_SAFE: Final = re.compile(r"[\x01-\x09\x0b\x0c\x0e-\x1f\x21-\x39\x3b\x3d-\x7f][\x01-\x09\x0b\x0c\x0e-\x7f]*")


def ldif(directory: Directory) -> str:
    """Return a directory as LDIF."""
    return "version: 1\n\n" + "".join(_record(entry) for entry in directory.entries)


def _record(entry: Entry) -> str:
    lines = [_line("dn", entry.dn)]
    lines += [_line(name, value) for name, values in entry.attributes.items() for value in values]
    return "".join(lines) + "\n"


def _line(name: str, value: Value) -> str:
    """Return an attribute's line, in base64 where it must be, folded."""
    if isinstance(value, str) and _SAFE.fullmatch(value) and not value.endswith(" "):
        line = f"{name}: {value}"
    else:
        raw = value if isinstance(value, bytes) else value.encode()
        line = f"{name}:: {base64.b64encode(raw).decode()}"
    first, rest = line[:_WIDTH], line[_WIDTH:]
    folded = [rest[at : at + _WIDTH - 1] for at in range(0, len(rest), _WIDTH - 1)]
    return "\n ".join([first, *folded]) + "\n"


def read_ldif(text: str) -> Iterator[Entry]:
    """Yield the entries of an LDIF that ``ldif`` wrote."""
    for record in text.removeprefix("version: 1\n\n").split("\n\n"):
        lines = record.replace("\n ", "").splitlines()
        pairs = [_pair(line) for line in lines if line]
        if pairs:
            attributes: dict[str, tuple[Value, ...]] = {}
            for name, value in pairs[1:]:
                attributes[name] = (*attributes.get(name, ()), value)
            yield Entry(str(pairs[0][1]), attributes)


_BYTES: Final = frozenset({"objectGUID", "objectSid"})


def _pair(line: str) -> tuple[str, Value]:
    name, _, rest = line.partition(":")
    if not rest.startswith(":"):
        return name, rest.removeprefix(" ")
    raw = base64.b64decode(rest[1:])
    return name, raw if name in _BYTES else raw.decode()


_COLUMNS: Final = {
    "DistinguishedName": "",
    "Enabled": "",
    "GivenName": "givenName",
    "Name": "name",
    "ObjectClass": "",
    "ObjectGUID": "",
    "SamAccountName": "sAMAccountName",
    "SID": "",
    "Surname": "sn",
    "UserPrincipalName": "userPrincipalName",
    **{
        name: name
        for name in (
            "displayName",
            "mail",
            "employeeID",
            "employeeNumber",
            "employeeType",
            "department",
            "company",
            "title",
            "info",
            "telephoneNumber",
            "mobile",
            "physicalDeliveryOfficeName",
            "streetAddress",
            "l",
            "postalCode",
            "manager",
            "userAccountControl",
            "accountExpires",
            "primaryGroupID",
            "adminCount",
            "isCriticalSystemObject",
            "msExchRecipientTypeDetails",
            "mailNickname",
            "proxyAddresses",
            "publicDelegates",
            "msDS-cloudExtensionAttribute1",
            "uSNChanged",
        )
    },
    "PasswordLastSet": "pwdLastSet",
    "LastLogonDate": "lastLogonTimestamp",
    "whenCreated": "whenCreated",
    "whenChanged": "whenChanged",
}
"""The columns by PowerShell's names, and the attribute that each shows; "" for what is told otherwise."""
_TICKS: Final = frozenset({"PasswordLastSet", "LastLogonDate"})


def csv_of(directory: Directory) -> str:
    """Return a directory's accounts as ``Get-ADUser | Export-Csv`` writes them on a Danish machine.

    Several values are joined by ``|``, as people do it who know that Export-Csv can not.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, _COLUMNS, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writeheader()
    for entry in directory.entries:
        if entry.attributes["objectClass"][-1] == "user" and "isDeleted" not in entry.attributes:
            writer.writerow(_row(directory.name, entry))
    return out.getvalue()


def _row(ad: str, entry: Entry) -> dict[str, str]:
    row = {
        column: "|".join(map(str, entry.attributes.get(name, ())))
        for column, name in _COLUMNS.items()
        if name
    }
    for column in _TICKS:
        row[column] = _danish(from_filetime(int(row[column]))) if row[column] else ""
    for column in ("whenCreated", "whenChanged"):
        row[column] = _danish(_moment(row[column]))
    domain = next(place.domain for place in PLACES if place.name == ad)
    rid = int.from_bytes(bytes(entry.attributes["objectSid"][0])[-4:], "little")  # type: ignore[arg-type]  # bytes
    return row | {
        "DistinguishedName": entry.dn,
        "Enabled": str(not int(entry.text("userAccountControl")) & 2),
        "ObjectClass": "user",
        "ObjectGUID": str(UUID(bytes_le=bytes(entry.attributes["objectGUID"][0]))),  # type: ignore[arg-type]  # bytes
        "SID": sid_text(domain, rid),
        "accountExpires": entry.text("accountExpires") or str(NEVER),
    }


def _moment(text: str) -> datetime:
    from datetime import UTC, datetime

    return datetime.strptime(text, "%Y%m%d%H%M%S.0Z").replace(tzinfo=UTC)


def _danish(moment: datetime) -> str:
    return f"{moment.astimezone(COPENHAGEN):%d-%m-%Y %H:%M:%S}"
