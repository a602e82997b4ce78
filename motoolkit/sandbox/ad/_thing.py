"""A directory while it is made: things that lie in one another and point at one another by GUID.

Names and places change without anything else having to follow: DNs are told at the end.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

LINKS: Final = ("manager", "member", "managedBy", "publicDelegates")
"""Attributes that point at other objects; a draft holds GUIDs in them."""

USER: Final = ("top", "person", "organizationalPerson", "user")
COMPUTER: Final = (*USER, "computer")
GROUP: Final = ("top", "group")
OU: Final = ("top", "organizationalUnit")
CONTAINER: Final = ("top", "container")

NEVER: Final = 0x7FFFFFFFFFFFFFFF
"""What accountExpires holds for never."""


@dataclass(slots=True)
class Thing:
    """One object of a directory.

    Attributes:
        guid: its objectGUID.
        classes: its object classes, the most special one last.
        name: the value of its RDN.
        parent: the GUID of what it lies in, "" for the directory's root.
        values: attributes by their names, as texts; empty ones are not there.
        links: GUIDs by the name of an attribute of ``LINKS``.
        created: when it was made.
        changed: when it was last changed.
        rid: the last part of its SID, 0 for none.
        deleted: when it was deleted; None for a living one.
    """

    guid: str
    classes: tuple[str, ...]
    name: str
    parent: str
    created: datetime
    changed: datetime
    values: dict[str, list[str]] = field(default_factory=dict)
    links: dict[str, list[str]] = field(default_factory=dict)
    rid: int = 0
    deleted: datetime | None = None

    @property
    def kind(self) -> str:
        """The most special object class."""
        return self.classes[-1]

    @property
    def uac(self) -> int:
        """The userAccountControl, 0 where there is none."""
        return int(self.value("userAccountControl") or 0)

    def value(self, name: str) -> str:
        """Return an attribute's first value, "" for none."""
        return next(iter(self.values.get(name, ())), "")

    def put(self, **values: Any) -> None:
        """Give attributes other values: a text or a number, several in a list, None or "" for none."""
        for name, value in values.items():
            several = value if isinstance(value, (list, tuple)) else [value]
            texts = [str(each) for each in several if each not in {None, ""}]
            self.values.pop(name, None)
            if texts:
                self.values[name] = texts

    def link(self, name: str, *guids: str) -> None:
        """Let a link point at these and at nothing else."""
        self.links.pop(name, None)
        if guids:
            self.links[name] = list(guids)


class Draft:
    """All things of one directory, in the order in which they were made."""

    def __init__(self) -> None:
        self.things: dict[str, Thing] = {}

    def __iter__(self) -> Iterator[Thing]:
        return iter(self.things.values())

    def __getitem__(self, guid: str) -> Thing:
        return self.things[guid]

    def __contains__(self, guid: object) -> bool:
        return guid in self.things

    def add(self, thing: Thing) -> Thing:
        """Add a thing and return it."""
        self.things[thing.guid] = thing
        return thing

    def remove(self, guid: str) -> None:
        """Take a thing away, with all that points at it; nothing tells that it ever was."""
        del self.things[guid]
        self.forget(guid)

    def forget(self, guid: str) -> None:
        """Take away all links at a thing, as a directory does when it is deleted."""
        for thing in self:
            for name, guids in list(thing.links.items()):
                if guid in guids:
                    thing.link(name, *(each for each in guids if each != guid))

    def bury(self, guid: str, moment: datetime) -> None:
        """Delete a thing, of which the directory keeps what is left for a while."""
        thing = self[guid]
        thing.deleted = thing.changed = moment
        self.forget(guid)

    def groups_of(self, guid: str) -> list[Thing]:
        """Return the groups that a thing is a direct member of."""
        return [thing for thing in self if guid in thing.links.get("member", ())]
