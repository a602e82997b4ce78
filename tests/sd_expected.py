"""What a comparison has to find in the sandbox's planted cases, and what it found, in the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motoolkit.sandbox.sd import SD_PLANTED

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from motoolkit.findings import Finding

Told = tuple[object, ...]
"""Kind, sort, who, attribute, start, end, patterns."""


def expected(today: date, cases: Iterable[str] = SD_PLANTED, *, everything: bool = False) -> list[Told]:
    """Return what has to be found of some cases; those that need an odd MO only with ``everything``."""
    chosen = [SD_PLANTED[name] for name in cases]
    found: list[Told] = []
    for case in chosen:
        number = f"{case.institution}-{case.numbers[0]}" if case.numbers else ""
        for each in case.findings if everything or not case.needs_mo else ():
            stranger = each.kind == "person_missing_in_mo"
            who = {"employment": number, "unit": case.unit, "person": number if stranger else case.person}
            period = [day and day.on(today) for day in (each.start, each.end)] if each.dated else ["undated"]
            if each.shown:
                found.append(
                    (each.kind, each.sort, who[each.sort], each.attribute, *period, sorted(each.patterns))
                )
    return sorted(found, key=str)


def told(findings: Iterable[Finding]) -> list[Told]:
    """Return what was found."""
    return sorted((one(finding) for finding in findings), key=str)


def one(finding: Finding) -> Told:
    """Return a finding."""
    before, _, after = finding.subject.key.partition("/")
    who = after if finding.subject.sort == "person" else before
    held = finding.validity
    period = [held.start, held.end] if held else ["undated"]
    return (
        finding.kind.code,
        finding.subject.sort,
        who,
        finding.attribute,
        *period,
        sorted(finding.patterns),
    )
