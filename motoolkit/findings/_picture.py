"""Findings as bars: how many of each kind, in which units, and run after run."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TYPE_CHECKING, Final

from motoolkit.drawing import Part, Stack, stacks_image, stacks_svg, stacks_text
from motoolkit.findings._finding import Severity
from motoolkit.findings._words import danish, word
from motoolkit.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from motoolkit.findings._findings import Findings
    from motoolkit.findings._store import Run

_COLOURS: Final = {
    Severity.CRITICAL: "#b3261e",
    Severity.ERROR: "#d9534f",
    Severity.WARNING: "#c98a1b",
    Severity.INFO: "#7d8590",
}


class StacksPicture:
    """Bars with their legend, which a notebook shows as an image and a terminal in words."""

    def __init__(self, stacks: Sequence[Stack], nothing: str = "") -> None:
        self._stacks = tuple(stacks)
        self._nothing = nothing or tr("Nothing was found.")

    @property
    def svg(self) -> str:
        """The picture as a document of its own."""
        return stacks_svg(self._stacks)

    def __repr__(self) -> str:
        return stacks_text(self._stacks) or self._nothing

    def _repr_html_(self) -> str:
        if not self._stacks:
            return f"<p>{escape(self._nothing)}</p>"
        return stacks_image(self._stacks, alt=repr(self))


class KindsPicture(StacksPicture):
    """Findings by kind, the gravest first, in the colours of their severities."""

    def __init__(self, findings: Findings) -> None:
        counted = Counter((finding.severity, finding.kind.code) for finding in findings)
        titles = {code: tr(kind.title) for code, kind in findings.kinds.items()}
        ranked = sorted(counted, key=lambda part: (-part[0], -counted[part], part[1]))
        super().__init__(
            [Stack(titles[code], (_part(severity, counted[severity, code]),)) for severity, code in ranked]
        )


class UnitsPicture(StacksPicture):
    """Findings by unit, the unit with the most of the gravest first: whom to phone."""

    def __init__(self, findings: Findings, most: int = 15) -> None:
        counted = Counter((finding.subject.unit, finding.severity) for finding in findings if finding.counts)
        units = {unit for unit, _ in counted}

        def rank(unit: str) -> tuple[list[int], str]:
            return [-counted[unit, severity] for severity in reversed(Severity)], unit

        super().__init__(
            [
                Stack(
                    unit or tr("No unit"),
                    tuple(_part(severity, counted[unit, severity]) for severity in reversed(Severity)),
                )
                for unit in sorted(units, key=rank)[:most]
            ]
        )


class TrendPicture(StacksPicture):
    """How many findings each run had, and how many of them the run before had not."""

    def __init__(self, runs: Iterable[Run], most: int = 12) -> None:
        newest = list(runs)[:most]
        super().__init__(
            [
                Stack(
                    danish(run.as_of),
                    (
                        Part(word("still"), run.findings - run.new, _COLOURS[Severity.INFO]),
                        Part(word("new"), run.new, _COLOURS[Severity.ERROR]),
                    ),
                )
                for run in reversed(newest)
            ],
            tr("No run is kept yet."),
        )


def _part(severity: Severity, number: int) -> Part:
    return Part(severity.label, number, _COLOURS[severity])
