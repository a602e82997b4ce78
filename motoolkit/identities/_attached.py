"""What other audits say of somebody, from the runs that are kept in the mirror's file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date, datetime

    from motoolkit.findings import Finding
    from motoolkit.identities.graph import Identity
    from motoolkit.mirror import Mirror

_AUDITS: Final = ("ad", "sd")


@dataclass(frozen=True, slots=True)
class Attached:
    """What the last run of an audit found of somebody.

    Attributes:
        audit: its name: "ad", "sd".
        title: what people call it.
        as_of: the day that was today in it.
        ran_at: when.
        findings: what it found of the person or of one of the nodes; the gravest first.
    """

    audit: str
    title: str
    as_of: date
    ran_at: datetime
    findings: tuple[Finding, ...]


def attached(mirror: Mirror, identity: Identity) -> tuple[Attached, ...]:
    """Return what the last runs of the AD and SD audits found of somebody, the newest run first.

    Of runs of one scope and the same terms only the last is looked at; those that found nothing of the person
    are left out, for a run of somebody else would say nothing either.  Without kept runs there is nothing.
    """
    from motoolkit.findings import FindingStore

    store = FindingStore(mirror)
    about = {identity.uuid, *(node.uuid for node in identity.nodes)}
    seen: set[tuple[str, str]] = set()
    told: set[str] = set()
    found: list[Attached] = []
    for run in store.runs():
        if run.audit not in _AUDITS or (run.audit, run.scope) in seen:
            continue
        seen.add((run.audit, run.scope))
        kept = store.load(run.number)
        # What a newer run of a smaller scope has told already is told once.
        of_them = tuple(f for f in kept if f.subject.uuid in about and f.key not in told)
        told.update(f.key for f in of_them)
        if of_them:
            found.append(Attached(run.audit, kept.title, run.as_of, run.ran_at, of_them))
    return tuple(found)
