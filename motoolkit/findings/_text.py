"""Findings as plain text and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from motoolkit.findings._finding import Subject
from motoolkit.findings._rows import shown, text_of
from motoolkit.findings._summary import by_kind
from motoolkit.findings._words import danish, headline, how, period, put_aside, since, word
from motoolkit.language import tr

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from motoolkit.findings._finding import Finding, Kind
    from motoolkit.findings._findings import Findings

JSON_VERSION: Final = 1
_MOST: Final = 20


def plain(findings: Findings, most: int = _MOST) -> str:
    """Return findings as text: counts, then the gravest, one a line."""
    quiet = ", ".join(part for part in (danish(findings.as_of), findings.scope) if part)
    told = [since(findings), put_aside(findings), *findings.notices]
    lines = [f"{findings.title}, {quiet}: {headline(findings)}", *filter(None, told)]
    counts = [(count.severity.label, str(count.found), tr(count.kind.title)) for count in by_kind(findings)]
    if counts:
        lines += ["", *_aligned(counts), "", *_aligned([_cells(finding) for finding in findings[:most]])]
    if (more := len(findings) - most) > 0:
        lines.append(tr("… and {number} more", number=more))
    return "\n".join(line.rstrip() for line in lines)


def _cells(finding: Finding) -> tuple[str, ...]:
    named = f"{finding.subject.label} {finding.subject.key}".strip()
    what = ": ".join(filter(None, (tr(finding.kind.title), word(finding.attribute))))
    said = f"{shown(finding, finding.source)} → {shown(finding, finding.mo)}"
    return finding.severity.label, named, what, period(finding.validity), said, how(finding)


def _aligned(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  " + "  ".join(f"{cell:<{wide}}" for cell, wide in zip(row, widths, strict=True)) for row in rows
    ]


def to_json(findings: Findings) -> str:
    """Return findings as JSON; see ``Findings.to_json``."""
    counts = findings.counts()
    held = {
        "version": JSON_VERSION,
        "audit": findings.audit,
        "title": findings.title,
        "scope": findings.scope,
        "as_of": findings.as_of.isoformat(),
        "previous": _iso(findings.previous),
        "source": _labelled(findings.source),
        "parameters": _labelled(findings.parameters),
        "checked": findings.checked,
        "notices": list(findings.notices),
        "severities": {severity.name.lower(): n for severity, n in findings.severities().items()},
        "kinds": [_kind(kind, counts) for kind in findings.kinds.values()],
        "findings": [_finding(finding) for finding in findings],
        "gone": [_finding(finding) for finding in findings.gone],
    }
    return json.dumps(held, ensure_ascii=False, indent=2)


def _labelled(pairs: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    return [{"label": label, "value": value} for label, value in pairs]


def _kind(kind: Kind, counts: dict[str, int]) -> dict[str, Any]:
    return {
        "code": kind.code,
        "severity": kind.severity.name.lower(),
        "title": tr(kind.title),
        "explanation": tr(kind.explanation),
        "remedy": tr(kind.remedy),
        "found": counts.get(kind.code, 0),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    validity, accepted = finding.validity, finding.accepted
    return {
        "key": finding.key,
        "kind": finding.kind.code,
        "severity": finding.severity.name.lower(),
        "subject": {name: getattr(finding.subject, name) for name in Subject.__slots__},
        "attribute": finding.attribute,
        "period": validity and {"start": _iso(validity.start), "end": _iso(validity.end)},
        "source": text_of(finding, finding.source),
        "mo": text_of(finding, finding.mo),
        "tense": finding.tense,
        "patterns": list(finding.patterns),
        "undecided": finding.undecided,
        "detail": finding.detail,
        "cause": finding.cause,
        "facts": dict(finding.facts),
        "remedy": finding.what_to_do,
        "seen": finding.seen,
        "first_seen": _iso(finding.first_seen),
        "accepted": accepted
        and {"reason": accepted.reason, "until": _iso(accepted.until), "who": accepted.who},
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
