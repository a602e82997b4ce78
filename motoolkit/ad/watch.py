"""The audit kept in step with both sides: what an event or a delta concerns is judged again."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from motoolkit.ad._judging import Judging
from motoolkit.ad.world import World

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from motoolkit.ad._tables import Fact
    from motoolkit.ad.records import Delta, Snapshot
    from motoolkit.ad.stuck import StuckEvents
    from motoolkit.findings import Finding
    from motoolkit.mirror import Mirror
    from motoolkit.profile.ad import AdSettings


class Change(NamedTuple):
    """What a change of the world did to the findings.

    Attributes:
        new: what is found now and was not.
        gone: what was found and is not any more.
        judged: how many subjects were judged again.
    """

    new: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    judged: int


class Watch:
    """Findings that follow both sides; after any changes they are those of a whole audit.

    Args:
        settings: the directories.
        mirror: MO; whoever tells of a change in MO has brought the mirror there before.
        snapshots: the directories as they are now.
        as_of: the day that is today.
        now: the moment at which accounts are expired or not.
    """

    def __init__(
        self,
        settings: Iterable[AdSettings],
        mirror: Mirror,
        snapshots: Iterable[Snapshot],
        *,
        as_of: date,
        now: datetime,
    ) -> None:
        self._mirror = mirror
        self.world = World(settings, as_of=as_of, now=now, tracking=True)
        self.world.load_mo(mirror)
        for snapshot in snapshots:
            self.world.load(snapshot)
        self._judging = Judging(self.world)

    def findings(self) -> tuple[Finding, ...]:
        """Return all that is found now."""
        return tuple(self._judging.findings())

    def mo_changed(self, changed: Mapping[str, Iterable[str]]) -> Change:
        """Judge again what objects of MO concern, by collection and UUID; the mirror has them as they are."""
        return self._update(self.world.change_mo(self._mirror, changed))

    def ad_changed(self, delta: Delta) -> Change:
        """Judge again what a directory's delta concerns."""
        return self._update(self.world.change_ad(delta))

    def ad_read(self, snapshot: Snapshot) -> Change:
        """Judge again what differs from a directory's snapshot that was taken anew."""
        return self._update(self.world.replace(snapshot))

    def waits(self, events: Iterable[StuckEvents]) -> Change:
        """Judge again of which objects events have waited for too long, and of which no longer."""
        return self._update(self.world.wait(events))

    def pointing_at(self, ad: str, guids: Iterable[str]) -> set[str]:
        """Return the objects of a directory that point at others: links to what is deleted leave silently."""
        links = (("accounts", ("manager", "delegate")), ("groups", ("member", "managed_by")))
        return {
            each.guid
            for guid in guids
            for table, indexes in links
            for index in indexes
            for each in self.world.table(table).by(index, (ad, guid))
        }

    def held(self, ad: str) -> list[str]:
        """Return the GUIDs of all that is held of a directory."""
        tables = (self.world.accounts, self.world.groups, self.world.ous)
        return [each.guid for table in tables for each in table.by("ad", ad)]

    def new_day(self, *, as_of: date, now: datetime) -> Change:
        """Judge everything as of another day: what ends at midnight changes nothing on either side."""
        before = self.findings()
        self.world.turn(as_of=as_of, now=now)
        self._judging = Judging(self.world)
        return _change(before, self.findings(), len(self._judging))

    def _update(self, facts: set[Fact]) -> Change:
        before, after, judged = self._judging.update(facts)
        return _change(before, after, judged)


def _change(before: Iterable[Finding], after: Iterable[Finding], judged: int) -> Change:
    old, new = list(before), list(after)
    left = Counter(finding.key for finding in old)
    came = Counter(finding.key for finding in new)
    return Change(tuple(f for f in new if not left[f.key]), tuple(f for f in old if not came[f.key]), judged)
