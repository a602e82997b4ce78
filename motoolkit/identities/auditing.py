"""The checks as one asks for them: one person's, a unit's or everybody's identities, and what is wrong."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from motoolkit.errors import InputError
from motoolkit.findings import Finding, Findings, Severity, Subject
from motoolkit.identities._asked import Asked
from motoolkit.identities._knowing import circumstances, dangling
from motoolkit.identities._names import Names
from motoolkit.identities._owned import COLLECTIONS, read_owned
from motoolkit.identities._rows import NEVER, validity
from motoolkit.identities.checks import CHECKS, UnlinkedSystems, shared
from motoolkit.identities.kinds import KINDS
from motoolkit.language import tr
from motoolkit.model import COPENHAGEN, MISSING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from motoolkit.findings._finding import Tense
    from motoolkit.identities._owned import Owned
    from motoolkit.identities._spans import Span
    from motoolkit.identities.checks import Circumstances, Hit
    from motoolkit.mirror import Mirror

AUDIT: Final = "identities"


@dataclass(frozen=True, repr=False)
class IdentityAudit:
    """What checks found.

    Attributes:
        findings: what is wrong, the gravest first.
        marks: the UUIDs of the nodes that a finding concerns, and "one/other" for links, by its key.
    """

    findings: Findings
    marks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, uuids: Iterable[str]) -> Findings:
        """Return the findings about a person, or about one of these objects.

        Args:
            uuids: MO's, of the person and of the nodes of a picture.
        """
        about = set(uuids)
        return self.findings.holding(
            finding
            for finding in self.findings
            if finding.subject.uuid in about or not about.isdisjoint(self.marks.get(finding.key, ()))
        )

    def __repr__(self) -> str:
        return f"<IdentityAudit {self.findings!r}>"


def check(
    mirror: Mirror,
    as_of: date,
    *,
    persons: Iterable[str] | None = None,
    unit: str = "",
    past: bool = False,
    level: int = 2,
    grace: int = 0,
) -> IdentityAudit:
    """Check identities, as they are today and will be.

    Args:
        mirror: holds ``COLLECTIONS``.
        as_of: the day that is today.
        persons: MO's UUIDs, usernames, employee numbers, CPR numbers or names; none for everybody.
        unit: only who works, worked or will work in this unit or below it: UUID, user_key or name.
        past: tell, too, what was wrong and is over.
        level: at which level of the tree parts of the organisation are told apart; the top is 1.
        grace: so many days may an account go on after its engagements.

    Raises:
        InputError: a person or the unit is unknown, or several are called so; level or grace is no number
            that can be used.
        MirrorError: the mirror lacks a collection.
    """
    _check_numbers(level, grace)
    mirror.check(COLLECTIONS)
    asked = Asked.of(mirror, as_of, persons=persons, unit=unit, past=past)
    known = circumstances(mirror, Names.read(mirror, as_of), as_of, level=level, grace=grace)
    run = _Run(mirror, known, past=past)
    run.look(asked.owners)
    findings = Findings(
        AUDIT,
        tr("Identities"),
        run.found,
        kinds=KINDS,
        as_of=as_of,
        scope=asked.scope,
        terms=f"level:{level} grace:{grace}",
        source=[
            ("MO", mirror.mo_url),
            (tr("MO read"), f"{mirror.read_at.astimezone(COPENHAGEN):%d-%m-%Y %H:%M}"),
        ],
        counts=run.counts(),
        parameters=asked.parameters(known),
        notices=_notices(mirror),
        by_unit=True,
    )
    return IdentityAudit(findings, run.marks)


def _check_numbers(level: int, grace: int) -> None:
    if level < 1:
        raise InputError(
            f"Level {level} is none of the organisation's.",
            remedy="Give 1 for the top, 2 for what is below it.",
        )
    if grace < 0:
        raise InputError(f"{grace} days of grace can not be given.", remedy="Give 0 or more.")


class _Run:
    """One run of the checks: its findings, their marks and what was looked at."""

    def __init__(self, mirror: Mirror, known: Circumstances, *, past: bool) -> None:
        self.found: list[Finding] = []
        self.marks: dict[str, tuple[str, ...]] = {}
        self._mirror = mirror
        self._known = known
        self._past = past
        self._counted: Counter[str] = Counter()

    def look(self, owners: frozenset[str] | None) -> None:
        """Check the owners, None for everybody."""
        systems = UnlinkedSystems(self._known)
        units: dict[str, str] = {}
        for one in read_owned(self._mirror, self._known.as_of, owners):
            self._count(one)
            systems.look(one)
            for each in CHECKS:
                for hit in each(one, self._known):
                    self._tell(hit, one.uuid, one.name, _unit(one, self._known))
        for hit in systems.hits():
            self._tell(hit, hit.uuid, "", "")
        for hit in shared(self._mirror, self._known, owners):
            if hit.person not in units:
                units[hit.person] = self._unit_of(hit.person)
            self._tell(hit, hit.person, "", units[hit.person])

    def counts(self) -> dict[str, int]:
        """Return how many there were of everything that was looked at."""
        return {
            tr("Persons"): self._counted["persons"],
            tr("Engagements"): self._counted["engagements"],
            tr("Accounts"): self._counted["itusers"],
            tr("Addresses"): self._counted["addresses"],
            tr("Role bindings"): self._counted["rolebindings"],
        }

    def _count(self, one: Owned) -> None:
        counted = self._counted
        counted["persons"] += 1
        counted["engagements"] += len(one.jobs)
        counted["itusers"] += len(one.accounts)
        counted["addresses"] += len({row.uuid for row in one.addresses})
        counted["rolebindings"] += len({row.uuid for row in one.rolebindings})

    def _unit_of(self, person: str) -> str:
        return next(
            (_unit(one, self._known) for one in read_owned(self._mirror, self._known.as_of, [person])), ""
        )

    def _tell(self, hit: Hit, person: str, name: str, unit: str) -> None:
        # Whose it is stands first: it is what people look for, and what there is room for.
        label, thing = (name, hit.label) if name and hit.sort != "person" else (hit.label, "")
        subject = Subject(hit.sort, hit.key or hit.uuid, label, person, unit)
        for span in self._shown(hit):
            tense = self._tense(span)
            finding = Finding(
                hit.kind,
                subject,
                hit.attribute,
                validity(*span) if span else None,
                source=MISSING,
                mo=MISSING,
                tense=tense,
                detail=". ".join(part for part in (thing, hit.others, hit.detail) if part),
                severity=_severity(hit, tense),  # type: ignore[arg-type]  # None is the kind's
                facts=hit.facts,
            )
            self.found.append(finding)
            self.marks[finding.key] = hit.marks

    def _shown(self, hit: Hit) -> Iterator[Span | None]:
        if not hit.spans:
            yield None
        for span in hit.spans:
            if self._past or span[1] > self._known.as_of:
                yield span

    def _tense(self, span: Span | None) -> Tense:
        if span is None:
            return ""
        if span[1] <= self._known.as_of:
            return "past"
        return "future" if span[0] > self._known.as_of else "current"


def _severity(hit: Hit, tense: Tense) -> Severity | None:
    if hit.milder and tense == "future":
        return Severity.INFO
    return hit.severity


def _unit(one: Owned, known: Circumstances) -> str:
    """Return the unit that somebody belongs to: of the primary engagement of today, else of the last."""
    if not one.engagements:
        return ""
    today = known.as_of
    best = max(
        one.engagements,
        key=lambda row: (
            row.start <= today < row.end,
            known.names.is_primary(row.primary),
            min(row.end, NEVER),
            row.uuid,
        ),
    )
    return known.names.unit(best.org_unit)


def _notices(mirror: Mirror) -> list[str]:
    lost = dangling(mirror)
    if not lost:
        return []
    return [
        tr("{number} links of accounts, addresses and roles point at what MO does not have.", number=lost)
    ]
