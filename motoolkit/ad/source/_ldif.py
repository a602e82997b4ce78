"""LDIF files (RFC 2849), entry by entry: of ldifde, ldapsearch, ldp or a directory's own export.

An export that is cut off, or holds changes instead of entries, is refused and never read as far as it goes.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING, Final, NoReturn

from motoolkit.ad.source._entries import Entry
from motoolkit.errors import AdError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_ATTRIBUTE: Final = re.compile(rb"([A-Za-z0-9][A-Za-z0-9.-]*)((?:;[A-Za-z0-9=*.-]+)*):(.*)", re.DOTALL)
_ENTRIES: Final = re.compile(rb"# numEntries: (\d+)")
_AGAIN: Final = "Export it again, to its end."

Line = tuple[int, bytes]
"""A line's number in the file, and what stands in it, unfolded."""


def read_ldif(path: Path, wanted: frozenset[str], notices: set[str]) -> Iterator[Entry]:
    """Yield the entries of a file.

    Args:
        path: the file.
        wanted: lower-case names of the attributes that are kept.
        notices: what readers must know is added to it.

    Raises:
        AdError: it can not be read, or not to its end; file and line are named.
    """
    try:
        with path.open("rb") as file:
            yield from _Ldif(path, wanted, notices).entries(file)
    except OSError as error:
        raise AdError(
            f"The file {path} can not be read: {error.strerror}.", remedy="Check its path and mode."
        ) from None


class _Ldif:
    def __init__(self, path: Path, wanted: frozenset[str], notices: set[str]) -> None:
        self._path = path
        self._wanted = wanted | {"objectclass", "isdeleted"}
        self._notices = notices
        self._told: int | None = None
        self._count = 0

    def entries(self, file: Iterable[bytes]) -> Iterator[Entry]:
        record: list[Line] = []
        number = 0
        for number, line in self._unfolded(file):
            if line:
                record.append((number, line))
            elif record:
                yield from self._entry(record)
                record = []
        if record:
            # Every tool ends each record with an empty line.
            self._fail(number, "the file ends in the middle of a record", f"{_AGAIN} {_EMPTY}")
        if self._told is not None and self._told != self._count:
            self._fail(number, f"the file tells of {self._told} entries and holds {self._count}", _AGAIN)

    def _unfolded(self, file: Iterable[bytes]) -> Iterator[Line]:
        """Yield the logical lines, "" for an empty one; comments are left out."""
        begun: list[bytes] = []
        at = number = 0
        raw = b"\n"
        for number, raw in enumerate(file, 1):
            line = raw.rstrip(b"\r\n")
            if number == 1:
                line = self._first(line)
            if line[:1] == b" " and begun:
                begun.append(line[1:])
                continue
            yield from self._logical(at, begun)
            begun, at = ([line], number) if line else ([], number)
            if not line:
                yield number, b""
        if not raw.endswith(b"\n"):
            self._fail(number, "the file ends in the middle of a line", _AGAIN)
        yield from self._logical(at, begun)

    def _first(self, line: bytes) -> bytes:
        if line.startswith((b"\xff\xfe", b"\xfe\xff")):
            self._fail(1, "the file is written in UTF-16", "Save it as UTF-8 (ldifde does without -u).")
        return line.removeprefix(b"\xef\xbb\xbf")

    def _logical(self, number: int, parts: list[bytes]) -> Iterator[Line]:
        line = b"".join(parts)
        if line.startswith(b"#"):
            if found := _ENTRIES.match(line):
                self._told = int(found[1])
        elif line:
            yield number, line

    def _entry(self, record: list[Line]) -> Iterator[Entry]:
        """Yield what a record is: an entry, or nothing where it only tells of the file or the search."""
        if record[0][1].partition(b":")[0].strip() == b"version":
            self._version(*record.pop(0))
        if not record:
            return
        name, value = self._pair(*record[0])
        if name in _ABOUT:
            self._about(record)
            return
        if name != "dn":
            self._fail(record[0][0], "a record does not begin with dn", _AGAIN)
        values: dict[str, list[bytes]] = {}
        for number, line in record[1:]:
            self._take(values, number, line)
        self._count += 1
        dn = self._text(record[0][0], value)
        yield Entry(dn, {each: tuple(found) for each, found in values.items()})

    def _take(self, values: dict[str, list[bytes]], number: int, line: bytes) -> None:
        name, value = self._pair(number, line)
        if name == "changetype":
            # ldifde writes "add" in every record that it exports.
            if value.strip().lower() != b"add":
                self._fail(number, "the file holds changes and no entries", "Export the directory's entries.")
        elif name in {"control", "dn"}:
            self._fail(number, f"a record has {name} in it", _AGAIN)
        elif name in self._wanted and value:
            values.setdefault(name, []).append(value)

    def _pair(self, number: int, line: bytes) -> tuple[str, bytes]:
        found = _ATTRIBUTE.fullmatch(line)
        if found is None:
            self._fail(number, "the line is no attribute with its value", _AGAIN)
        name = found[1].decode().lower()
        if b";range=" in found[2].lower():
            self._fail(
                number,
                f"{name} is cut off after the first values",
                "Export with a tool that reads every range.",
            )
        if found[2] and name in self._wanted and found[2].lower() != b";binary":
            name = f"{name}{found[2].decode().lower()}"
        return name, self._value(number, found[3])

    def _value(self, number: int, written: bytes) -> bytes:
        if written.startswith(b":"):
            try:
                return base64.b64decode(written[1:].strip(), validate=True)
            except binascii.Error:
                self._fail(number, "the value is no whole base64", _AGAIN)
        if written.startswith(b"<"):
            self._fail(number, "the value stands in another file", "Export it with the values in it.")
        if b"\x00" in written:
            self._fail(
                number, "there is a NUL in the line", "Export it again; LDIF writes such values in base64."
            )
        return written.lstrip(b" ")

    def _version(self, number: int, line: bytes) -> None:
        if line.partition(b":")[2].strip() != b"1":
            self._fail(number, "the file is of another version of LDIF than 1", "Export it as version 1.")

    def _about(self, record: list[Line]) -> None:
        """Read what ldapsearch writes beside entries: references to other servers, and how it went."""
        for number, line in record:
            name, value = self._pair(number, line)
            if name == "ref":
                self._notices.add("referral")
            if name == "result" and value.split()[:1] != [b"0"]:
                told = self._text(number, value)
                self._fail(
                    number,
                    f"the search did not come to its end ({told})",
                    "Read it in pages: ldapsearch -E pr=500/noprompt.",
                )

    def _text(self, number: int, value: bytes) -> str:
        try:
            return value.decode()
        except UnicodeDecodeError:
            self._fail(number, "the text is not written in UTF-8", "Export it as UTF-8.")

    def _fail(self, number: int, what: str, remedy: str) -> NoReturn:
        raise AdError(f"{self._path}, line {number}: {what}.", remedy=remedy)


_ABOUT: Final = frozenset({"search", "result", "ref"})
_EMPTY: Final = "Or end it with an empty line, if it is whole."
