"""Findings as rows: what frames, sheets and pages show of each."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from motoolkit.language import N_, tr
from motoolkit.model import MISSING, mask_all

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from motoolkit.findings._finding import Finding

_UUID: Final = re.compile(r"\b([0-9a-f]{8})(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
NOTHING: Final = "–"
_WORDS: Final = {"": N_("(empty)"), "true": N_("Yes"), "false": N_("No")}
_NO_PERSONS: Final = frozenset({"p_number"})
"""Attributes whose ten digits are no CPR number."""

_COLUMNS: Final = (
    *("key", "kind", "severity", "sort", "subject", "label", "unit", "uuid", "attribute", "start", "end"),
    *("source", "mo", "tense", "patterns", "undecided", "detail", "cause", "title", "remedy"),
    *("seen", "first_seen", "accepted", "accepted_until"),
)


def text_of(finding: Finding, value: Any) -> str | None:
    """Return what one side says as text, CPR numbers masked: None for no value, blank for an empty one."""
    if value is MISSING:
        return None
    if value is None:
        return ""
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(text_of(finding, one) or "" for one in value)
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if finding.attribute in _NO_PERSONS else mask_all(text)


def shown(finding: Finding, value: Any) -> str:
    """Return what one side says as people read it, CPR numbers masked."""
    text = text_of(finding, value)
    if text is None:
        return NOTHING
    if finding.attribute == "fraction" and text.isdigit():
        return f"{int(text) / 10_000:g} %".replace(".", ",")
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    return tr(_WORDS.get(text, "")) or text


def brief(text: str) -> str:
    """Return a text with the beginnings of its UUIDs."""
    return _UUID.sub(r"\1…", text)


def frame(findings: Iterable[Finding]) -> pd.DataFrame:
    """Return findings as a data frame with English names, for programs and CSV."""
    import pandas as pd

    made = pd.DataFrame([_row(finding) for finding in findings], columns=list(_COLUMNS))
    days = dict.fromkeys(("start", "end", "first_seen", "accepted_until"), "datetime64[s]")
    return made.astype({**dict.fromkeys(_COLUMNS, "str"), **days, "undecided": bool})


def _row(finding: Finding) -> tuple[Any, ...]:
    subject, period, accepted = finding.subject, finding.validity, finding.accepted
    return (
        finding.key,
        finding.kind.code,
        finding.severity.name.lower(),
        *(subject.sort, subject.key, subject.label, subject.unit, subject.uuid),
        finding.attribute,
        period.start if period else None,
        period.end if period else None,
        shown(finding, finding.source),
        shown(finding, finding.mo),
        finding.tense,
        " ".join(finding.patterns),
        finding.undecided,
        finding.detail,
        finding.cause,
        tr(finding.kind.title),
        finding.what_to_do,
        finding.seen,
        finding.first_seen,
        accepted.reason if accepted else "",
        accepted.until if accepted else None,
    )
