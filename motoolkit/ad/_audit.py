"""The audit of one or several directories against MO, from what was read to findings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Final

from motoolkit.ad import mo
from motoolkit.ad._causes import with_causes
from motoolkit.ad._guards import COUNTED, believed, directory_of, doubts, once_only, without_the_young
from motoolkit.ad._judging import Judging
from motoolkit.ad.rules import RULES
from motoolkit.ad.world import World
from motoolkit.errors import InputError
from motoolkit.findings import Findings, LeftOut, Severity
from motoolkit.language import tr
from motoolkit.model import COPENHAGEN, today_in_denmark

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from motoolkit.ad.records import Header, Snapshot
    from motoolkit.ad.source import DirectorySource
    from motoolkit.ad.stuck import Waits
    from motoolkit.client import Client
    from motoolkit.findings import Finding, Kind
    from motoolkit.mirror import Mirror
    from motoolkit.profile.ad import AdSettings

AUDIT: Final = "ad"
_NOON: Final = time(12)


@dataclass(repr=False)
class AdAudit:
    """What an audit found, and the world that it found it in.

    Attributes:
        world: both sides.
        mirror: MO.
        previous: of which reads the directories were the last time.
        sources: the directories themselves, by name, where they can be asked again.
        notices: what MO does not tell.
        findings: what is wrong; see ``confirm``.
    """

    world: World
    mirror: Mirror
    previous: Mapping[str, Header] = field(default_factory=dict)
    sources: Mapping[str, DirectorySource] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    findings: Findings = field(init=False)
    _judging: Judging = field(init=False)
    _confirmed: set[str] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        self._judging = Judging(self.world)
        self.findings = self._told()

    def confirm(self, client: Client | None = None) -> Findings:
        """Read again what is behind critical findings, and return what is found now.

        Two snapshots are not of one moment, so a critical finding is believed only when a second read says
        the same (domain facts, section 6).  Until then it is undecided.  What the second read does not say
        is no finding.  A file that is read again says nothing new: what only files say stays undecided.

        Args:
            client: MO, to be read again as well.

        Raises:
            AdError: a directory does not answer.
            MoError: MO does not.
        """
        critical = [f for f in self._judging.findings() if f.severity is Severity.CRITICAL]
        before = {finding.key for finding in critical}
        if client is not None:
            self.mirror.refresh(client)
            self.world.load_mo(self.mirror)
        again = [ad for ad, source in self.sources.items() if source.rereads]
        for ad in again:
            self._read_again(ad, critical)
        self.world.clear()
        self._judging = Judging(self.world)
        self._confirmed |= before & {f.key for f in self._judging.findings() if directory_of(f) in again}
        self.findings = self._told()
        return self.findings

    def believed_headers(self) -> list[Header]:
        """Return of which reads the directories are, without those that are not believed to be whole."""
        doubted = doubts(self.world, self.previous)
        found = [self.world.headers.one(ad) for ad in self.world.settings if ad not in doubted]
        return [header for header in found if header is not None]

    def _read_again(self, ad: str, critical: Iterable[Finding]) -> None:
        """Read those objects of a directory again that critical findings are about."""
        guids = {
            part
            for finding in critical
            if directory_of(finding) == ad
            for part in finding.subject.key.split("/")[1:]
            if any(table.of((ad, part)) for table in (self.world.accounts, self.world.groups, self.world.ous))
        }
        guids |= {
            account.guid
            for finding in critical
            if finding.subject.sort == "sam" and directory_of(finding) == ad
            for account in self.world.accounts.by("sam", (ad, finding.subject.key.split("/")[1]))
        }
        if guids:
            self.world.change_ad(self.sources[ad].read(guids))

    def _told(self) -> Findings:
        doubted = doubts(self.world, self.previous)
        held = believed(self._judging.findings(), doubted)
        items = once_only(without_the_young(with_causes(held), self.world), self._confirmed)
        return Findings(
            AUDIT,
            tr("AD against MO"),
            items,
            kinds=kinds(),
            as_of=self.world.as_of,
            scope=" ".join(sorted(self.world.settings)),
            source=self._sources(),
            counts=self._counts(),
            parameters=[(tr("Directories"), ", ".join(sorted(self.world.settings)))],
            notices=[*doubted.values(), *self.notices, *self._notices()],
            left_out=LeftOut(frozenset(doubted)),
            by_unit=True,
        )

    def _sources(self) -> list[tuple[str, str]]:
        headers = [self.world.headers.one(ad) for ad in sorted(self.world.settings)]
        read = [(h.ad, f"{h.server}, {_when(h.read_at)}") for h in headers if h is not None]
        return [*read, ("MO", self.mirror.mo_url), (tr("MO read"), _when(self.mirror.read_at))]

    def _counts(self) -> dict[str, int]:
        counted: dict[str, int] = {tr("Persons"): len(self.world.persons)}
        for name, label in COUNTED.items():
            counted[tr(label)] = len(self.world.table(name))
        return counted

    def _notices(self) -> list[str]:
        headers = [self.world.headers.one(ad) for ad in sorted(self.world.settings)]
        return [f"{header.ad}: {notice}" for header in headers if header for notice in header.notices]

    def __repr__(self) -> str:
        return f"<AdAudit {self.findings!r}>"


def audit(
    sources: Iterable[DirectorySource | Snapshot],
    mirror: Mirror,
    settings: Iterable[AdSettings] = (),
    *,
    as_of: date,
    now: datetime,
    previous: Mapping[str, Header] | None = None,
    waits: Waits | None = None,
) -> AdAudit:
    """Compare directories with MO.

    Args:
        sources: the directories, from ``open_source``; or snapshots of them, which can not be read again.
        mirror: MO; it holds ``motoolkit.ad.mo.COLLECTIONS``.
        settings: those of the snapshots; sources have their own.
        as_of: the day that is today.
        now: the moment at which accounts are expired or not.
        previous: of which reads the directories were the last time, against mass disappearance.
        waits: which of MO's events wait for the directories' integrations, from ``stuck_events``.

    Raises:
        AdError: a directory can not be read, or not to its end.
        InputError: a snapshot has no settings, a directory comes twice, or its settings compare an attribute
            with what there is not.
        MirrorError: the mirror lacks a collection.
    """
    from motoolkit.ad.records import Snapshot

    given = list(sources)
    live = {each.settings.name: each for each in given if not isinstance(each, Snapshot)}
    known = {each.name: each for each in settings} | {name: source.settings for name, source in live.items()}
    for each in known.values():
        _check_fields(each)
    mirror.check(mo.COLLECTIONS)
    snapshots = [each if isinstance(each, Snapshot) else each.snapshot() for each in given]
    world = World(_chosen(known, snapshots), as_of=as_of, now=now)
    world.load_mo(mirror)
    for snapshot in snapshots:
        world.load(snapshot)
    world.wait(waits.events if waits else ())
    return AdAudit(world, mirror, previous or {}, live, waits.notices if waits else ())


def moment_of(day: date) -> datetime:
    """Return the moment at which accounts are expired or not: now, and noon of any other day than today."""
    if day == today_in_denmark():
        return datetime.now(UTC)
    return datetime.combine(day, _NOON, COPENHAGEN)


def _check_fields(settings: AdSettings) -> None:
    from motoolkit.ad.values import VALUES, value

    for field_ in settings.fields:
        if value(field_.mo) is None:
            raise InputError.unknown(f"value of MO for {field_.attribute}", field_.mo, list(VALUES))


def _chosen(known: Mapping[str, AdSettings], snapshots: Iterable[Snapshot]) -> list[AdSettings]:
    names = [snapshot.header.ad for snapshot in snapshots]
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"The directory {name} comes twice.", remedy="Give each directory once.")
        if name not in known:
            raise InputError.unknown("directory", name, list(known))
    return [known[name] for name in names]


def kinds() -> list[Kind]:
    """Return every kind of finding that there are rules for, in order of what they judge."""
    return [rule.kind for rules in RULES.values() for rule in rules]


def _when(moment: datetime) -> str:
    return f"{moment.astimezone(COPENHAGEN):%d-%m-%Y %H:%M}"
