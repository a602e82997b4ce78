"""One person's, or one unit's, digital identities as nodes and links, each with the period that it holds.

The shape is the newsletter's figure (section 7): engagements, accounts and addresses as columns, and links
between them; an account may serve several engagements and have several addresses, and a unit has accounts
and addresses as well (the figure's dashed arrows).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    from motoolkit.model import Validity

Sort = Literal["engagement", "ituser", "address", "rolebinding", "manager"]
"""What a node is, by MO's own word."""


@dataclass(frozen=True, slots=True)
class Node:
    """One object of MO in one period; an object whose facts change has several, one after the other.

    Attributes:
        uuid: MO's.
        sort: what it is.
        label: what people call it: "Lærer, Ravnsnæs Skole", a username, an address.
        detail: what tells more: the number, the system, the address type.
        validity: when it is so.
    """

    uuid: str
    sort: Sort
    label: str
    detail: str
    validity: Validity


@dataclass(frozen=True, slots=True)
class Link:
    """That two objects belong together in a period.

    Attributes:
        one: UUID of the object that has the other: of the owner, an engagement or an account.
        other: UUID of what belongs to it.
        validity: when both are there and linked.
    """

    one: str
    other: str
    validity: Validity


@dataclass(frozen=True)
class Identity:
    """All digital identities of one owner, through time.

    Attributes:
        sort: "person" or "org_unit".
        uuid: the owner's.
        name: what people call the owner.
        as_of: the day that is today.
        nodes: in the order that they are drawn in: by sort, primary engagement first, then by first day.
        links: between them, and from the owner to what is the owner's alone.
        dangling: UUIDs that MO links to and has not.
    """

    sort: Literal["person", "org_unit"]
    uuid: str
    name: str
    as_of: date
    nodes: tuple[Node, ...] = ()
    links: tuple[Link, ...] = ()
    dangling: tuple[str, ...] = field(default=())

    def on(self, day: date) -> Identity:
        """Return what holds on a day."""
        return replace(
            self,
            as_of=day,
            nodes=tuple(node for node in self.nodes if node.validity.contains(day)),
            links=tuple(link for link in self.links if link.validity.contains(day)),
        )

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which something of it begins or ends, in order."""
        held = [node.validity for node in self.nodes] + [link.validity for link in self.links]
        return tuple(sorted({day for one in held for day in (one.start, one.end) if day is not None}))
