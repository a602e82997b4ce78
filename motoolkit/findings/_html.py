"""Findings on a notebook's page: counts, then the gravest by root cause; no script, no network."""

from __future__ import annotations

from html import escape
from itertools import compress
from typing import TYPE_CHECKING, Final

from motoolkit.drawing import BAD, GOOD, QUIET, WARN, card, heading, safe, span, table
from motoolkit.findings._finding import Severity
from motoolkit.findings._rows import brief, shown
from motoolkit.findings._summary import by_kind
from motoolkit.findings._words import accepted, danish, how, period, put_aside, since, unseen, word
from motoolkit.language import N_, tr
from motoolkit.model import MISSING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.findings._finding import Finding, Subject
    from motoolkit.findings._findings import Findings, Group

_MOST_GROUPS: Final = 10
_MOST_IN_GROUP: Final = 5
_INKS: Final = {
    Severity.CRITICAL: BAD,
    Severity.ERROR: BAD,
    Severity.WARNING: WARN,
    Severity.INFO: QUIET,
}
_BADGE: Final = "display: inline-block; border-radius: 3px; padding: 0 7px; font-size: 12px"
_SHORT: Final = "white-space: nowrap"
_MOST_ON_A_LINE: Final = 20
_KINDS: Final = (N_("Severity"), N_("Kind"), N_("Found"))
_COMPARED: Final = (N_("New"), N_("Gone"))
_FOUND: Final = (N_("Severity"), N_("Who or what"), N_("Fact"), N_("Period"))


def html(findings: Findings, rows: int = _MOST_IN_GROUP) -> str:
    """Return findings as HTML, at most ``rows`` of each group; CPR numbers are masked."""
    parts = [_badges(findings), *_told(findings)]
    if len(findings) or findings.gone:
        parts.append(_counts(findings))
    groups = findings.grouped()
    parts += [_group(findings, group, rows) for group in groups[:_MOST_GROUPS]]
    if (more := len(groups) - _MOST_GROUPS) > 0:
        left = sum(len(group.findings) for group in groups[_MOST_GROUPS:])
        told = tr("… and {number} more in {groups} groups; frame() has all.", number=left, groups=more)
        parts.append(_line(told, QUIET))
    quiet = " · ".join(part for part in (danish(findings.as_of), findings.scope) if part)
    return card(findings.title, "".join(parts), quiet)


def badge(severity: Severity, text: str = "") -> str:
    """Return a severity as a coloured label; the critical one is filled."""
    ink = _INKS[severity]
    filled = f"background: {BAD}; color: white; font-weight: 600" if severity is Severity.CRITICAL else ""
    return span(text or severity.label, f"{_BADGE}; border: 1px solid {ink}; color: {ink}; {filled}")


def _badges(findings: Findings) -> str:
    found = [
        badge(severity, f"{severity.label} {number}")
        for severity, number in findings.severities().items()
        if number
    ]
    if not found:
        found = [span(f"✓ {tr('Nothing was found.')}", f"color: {GOOD}; font-weight: 600")]
    return f'<div style="margin: 8px 0 4px">{" ".join(found)}</div>'


def _told(findings: Findings) -> Iterator[str]:
    counted = [f"{name}: {number}" for name, number in findings.checked.items()]
    told = " · ".join(part for part in (*counted, since(findings), put_aside(findings)) if part)
    for line in filter(None, (told, unseen(findings))):
        yield _line(line, QUIET)
    for notice in findings.notices:
        yield _line(f"! {notice}", WARN)


def _line(text: str, ink: str) -> str:
    return f'<div style="color: {ink}; margin: 2px 0">{safe(text)}</div>'


def _counts(findings: Findings) -> str:
    compared = findings.previous is not None
    rows = []
    for count in by_kind(findings):
        cells = [
            _wide(badge(count.severity), 84),
            span(tr(count.kind.title), hint=tr(count.kind.explanation)),
            str(count.found),
        ]
        rows.append([*cells, str(count.new or ""), str(count.gone or "")] if compared else cells)
    names = (*_KINDS, *_COMPARED) if compared else _KINDS
    return table([tr(name) for name in names], rows)


def _group(findings: Findings, group: Group, rows: int) -> str:
    number = len(group.findings)
    title = heading(group.title, tr("{number} found", number=number) if number > 1 else "")
    first = group.findings[0]
    one_kind = len(group.findings.counts()) == 1
    told = (tr(first.kind.explanation), first.what_to_do) if one_kind else ()
    said = _line(" ".join(part for part in told if part), QUIET) if any(told) else ""
    names = [*(tr(name) for name in _FOUND), findings.audit.upper(), "MO", tr("How")]
    cells = [_cells(finding, one_kind=one_kind) for finding in group.findings[:rows]]
    telling = [_tells_facts(group.findings[:rows], one_kind), any(finding.validity for finding in findings)]
    kept = [True, True, *telling, True, True, True]
    body = table(list(compress(names, kept)), [list(compress(row, kept)) for row in cells])
    more = number - rows
    left = _line(tr("… and {number} more", number=more), QUIET) if more > 0 else ""
    # A narrow page scrolls the table instead of letting it stick out.
    return f'{title}{said}<div style="overflow-x: auto">{body}</div>{left}'


def _tells_facts(findings: Findings, one_kind: bool) -> bool:  # noqa: FBT001 - what the caller knows
    return not one_kind or any(finding.attribute for finding in findings)


def _cells(finding: Finding, *, one_kind: bool) -> list[str]:
    fact = word(finding.attribute) if one_kind else tr(finding.kind.title)
    seen = f"{span(word('new'), f'color: {GOOD}; font-weight: 600')} · " if finding.seen == "new" else ""
    aside = f"<br>{span(accepted(finding), f'color: {QUIET}')}" if finding.accepted else ""
    return [
        _wide(badge(finding.severity), 84),
        _wide(_subject(finding.subject), 180),
        _wide(safe(fact), 95),
        _wide(span(period(finding.validity), "white-space: nowrap"), 150),
        _wide(_value(finding, finding.source), 70),
        _wide(_value(finding, finding.mo), 70),
        _wide(f"{seen}{safe(how(finding))}{aside}", 140),
    ]


def _wide(cell: str, pixels: int) -> str:
    """Give a cell a width that the tables of all groups share."""
    return f'<div style="min-width: {pixels}px">{cell}</div>'


def _subject(subject: Subject) -> str:
    label, *quiet = dict.fromkeys(filter(None, (subject.label, subject.key, subject.unit)))
    lines = (span(brief(text), f"color: {QUIET}; {_SHORT}", _hint(text)) for text in quiet)
    return "<br>".join([safe(label), *lines])


def _hint(text: str) -> str:
    """Return the whole of what is told by its beginning."""
    return text if brief(text) != text else ""


def _value(finding: Finding, value: object) -> str:
    text = shown(finding, value)
    ink = f"color: {QUIET}" if value is MISSING or value is None or value == "" else ""
    # Masked already, but for what only looks like a CPR number.
    return f'<span style="{ink}; {_SHORT if len(text) < _MOST_ON_A_LINE else ""}">{escape(text)}</span>'
