"""What a check says, and what it may know beside the person."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from motoolkit.identities._owned import Owned

if TYPE_CHECKING:
    from datetime import date

    from motoolkit.findings import Kind, Severity
    from motoolkit.identities._names import Names
    from motoolkit.identities._spans import Spans

EMAIL: Final = "EMAIL"
"""MO's scope of address types for mail."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that a check found of one person.

    Attributes:
        kind: what it is.
        sort: what it is about, by MO's word: "ituser".
        uuid: MO's UUID of that.
        label: what people call it.
        spans: when it is so.
        marks: the nodes, and "one/other" for links, that it concerns.
        attribute: which fact of it.
        others: what else it is about, by name: the engagements of an account.
        detail: what only this one has to tell.
        person: whose it is, where it is not the person's that is being checked.
        key: the key of the subject, where it is not its UUID.
        severity: another than the kind's.
        milder: what is yet to come is information.
    """

    kind: Kind
    sort: str
    uuid: str
    label: str
    spans: Spans
    marks: tuple[str, ...] = ()
    attribute: str = ""
    others: str = ""
    detail: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    person: str = ""
    key: str = ""
    severity: Severity | None = None
    milder: bool = False


@dataclass(frozen=True)
class Circumstances:
    """What checks may know beside the person that they look at.

    Attributes:
        names: what is called how.
        as_of: the day that is today.
        linking_systems: IT systems of which at least one account is for an engagement.
        linking_types: address types of which at least one address is on an account.
        mail_systems: IT systems of which at least one account has a mail address.
        marking_systems: IT systems of which at least one account is primary.
        marks_engagements: whether any engagement is primary.
        has_accounts: whether anybody has an account.
        level: at which level of the tree parts of the organisation are told apart; the top is 1.
        grace: so many days may an account go on.
    """

    names: Names
    as_of: date
    linking_systems: frozenset[str] = frozenset()
    linking_types: frozenset[str] = frozenset()
    mail_systems: frozenset[str] = frozenset()
    marking_systems: frozenset[str] = frozenset()
    marks_engagements: bool = True
    has_accounts: bool = True
    level: int = 2
    grace: int = 0
    _parts: dict[str, str] = field(default_factory=dict, repr=False)

    def part(self, unit: str) -> str:
        """Return the part of the organisation that a unit is in: the unit above it at the level."""
        if unit not in self._parts:
            above = self.names.above(unit)
            self._parts[unit] = above[max(len(above) - self.level, 0)] if above else ""
        return self._parts[unit]


Check = Callable[[Owned, Circumstances], Iterator[Hit]]
"""A check of one person at a time."""
