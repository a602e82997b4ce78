"""What is not believed: what a directory that was not read whole lacks, and what may be on its way."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from motoolkit.ad.rules import RULES
from motoolkit.findings import Severity
from motoolkit.language import N_, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from motoolkit.ad.records import Header
    from motoolkit.ad.world import World
    from motoolkit.findings import Finding

COUNTED: Final = {
    "accounts": N_("Accounts"),
    "groups": N_("Groups"),
    "ous": N_("OUs"),
    "tombstones": N_("Deleted objects"),
}
"""What a read counts, and what that is called."""

_FEW: Final = 20
"""So many objects may always be gone: in a small directory they are many per cent."""
_HUNDRED: Final = 100


def of_absence() -> frozenset[str]:
    """Return the codes of the rules that find something missing in a directory."""
    return frozenset(rule.kind.code for rules in RULES.values() for rule in rules if rule.absence)


def directory_of(finding: Finding) -> str:
    """Return the directory that a finding is about: the first part of its subject's key."""
    return finding.subject.key.split("/", 1)[0]


def doubts(world: World, previous: Mapping[str, Header]) -> dict[str, str]:
    """Return why what a directory lacks is not believed, a sentence by the name of the directory.

    Args:
        world: what was read.
        previous: of which reads the directories were the last time.
    """
    found = {}
    for ad, settings in world.settings.items():
        header = world.headers.one(ad)
        if header is None or not header.complete:
            found[ad] = tr("{ad} was not read whole: what it lacks is not told.", ad=ad)
        elif gone := _vanished(header, previous.get(ad), settings.deny_vanish):
            found[ad] = tr(
                "{ad} holds {share} % fewer {what} than the last time: what it lacks is not told. "
                "Look why; deny_vanish in the profile says how many may go.",
                ad=ad,
                share=gone[1],
                what=tr(COUNTED[gone[0]]).lower(),
            )
    return found


def _vanished(now: Header, before: Header | None, most: float) -> tuple[str, int] | None:
    """Return what there is too much fewer of, and by how many per cent."""
    for what, count in (before.counts if before else {}).items():
        gone = count - now.counts.get(what, 0)
        if what != "tombstones" and gone > _FEW and gone * _HUNDRED > most * count:
            return what, round(gone * _HUNDRED / count)
    return None


def believed(findings: Iterable[Finding], doubted: Iterable[str]) -> list[Finding]:
    """Return the findings without those that say that a doubted directory lacks something."""
    absent, ads = of_absence(), frozenset(doubted)
    return [f for f in findings if not (f.kind.code in absent and directory_of(f) in ads)]


def without_the_young(findings: Iterable[Finding], world: World) -> Iterator[Finding]:
    """Let what was changed a moment before the read be undecided: it may not have been synchronised yet."""
    for finding in findings:
        ad, _, guid = finding.subject.key.partition("/")
        changed = _changed(world, finding.subject.sort, (ad, guid.split("/", 1)[0]))
        header = world.headers.one(ad)
        if changed is None or header is None or finding.undecided:
            yield finding
            continue
        age = header.read_at - changed
        if timedelta() <= age < timedelta(minutes=world.settings[ad].lag_minutes):
            told = tr("Changed {minutes} minutes before it was read.", minutes=age // timedelta(minutes=1))
            yield replace(finding, undecided=True, detail=f"{finding.detail} {told}".strip())
        else:
            yield finding


def _changed(world: World, sort: str, key: tuple[str, str]) -> datetime | None:
    tables = {"account": "accounts", "group": "groups", "ou": "ous"}
    record = world.table(tables[sort]).one(key) if sort in tables else None
    return None if record is None else record.changed


def once_only(findings: Iterable[Finding], twice: Iterable[str]) -> Iterator[Finding]:
    """Let critical findings be undecided unless a second read said the same: keys in ``twice``."""
    said = frozenset(twice)
    for finding in findings:
        if finding.severity < Severity.CRITICAL or finding.undecided or finding.key in said:
            yield finding
        else:
            told = tr("Only one read says so; a second one decides.")
            yield replace(finding, undecided=True, detail=f"{finding.detail} {told}".strip())
