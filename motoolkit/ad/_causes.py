"""Root causes: one renamed unit is one thing to mend, though hundreds of accounts differ by it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from motoolkit.language import tr
from motoolkit.model import MISSING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from motoolkit.findings import Finding

AT_LEAST: Final = 3
"""So many findings of one pair of values are one cause."""


def with_causes(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings, those with a cause in common with it.

    What differs by the same two values in the same attribute has one cause (domain facts, section 7); so have
    findings that name the same reason in their fact ``cause``.
    """
    held = list(findings)
    groups: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, finding in enumerate(held):
        if key := _key(finding):
            groups[key].append(place)
    for key, places in groups.items():
        if len(places) >= AT_LEAST:
            for place in places:
                held[place] = replace(held[place], cause=_told(held[place], key))
    return held


def _key(finding: Finding) -> tuple[str, ...]:
    if cause := finding.facts.get("cause"):
        return ("cause", cause)
    if MISSING in (finding.source, finding.mo) or not finding.attribute:
        return ()
    return (finding.kind.code, finding.attribute, str(finding.source), str(finding.mo))


def _told(finding: Finding, key: tuple[str, ...]) -> str:
    if key[0] == "cause":
        return key[1]
    return tr(
        "{what}: AD has {source} where MO has {mo}.",
        what=tr(finding.kind.title),
        source=finding.source,
        mo=finding.mo,
    )
