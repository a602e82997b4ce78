"""What the settings of externals mean in MO: units, classes, IT systems; what is lacking is told at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from motoolkit.ad import mo
from motoolkit.ad.dn import below, parts
from motoolkit.ad.matching import itsystem
from motoolkit.ad.reach import sorts_of
from motoolkit.ad.records import guid_of
from motoolkit.errors import ProfileError
from motoolkit.language import tr
from motoolkit.plan import FACETS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from motoolkit.ad.records import Account
    from motoolkit.ad.world import World
    from motoolkit.profile.ad import AdSettings

_USUAL_MAIL: Final = "EmailEmployee"


@dataclass(frozen=True, slots=True)
class Terms:
    """How the externals of one directory are written into MO.

    Attributes:
        settings: the directory's.
        units: for each DN, MO's UUID of the unit.
        engagement_type: UUID of the class.
        job_function: UUID of the class.
        itsystem: UUID of the IT system that has the username, and by the new convention the GUID too.
        link_itsystem: UUID of the one that has the GUID as its user_key (the old convention), "" for none.
        mail: UUID of the type of work e-mails, "" where MO has none.
    """

    settings: AdSettings
    units: tuple[tuple[str, str], ...]
    engagement_type: str
    job_function: str
    itsystem: str
    link_itsystem: str
    mail: str

    @property
    def ad(self) -> str:
        """The directory's name."""
        return self.settings.name

    @property
    def systems(self) -> frozenset[str]:
        """The IT systems in which its accounts are."""
        return frozenset({self.itsystem, self.link_itsystem} - {""})

    def unit_of(self, dn: str) -> str:
        """Return the unit that was agreed for a place: that of the nearest DN above it, "" for none."""
        over = [(len(parts(base)), unit) for base, unit in self.units if below(dn, base)]
        return max(over)[1] if over else ""

    def itusers(self, account: Account) -> dict[str, dict[str, Any]]:
        """Return the IT users that an account is in MO: their values by IT system."""
        if self.link_itsystem:
            return {
                self.itsystem: {"user_key": account.sam},
                self.link_itsystem: {"user_key": account.guid},
            }
        return {self.itsystem: {"user_key": account.sam, "external_id": account.guid}}


def terms_of(world: World, directories: Iterable[str] = ()) -> tuple[Terms, ...]:
    """Return the terms of directories with externals.

    Args:
        world: both sides.
        directories: only these, by name; all that have externals without.

    Raises:
        ProfileError: the settings lack something, or name what MO does not have; all of it is told.
    """
    chosen = list(directories) or [name for name, each in world.settings.items() if each.externals.units]
    if not chosen:
        raise ProfileError(
            "Nothing says where in the directories the externals are.",
            remedy='Write units = { "OU=…,DC=…" = "the unit\'s user_key in MO" } into '
            "[profiles.NAME.ad.DIRECTORY.externals].",
        )
    for name in chosen:
        if name not in world.settings:
            raise ProfileError.unknown("directory", name, list(world.settings))
    lacks = [f"{name}: {lack}" for name in chosen for lack in _lacking(world, world.settings[name])]
    if lacks:
        raise ProfileError(
            f"What externals become in MO is not settled. {' '.join(lacks)}",
            remedy="Correct [profiles.NAME.ad.DIRECTORY.externals], or make what is missing in MO.",
        )
    return tuple(_terms(world, world.settings[name]) for name in chosen)


def _terms(world: World, settings: AdSettings) -> Terms:
    externals, old = settings.externals, settings.guid_in == "user_key"
    return Terms(
        settings,
        tuple((base, _units(world, name)[0]) for base, name in externals.units),
        _classes(world, "engagement_type", externals.engagement_type)[0],
        _classes(world, "job_function", externals.job_function)[0],
        world.ask(itsystem, settings.itsystem),
        world.ask(itsystem, settings.link_itsystem) if old and settings.link_itsystem else "",
        _mail(world),
    )


def _lacking(world: World, settings: AdSettings) -> Iterator[str]:
    externals = settings.externals
    if not externals.units:
        yield tr("No unit is agreed for any DN (units).")
    for base, name in externals.units:
        if len(found := _units(world, name)) != 1:
            told = tr("MO has no unit {unit} today, which is agreed for {base}.", unit=name, base=base)
            several = tr(
                "MO has several units {unit}; give the UUID of the one for {base}.", unit=name, base=base
            )
            yield several if found else told
    for setting in ("engagement_type", "job_function"):
        key = getattr(externals, setting)
        if not key:
            yield tr("{setting} is not set.", setting=setting)
        elif len(_classes(world, setting, key)) != 1:
            yield tr("MO has no class {key} for {setting} today.", key=key, setting=setting)
    old = [settings.link_itsystem] if settings.guid_in == "user_key" and settings.link_itsystem else []
    for key in (settings.itsystem, *old):
        if not world.ask(itsystem, key):
            yield tr("MO has no IT system {key} today.", key=key)


def _units(world: World, name: str) -> list[str]:
    rows = world.org_units.of(guid_of(name)) if guid_of(name) else world.org_units.by("user_key", name)
    return sorted({row.uuid for row in mo.current(rows, world.as_of)})


def _classes(world: World, field: str, user_key: str) -> list[str]:
    """Return the classes of a user_key among those that an engagement takes in a field."""
    rows = mo.current(world.classes.by("user_key", user_key), world.as_of)
    return sorted({row.uuid for row in rows if _facet(world, row.facet) in FACETS["engagements", field]})


def _facet(world: World, uuid: str) -> str:
    row = mo.at(world.facets.of(uuid), world.as_of)
    return row.user_key if row else ""


def _mail(world: World) -> str:
    """Return the type of e-mails at work: the usual one, else the first by name."""
    facets = {row.uuid for row in world.facets.everything() if row.user_key == "employee_address_type"}
    rows = [row for uuid in facets for row in mo.current(world.classes.by("facet", uuid), world.as_of)]
    fit = [row for row in rows if "mail" in world.ask(sorts_of, row.uuid)]
    best = min(fit, key=lambda row: (row.user_key != _USUAL_MAIL, row.user_key), default=None)
    return best.uuid if best else ""
