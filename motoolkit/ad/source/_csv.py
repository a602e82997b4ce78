"""CSV files as ``Get-ADUser -Filter * -Properties * | Export-Csv`` writes them, row by row.

The same of Get-ADGroup, Get-ADComputer, Get-ADObject and Get-ADOrganizationalUnit.
"""

from __future__ import annotations

import csv
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from typing import TYPE_CHECKING, Final, NoReturn

from motoolkit.ad import decode
from motoolkit.ad.source._culture import AmbiguousDatesError, day_first, moment
from motoolkit.ad.source._entries import Entry
from motoolkit.errors import AdError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

_COLLECTION: Final = "Microsoft.ActiveDirectory.Management.ADPropertyValueCollection"
_AGAIN: Final = "Export it again, to its end."
_JOIN: Final = (
    "Export it as text: Select-Object *, @{{n='{name}';e={{$_.{name} -join '|'}}}} -ExcludeProperty {name}."
)
_NEEDED: Final = ("distinguishedname", "objectguid", "objectclass")
_LISTS: Final = frozenset({"proxyaddresses", "member", "publicdelegates", "sidhistory", "othertelephone"})
_ALIASES: Final[Mapping[str, str]] = {
    "emailaddress": "mail",
    "surname": "sn",
    "sid": "objectsid",
    "officephone": "telephonenumber",
    "mobilephone": "mobile",
    "office": "physicaldeliveryofficename",
    "city": "l",
    "fax": "facsimiletelephonenumber",
    "members": "member",
    "created": "whencreated",
    "modified": "whenchanged",
    "accountexpirationdate": "accountexpires",
    "passwordlastset": "pwdlastset",
    "lastlogondate": "lastlogontimestamp",
}
"""PowerShell's own names of attributes; the directory's go before."""
_GENERALIZED: Final = frozenset({"whencreated", "whenchanged"})
_FILETIMES: Final = frozenset({"accountexpires", "pwdlastset", "lastlogontimestamp"})
_TEXTS: Final = ("name", "displayname", "givenname", "sn", "surname", "distinguishedname")
_LOST_LETTER: Final = re.compile(r"[^\W\d_]\?|\?[^\W\d_]")
_SCOPES: Final = {"domainlocal": 0x4, "global": 0x2, "universal": 0x8}
_CHUNK: Final = 1 << 20


def read_csv(path: Path, wanted: frozenset[str], notices: set[str]) -> Iterator[Entry]:
    """Yield the rows of a file as entries.

    Args:
        path: the file.
        wanted: lower-case names of the attributes that are kept.
        notices: what readers must know is added to it.

    Raises:
        AdError: it can not be read, or not to its end; file and line are named.
    """
    try:
        yield from _Csv(path, wanted, notices).entries()
    except OSError as error:
        raise AdError(
            f"The file {path} can not be read: {error.strerror}.", remedy="Check its path and mode."
        ) from None


