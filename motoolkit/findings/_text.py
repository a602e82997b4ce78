"""Findings as plain text and as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from motoolkit.errors import ReportError
from motoolkit.files import replace_file
from motoolkit.findings._finding import Subject
from motoolkit.findings._rows import brief, shown, text_of
from motoolkit.findings._summary import by_kind
from motoolkit.findings._words import danish, headline, period, put_aside, since, unseen, word
from motoolkit.language import tr
from motoolkit.model import MISSING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from motoolkit.findings._finding import Finding, Kind
    from motoolkit.findings._findings import Findings

JSON_VERSION: Final = 1
WIDTH: Final = 120
"""What most terminals, mails and logs have room for."""

_MOST: Final = 20
_WIDEST_NAME: Final = 36
_LEAST: Final = 24
_EXISTENCE: Final = "active"
_THERE: Final = (MISSING, True, "true")
_UNDECIDED: Final = "undecided"


def plain(findings: Findings, most: int | None = _MOST, width: int = WIDTH) -> str:
    """Return findings as text: counts, then the gravest, one a line.

    Args:
        findings: of a run.
        most: so many lines of findings; None for all.
        width: what a line has room for; what is longer is cut.
    """
    quiet = ", ".join(part for part in (danish(findings.as_of), findings.scope) if part)
    told = [since(findings), unseen(findings), put_aside(findings), *findings.notices]
    lines = [f"{findings.title}, {quiet}: {headline(findings)}", *filter(None, told)]
    counts = [(count.severity.label, str(count.found), tr(count.kind.title)) for count in by_kind(findings)]
    if counts:
        chosen = findings if most is None else findings[:most]
        lines += ["", *_aligned(counts, width), "", *_aligned([_cells(finding) for finding in chosen], width)]
        if more := len(findings) - len(chosen):
            lines.append(tr("… and {number} more", number=more))
    return "\n".join(line.rstrip() for line in lines)


def _cells(finding: Finding) -> tuple[str, ...]:
    named = _named(finding.subject.label, brief(finding.subject.key))
    return finding.severity.label, named, period(finding.validity), _told(finding)


def _named(label: str, key: str) -> str:
    """Return name and key; where both are too long the name gives way."""
    room = max(_WIDEST_NAME - len(key) - 1, 0)
    name = label if len(label) <= room else f"{label[: max(room - 1, 0)].rstrip()}…"
    return f"{name} {key}".strip()


def _told(finding: Finding) -> str:
    """Return what differs: the kind, the fact where the kind does not say it, both values, and how."""
    title, fact = tr(finding.kind.title), word(finding.attribute)
    if finding.attribute != _EXISTENCE and fact.lower() not in title.lower():
        title = f"{title} ({fact})"
    said = " → ".join(brief(shown(finding, value)) for value in (finding.source, finding.mo))
    title = title if _is_plain(finding) else f"{title}: {said}"
    named = [word(name) for name in (*finding.patterns, *([_UNDECIDED] if finding.undecided else []))]
    return ". ".join(filter(None, [", ".join([title, *named]), finding.detail]))


def _is_plain(finding: Finding) -> bool:
    """Tell whether the kind says all: that something is there, or not."""
    both = finding.source, finding.mo
    existence = finding.attribute in {"", _EXISTENCE} and all(value in _THERE for value in both)
    return existence or all(value is MISSING for value in both)


def _aligned(rows: Sequence[tuple[str, ...]], width: int) -> list[str]:
    """Return rows below each other; the last column has what room the others leave, and is cut to it."""
    if not rows:
        return []
    widths = [max(map(len, column)) for column in list(zip(*rows, strict=True))[:-1]]
    room = max(width - sum(widths) - 2 * (len(widths) + 1), _LEAST)
    return [
        "  "
        + "".join(f"{cell:<{wide}}  " for cell, wide in zip(row[:-1], widths, strict=True))
        + (row[-1] if len(row[-1]) <= room else f"{row[-1][: room - 1].rstrip()}…")
        for row in rows
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
        "unseen": [_finding(finding) for finding in findings.unseen],
    }
    return json.dumps(held, ensure_ascii=False, indent=2)


def write_json(findings: Findings, out_dir: str | Path, *, name: str = "") -> Path:
    """Write findings into ``out_dir`` for programs, and return the file's path; see ``write_workbook``.

    Raises:
        ReportError: the folder can not be written; nothing is left behind.
    """
    path = Path(out_dir).expanduser() / f"{name or f'{findings.audit}_fund'}.json"
    try:
        replace_file(path, findings.to_json().encode())
    except OSError as error:
        raise ReportError(
            f"{path.name} can not be written to {path.parent} ({error.strerror}).",
            remedy="Choose another out_dir, or make room and check who may write there.",
        ) from None
    return path


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
