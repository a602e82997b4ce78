"""FK Organisation's IT users in MO, each of which pairs with the AD account whose GUID it has as its name.

Without the pair somebody is missing in OS2sync and in the role catalogue, and nobody tells (domain
facts, section 4.4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from motoolkit.ad import mo
from motoolkit.ad.matching import itsystem
from motoolkit.ad.records import guid_of
from motoolkit.ad.rules._rule import ERROR, Found, rule
from motoolkit.ad.rules.itusers import directory_of_system
from motoolkit.language import N_, tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.ad.mo import ItUser
    from motoolkit.ad.world import World


def _row(world: World, uuid: str) -> ItUser | None:
    """Return an IT user of today of a person, None for any other."""
    row: ItUser | None = next(iter(mo.current(world.itusers.of(uuid), world.as_of)), None)
    return row if row and row.person else None


def fk_directories(world: World, system: str) -> tuple[str, ...]:
    """Return the directories whose accounts pair with those of an IT system, mostly none."""
    return tuple(
        ad
        for ad, settings in world.settings.items()
        if settings.fk_itsystem and system and world.ask(itsystem, settings.fk_itsystem) == system
    )


def _guid(row: ItUser) -> str:
    return guid_of(row.external_id) or guid_of(row.user_key)


def _in_ad(world: World, guid: str) -> list[ItUser]:
    """Return the IT users of today, of any directory's system, that have a GUID."""
    rows = [*world.itusers.by("external_id", guid), *world.itusers.by("user_key", guid)]
    return [
        row
        for row in mo.current(dict.fromkeys(rows), world.as_of)
        if world.ask(directory_of_system, row.itsystem)
    ]


@rule(
    "FK-PAIR-MISSING",
    "ituser",
    ERROR,
    title=N_("No account in FK Organisation"),
    explanation=N_("No IT user of FK Organisation has the GUID of the AD account as its name."),
    remedy=N_("Register the account in FK Organisation, or correct the name of its IT user there."),
)
def missing_pair(world: World, uuid: str) -> Iterator[Found]:
    """Two IT users for one account, one with the GUID and one with the name, need one pair between them."""
    row = _row(world, uuid)
    ad = world.ask(directory_of_system, row.itsystem) if row else ""
    guid = _guid(row) if row and ad and world.settings[ad].fk_itsystem else ""
    if not row or not guid:
        return
    system = world.ask(itsystem, world.settings[ad].fk_itsystem)
    paired = mo.current(world.itusers.by("user_key", guid), world.as_of)
    if not any(each.itsystem == system and each.person == row.person for each in paired):
        yield Found(ad=ad, source=guid, detail=tr("{name} is missing there.", name=row.user_key))


@rule(
    "FK-PAIR-STALE",
    "ituser",
    ERROR,
    title=N_("Account in FK Organisation without AD account"),
    explanation=N_(
        "The name of the IT user of FK Organisation is the GUID of no AD account of the person in MO."
    ),
    remedy=N_("Register the person's present account in FK Organisation, and end this IT user."),
)
def stale_pair(world: World, uuid: str) -> Iterator[Found]:
    """An account that was created anew has another GUID; what is no GUID pairs with nothing."""
    row = _row(world, uuid)
    ads = world.ask(fk_directories, row.itsystem) if row else ()
    if not row or not ads:
        return
    guid = guid_of(row.user_key)
    paired = _in_ad(world, guid) if guid else []
    if not any(each.person == row.person for each in paired):
        detail = tr("It is another person's account.") if paired else ""
        yield Found(ad=_one(world, ads, guid), mo=row.user_key, detail=detail)


@rule(
    "FK-PAIR-MULTI",
    "ituser",
    ERROR,
    title=N_("Several accounts for one in FK Organisation"),
    explanation=N_("Several IT users of FK Organisation have the same GUID, or the same UUID there."),
    remedy=N_("Keep the one of the account that is used, and end the others."),
)
def several_pairs(world: World, uuid: str) -> Iterator[Found]:
    """The same UUID is two AD accounts that are one user in FK; the same GUID is one account that is two."""
    row = _row(world, uuid)
    ads = world.ask(fk_directories, row.itsystem) if row else ()
    if not row or not ads:
        return
    keys = (guid_of(row.external_id) or row.external_id.casefold(), guid_of(row.user_key))
    for index, value in zip(("external_id", "user_key"), keys, strict=True):
        rows = mo.current(world.itusers.by(index, value), world.as_of) if value else []
        others = sorted(
            {each.user_key for each in rows if each.itsystem == row.itsystem and each.uuid != uuid}
        )
        if others:
            yield Found(
                ad=_one(world, ads, guid_of(row.user_key)),
                mo=value,
                attribute=index,
                detail=tr("Others: {names}.", names=", ".join(others)),
            )


def _one(world: World, ads: tuple[str, ...], guid: str) -> str:
    """Return the directory that has the account, else the first of them."""
    systems = (
        {world.ask(directory_of_system, each.itsystem) for each in _in_ad(world, guid)} if guid else set()
    )
    return next((ad for ad in ads if ad in systems), ads[0])