class _Csv:
    def __init__(self, path: Path, wanted: frozenset[str], notices: set[str]) -> None:
        self._path = path
        self._wanted = wanted
        self._notices = notices
        self._encoding = _encoding(path)
        self._line = 0
        self._check_end()

    def entries(self) -> Iterator[Entry]:
        rows = self._rows()
        header = next(rows, None)
        if header is None and not self._path.stat().st_size:
            return
        names = self._names(header or [])
        days_first = self._day_first(names)
        kept = [(at, name) for at, name in enumerate(names) if name in self._wanted or name in _DERIVED]
        for row in rows:
            if len(row) != len(names):
                self._fail(f"the row has {len(row)} values and the file has {len(names)} columns", _AGAIN)
            yield self._entry({name: row[at] for at, name in kept if row[at]}, days_first=days_first)

    def _rows(self) -> Iterator[list[str]]:
        """Yield the rows, the names of the columns first."""
        with self._path.open(encoding=self._encoding, newline="") as file:
            first = file.readline()
            skipped = first.startswith("#TYPE")
            header = file.readline() if skipped else first
            file.seek(0)
            if skipped:
                file.readline()
            reader = csv.reader(file, delimiter=_delimiter(header), strict=True)
            try:
                for row in reader:
                    self._line = reader.line_num + skipped
                    if row:
                        yield row
            except (csv.Error, UnicodeDecodeError) as error:
                self._line = reader.line_num + skipped
                self._fail(f"the file can not be read on from here ({error})", _AGAIN)

    def _names(self, header: list[str]) -> list[str]:
        """Return the directory's name of each column, "" for one that another one stands in for."""
        written = [each.strip().casefold() for each in header]
        names = [_ALIASES.get(each, each) for each in written]
        names = [
            "" if name != own and name in written else name for name, own in zip(names, written, strict=True)
        ]
        for needed in _NEEDED:
            if needed not in names:
                self._fail(
                    f"there is no column {needed}",
                    "Export with -Properties * and without Select-Object, or with that column.",
                )
        return names

    def _day_first(self, names: list[str]) -> bool | None:
        """Tell in which order the dates of this file are, by the first one that leaves no doubt."""
        dated = [at for at, name in enumerate(names) if name in _GENERALIZED | _FILETIMES & self._wanted]
        rows = self._rows()
        next(rows)
        try:
            return day_first(row[at] for row in rows for at in dated if at < len(row))
        except AmbiguousDatesError:
            self._fail(
                "nothing tells whether its dates name the day or the month first",
                "Set the culture first: [cultureinfo]::CurrentCulture = 'da-DK'.",
            )

    def _entry(self, row: dict[str, str], *, days_first: bool | None) -> Entry:
        dn = row.get("distinguishedname", "")
        if not dn or not decode.guid(row.get("objectguid", "").encode()):
            self._fail("the row has no distinguishedName or no objectGUID", _AGAIN)
        if self._encoding == "ascii" and any(_LOST_LETTER.search(row.get(name, "")) for name in _TEXTS):
            self._fail(
                "letters such as æ, ø and å were lost, there are question marks in names",
                "Export it with Export-Csv -Encoding UTF8.",
            )
        values = {
            name: found
            for name, value in row.items()
            if name in self._wanted and (found := self._values(name, value, days_first=days_first))
        }
        _derive(row, values)
        return Entry(dn, values)

    def _values(self, name: str, value: str, *, days_first: bool | None) -> tuple[bytes, ...]:
        if value == _COLLECTION:
            return self._collection(name)
        if name in _LISTS:
            return tuple(each.strip().encode() for each in re.split(r"[|\n]", value) if each.strip())
        if name in _DATES and not value.strip().lstrip("-").isdigit():
            found = moment(value, days_first=days_first)
            if found is None and decode.generalized(value.encode()) is None:
                self._fail(
                    f"{name} holds no date", "Export it on a machine with Danish, English or ISO dates."
                )
            return (_DATES[name](found),) if found else (value.encode(),)
        return (value.encode(),)

    def _collection(self, name: str) -> tuple[bytes, ...]:
        """Say that Export-Csv wrote the name of a type where a list was; members can not do without."""
        remedy = _JOIN.format(name=name)
        if name == "member":
            self._fail("the members of groups are not in the file, only the name of their type", remedy)
        self._notices.add(f"collection {name}")
        return ()

    def _check_end(self) -> None:
        with self._path.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(0, size - 4))
            if size and not file.read().replace(b"\x00", b"").endswith((b"\n", b"\r")):
                with self._path.open("rb") as lines:
                    self._line = sum(1 for _ in lines)
                self._fail("the file ends in the middle of a line", _AGAIN)

    def _fail(self, what: str, remedy: str) -> NoReturn:
        raise AdError(f"{self._path}, line {self._line or 1}: {what}.", remedy=remedy)


def _generalized(found: datetime) -> bytes:
    return found.strftime("%Y%m%d%H%M%S.0Z").encode()


_DATES: Final[Mapping[str, Callable[[datetime], bytes]]] = {
    **dict.fromkeys(_GENERALIZED, _generalized),
    **dict.fromkeys(_FILETIMES, decode.to_filetime),
}
_DERIVED: Final = frozenset({*_NEEDED, *_TEXTS, "enabled", "groupscope", "groupcategory"})


def _derive(row: Mapping[str, str], values: dict[str, tuple[bytes, ...]]) -> None:
    """Fill in what a plain export without -Properties tells by other columns."""
    if "useraccountcontrol" not in values and row.get("enabled"):
        values["useraccountcontrol"] = (b"512" if decode.boolean(row["enabled"].encode()) else b"514",)
    if "grouptype" not in values and (scope := _SCOPES.get(row.get("groupscope", "").casefold())):
        security = row.get("groupcategory", "").casefold() == "security"
        values["grouptype"] = (str(scope - (0x80000000 if security else 0)).encode(),)


def _delimiter(header: str) -> str:
    """Return what separates columns: a list separator of Danish or English Windows, or a tab."""
    bare = re.sub(r'"(?:[^"]|"")*"', "", header)
    return max(",;\t", key=bare.count)


def _encoding(path: Path) -> str:
    """Return how a file is written: as its first bytes tell, UTF-8 where it is all of that, else Windows'."""
    with path.open("rb") as file:
        start = file.read(4)
        if start.startswith(BOM_UTF8):
            return "utf-8-sig"
        if start.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
            return "utf-16"
        file.seek(0)
        decoder = getincrementaldecoder("utf-8")()
        plain = True
        try:
            while chunk := file.read(_CHUNK):
                plain = plain and chunk.isascii()
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "ascii" if plain else "utf-8"
