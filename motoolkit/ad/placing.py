"""Which OU of a directory is a unit's, which unit's an OU is, and where something has its place.

A unit's OU is the one whose GUID MO has, in an IT user of the unit or in its user_key (domain facts,
section 4.1); else the one of its name below the OU of the unit above, from ``ou_root`` on.  Every function is
a question to the world: ``world.ask(ou_of, "admin", unit)``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from motoolkit.ad import mo
from motoolkit.ad.dn import parent, parts, rdn_value, same, within
from motoolkit.ad.kinds import ancestors
from motoolkit.ad.names import folded
from motoolkit.ad.records import guid_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.ad.mo import ItUser
    from motoolkit.ad.records import Ou
    from motoolkit.ad.world import World

OuKey = tuple[str, str]
"""Of an OU: the directory's name and the GUID."""
_TOP: Final = "top"


def is_active(world: World, unit: str) -> bool:
    """Tell whether a unit is there on the day."""
    return bool(mo.current(world.org_units.of(unit), world.as_of))


def lineage(world: World, ad: str, unit: str) -> tuple[str, ...]:
    """Return a unit and all above it that a directory has, the lowest first; none out of its scope."""
    chain = world.ask(ancestors, unit)
    wanted = {each.casefold() for each in world.settings[ad].scope_units}
    if not wanted:
        return chain
    tops = [place for place, uuid in enumerate(chain) if _named(world, uuid) & wanted]
    return chain[: tops[-1] + 1] if tops else ()


def _named(world: World, unit: str) -> set[str]:
    row = mo.at(world.org_units.of(unit), world.as_of)
    return {unit, row.user_key.casefold()} if row else {unit}


def linked_ous(world: World, ad: str, unit: str) -> tuple[OuKey, ...]:
    """Return the OUs of a directory whose GUID a unit has, in order of where MO has it."""
    row = mo.at(world.org_units.of(unit), world.as_of)
    if row is None:
        return ()
    accounts = world.itusers.by("org_unit", unit)
    if world.ask(is_active, unit):
        # A link that has ended is none, unless the unit has ended with it.
        accounts = tuple(mo.current(accounts, world.as_of))
    guids = [guid for account in accounts for guid in _guids(account)]
    keys = [(ad, guid) for guid in dict.fromkeys([*guids, guid_of(row.user_key)]) if guid]
    return tuple(key for key in keys if world.ous.one(key) is not None)


def _guids(account: ItUser) -> tuple[str, str]:
    return guid_of(account.external_id), guid_of(account.user_key)


def linked_units(world: World, key: OuKey) -> tuple[str, ...]:
    """Return the units of today that have an OU's GUID."""
    return tuple(
        unit
        for unit in sorted(set(_by_guid(world, key)))
        if key in world.ask(linked_ous, key[0], unit) and world.ask(is_active, unit)
    )


def _by_guid(world: World, key: OuKey) -> Iterator[str]:
    for index in ("external_id", "user_key"):
        yield from (row.org_unit for row in world.itusers.by(index, key[1]) if row.org_unit)
    yield from (row.uuid for row in world.org_units.by("guid", key[1]))


def ou_of(world: World, ad: str, unit: str) -> OuKey | None:
    """Return the OU of a unit in a directory, None where it has none, or is not meant to have one."""
    place: OuKey | None = None
    chain = world.ask(lineage, ad, unit)
    for uuid in reversed(chain):
        linked = world.ask(linked_ous, ad, uuid)
        # By the chain, not by asking for the unit above: in a ring that would never end.
        place = linked[0] if linked else _by_name(world, ad, uuid, place, top=uuid == chain[-1])
    return place


def _by_name(world: World, ad: str, unit: str, above: OuKey | None, *, top: bool) -> OuKey | None:
    row = mo.at(world.org_units.of(unit), world.as_of)
    name = folded(row.name) if row else ""
    if not top:
        ou = world.ous.one(above) if above else None
        return _child(world, ad, ou.dn, name, unit) if ou else None
    root = world.settings[ad].ou_root
    if not root:
        return None
    found = _child(world, ad, root, name, unit)
    if found is None and (folded(rdn_value(root)) == name or world.ask(tops, ad) == (unit,)):
        found = next((ou.key for ou in world.ous.by("dn", (ad, parts(root)))), None)
    return found


