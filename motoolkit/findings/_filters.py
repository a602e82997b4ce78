"""What findings can be narrowed by."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, Final

from motoolkit.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from motoolkit.findings._finding import Finding, Kind, Severity


def about(finding: Finding, subject: str) -> bool:
    """Tell whether a finding is about a subject: its key, MO's UUID of it, or a pattern of the key."""
    held = finding.subject
    return subject in {held.key, held.uuid} or fnmatchcase(held.key, subject)


_FITS: Final[dict[str, Callable[[Finding, Any], bool]]] = {
    "sort": lambda finding, wanted: finding.subject.sort == wanted,
    "subject": about,
    "attribute": lambda finding, wanted: finding.attribute == wanted,
    "cause": lambda finding, wanted: finding.cause == wanted,
    "tense": lambda finding, wanted: finding.tense == wanted,
    "pattern": lambda finding, wanted: wanted in finding.patterns,
    "seen": lambda finding, wanted: finding.seen == wanted,
    "accepted": lambda finding, wanted: (finding.accepted is not None) == wanted,
    "undecided": lambda finding, wanted: finding.undecided == wanted,
}


def filters(
    kinds: Mapping[str, Kind],
    kind: str | Iterable[str] | None,
    severity: Severity | None,
    asked: Mapping[str, Any],
) -> list[Callable[[Finding], bool]]:
    """Return what a finding must pass; see ``Findings.only``."""
    codes = set(kinds) if kind is None else {kind} if isinstance(kind, str) else set(kind)
    for code in sorted(codes - set(kinds)):
        raise InputError.unknown("kind of finding", code, list(kinds))
    tests: list[Callable[[Finding], bool]] = [lambda finding: finding.kind.code in codes]
    if severity is not None:
        tests.append(lambda finding: finding.severity >= severity)
    return tests + [_test(name, wanted) for name, wanted in asked.items() if wanted is not None]


def _test(name: str, wanted: Any) -> Callable[[Finding], bool]:
    fits = _FITS[name]
    return lambda finding: fits(finding, wanted)
