"""From the mirror to one person's, one unit's or everybody's identities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motoolkit.errors import InputError
from motoolkit.identities._names import Names
from motoolkit.identities._nodes import identity_of
from motoolkit.identities._owned import COLLECTIONS, read_owned
from motoolkit.identities._whom import persons_in, persons_of, unit_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from motoolkit.identities.graph import Identity
    from motoolkit.mirror import Mirror


def identity(mirror: Mirror, uuid: str, as_of: date) -> Identity:
    """Return all digital identities of a person or of a unit, through time.

    Args:
        mirror: holds ``COLLECTIONS``.
        uuid: MO's, of the person or the unit.
        as_of: the day that is today, and whose names things have.

    Raises:
        InputError: MO has neither a person nor a unit with that UUID.
        MirrorError: the mirror lacks a collection.
    """
    mirror.check(COLLECTIONS)
    names, wanted = Names.read(mirror, as_of), uuid.strip().lower()
    sort = "org_unit" if wanted in names.units else "person"
    for owned in read_owned(mirror, as_of, [wanted], sort="org_unit" if sort == "org_unit" else "person"):
        return identity_of(owned, names, as_of)
    raise InputError(
        f"MO has no person and no unit {uuid!r}.", remedy="Give the UUID of one, as MO's address shows it."
    )


def identities(
    mirror: Mirror, as_of: date, *, persons: Iterable[str] | None = None, unit: str = ""
) -> Iterator[Identity]:
    """Yield the identities of several persons, in order of UUID.

    Args:
        mirror: holds ``COLLECTIONS``.
        as_of: the day that is today.
        persons: MO's UUIDs, usernames, employee numbers, CPR numbers or names; none for everybody.
        unit: only who works, worked or will work in this unit or below it: UUID, user_key or name.

    Raises:
        InputError: a person or the unit is unknown, or several are called so.
        MirrorError: the mirror lacks a collection.
    """
    mirror.check(COLLECTIONS)
    names = Names.read(mirror, as_of)
    for owned in read_owned(mirror, as_of, owners_of(mirror, as_of, persons=persons, unit=unit)):
        yield identity_of(owned, names, as_of)


def owners_of(
    mirror: Mirror, as_of: date, *, persons: Iterable[str] | None, unit: str
) -> frozenset[str] | None:
    """Return the UUIDs of who is meant; None for everybody."""
    chosen = persons_of(mirror, persons or ()) or None
    if not unit:
        return chosen
    there = persons_in(mirror, unit_of(mirror, unit, as_of), as_of)
    return there if chosen is None else there & chosen
