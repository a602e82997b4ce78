"""What is wrong on a day: numbered, and where in the picture each of it is seen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from motoolkit.findings import Severity, word
from motoolkit.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from motoolkit.findings import Finding

COLOURS: Final = {
    Severity.CRITICAL: "#b3261e",
    Severity.ERROR: "#d13438",
    Severity.WARNING: "#b06f00",
    Severity.INFO: "#6a737d",
}
QUIET: Final = "#6a737d"


@dataclass(frozen=True, slots=True)
class Wrong:
    """One finding of a day.

    Attributes:
        number: in the list below the picture.
        finding: itself.
        where: UUIDs of nodes, and "one/other" of links.
    """

    number: int
    finding: Finding
    where: tuple[str, ...]

    @property
    def title(self) -> str:
        """What it is, in a few words."""
        return tr(self.finding.kind.title)

    @property
    def told(self) -> str:
        """What it is, of what, and what this one has to tell."""
        finding = self.finding
        undecided = word("undecided") if finding.undecided else ""
        # Whose it is stands above the picture.
        about = "" if finding.subject.sort == "person" else finding.subject.label
        more = ". ".join(part for part in (about, undecided, finding.detail) if part)
        return f"{self.title}: {more}" if more else self.title

    @property
    def colour(self) -> str:
        """Of its severity; pale where it fails nothing."""
        return COLOURS[self.finding.severity] if self.finding.counts else QUIET


@dataclass(frozen=True, slots=True)
class Mark:
    """What is wrong with one node or link: the gravest decides on the colour."""

    wrongs: tuple[Wrong, ...] = field(default=())

    @property
    def colour(self) -> str:
        """Of the gravest that counts."""
        return min(self.wrongs, key=lambda wrong: (not wrong.finding.counts, -wrong.finding.severity)).colour

    @property
    def numbers(self) -> str:
        """Those of the list below."""
        first = ", ".join(str(wrong.number) for wrong in self.wrongs[:3])
        return f"{first} …" if len(self.wrongs) > 3 else first  # noqa: PLR2004

    @property
    def told(self) -> str:
        """Titles, a line each."""
        return "\n".join(f"⚠ {wrong.number}. {wrong.title}" for wrong in self.wrongs)


def wrongs_on(
    day: date, findings: Iterable[Finding], marks: Mapping[str, tuple[str, ...]]
) -> tuple[Wrong, ...]:
    """Return what is wrong on a day, the gravest first; what has no period is so on every day.

    Without marks a finding is seen at its subject.
    """
    there = [f for f in findings if f.validity is None or f.validity.contains(day)]
    there.sort(key=lambda finding: (not finding.counts, -finding.severity))
    return tuple(
        Wrong(number, finding, tuple(marks.get(finding.key) or (finding.subject.uuid,)))
        for number, finding in enumerate(there, start=1)
    )


def marked(wrongs: Iterable[Wrong]) -> dict[str, Mark]:
    """Return what is wrong with each node and link."""
    found: dict[str, list[Wrong]] = {}
    for wrong in wrongs:
        for where in dict.fromkeys(wrong.where):
            found.setdefault(where, []).append(wrong)
    return {where: Mark(tuple(several)) for where, several in found.items()}
