"""What is accepted: findings that somebody knows of and takes the blame for, until a day."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from motoolkit.errors import InputError
from motoolkit.findings._accept_file import Entry, append, read
from motoolkit.findings._finding import Acceptance
from motoolkit.language import N_, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from motoolkit.findings._finding import Finding
    from motoolkit.findings._findings import Findings

_EXPIRED: Final = N_("The accept list's entry in line {line} ({kind}, {subject}) expired on {day}.")
_FITS_NOTHING: Final = N_("The accept list's entry in line {line} ({kind}, {subject}) fits nothing.")
_UNKNOWN_KIND: Final = N_("The accept list's entry in line {line} names a kind that is not known: {kind}.")


class AcceptList:
    """The entries of an accept list: a TOML file in which people write what they accept, and why.

    ::

        [[accept]]
        kind = "wrong_title"
        subject = "NS-04711/*"      # a finding's subject, its MO UUID, or a pattern
        attribute = "title"         # may be left out
        start = 2026-03-01          # the first day of the finding; may be left out
        reason = "Aftalt med Løn"
        until = 2027-03-01          # the last day on which it is accepted
        who = "KK"                  # may be left out
    """

    def __init__(self, entries: Iterable[Entry] = (), path: Path | None = None) -> None:
        self.entries = tuple(entries)
        self.path = path

    @classmethod
    def read(cls, path: str | Path) -> AcceptList:
        """Read an accept list.

        Raises:
            InputError: it can not be read, or an entry is not as it should be; the message tells the line.
        """
        file = Path(path).expanduser()
        return cls(read(file), file)

    def apply(self, findings: Findings, *, whole: bool = True) -> Findings:
        """Return the findings with those marked that are accepted on their day.

        Entries that have expired and entries that fit nothing are told in ``notices``.

        Args:
            findings: of a run.
            whole: whether everything was compared; after a run for one person most entries fit nothing.
        """
        live = [entry for entry in self.entries if entry.until >= findings.as_of]
        chosen = _Chooser(live)
        marked = [chosen.mark(finding) for finding in findings]
        unused = [entry for entry in live if entry not in chosen.used] if whole else []
        # What it is about may be there all the same.
        unused = [entry for entry in unused if not findings.left_out.may_hold(entry.subject)]
        return findings.holding(marked, notices=_notices(self.entries, unused, findings))

    def add(self, finding: Finding, *, reason: str, until: date, who: str = "") -> AcceptList:
        """Write an entry for a finding at the end of the file, and return the list with it.

        What stands in the file stays, comments too; it is made when it is not there.

        Raises:
            InputError: there is no reason, or the file can not be written.
        """
        if self.path is None:
            raise InputError(
                "This accept list has no file to write to.", remedy="Read one: AcceptList.read(path)."
            )
        append(self.path, finding, Acceptance(reason, until, who))
        return AcceptList.read(self.path)

    def __len__(self) -> int:
        return len(self.entries)

    def __repr__(self) -> str:
        return f"<AcceptList of {len(self)}: {self.path or 'in memory'}>"


class _Chooser:
    """Finds the entry that accepts a finding, by name before by pattern, and remembers which did."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.used: set[Entry] = set()
        self._named: dict[tuple[str, str], list[Entry]] = {}
        self._patterns: dict[str, list[Entry]] = {}
        for entry in entries:
            self._named.setdefault((entry.kind, entry.subject), []).append(entry)
            if entry.is_pattern:
                self._patterns.setdefault(entry.kind, []).append(entry)

    def mark(self, finding: Finding) -> Finding:
        """Return the finding, accepted where an entry says so."""
        fitting = [entry for entry in self._candidates(finding) if entry.accepts(finding)]
        if not fitting:
            return finding
        self.used.update(fitting)
        return replace(finding, accepted=fitting[0].acceptance)

    def _candidates(self, finding: Finding) -> Iterator[Entry]:
        kind, subject = finding.kind.code, finding.subject
        yield from self._named.get((kind, subject.key), ())
        yield from self._named.get((kind, subject.uuid), ()) if subject.uuid else ()
        yield from self._patterns.get(kind, ())


def _notices(entries: Iterable[Entry], unused: Iterable[Entry], findings: Findings) -> Iterator[str]:
    for entry in entries:
        if entry.until < findings.as_of:
            yield tr(_EXPIRED, **entry.named, day=f"{entry.until:%d-%m-%Y}")
    for entry in unused:
        yield tr(_FITS_NOTHING if entry.kind in findings.kinds else _UNKNOWN_KIND, **entry.named)
