"""Whether a directory's OUs are as MO's units are; only where the settings say ``ou_root``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypedDict

from motoolkit.ad import mo
from motoolkit.ad.dn import below, parent, same, within
from motoolkit.ad.kinds import kind_of
from motoolkit.ad.matching import itusers_of, main_engagement, person_of
from motoolkit.ad.names import tidy
from motoolkit.ad.placing import (
    OuKey,
    is_active,
    is_helper,
    is_units_place,
    lineage,
    linked_ous,
    ou_around,
    ou_of,
    place_of,
    told,
    units_of,
)
from motoolkit.ad.rules._rule import INFO, WARNING, Found, rule
from motoolkit.ad.subjects import unit_name
from motoolkit.language import N_, tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.ad.records import Account, Ou
    from motoolkit.ad.world import World


def _directories(world: World, unit: str) -> list[str]:
    """Return the directories in which a unit of today should have an OU."""
    if not world.ask(is_active, unit):
        return []
    return [ad for ad, each in world.settings.items() if each.ou_root and world.ask(lineage, ad, unit)]


@rule(
    "OU-MISSING",
    "org_unit",
    WARNING,
    title=N_("Unit without OU"),
    explanation=N_("The unit is in MO, and the directory has no OU for it: neither by GUID nor by its path."),
    remedy=N_("Let the integration create the OU, or put the GUID of the one that is meant into MO."),
    absence=True,
)
def ou_missing(world: World, unit: str) -> Iterator[Found]:
    """An OU that was renamed is found by its GUID; without one in MO it is missing."""
    for ad in _directories(world, unit):
        if world.ask(ou_of, ad, unit) is None:
            yield Found(mo=_path(world, ad, unit), ad=ad, facts=_branch(world, ad, unit))


def _branch(world: World, ad: str, unit: str) -> dict[str, str]:
    """Return the cause that all units of a branch share whose topmost unit has no OU."""
    without = [uuid for uuid in world.ask(lineage, ad, unit) if world.ask(ou_of, ad, uuid) is None]
    if len(without) == 1 and not _has_units(world, unit):
        return {}
    return {"cause": tr("{ad}: {unit} has no OU.", ad=ad, unit=_path(world, ad, without[-1]))}


def _has_units(world: World, unit: str) -> bool:
    return bool(mo.current(world.org_units.by("parent", unit), world.as_of))


def _path(world: World, ad: str, unit: str) -> str:
    return "/".join(unit_name(world, uuid) for uuid in reversed(world.ask(lineage, ad, unit)))


@rule(
    "OU-ORPHAN",
    "ou",
    WARNING,
    title=N_("OU without unit"),
    explanation=N_("The OU lies where the units' OUs are, and MO has and had no unit for it."),
    remedy=N_("Create the unit in MO, remove the OU, or name it among the exceptions."),
)
def ou_orphan(world: World, key: OuKey) -> Iterator[Found]:
    """OUs that only sort (Brugere, Computere) are named in the settings as ``ou_helpers``."""
    ou = world.ous.one(key)
    if ou is None or not world.ask(is_units_place, key) or same(ou.dn, world.settings[ou.ad].ou_root):
        return
    if not world.ask(units_of, key):
        yield Found(source=told(ou.dn), facts={"dn": ou.dn})


@rule(
    "OU-NAME",
    "org_unit",
    WARNING,
    title=N_("OU with another name than its unit"),
    explanation=N_("The OU is the unit's by its GUID, and is called otherwise."),
    remedy=N_("Rename the OU, or the unit in MO if the directory is right."),
)
def ou_name(world: World, unit: str) -> Iterator[Found]:
    """AD cuts names at 64 characters, which is no difference; upper and lower case is a slight one."""
    for ad, ou in _linked(world, unit):
        name = unit_name(world, unit)
        theirs, ours = tidy(ou.name), tidy(name)
        if theirs != ours:
            severity = INFO if theirs.casefold() == ours.casefold() else None
            yield Found(source=ou.name, mo=name, ad=ad, severity=severity, facts={"dn": ou.dn})


def _linked(world: World, unit: str) -> Iterator[tuple[str, Ou]]:
    """Yield a unit's OUs that are its by GUID; by name nothing but the name could be compared."""
    for ad in _directories(world, unit):
        keys = world.ask(linked_ous, ad, unit)
        if keys and (ou := world.ous.one(keys[0])):
            yield ad, ou


