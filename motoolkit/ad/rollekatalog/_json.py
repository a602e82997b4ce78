"""The answers of OS2rollekatalog's API as files, by their own field names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from motoolkit.ad.rollekatalog._export import Assignment
from motoolkit.errors import InputError
from motoolkit.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_CALLS = "/api/read/itsystem/{system}?indirectRoles=true, /api/ad/v2/sync?fullsync=true"


def read_json(path: Path, itsystem: str) -> Iterator[Assignment]:
    """Yield the assignments of an answer; which call gave it is told by its fields."""
    try:
        answer = orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError as error:
        raise InputError(
            tr("{name}, line {line}: it is no JSON.", name=path.name, line=error.lineno),
            remedy=tr("Save the whole answer of the call, as it came."),
        ) from None
    file = _File(path, itsystem)
    if isinstance(answer, dict) and "roleId" not in answer and isinstance(answer.get("assignments"), list):
        for number, group in enumerate(answer["assignments"], 1):
            yield from file.of_group(group, f"assignments {number}")
        return
    for number, entry in enumerate(answer if isinstance(answer, list) else [answer], 1):
        yield from file.of_entry(entry, str(number))


class _File:
    """One file while it is read: what errors and assignments say of it."""

    def __init__(self, path: Path, itsystem: str) -> None:
        self._name = path.name
        self._itsystem = itsystem

    def of_entry(self, entry: Any, place: str) -> Iterator[Assignment]:
        """Yield what a role with its users gives, or a user with the roles."""
        inner = entry.get("assignments") if isinstance(entry, dict) else None
        if not isinstance(inner, list) or not all(isinstance(each, dict) for each in inner):
            raise self._unknown(place)
        if "userId" in entry:
            pairs = [(entry, role) for role in inner]
        elif "roleName" in entry or "roleIdentifier" in entry:
            pairs = [(user, entry) for user in inner]
        else:
            raise self._unknown(place)
        for number, (user, role) in enumerate(pairs, 1):
            yield self._assignment(user, role, f"{place}.{number}")

    def of_group(self, group: Any, place: str) -> Iterator[Assignment]:
        """Yield who is to be in a group of AD; its name is all that is told of the role."""
        if not isinstance(group, dict) or not isinstance(group.get("groupName"), str):
            raise self._unknown(place)
        # Jackson writes the field sAMAccountNames so; what documents it does not.
        users = group.get("samaccountNames", group.get("sAMAccountNames"))
        if not isinstance(users, list):
            raise self._unknown(place)
        for user in users:
            yield self._assignment(
                {"userId": user}, {"roleName": group["groupName"], "groups": (group["groupName"],)}, place
            )

    def _assignment(self, user: dict[str, Any], role: dict[str, Any], place: str) -> Assignment:
        if not _text(user, "userId") or not (_text(role, "roleName") or _text(role, "roleIdentifier")):
            raise InputError(
                tr("{name}, entry {place}: the user or the role is missing.", name=self._name, place=place),
                remedy=tr("Save the whole answer of the call, as it came."),
            )
        systems = role.get("systemRoles") or ()
        through = user.get("assignedThrough") or ()
        return Assignment(
            user=_text(user, "userId"),
            uuid=_text(user, "extUuid").lower(),
            name=_text(user, "name"),
            role=_text(role, "roleName") or _text(role, "roleIdentifier"),
            identifier=_text(role, "roleIdentifier"),
            groups=role.get("groups") or tuple(_text(each, "roleIdentifier") for each in systems),
            itsystem=self._itsystem,
            through=", ".join(map(str, through)),
            line=place,
        )

    def _unknown(self, place: str) -> InputError:
        return InputError(
            tr("{name}, entry {place}: no answer of OS2rollekatalog looks so.", name=self._name, place=place),
            remedy=tr("Save the answer of one of its calls: {calls}.", calls=_CALLS),
        )


def _text(entry: Any, name: str) -> str:
    value = entry.get(name) if isinstance(entry, dict) else None
    return value.strip() if isinstance(value, str) else ""
