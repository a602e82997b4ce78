"""What changed in a directory: by DirSync where that is granted, else by numbers (domain/ad.md, 2.3).

Either way only tells which objects changed; they are then read again, whole.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from ldap3.protocol.controls import build_control
from ldap3.protocol.microsoft import DirSyncControlRequestValue

from motoolkit.ad import decode
from motoolkit.errors import AdAnewError, AdError

if TYPE_CHECKING:
    from motoolkit.ad.source._entries import Entry
    from motoolkit.ad.source._search import Reader

_DIRSYNC: Final = "1.2.840.113556.1.4.841"
_OBJECT_SECURITY: Final = 0x1
_INCREMENTAL: Final = -0x80000000
"""The flag 0x80000000, as the four signed bytes that AD wants; the library would send five."""
_LARGEST: Final = 10_000_000
_NOTHING: Final = "(!(objectClass=*))"
_PLACES: Final = frozenset({"organizationalunit", "container", "domaindns", "builtindomain"})
_LOST: Final = frozenset({1, 2, 12, 50, 53, 80, 87})
"""Answers to a cookie that the directory does not know any more, or whose right was taken away."""


@dataclass(slots=True)
class Changed:
    """Which objects changed.

    Attributes:
        guids: those that are there, as far as is known.
        gone: those that were deleted.
        moved: GUIDs of units and containers whose own name or place changed: all below have another DN.
        cookie: where to go on.
        deletions: whether everything that was deleted is among ``gone``.
    """

    cookie: str
    deletions: bool
    guids: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    moved: set[str] = field(default_factory=set)


def begin(reader: Reader, *, tombstones: bool, way: str = "") -> str:
    """Return the cookie of now, "" where the directory tells no changes.

    Args:
        reader: a connection.
        tombstones: whether deleted objects can be seen by searching for them.
        way: ``dirsync`` or ``usn``; the first that is granted by default.
    """
    if way != "usn" and reader.context and _DIRSYNC in reader.root.texts("supportedcontrol"):
        for secure in (False, True):
            try:
                _, cookie = _dirsync(reader, b"", _NOTHING, ["objectGUID"], secure=secure)
            except AdError as error:
                if error.code is None:
                    raise
            else:
                return _dirsync_written(reader, cookie, secure=secure)
    usn = decode.integer(reader.root.raw("highestcommittedusn"))
    invocation = invocation_of(reader)
    if usn is None or not invocation:
        return ""
    return _written(way="usn", invocation=invocation, usn=usn, deletions=tombstones)


def since(reader: Reader, cookie: str) -> Changed:
    """Return what changed since a cookie.

    Raises:
        AdAnewError: the directory can not tell from there on.
    """
    try:
        state = json.loads(cookie)
        return _WAYS[state["way"]](reader, state)
    except (ValueError, LookupError, TypeError):
        raise anew(reader, "the cookie is none of this directory's") from None
    except AdError as error:
        if error.code in _LOST:
            raise anew(reader, "it does not know the cookie any more") from error
        raise


def anew(reader: Reader, why: str) -> AdAnewError:
    """Return the error for a cookie that leads no further."""
    return AdAnewError(
        f"The directory {reader.settings.name} can not tell what changed: {why}.", remedy="Read it anew."
    )


def invocation_of(reader: Reader) -> str:
    """Return the database that numbers of changes count in, "" where there is none."""
    service = reader.root.text("dsservicename")
    return decode.guid(reader.at(service, "invocationId").raw("invocationid")) if service else ""


def _written(**state: Any) -> str:
    return json.dumps(state, sort_keys=True)


def _by_dirsync(reader: Reader, state: dict[str, Any]) -> Changed:
    secure = bool(state["secure"])
    cookie = base64.b64decode(state["cookie"])
    if state["domain"] != reader.guid_of(reader.context):
        raise anew(reader, "the cookie is another domain's")
    wanted = [*reader.attributes(constructed=False), "name", "parentGUID", "isDeleted"]
    entries, cookie = _dirsync(reader, cookie, reader.classes("container"), wanted, secure=secure)
    found = Changed(_dirsync_written(reader, cookie, secure=secure), deletions=not secure)
    for entry in entries:
        _note(found, entry, moved="name" in entry.values or "parentguid" in entry.values)
    return found


def _dirsync_written(reader: Reader, cookie: bytes, *, secure: bool) -> str:
    """Return a cookie with its domain: servers take another domain's, and then begin at the beginning."""
    written = base64.b64encode(cookie).decode()
    return _written(way="dirsync", secure=secure, cookie=written, domain=reader.guid_of(reader.context))


def _dirsync(
    reader: Reader, cookie: bytes, wanted: str, attributes: list[str], *, secure: bool
) -> tuple[list[Entry], bytes]:
    entries: list[Entry] = []
    more = True
    while more:
        value = DirSyncControlRequestValue()
        value["Flags"] = _INCREMENTAL | (_OBJECT_SECURITY if secure else 0)
        value["MaxBytes"] = _LARGEST
        value["Cookie"] = cookie
        some, controls = reader.ask(
            reader.context,
            wanted,
            attributes,
            deleted=True,
            controls=[build_control(_DIRSYNC, True, value)],  # noqa: FBT003 - critical
        )
        entries += some
        if _DIRSYNC not in controls:
            raise AdError(
                f"The directory {reader.settings.name} told changes without where to go on.",
                remedy="Read it anew.",
                code=53,
            )
        more, cookie = controls[_DIRSYNC]["more_results"], controls[_DIRSYNC]["cookie"]
    return entries, cookie


def _by_usn(reader: Reader, state: dict[str, Any]) -> Changed:
    if invocation_of(reader) != state["invocation"]:
        raise anew(reader, "another server answers, or its database was restored")
    highest = decode.integer(reader.root.raw("highestcommittedusn"))
    if highest is None or highest < state["usn"]:
        raise anew(reader, "its numbers of changes went backwards")
    found = Changed(_written(**state | {"usn": highest}), deletions=bool(state["deletions"]))
    wanted = f"(&(uSNChanged>={state['usn'] + 1}){reader.classes('container')})"
    asked = ("objectGUID", "objectClass", "isDeleted")
    for entry in reader.pages(reader.context, wanted, asked, deleted=True):
        # Nothing tells what about a unit changed; its name or place may have.
        _note(found, entry, moved=True)
    return found


def _note(found: Changed, entry: Entry, *, moved: bool) -> None:
    if decode.boolean(entry.raw("isdeleted")):
        found.gone.add(entry.guid)
        return
    found.guids.add(entry.guid)
    if moved and (entry.classes & _PLACES or not entry.classes):
        found.moved.add(entry.guid)


_WAYS: Final = {"dirsync": _by_dirsync, "usn": _by_usn}
