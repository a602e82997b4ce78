"""From a mirror to the picture of one owner, with what the checks and the other audits found."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from motoolkit.errors import InputError
from motoolkit.identities._attached import attached
from motoolkit.identities._reading import identity
from motoolkit.identities.auditing import check
from motoolkit.identities.picture._picture import IdentityPicture

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from motoolkit.findings import Finding, Findings
    from motoolkit.identities.auditing import IdentityAudit
    from motoolkit.identities.graph import Identity
    from motoolkit.mirror import Mirror


def identity_picture(
    mirror: Mirror, uuid: str, as_of: date, audit: IdentityAudit | None = None
) -> IdentityPicture:
    """Return the picture of a person or a unit.

    What the AD and SD audits found in their last runs is shown with it, where runs are kept in the mirror.

    Args:
        mirror: holds ``motoolkit.identities.COLLECTIONS``.
        uuid: MO's.
        as_of: the day that is today.
        audit: checks that have run; without them the person is checked.

    Raises:
        InputError: MO has neither a person nor a unit with that UUID.
        MirrorError: the mirror lacks a collection.
    """
    one = identity(mirror, uuid, as_of)
    if audit is None and one.sort == "person":
        audit = check(mirror, as_of, persons=[one.uuid], past=True)
    findings = audit.of([one.uuid, *(node.uuid for node in one.nodes)]) if audit else ()
    return IdentityPicture(one, [*findings, *_of_others(mirror, one)], audit.marks if audit else None)


def _of_others(mirror: Mirror, one: Identity) -> Iterator[Finding]:
    """Yield what other audits found, each with the audit's name."""
    for run in attached(mirror, one):
        for finding in run.findings:
            told = ". ".join(part for part in (run.title, finding.detail) if part)
            yield replace(finding, detail=told)


def worst(
    mirror: Mirror, audit: IdentityAudit, findings: Findings, as_of: date, most: int = 3
) -> list[IdentityPicture]:
    """Return the pictures of the persons with the gravest findings, and of these the most.

    Args:
        mirror: what was checked.
        audit: the checks.
        findings: its findings; what is accepted or undecided makes nobody one of the worst.
        as_of: the day that is today.
        most: how many.
    """
    weights: dict[str, list[int]] = {}
    for finding in findings:
        if finding.counts and finding.subject.sort != "itsystem":
            weights.setdefault(finding.subject.uuid, []).append(finding.severity)
    ranked = sorted(weights, key=lambda uuid: (-max(weights[uuid]), -sum(weights[uuid]), uuid))
    shown = replace(audit, findings=findings)
    return list(_drawn(mirror, ranked[:most], as_of, shown))


def _drawn(
    mirror: Mirror, uuids: Iterable[str], as_of: date, audit: IdentityAudit
) -> Iterator[IdentityPicture]:
    for uuid in uuids:
        try:
            yield identity_picture(mirror, uuid, as_of, audit)
        except InputError:  # found about somebody whom MO refers to and does not have
            continue