def _child(world: World, ad: str, dn: str, name: str, unit: str) -> OuKey | None:
    """Return the OU of a name directly below another; not one that another unit has."""
    for ou in world.ous.by("child", (ad, parts(dn), name)):
        if set(world.ask(linked_units, ou.key)) <= {unit}:
            return ou.key
    return None


def tops(world: World, ad: str) -> tuple[str, ...]:
    """Return the units of today that have none above them in a directory."""
    wanted = world.settings[ad].scope_units
    if not wanted:
        return tuple({row.uuid: 0 for row in mo.current(world.org_units.by("top", _TOP), world.as_of)})
    named = [row.uuid for each in wanted for row in world.org_units.by("user_key", each)]
    known = [each.lower() for each in wanted if world.org_units.of(each.lower())]
    candidates = sorted({*named, *known})
    return tuple(uuid for uuid in candidates if world.ask(lineage, ad, uuid)[-1:] == (uuid,))


def units_of(world: World, key: OuKey) -> tuple[str, ...]:
    """Return the units whose OU it is: those of today, else those that are over or to come."""
    ou = world.ous.one(key)
    if ou is None:
        return ()
    candidates = {*_by_guid(world, key), *(row.uuid for row in world.org_units.by("folded", folded(ou.name)))}
    if same(ou.dn, world.settings[ou.ad].ou_root):
        candidates.update(world.ask(tops, ou.ad))
    found = [
        unit
        for unit in sorted(candidates)
        if world.ask(ou_of, ou.ad, unit) == key or key in world.ask(linked_ous, ou.ad, unit)
    ]
    return tuple([unit for unit in found if world.ask(is_active, unit)] or found)


def nearest_ou(world: World, ad: str, dn: str) -> Ou | None:
    """Return the OU with a name, else the nearest one above it; what only sorts (Brugere) is none."""
    helpers = {folded(each) for each in world.settings[ad].ou_helpers}
    while dn:
        for ou in world.ous.by("dn", (ad, parts(dn))):
            if folded(ou.name) not in helpers:
                return ou
        dn = parent(dn)
    return None


def ou_around(world: World, ad: str, dn: str) -> Ou | None:
    """Return the OU that something is in, not counting itself."""
    return world.ask(nearest_ou, ad, parent(dn))


def is_left_out(world: World, ad: str, dn: str) -> bool:
    """Tell whether nothing is to be said of what has a name: it is below ``ou_excluded``."""
    return any(within(dn, base) for base in world.settings[ad].ou_excluded)


def is_units_place(world: World, key: OuKey) -> bool:
    """Tell whether an OU is where units' OUs are: at or below ``ou_root``, neither parking nor helper."""
    ou = world.ous.one(key)
    settings = world.settings[key[0]]
    if ou is None or not settings.ou_root or is_left_out(world, ou.ad, ou.dn):
        return False
    if settings.ou_parking and within(ou.dn, settings.ou_parking):
        return False
    return within(ou.dn, settings.ou_root) and not is_helper(world, ou)


def place_of(ou: Ou) -> tuple[str, object]:
    """Return what the index ``parent`` has what is directly in an OU under."""
    return ou.ad, parts(ou.dn)


def is_helper(world: World, ou: Ou) -> bool:
    """Tell whether an OU only sorts what is in the one above it."""
    return folded(ou.name) in {folded(each) for each in world.settings[ou.ad].ou_helpers}


def told(dn: str) -> str:
    """Return where something is, as people read it: ``Nordby/Skoler/Ravnsnæs``, without the domain."""
    names: list[str] = []
    while dn and not dn.strip().lower().startswith("dc="):
        names.append(rdn_value(dn))
        dn = parent(dn)
    return "/".join(reversed(names))