def _misplaced(world: World, unit: str) -> Iterator[tuple[str, str, Found]]:
    """Yield directory, code and what is found of an OU that is not below that of the unit above."""
    for ad, ou in _linked(world, unit):
        chain = world.ask(lineage, ad, unit)
        root = world.settings[ad].ou_root
        line = [key for uuid in chain[1:] if (key := world.ask(ou_of, ad, uuid))]
        expected = world.ous.one(line[0]) if line and world.ask(ou_of, ad, chain[1]) == line[0] else None
        base = root if len(chain) == 1 else expected.dn if expected else ""
        around = world.ask(ou_around, ad, ou.dn)
        if not base or _is_there(ou, around, base):
            continue
        higher = around is not None and around.key in line
        code = "OU-LEVEL" if higher or below(ou.dn, base) else "OU-PARENT"
        found = Found(
            source=told(parent(ou.dn)),
            mo=_path(world, ad, chain[1]) if len(chain) > 1 else told(root),
            ad=ad,
            facts={"dn": ou.dn, "expected": base},
        )
        yield ad, code, found


def _is_there(ou: Ou, around: Ou | None, base: str) -> bool:
    if same(ou.dn, base):
        # The topmost unit's own OU is the root.
        return True
    return same(around.dn, base) if around else same(parent(ou.dn), base)


@rule(
    "OU-PARENT",
    "org_unit",
    WARNING,
    title=N_("OU below the wrong one"),
    explanation=N_("The OU is the unit's by its GUID, and lies in another branch than the unit."),
    remedy=N_("Move the OU: the integration renames, and never moves."),
)
def ou_parent(world: World, unit: str) -> Iterator[Found]:
    """A unit that was moved in MO keeps its OU where it was."""
    yield from (found for _ad, code, found in _misplaced(world, unit) if code == "OU-PARENT")


@rule(
    "OU-LEVEL",
    "org_unit",
    WARNING,
    title=N_("OU on the wrong level"),
    explanation=N_("The OU lies in the unit's own branch, and levels between are left out or put in."),
    remedy=N_("Move the OU to below the OU of the unit above."),
)
def ou_level(world: World, unit: str) -> Iterator[Found]:
    """It is below the OU of a unit further up, or an OU that is no unit's stands between."""
    yield from (found for _ad, code, found in _misplaced(world, unit) if code == "OU-LEVEL")


class _Words(TypedDict):
    title: str
    explanation: str
    remedy: str


_DUPLICATE: Final[_Words] = {
    "title": N_("OU and unit not one to one"),
    "explanation": N_("Two units have one OU, or one unit has two OUs of a directory."),
    "remedy": N_("Decide which belong together, and remove the other link, unit or OU."),
}


@rule("OU-DUP", "ou", WARNING, **_DUPLICATE)
def ou_of_two_units(world: World, key: OuKey) -> Iterator[Found]:
    """By the GUID, or by two units of one name side by side."""
    ou = world.ous.one(key)
    units = world.ask(units_of, key)
    if ou is None or len(units) < 2 or not world.ask(is_units_place, key):  # noqa: PLR2004 - a pair
        return
    if all(world.ask(is_active, unit) for unit in units):
        names = ", ".join(_path(world, ou.ad, unit) or unit_name(world, unit) for unit in units)
        yield Found(source=told(ou.dn), mo=names, facts={"dn": ou.dn, "units": ", ".join(units)})


@rule("OU-DUP", "org_unit", WARNING, **_DUPLICATE)
def unit_of_two_ous(world: World, unit: str) -> Iterator[Found]:
    """The unit has the GUIDs of several OUs that are all there."""
    for ad in _directories(world, unit):
        keys = world.ask(linked_ous, ad, unit)
        if len(keys) > 1:
            places = [told(ou.dn) for key in keys if (ou := world.ous.one(key))]
            yield Found(source=", ".join(places), mo=unit_name(world, unit), ad=ad)


@rule(
    "OU-EMPTY",
    "ou",
    INFO,
    title=N_("Empty OU"),
    explanation=N_("Nothing is in the OU, and MO has no unit of today for it."),
    remedy=N_("Remove the OU."),
    absence=True,
)
def ou_empty(world: World, key: OuKey) -> Iterator[Found]:
    """A unit of today keeps its OU, empty or not."""
    ou = world.ous.one(key)
    if ou is None or not world.ask(is_units_place, key) or same(ou.dn, world.settings[ou.ad].ou_root):
        return
    units = world.ask(units_of, key)
    if not _is_used(world, units) and not _holds(world, ou):
        detail = tr("The unit has ended.") if units else tr("MO has no such unit.")
        yield Found(source=told(ou.dn), detail=detail, facts={"dn": ou.dn})


