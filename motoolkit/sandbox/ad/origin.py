"""Where the directories come from: MO's world as it was made, whatever was written since."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from motoolkit.model import today_in_denmark
from motoolkit.sandbox.ad._builder import Builder, Usernames
from motoolkit.sandbox.ad._deviations import Deviations
from motoolkit.sandbox.ad._furniture import furnish
from motoolkit.sandbox.ad._odd import make_odd, real_guids
from motoolkit.sandbox.ad._plan import guid_of
from motoolkit.sandbox.ad.entries import Directory, entries
from motoolkit.sandbox.ad.expected import of_both, of_mo
from motoolkit.sandbox.ad.facts import NEEDED, Facts
from motoolkit.sandbox.ad.places import PLACES
from motoolkit.sandbox.ad.planted import AD_PLANTED
from motoolkit.sandbox.ad.settings import settings_of
from motoolkit.sandbox.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from motoolkit.sandbox.records import Slice
    from motoolkit.sandbox.world import World

OFF: Final = "off"
CLEAN: Final = "clean"
EVERYTHING: Final = "everything"
MODES: Final = (OFF, CLEAN, "planted", EVERYTHING)


def directories(records: Iterable[Record], today: date, mode: str = "planted") -> dict[str, Directory]:
    """Return the municipality's directories by name.

    Args:
        records: MO's objects as they were made; with ``everything`` those of ``odd_for_ad`` are among them.
        today: the day on which they are looked at.
        mode: ``clean`` agrees with MO, ``planted`` and ``everything`` deviate as ``AD_PLANTED`` tells.
    """
    facts = Facts(records, today)
    usernames = Usernames(facts)

    def user_key(collection: str, uuid: str) -> str:
        return facts.value(collection, uuid, "user_key")

    odd = mode == EVERYTHING
    real = real_guids() if odd else {}
    builders = {place.name: Builder(facts, place, usernames, real) for place in PLACES}
    for builder in builders.values():
        furnish(builder)
    found = {name: [*of_mo(builder)] for name, builder in builders.items()}
    for each in of_both(builders.values()):
        found[each.key.partition("/")[0]].append(each)
    planted = mode != CLEAN and bool(facts.work)
    if planted:
        Deviations(*builders.values()).make()
        if odd:
            make_odd(builders["admin"])
        for case in AD_PLANTED.values():
            there = not case.always and (odd or not case.needs_mo)
            found[case.directory] += case.findings if there else ()
    return {
        name: Directory(
            name,
            builder.place.base,
            entries(builder.draft, builder.place),
            settings_of(builder.place, user_key, clashing=planted),
            tuple(found[name]),
        )
        for name, builder in builders.items()
    }


@dataclass(slots=True)
class NordbyAd:
    """The directories beside a world; they are put together when the first request comes.

    Args:
        world: MO's side.
        mode: one of ``MODES`` but ``off``.
    """

    world: World
    mode: str
    _directories: dict[str, Directory] | None = field(default=None, init=False)

    def settings(self) -> list[dict[str, Any]]:
        """Return how an audit reads each directory, without making any."""
        return [settings_of(place, self._user_key, clashing=self.mode != CLEAN) for place in PLACES]

    def _user_key(self, collection: str, uuid: str) -> str:
        held = self.world.get(collection, uuid)
        return str(held.registrations[0].slices[-1].values["user_key"]) if held else ""

    @property
    def directories(self) -> dict[str, Directory]:
        """The directories by name; whoever asks for them the first time holds the world's lock."""
        if self._directories is None:
            first = next(self.world.everything(), None)
            today = self.world.today if first is None else first.registrations[0].start.date()
            self._directories = directories(_made(self.world), today or today_in_denmark(), self.mode)
        return self._directories


def _made(world: World) -> Iterator[Record]:
    for name in NEEDED:
        for held in world.all(name):
            first = held.registrations[0]
            if first.number <= world.made:
                yield Record(name, held.uuid, first.slices)


def relinked(world: World, guids: Mapping[str, str]) -> list[Record]:
    """Return MO's IT users as they are with other GUIDs, for a directory that was written into a server.

    Args:
        world: MO's side.
        guids: the server's GUID by that of the export.
    """
    return [
        Record(held.collection, held.uuid, changed)
        for held in world.all("itusers")
        if held.exists
        and (changed := tuple(_relinked(each, guids) for each in held.slices())) != held.slices()
    ]


def _relinked(each: Slice, guids: Mapping[str, str]) -> Slice:
    names = ("external_id", "user_key")
    told = {name: guids.get(guid_of(each.values[name] or "")) for name in names}
    return replace(each, values={**each.values, **{name: guid for name, guid in told.items() if guid}})
