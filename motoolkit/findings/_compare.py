"""What is new, what is still there, what is gone since the run before, and what was not looked at."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from motoolkit.findings._finding import Finding
    from motoolkit.findings._findings import Findings


def compare(now: Findings, previous: Findings | None) -> Findings:
    """Mark the findings of a run by those of the one before; see ``Findings.compared``."""
    before: dict[str, list[Finding]] = {}
    for finding in (*previous, *previous.unseen) if previous is not None else ():
        before.setdefault(finding.key, []).append(finding)
    marked = [_marked(finding, before, now, compared=previous is not None) for finding in now]
    result = now.holding(marked)
    result.previous = previous.as_of if previous is not None else None
    left = [finding for found in before.values() for finding in found]
    unseen = now.left_out.holds
    result.gone = tuple(replace(one, seen="gone") for one in left if not unseen(one.subject))
    result.unseen = tuple(replace(one, seen="unseen") for one in left if unseen(one.subject))
    return result


def _marked(finding: Finding, before: dict[str, list[Finding]], now: Findings, *, compared: bool) -> Finding:
    """Mark one finding; of several with one key each takes one from before."""
    if found := before.get(finding.key):
        old = found.pop(0)
        return replace(finding, seen="still", first_seen=old.first_seen or finding.first_seen)
    return replace(finding, seen="new" if compared else "", first_seen=now.as_of)