def _is_used(world: World, units: tuple[str, ...]) -> bool:
    """Tell whether one of the units is there, or will be."""
    return any(not row.over(world.as_of) for unit in units for row in world.org_units.of(unit))


def _holds(world: World, ou: Ou) -> bool:
    place = place_of(ou)
    return any(table.by("parent", place) for table in (world.ous, world.accounts, world.groups))


@rule(
    "OU-CLOSED-NONEMPTY",
    "ou",
    WARNING,
    title=N_("OU of a closed unit that is not empty"),
    explanation=N_("The unit has ended in MO, and accounts or groups are still in its OU."),
    remedy=N_("Move what is in the OU, then remove it."),
)
def ou_closed_nonempty(world: World, key: OuKey) -> Iterator[Found]:
    """What the OUs below hold is told of them; those that only sort count as this one."""
    ou = world.ous.one(key)
    units = world.ask(units_of, key)
    if ou is None or not units or not world.ask(is_units_place, key):
        return
    if _is_used(world, units):
        return
    accounts, groups = _inside(world, ou)
    if accounts or groups:
        ends = [row.end for unit in units for row in world.org_units.of(unit) if row.end]
        yield Found(
            source=tr("{accounts} accounts, {groups} groups", accounts=accounts, groups=groups),
            mo=tr("ended {day}", day=f"{max(ends):%d-%m-%Y}") if ends else None,
            facts={"dn": ou.dn},
        )


def _inside(world: World, ou: Ou) -> tuple[int, int]:
    place = place_of(ou)
    accounts, groups = len(world.accounts.by("parent", place)), len(world.groups.by("parent", place))
    for inner in world.ous.by("parent", place):
        if is_helper(world, inner):
            more = _inside(world, inner)
            accounts, groups = accounts + more[0], groups + more[1]
    return accounts, groups


@rule(
    "OU-PLACEMENT",
    "account",
    WARNING,
    title=N_("Account in the wrong OU"),
    explanation=N_(
        "The account is not in the OU of the unit of its engagement, or is parked while it is in use."
    ),
    remedy=N_("Move the account: the integration never does."),
)
def ou_placement(world: World, key: tuple[str, str]) -> Iterator[Found]:
    """The account's own engagements count, else the person's main one; units without OU ask for nothing."""
    account = world.accounts.one(key)
    if account is None or world.ask(kind_of, key) != "person":
        return
    settings = world.settings[account.ad]
    units = _units_of_work(world, account)
    parked = bool(settings.ou_parking) and within(account.dn, settings.ou_parking)
    if parked and (not account.enabled or not units):
        return
    keys = [at for unit in units if (at := world.ask(ou_of, account.ad, unit))]
    places = [ou for each in keys if (ou := world.ous.one(each))]
    around = world.ask(ou_around, account.ad, account.dn)
    here = around.key if around else None
    if parked or (settings.ou_placement and places and here not in {ou.key for ou in places}):
        yield Found(
            source=told(parent(account.dn)),
            mo=", ".join(told(ou.dn) for ou in places) or ", ".join(unit_name(world, each) for each in units),
            detail=tr("It is parked, enabled, and somebody's who works.") if parked else "",
            facts={"dn": account.dn},
        )


def _units_of_work(world: World, account: Account) -> list[str]:
    """Return the units of today's engagements that an account is for."""
    person = world.ask(person_of, account.key)
    if not person:
        return []
    linked = [uuid for row in world.ask(itusers_of, account.key) for uuid in row.engagements]
    rows = [row for uuid in linked for row in mo.current(world.engagements.of(uuid), world.as_of)]
    if not rows:
        main = world.ask(main_engagement, person)
        rows = mo.current(world.engagements.of(main), world.as_of) if main else []
    return list(dict.fromkeys(row.org_unit for row in rows if row.org_unit))


@rule(
    "OU-OUT-OF-SCOPE",
    "account",
    WARNING,
    title=N_("Account where the integration does not look"),
    explanation=N_("The account lies below none of the OUs in which the integration looks for accounts."),
    remedy=N_("Move the account, or let the integration look there (LDAP_OUS_TO_SEARCH_IN)."),
)
def ou_out_of_scope(world: World, key: tuple[str, str]) -> Iterator[Found]:
    """For the integration such an account is not there: the person may get a second one."""
    account = world.accounts.one(key)
    if account is None:
        return
    bases = world.settings[account.ad].search_bases
    if bases and not any(below(account.dn, base) for base in bases) and world.ask(kind_of, key) == "person":
        yield Found(source=told(parent(account.dn)), mo=", ".join(map(told, bases)), facts={"dn": account.dn})
