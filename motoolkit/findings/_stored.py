"""How a finding stands in the store: a row of texts, CPR numbers masked."""

from __future__ import annotations

import json
from dataclasses import astuple
from typing import TYPE_CHECKING, Any, Final

from motoolkit.findings._finding import Acceptance, Finding, Kind, Severity, Subject
from motoolkit.findings._rows import text_of
from motoolkit.model import MISSING, Validity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

_INTEGER: Final = ("run", "place", "severity")
_BOOLEAN: Final = ("has_period", "undecided")
_DATE: Final = ("period_start", "period_end", "first_seen", "accepted_until")
_TEXT: Final = (
    *("key", "kind", "sort", "subject", "label", "uuid", "unit", "attribute", "source", "mo", "tense"),
    *("patterns", "detail", "cause", "facts", "remedy", "seen", "accepted", "accepted_by"),
)
COLUMNS: Final = (
    dict.fromkeys(_INTEGER, "INTEGER")
    | dict.fromkeys(_TEXT, "VARCHAR")
    | dict.fromkeys(_BOOLEAN, "BOOLEAN")
    | dict.fromkeys(_DATE, "DATE")
)
"""The columns of a finding and DuckDB's types of them."""


def row_of(run: int, place: int, finding: Finding) -> tuple[str | None, ...]:
    """Return a finding as it is kept, in the order of ``COLUMNS``."""
    subject, period, accepted = finding.subject, finding.validity, finding.accepted
    return (
        *(str(run), str(place), str(int(finding.severity))),
        *(finding.key, finding.kind.code, subject.sort, subject.key, subject.label, subject.uuid),
        *(subject.unit, finding.attribute, text_of(finding, finding.source), text_of(finding, finding.mo)),
        *(finding.tense, " ".join(finding.patterns), finding.detail, finding.cause),
        *(json.dumps(dict(finding.facts), ensure_ascii=False), finding.remedy, finding.seen),
        *((accepted.reason, accepted.who) if accepted else (None, None)),
        *(str(period is not None), str(finding.undecided)),
        *((_iso(period.start), _iso(period.end)) if period else (None, None)),
        *(_iso(finding.first_seen), _iso(accepted.until) if accepted else None),
    )


def finding_of(row: tuple[Any, ...], kinds: Mapping[str, Kind]) -> Finding:
    """Return a finding that was kept."""
    held = dict(zip(COLUMNS, row, strict=True))
    return Finding(
        kind=kinds[held["kind"]],
        subject=Subject(*(held[name] for name in ("sort", "subject", "label", "uuid", "unit"))),
        attribute=held["attribute"],
        validity=Validity(held["period_start"], held["period_end"]) if held["has_period"] else None,
        source=MISSING if held["source"] is None else held["source"],
        mo=MISSING if held["mo"] is None else held["mo"],
        patterns=tuple(held["patterns"].split()),
        severity=Severity(held["severity"]),
        facts=json.loads(held["facts"]),
        accepted=_acceptance(held),
        **{name: held[name] for name in _AS_THEY_ARE},
    )


_AS_THEY_ARE: Final = ("tense", "undecided", "detail", "cause", "remedy", "seen", "first_seen")


def written_kinds(kinds: Iterable[Kind]) -> str:
    """Return kinds as text."""
    return json.dumps([astuple(kind) for kind in kinds], ensure_ascii=False)


def kinds_of(text: str) -> dict[str, Kind]:
    """Return the kinds in a text, by code."""
    return {code: Kind(code, Severity(severity), *texts) for code, severity, *texts in json.loads(text)}


def _acceptance(held: Mapping[str, Any]) -> Acceptance | None:
    if held["accepted"] is None:
        return None
    return Acceptance(held["accepted"], held["accepted_until"], held["accepted_by"])


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
