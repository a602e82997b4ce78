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
    from collections.abc import Callable, Iterable

    from motoolkit.ad.mo import Address
    from motoolkit.ad.world import World

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


def reach_of(world: World, key: tuple[str, str], purpose: str) -> Reach:
    """Return the addresses of who has an account: its own, else the engagement's, else the person's.

    What belongs to another account or engagement is never this one's.

    Args:
        world: both sides.
        key: the account's.
        purpose: one of ``PURPOSES``, or the user_key of a type.
    """
    person = world.ask(person_of, key)
    itusers = {row.uuid for row in world.ask(itusers_of, key)}
    row = world.ask(engagement_of, key)
    engagement = row.uuid if row else ""
    rows = _today(world, [*world.addresses.by("person", person), *_of_itusers(world, itusers)])
    if engagement:
        rows += _today(world, world.addresses.by("engagement", engagement))
    levels: tuple[Callable[[Address], bool], ...] = (
        lambda each: each.ituser in itusers,
        lambda each: not each.ituser and bool(engagement) and each.engagement == engagement,
        lambda each: not each.ituser and not each.engagement,
    )
    return _reach(world, rows, levels, purpose)


def unit_reach(world: World, unit: str, purpose: str) -> Reach:
    """Return the addresses of a unit, else those of the nearest above it that has any."""
    for uuid in world.ask(ancestors, unit):
        rows = _today(world, world.addresses.by("org_unit", uuid))
        found = _reach(world, rows, (lambda _: True,), purpose)
        if found != Reach():
            return found
    return Reach()


def is_secret(world: World, visibility: str) -> bool:
    """Tell whether a class of the facet visibility means that nobody may see an address."""
    row = mo.at(world.classes.of(visibility), world.as_of) if visibility else None
    return row is not None and not _SECRET.isdisjoint((row.scope.casefold(), row.user_key.casefold()))


def serves(world: World, address_type: str, purpose: str) -> bool:
    """Tell whether a type of addresses is for a purpose."""
    row = mo.at(world.classes.of(address_type), world.as_of)
    if row is None:
        return False
    wanted = PURPOSES.get(purpose)
    if wanted is None:
        return bool(row.user_key == purpose)
    named = f"{row.user_key} {row.name}".casefold()
    return (
        row.scope in wanted.scopes
        and (not wanted.words or any(word in named for word in wanted.words))
        and not any(word in named for word in wanted.but)
    )


def _of_itusers(world: World, itusers: Iterable[str]) -> list[Address]:
    return [row for uuid in sorted(itusers) for row in world.addresses.by("ituser", uuid)]


def _today(world: World, rows: Iterable[Address]) -> list[Address]:
    return list(dict.fromkeys(mo.current(rows, world.as_of)))


def _reach(
    world: World, rows: list[Address], levels: Iterable[Callable[[Address], bool]], purpose: str
) -> Reach:
    """Return what the first level has that has anything to show; what is secret counts on every one."""
    scopes = PURPOSES[purpose].scopes if purpose in PURPOSES else None
    secret = [
        row for row in rows if world.ask(is_secret, row.visibility) and _scoped(world, row, scopes, purpose)
    ]
    fit = [row for row in rows if row not in secret and world.ask(serves, row.address_type, purpose)]
    shown = next((found for level in levels if (found := [row for row in fit if level(row)])), [])
    dar = [row for row in shown if _scope(world, row) == "DAR"]
    return Reach(
        tuple(dict.fromkeys(row.value for row in shown if row not in dar)),
        tuple(dict.fromkeys(row.value for row in secret)),
        unreadable=bool(dar),
    )


def _scoped(world: World, row: Address, scopes: frozenset[str] | None, purpose: str) -> bool:
    """A secret number is secret whatever its type is called."""
    return world.ask(serves, row.address_type, purpose) if scopes is None else _scope(world, row) in scopes


def _scope(world: World, row: Address) -> str:
    found = mo.at(world.classes.of(row.address_type), world.as_of)
    return found.scope if found else ""
