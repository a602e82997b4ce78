"""What reports need to know about an organisation on one date."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from motoolkit.model import Cpr, OrgTree

if TYPE_CHECKING:
    from datetime import date

PRIMARY_KEYS: Final = ("explicitly-primary", "primary")
"""The user_keys of MO's classes for a primary engagement or account."""


class Unit(NamedTuple):
    """An organisation unit on the date."""

    uuid: str
    name: str
    user_key: str
    parent: str | None
    unit_type: str | None
    hierarchy: str | None


class Class(NamedTuple):
    """A class; ``valid`` tells whether it is so on the date, else the values are its last known ones."""

    uuid: str
    user_key: str
    name: str
    scope: str | None
    facet: str | None
    valid: bool


class Person(NamedTuple):
    """A person's names; the CPR number is kept apart, and only where a report shows it."""

    uuid: str
    name: str
    nickname: str


class Engagement(NamedTuple):
    """An engagement on the date; ``extensions`` are extension_1 to extension_10."""

    uuid: str
    user_key: str
    person: str
    unit: str
    job_function: str | None
    engagement_type: str | None
    primary: str | None
    fraction: int | None
    since: date | None
    extensions: tuple[str | None, ...]


class Role(NamedTuple):
    """A manager role on the date; without a person it is vacant."""

    uuid: str
    unit: str
    person: str | None
    engagement: str | None
    manager_type: str | None
    level: str | None
    responsibilities: tuple[str, ...]
    since: date | None


class Email(NamedTuple):
    """An e-mail address on the date and what it is bound to."""

    uuid: str
    value: str
    address_type: str
    visibility: str | None
    person: str | None
    engagement: str | None
    ituser: str | None
    since: date | None


class Account(NamedTuple):
    """An IT account on the date, as far as e-mail goes."""

    uuid: str
    engagements: tuple[str, ...]
    primary: str | None


class Leave(NamedTuple):
    """A leave on the date; ``until`` is the first day after it."""

    engagement: str
    leave_type: str | None
    until: date | None


@dataclass(frozen=True)
class Facts:
    """The organisation on one date, by UUID.

    ``former_units`` are those of other dates. ``cprs`` holds None for a number that can not be read and
    nothing for a person without one.
    """

    as_of: date
    units: dict[str, Unit]
    former_units: dict[str, Unit]
    classes: dict[str, Class]
    persons: dict[str, Person]
    engagements: dict[str, Engagement]
    roles: tuple[Role, ...]
    emails: tuple[Email, ...]
    accounts: dict[str, Account]
    leaves: tuple[Leave, ...] = ()
    cprs: dict[str, Cpr | None] = field(default_factory=dict, repr=False)

    @cached_property
    def tree(self) -> OrgTree:
        """The units below their parents."""
        organisation = _organisation(self.units, self.former_units)
        triples = ((unit.uuid, unit.name, unit.parent) for unit in self.units.values())
        return OrgTree.from_units(triples, organisation=organisation)

    def is_primary(self, class_uuid: str | None) -> bool:
        """Tell whether a class says "primary", the chosen or the calculated one."""
        found = self.classes.get(class_uuid or "")
        return found is not None and found.user_key in PRIMARY_KEYS


def _organisation(units: dict[str, Unit], former: dict[str, Unit]) -> str | None:
    """Return the root organisation's UUID, which MO up to v27 gives as the parent of every top unit.

    The mirror does not tell it; it is the parent that was never a unit, where no unit is without a parent.
    """
    if any(unit.parent is None for unit in units.values()):
        return None
    parents = Counter(unit.parent for unit in units.values())
    strangers = [parent for parent, _ in parents.most_common() if parent not in units | former]
    return next(iter(strangers), None)
