"""How somebody can be reached according to MO: addresses by what they are for, secret ones apart.

Domain facts, sections 1.4 and 4.1: an e-mail may belong to one account, a telephone to one engagement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from motoolkit.ad import mo
from motoolkit.ad.kinds import ancestors
from motoolkit.ad.linking import engagement_of
from motoolkit.ad.matching import itusers_of, person_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from motoolkit.ad.mo import Address
    from motoolkit.ad.world import World

_ANOTHERS: Final = 3
_SECRET: Final = frozenset({"secret", "hemmelig"})


class Purpose(NamedTuple):
    """Which types of addresses are for what; a type is known by its scope and the words of its name.

    Attributes:
        scopes: scopes that MO checks values by.
        words: one of them is part of the type's user_key or name; none for all.
        but: none of these is.
    """

    scopes: frozenset[str]
    words: tuple[str, ...] = ()
    but: tuple[str, ...] = ()

    def named(self, name: str) -> bool:
        """Tell whether a type with this name, in lower case, is meant."""
        wanted = not self.words or any(word in name for word in self.words)
        return wanted and not any(word in name for word in self.but)


_PRIVATE: Final = ("privat", "private")
PURPOSES: Final = {
    "mail": Purpose(frozenset({"EMAIL"}), (), _PRIVATE),
    "phone": Purpose(frozenset({"PHONE"}), (), (*_PRIVATE, "mobil", "fax")),
    "mobile": Purpose(frozenset({"PHONE"}), ("mobil",), _PRIVATE),
    "office": Purpose(frozenset({"TEXT"}), ("location", "lokal", "kontor", "office", "room")),
    "street": Purpose(frozenset({"TEXT", "DAR"}), ("post", "adresse"), _PRIVATE),
}
"""What addresses are for, by the name that settings use."""


class Reach(NamedTuple):
    """Addresses of one purpose.

    Attributes:
        values: what may be shown, the best first.
        secret: what may not.
        unreadable: some is known to MO by a reference only (DAR), which an audit can not compare.
    """

    values: tuple[str, ...] = ()
    secret: tuple[str, ...] = ()
    unreadable: bool = False


class Held(NamedTuple):
    """An address of today.

    Attributes:
        sorts: the scope of its type, the type's user_key, and what it is for.
        level: 0 for the account's own, 1 for the engagement's, 2 for the person's, 3 for another one's.
    """

    value: str
    sorts: frozenset[str]
    level: int
    secret: bool


def reach_of(world: World, key: tuple[str, str], purpose: str) -> Reach:
    """Return the addresses of who has an account: its own, else the engagement's, else the person's.

    What belongs to another account or engagement is never this one's.

    Args:
        world: both sides.
        key: the account's.
        purpose: one of ``PURPOSES``, or the user_key of a type.
    """
    return _reach(world.ask(addresses_of, key), purpose)


def addresses_of(world: World, key: tuple[str, str]) -> tuple[Held, ...]:
    """Return all addresses of today that the person of an account has, or the account, or the engagement."""
    itusers = {row.uuid for row in world.ask(itusers_of, key)}
    placed = world.ask(engagement_of, key)
    engagement = placed.uuid if placed else ""
    rows = list(world.addresses.by("person", world.ask(person_of, key)))
    for uuid in sorted(itusers):
        rows += world.addresses.by("ituser", uuid)
    if engagement:
        rows += world.addresses.by("engagement", engagement)
    return tuple(
        _held(world, row, _level(row, itusers, engagement))
        for row in mo.current(dict.fromkeys(rows), world.as_of)
    )


def _level(row: Address, itusers: set[str], engagement: str) -> int:
    if row.ituser:
        return 0 if row.ituser in itusers else _ANOTHERS
    if row.engagement:
        return 1 if row.engagement == engagement else _ANOTHERS
    return 2


def _held(world: World, row: Address, level: int) -> Held:
    return Held(row.value, world.ask(sorts_of, row.address_type), level, world.ask(is_secret, row.visibility))


def person_reach(world: World, person: str, purpose: str) -> Reach:
    """Return the addresses of somebody, whichever account or engagement they are for."""
    rows = mo.current(world.addresses.by("person", person), world.as_of)
    return _reach([_held(world, row, 0) for row in rows], purpose)


def unit_reach(world: World, unit: str, purpose: str) -> Reach:
    """Return the addresses of a unit, else those of the nearest above it that has any."""
    for uuid in world.ask(ancestors, unit):
        rows = mo.current(world.addresses.by("org_unit", uuid), world.as_of)
        found = _reach([_held(world, row, 0) for row in rows], purpose)
        if found != Reach():
            return found
    return Reach()


def is_secret(world: World, visibility: str) -> bool:
    """Tell whether a class of the facet visibility means that nobody may see an address."""
    row = mo.at(world.classes.of(visibility), world.as_of) if visibility else None
    return row is not None and not _SECRET.isdisjoint((row.scope.casefold(), row.user_key.casefold()))


def sorts_of(world: World, address_type: str) -> frozenset[str]:
    """Return what a type of addresses can be asked for by: its scope, its user_key, its purposes."""
    row = mo.at(world.classes.of(address_type), world.as_of)
    if row is None:
        return frozenset()
    named = f"{row.user_key} {row.name}".casefold()
    purposes = (
        name for name, wanted in PURPOSES.items() if row.scope in wanted.scopes and wanted.named(named)
    )
    return frozenset((row.scope, row.user_key, *purposes))


def _reach(held: Iterable[Held], purpose: str) -> Reach:
    """Return what the first level has that has anything to show; what is secret counts on every one."""
    # A secret number is secret whatever its type is called.
    kept = PURPOSES[purpose].scopes if purpose in PURPOSES else frozenset({purpose})
    secret = [each for each in held if each.secret and not kept.isdisjoint(each.sorts)]
    fit = [each for each in held if not each.secret and purpose in each.sorts and each.level != _ANOTHERS]
    nearest = min((each.level for each in fit), default=0)
    shown = [each for each in fit if each.level == nearest]
    return Reach(
        tuple(dict.fromkeys(each.value for each in shown if "DAR" not in each.sorts)),
        tuple(dict.fromkeys(each.value for each in secret)),
        unreadable=any("DAR" in each.sorts for each in shown),
    )
