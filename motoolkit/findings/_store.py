"""Findings that are kept, run by run, in the file of the mirror that they came from."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from motoolkit.errors import InputError
from motoolkit.findings._findings import Findings
from motoolkit.findings._stored import COLUMNS, finding_of, kinds_of, row_of, written_kinds

if TYPE_CHECKING:
    from datetime import date

    from motoolkit.mirror import Mirror

_RUN: Final = {
    **dict.fromkeys(("audit", "scope", "title", "kinds", "source", "checked"), "VARCHAR"),
    # A moment with its offset is text: to read one back DuckDB wants pytz (1.5).
    **dict.fromkeys(("parameters", "notices", "ran_at"), "VARCHAR"),
    "as_of": "DATE",
    "run": "INTEGER",
}
_TABLES: Final = {
    table: ", ".join(f"{name} {kind}" for name, kind in columns.items())
    for table, columns in (("runs", _RUN), ("found", COLUMNS))
}


@dataclass(frozen=True, slots=True)
class Run:
    """A run that is kept.

    Attributes:
        number: of the run; later ones have higher ones.
        audit: the comparison's name.
        scope: what was compared.
        ran_at: when.
        as_of: the day that was "today" in it.
        findings: how many it had.
        new: how many of them the run before did not have.
    """

    number: int
    audit: str
    scope: str
    ran_at: datetime
    as_of: date
    findings: int
    new: int


class FindingStore:
    """The findings of runs, kept in a mirror's file (the schema ``findings``).

    Runs of one comparison with one scope make a line; each is compared with the one before.

    Args:
        mirror: in whose file they are kept; of a mirror in memory they go with it.
        keep_runs: how many runs of a line are kept, the newest.
    """

    def __init__(self, mirror: Mirror, *, keep_runs: int = 30) -> None:
        if keep_runs < 1:
            raise InputError(f"{keep_runs} runs can not be kept.", remedy="Keep 1 or more.")
        self._shelf = mirror.shelf("findings", _TABLES)
        self._keep_runs = keep_runs

    def keep(self, findings: Findings, *, ran_at: datetime) -> Findings:
        """Keep a run, and return its findings compared with the run before.

        Raises:
            MirrorError: the file can not be written; nothing of the run is kept.
        """
        compared = findings.compared(self.last(findings.audit, findings.scope))
        with self._shelf.transaction():
            number = self._shelf.query("SELECT coalesce(max(run), 0) + 1 FROM findings.runs")[0][0]
            self._shelf.add("runs", tuple(_RUN), [(*_run_row(compared, ran_at), str(number))])
            kept = enumerate((*compared, *compared.unseen))
            rows = [row_of(number, place, finding) for place, finding in kept]
            self._shelf.add("found", tuple(COLUMNS), rows)
            self._forget(compared)
        return compared

    def _forget(self, findings: Findings) -> None:
        """Drop the runs of a line that are more than are kept."""
        old = (
            "SELECT run FROM findings.runs WHERE audit = $audit AND scope = $scope"
            " ORDER BY run DESC OFFSET $keep"
        )
        line = {"audit": findings.audit, "scope": findings.scope, "keep": self._keep_runs}
        runs = [run for (run,) in self._shelf.query(old, line)]
        for table in ("found", "runs"):
            self._shelf.query(f"DELETE FROM findings.{table} WHERE run IN (SELECT unnest($1))", [runs])

    def last(self, audit: str, scope: str = "") -> Findings | None:
        """Return what the newest run of a line found, None when there is none."""
        found = self.runs(audit, scope)
        return self.load(found[0].number) if found else None

    def runs(self, audit: str | None = None, scope: str | None = None) -> tuple[Run, ...]:
        """Return the runs that are kept, the newest first."""
        rows = self._shelf.query(
            "SELECT run, audit, scope, ran_at, as_of, count(place) FILTER (seen <> 'unseen'),"
            " count(*) FILTER (seen = 'new') FROM findings.runs LEFT JOIN findings.found USING (run)"
            " WHERE coalesce(audit = $audit, true) AND coalesce(scope = $scope, true)"
            " GROUP BY ALL ORDER BY run DESC",
            {"audit": audit, "scope": scope},
        )
        return tuple(
            Run(**{**dict(zip(Run.__slots__, row, strict=True)), "ran_at": datetime.fromisoformat(row[3])})
            for row in rows
        )

    def load(self, number: int) -> Findings:
        """Return the findings of a run.  Values are the texts that people saw.

        Raises:
            InputError: there is no such run.
        """
        found = self._shelf.query(f"SELECT {', '.join(_RUN)} FROM findings.runs WHERE run = ?", [number])
        if not found:
            raise InputError.unknown("run", str(number), [str(run.number) for run in self.runs()])
        head: dict[str, Any] = dict(zip(_RUN, found[0], strict=True))
        kinds = kinds_of(head["kinds"])
        rows = self._shelf.query(
            f"SELECT {', '.join(COLUMNS)} FROM findings.found WHERE run = ? ORDER BY place", [number]
        )
        held = [finding_of(row, kinds) for row in rows]
        findings = Findings(
            head["audit"],
            head["title"],
            (finding for finding in held if finding.seen != "unseen"),
            kinds=kinds.values(),
            as_of=head["as_of"],
            scope=head["scope"],
            source=[tuple(pair) for pair in json.loads(head["source"])],
            counts=json.loads(head["checked"]),
            parameters=[tuple(pair) for pair in json.loads(head["parameters"])],
            notices=json.loads(head["notices"]),
        )
        findings.unseen = tuple(finding for finding in held if finding.seen == "unseen")
        return findings


def _run_row(findings: Findings, ran_at: datetime) -> tuple[str, ...]:
    """Return a run as texts, without its number."""
    return (
        findings.audit,
        findings.scope,
        findings.title,
        written_kinds(findings.kinds.values()),
        *map(_json, (findings.source, findings.checked, findings.parameters, findings.notices)),
        ran_at.isoformat(),
        findings.as_of.isoformat(),
    )


def _json(told: Any) -> str:
    return json.dumps(told, ensure_ascii=False)
