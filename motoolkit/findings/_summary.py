"""Findings by kind, as summaries show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from motoolkit.findings._finding import Finding, Kind, Severity
    from motoolkit.findings._findings import Findings


class KindCount(NamedTuple):
    """How many findings there are of a kind with one severity, and what became of them."""

    kind: Kind
    severity: Severity
    found: int
    new: int
    still: int
    gone: int
    accepted: int
    undecided: int


def by_kind(findings: Findings) -> list[KindCount]:
    """Return the counts of all kinds that were found or are gone, the gravest first, then as kinds stand."""
    parts: dict[tuple[str, Severity], list[Finding]] = {}
    for finding in (*findings, *findings.gone):
        parts.setdefault((finding.kind.code, finding.severity), []).append(finding)
    order = {code: at for at, code in enumerate(findings.kinds)}
    ranked = sorted(parts, key=lambda part: (-part[1], order.get(part[0], len(order))))
    return [_count(parts[part]) for part in ranked]


def _count(part: list[Finding]) -> KindCount:
    here = [finding for finding in part if finding.seen != "gone"]
    return KindCount(
        part[0].kind,
        part[0].severity,
        found=len(here),
        new=sum(finding.seen == "new" for finding in here),
        still=sum(finding.seen == "still" for finding in here),
        gone=len(part) - len(here),
        accepted=sum(finding.accepted is not None for finding in here),
        undecided=sum(finding.undecided for finding in here),
    )
