"""All findings of one run of a comparison."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, overload

from motoolkit.findings._filters import filters
from motoolkit.findings._finding import Finding, Severity
from motoolkit.findings._left_out import LeftOut
from motoolkit.language import tr
from motoolkit.model import mask_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pandas as pd

    from motoolkit.findings._finding import Kind, Seen, Tense


NOBODY: Final = LeftOut()


@dataclass(frozen=True)
class Group:
    """Findings with one root cause; those without a cause of their own are one group a kind."""

    title: str
    cause: str
    findings: Findings

    @property
    def severity(self) -> Severity:
        """That of the gravest."""
        return self.findings[0].severity


class Findings(Sequence[Finding]):
    """What one run of a comparison found, the gravest first, then by subject and day.

    Attributes:
        audit: the comparison's name: "sd".
        title: what people call it.
        kinds: all that it looks for, by code, also those that it did not find.
        as_of: the day that is "today" in it.
        scope: what was compared, as text.
        terms: by which rules, as text that is not shown.
        source: where its data came from, label by label.
        checked: how many were looked at or left out, by label.
        parameters: what it was asked for, label by label.
        notices: what readers must know of the run.
        left_out: whom it was to look at and did not.
        by_unit: sheets are in order of unit, for whoever phones from unit to unit.
        previous: the day of the run that it was compared with, if it was.
        gone: what that run had and this one has not.
        unseen: what that run had of those whom this one did not look at; the next run is compared with it.
    """

    def __init__(
        self,
        audit: str,
        title: str,
        items: Iterable[Finding],
        *,
        kinds: Iterable[Kind],
        as_of: date,
        scope: str = "",
        terms: str = "",
        source: Iterable[tuple[str, str]] = (),
        counts: Mapping[str, int] | None = None,
        parameters: Iterable[tuple[str, str]] = (),
        notices: Iterable[str] = (),
        left_out: LeftOut = NOBODY,
        by_unit: bool = False,
    ) -> None:
        self.audit = audit
        self.title = title
        self.as_of = as_of
        self.scope = mask_all(scope)
        self.terms = mask_all(terms)
        self.source = _masked(source)
        self.checked = dict(counts or {})
        self.parameters = _masked(parameters)
        self.notices = tuple(mask_all(notice) for notice in notices)
        self.left_out = left_out
        self.by_unit = by_unit
        self.previous: date | None = None
        self.gone: tuple[Finding, ...] = ()
        self.unseen: tuple[Finding, ...] = ()
        self._items = tuple(sorted(items, key=_order))
        self.kinds = {kind.code: kind for kind in kinds}
        for finding in self._items:
            self.kinds.setdefault(finding.kind.code, finding.kind)

    @property
    def line(self) -> str:
        """What runs have in common that are compared with each other: scope and terms."""
        return f"{self.scope} {self.terms}".strip()

    @overload
    def __getitem__(self, at: int) -> Finding: ...
    @overload
    def __getitem__(self, at: slice) -> Findings: ...
    def __getitem__(self, at: int | slice) -> Finding | Findings:
        return self.holding(self._items[at]) if isinstance(at, slice) else self._items[at]

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._items)

    def holding(self, items: Iterable[Finding], *, notices: Iterable[str] = ()) -> Findings:
        """Return the same run with other findings, and with more to be told of it."""
        other = copy(self)
        other._items = tuple(sorted(items, key=_order))  # noqa: SLF001 - another of us
        other.notices = tuple(dict.fromkeys((*self.notices, *map(mask_all, notices))))
        return other

    def compared(self, previous: Findings | None) -> Findings:
        """Return them marked new or still there, with what of ``previous`` is gone or was not looked at.

        Args:
            previous: the run before; None when there is none: then nothing is new.
        """
        from motoolkit.findings._compare import compare

        return compare(self, previous)

    def counts(self) -> dict[str, int]:
        """Return how many there are of each kind that was found, by code, the gravest first."""
        return dict(Counter(finding.kind.code for finding in self))

    def severities(self) -> dict[Severity, int]:
        """Return how many there are of each severity, the gravest first; accepted ones too."""
        found = Counter(finding.severity for finding in self)
        return {severity: found[severity] for severity in reversed(Severity)}

    def grouped(self) -> tuple[Group, ...]:
        """Return them by root cause, the gravest groups first, then the largest."""
        found: dict[tuple[str, str], list[Finding]] = {}
        for finding in self:
            found.setdefault((finding.cause, "" if finding.cause else finding.kind.code), []).append(finding)
        groups = [
            Group(cause or tr(items[0].kind.title), cause, self.holding(items))
            for (cause, _), items in found.items()
        ]
        return tuple(sorted(groups, key=lambda group: (-group.severity, -len(group.findings), group.title)))

    def only(
        self,
        *,
        kind: str | Iterable[str] | None = None,
        severity: Severity | None = None,
        sort: str | None = None,
        subject: str | None = None,
        attribute: str | None = None,
        cause: str | None = None,
        tense: Tense | None = None,
        pattern: str | None = None,
        seen: Seen | None = None,
        accepted: bool | None = None,
        undecided: bool | None = None,
    ) -> Findings:
        """Return those that fit all that is given.

        Args:
            kind: the code of a kind, or several.
            severity: this one or graver.
            sort: of the subject.
            subject: the subject's key, MO's UUID of it, or a pattern of the key: ``NS-*``.
            attribute: of the subject.
            cause: the root cause.
            tense: "past", "current" or "future".
            pattern: one of its patterns.
            seen: "new" or "still", when runs were compared.
            accepted: whether an accept list has it.
            undecided: whether it could not be told which side is right.

        Raises:
            InputError: this comparison has no such kind.
        """
        asked = {
            "sort": sort,
            "subject": subject,
            "attribute": attribute,
            "cause": cause,
            "tense": tense,
            "pattern": pattern,
            "seen": seen,
            "accepted": accepted,
            "undecided": undecided,
        }
        tests = filters(self.kinds, kind, severity, asked)
        return self.holding(finding for finding in self if all(fits(finding) for fits in tests))

    def exit_code(self, fail_on: Severity = Severity.ERROR) -> int:
        """Return 1 when one that is neither accepted nor undecided is as grave as ``fail_on``, else 0."""
        return int(any(finding.counts and finding.severity >= fail_on for finding in self))

    def frame(self) -> pd.DataFrame:
        """Return them as a data frame, a finding a row, in order; periods are half-open."""
        from motoolkit.findings._rows import frame

        return frame(self)

    def to_json(self) -> str:
        """Return them as JSON (``version`` 1), for programs.

        ``source`` and ``mo`` are null where that side has no value, and blank where it has an empty one;
        periods are half-open, null is without limit; ``findings`` are in order.
        """
        from motoolkit.findings._text import to_json

        return to_json(self)

    def html(self, *, rows: int = 5) -> str:
        """Return what a notebook shows: counts, then at most ``rows`` of each group of findings."""
        from motoolkit.findings._html import html

        return html(self, rows)

    def _repr_html_(self) -> str:
        return self.html()

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: FBT001 - IPython's own order
        printer.text(repr(self) if cycle else str(self))

    def text(self, *, rows: int | None = 20, width: int = 120) -> str:
        """Return what a terminal shows: counts, then the gravest, a line each.

        Args:
            rows: so many of them; None for all.
            width: what a line has room for; what is longer is cut.
        """
        from motoolkit.findings._text import plain

        return plain(self, rows, width)

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        told = ", ".join(f"{number} {s.name.lower()}" for s, number in self.severities().items() if number)
        return f"<Findings {self.audit} {self.as_of}: {told or 'none'}>"


def _order(finding: Finding) -> tuple[int, str, str, str, date, str]:
    start = (finding.validity.start if finding.validity else None) or date.min
    kind = finding.kind.code
    return (-finding.severity, finding.subject.sort, finding.subject.key, kind, start, finding.attribute)


def _masked(labelled: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((label, mask_all(str(value))) for label, value in labelled)
