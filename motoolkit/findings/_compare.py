"""What is new, what is still there, and what is gone since the run before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from motoolkit.findings._finding import Finding
    from motoolkit.findings._findings import Findings


def compare(now: Findings, previous: Findings | None) -> Findings:
    """Mark the findings of a run by those of the one before; see ``Findings.compared``."""
    before: dict[str, list[Finding]] = {}
    for finding in previous or ():
        before.setdefault(finding.key, []).append(finding)
    marked = [_marked(finding, before, now, compared=previous is not None) for finding in now]
    result = now.holding(marked)
    result.previous = previous.as_of if previous is not None else None
    result.gone = tuple(replace(left, seen="gone") for found in before.values() for left in found)
    return result


def _marked(finding: Finding, before: dict[str, list[Finding]], now: Findings, *, compared: bool) -> Finding:
    """Mark one finding; of several with one key each takes one from before."""
    if found := before.get(finding.key):
        old = found.pop(0)
        return replace(finding, seen="still", first_seen=old.first_seen or finding.first_seen)
    return replace(finding, seen="new" if compared else "", first_seen=now.as_of)
