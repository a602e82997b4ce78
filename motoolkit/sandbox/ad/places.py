"""Which directories there are, and where in them things lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from motoolkit.sandbox.municipality import uid

COMPANY: Final = "Nordby Kommune"


@dataclass(frozen=True, slots=True)
class Place:
    """One directory.

    Attributes:
        name: what people call it.
        itsystem: the IT system in MO whose accounts are its.
        scope: units, by name, below which everybody with a salary has an account in it.
        domain: what its SIDs begin with.
        discriminates: whether the integration has a rule for which of several accounts counts.
    """

    name: str
    itsystem: str
    scope: tuple[str, ...]
    domain: tuple[int, int, int]
    discriminates: bool

    @property
    def base(self) -> str:
        """The DN of its root."""
        return f"DC={self.name},DC=nordby,DC=example"

    @property
    def suffix(self) -> str:
        """What user principal names end in where somebody has no mail."""
        return f"{self.name}.nordby.example"

    def dn(self, *names: str) -> str:
        """Return the DN of an OU below the root, the names from the root down."""
        return ",".join([*(f"OU={name}" for name in reversed(names)), self.base])

    def key(self, key: str) -> str:
        """Return the GUID of what the directory has for itself under a name."""
        return uid("ad", f"{self.name}/{key}")


ADMIN: Final = Place(
    "admin", "AD", (COMPANY,), (1_901_200_101, 1_000_000_011, 1_000_000_111), discriminates=True
)
SCHOOL: Final = Place(
    "skole",
    "SKOLE-AD",
    ("Center for Skole", "PPR – Pædagogisk Psykologisk Rådgivning"),
    (1_901_200_202, 1_000_000_022, 1_000_000_222),
    discriminates=False,
)
PLACES: Final = (ADMIN, SCHOOL)

UNITS: Final = "Organisation"
PARKING: Final = "Parkering"
ELSEWHERE: Final = "Brugere uden enhed"
OUTSIDE: Final = "Eksterne"
COUNCIL: Final = "Byråd"
CONSULTANTS: Final = "Konsulenter"
ADMINS: Final = "Administratorer"
SERVICES: Final = "Servicekonti"
MAILBOXES: Final = "Fællespostkasser"
GROUPS: Final = "Grupper"
ROLES: Final = "Roller"
OTHER_GROUPS: Final = "Øvrige"
LISTS: Final = "Distributionslister"
FORGOTTEN: Final = "Gamle brugere"
"""An OU that the integration does not look in."""

OUS: Final = (
    (UNITS,),
    (PARKING,),
    (ELSEWHERE,),
    (OUTSIDE,),
    (OUTSIDE, COUNCIL),
    (OUTSIDE, CONSULTANTS),
    (ADMINS,),
    (SERVICES,),
    (MAILBOXES,),
    (GROUPS,),
    (GROUPS, ROLES),
    (GROUPS, OTHER_GROUPS),
    (GROUPS, LISTS),
    (FORGOTTEN,),
)
"""The OUs that every directory has, from the root down."""

LEAD_DAYS: Final = 14
"""An account is there and open so many days before the first day of work."""
KEPT_DAYS: Final = 100
"""The account of somebody who left is parked so long, then deleted."""
BURIED_DAYS: Final = 180
"""What is left of a deleted object can be seen so long."""
SALARIED: Final = "maanedsloen"
OUTSIDER: Final = "ekstern"
